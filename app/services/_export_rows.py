"""The lists that can be taken away: their headings, and their rows page by page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.errors import Refusal
from app.domain.institution import GENERAL_BODY, TIERS
from app.domain.msisdn import mask
from app.domain.names import name_key
from app.domain.unit_names import called
from app.services._export_files import written_number
from app.store import listings, unit_tree
from app.store.database import Connection

OFFICE = "through the office"
"""What stands instead of a woman's number."""
_LANGUAGES = {
    "ur": "Urdu",
    "ur-Latn": "Roman Urdu",
    "en": "English",
    "sd": "Sindhi",
    "ps": "Pashto",
}
Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class View:
    """Whose list it is and what of it may be shown."""

    network_id: int
    with_numbers: bool
    with_health: bool
    group_ids: tuple[int, ...] = ()

    def phone(self, msisdn: str | None, sexes: Sequence[str]) -> str:
        """A number as this list shows it; `sexes` of all who are reached there."""
        if not msisdn:
            return ""
        if self.with_numbers:
            return written_number(msisdn)
        return masked(msisdn, sexes)


def masked(msisdn: str, sexes: Sequence[str]) -> str:
    """A man's number without its middle; of a woman's, or of who may be one, nothing at all."""
    is_mans = bool(sexes) and all(sex.casefold() == "m" for sex in sexes)
    return mask(msisdn) if is_mans else OFFICE


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows; `last` is where the next page begins, None at the end."""

    rows: Rows
    numbers: int
    """How many whole numbers are among them."""
    last: int | None


@dataclass(frozen=True, slots=True)
class Kind:
    """One list that can be taken away."""

    headings: tuple[str, ...]
    read: Callable[[Connection, View, int, int], tuple[Sequence[Any], Rows]]

    def page(self, conn: Connection, view: View, after: int, limit: int) -> Page:
        """The rows behind the last one seen."""
        found, rows = self.read(conn, view, after, limit)
        at = [n for n, heading in enumerate(self.headings) if heading in {"phone", "phone2"}]
        whole = sum(len(row[n].split(" / ")) for row in rows for n in at if row[n])
        whole = whole if view.with_numbers else 0
        return Page(rows, whole, found[-1].id if len(found) == limit else None)


def _people(conn: Connection, view: View, after: int, limit: int) -> tuple[Sequence[Any], Rows]:
    """One row for each person, as a list that is brought in has it."""
    found = listings.people(conn, view.network_id, after, limit)
    ids = [one.id for one in found]
    phones, seats = listings.phones_of(conn, ids), listings.seats_of(conn, ids)
    ways = unit_tree.ways(conn, {one.unit_id for one in found if one.unit_id})
    rows: Rows = []
    for one in found:
        held = [seat for seat in seats.get(one.id, ()) if seat.unit_id in (None, one.unit_id)]
        own = _in_order(phones.get(one.id, ()))
        shown = [view.phone(phone.msisdn, [one.sex]) for phone in own]
        rows.append(
            [
                *(one.name, one.local_name, _sex(one.sex), _language(one.language)),
                *_place(ways.get(one.unit_id, ())),
                *("|".join(seat.body for seat in held), "|".join(seat.post for seat in held)),
                *("".join(shown[:1]), " / ".join(shown[1:]) if view.with_numbers else ""),
                *(own[0].whose if own else "", one.reads, one.phone_kind, one.notes),
            ]
        )
    return found, rows


def _place(way: Sequence[Any]) -> tuple[str, str, str, str]:
    """The LSO, VO and CO above or at somebody's unit; a unit that is none of these by its name."""
    names = {step.kind: step.name for step in way}
    other = called(way[-1].kind, way[-1].name) if way and way[-1].kind not in TIERS[1:] else ""
    return names.get("LSO", ""), names.get("VO", ""), names.get("CO", ""), other


def _in_order(phones: Sequence[Any]) -> list[Any]:
    """The phones of a person: those that can be texted first, their own before others'."""
    return sorted(phones, key=lambda one: (one.reach in {"none", "held"}, one.whose != "own"))


def _units(conn: Connection, view: View, after: int, limit: int) -> tuple[Sequence[Any], Rows]:
    found = listings.units(conn, view.network_id, after, limit)
    return found, [
        [
            one.kind,
            one.name,
            one.local_name,
            one.above_name or "",
            one.place,
            one.local_place,
            one.members,
            one.status,
            _day(one.formed_on),
            str(one.households or ""),
            _day(one.verified_on),
        ]
        for one in found
    ]


def _posts(conn: Connection, view: View, after: int, limit: int) -> tuple[Sequence[Any], Rows]:
    found = listings.posts(conn, view.network_id, after, limit)
    phones = listings.phones_of(conn, {one.person_id for one in found})
    return found, [
        [
            one.body,
            one.post or ("Member" if one.body == GENERAL_BODY else ""),
            one.local_post,
            one.unit_name or "",
            one.name,
            one.local_name,
            _sex(one.sex),
            _first(view, phones.get(one.person_id, ()), one.sex),
            _day(one.starts_on),
            _day(one.ends_on),
        ]
        for one in found
    ]


def _groups(conn: Connection, view: View, after: int, limit: int) -> tuple[Sequence[Any], Rows]:
    found = listings.members(conn, view.network_id, view.group_ids, after, limit)
    phones = listings.phones_of(conn, {one.person_id for one in found})
    rows = []
    for one in found:
        is_shown = view.with_health and bool(one.is_given)
        rows.append(
            [
                one.group_name,
                one.name,
                one.local_name,
                _sex(one.sex),
                one.unit_name or "",
                _first(view, phones.get(one.person_id, ()), one.sex),
                one.skill,
                one.place,
                one.blood_group if is_shown else "",
                _day(one.last_on) if is_shown else "",
            ]
        )
    return found, rows


def _held(conn: Connection, view: View, after: int, limit: int) -> tuple[Sequence[Any], Rows]:
    found = listings.held_numbers(conn, view.network_id, after, limit)
    people = listings.people_at(conn, [one.id for one in found])
    return found, [
        [
            " | ".join(who.name for who in people.get(one.id, ())),
            next((who.unit_name for who in people.get(one.id, ()) if who.unit_name), ""),
            view.phone(one.msisdn, [who.sex for who in people.get(one.id, ())]),
            _day(one.created_at.date()),
        ]
        for one in found
    ]


def _consents(conn: Connection, view: View, after: int, limit: int) -> tuple[Sequence[Any], Rows]:
    found = listings.consents(conn, view.network_id, after, limit)
    people = listings.people_at(conn, {one.address_id for one in found})
    return found, [
        [
            " | ".join(who.name for who in people.get(one.address_id, ())),
            view.phone(one.msisdn, [who.sex for who in people.get(one.address_id, ())]),
            one.purpose,
            "given" if one.is_given else "taken back",
            one.source,
            one.basis,
            one.recorded_by,
            one.at.isoformat(timespec="minutes"),
        ]
        for one in found
    ]


KINDS: Mapping[str, Kind] = {
    "people": Kind(
        (
            *("name", "name_ur", "sex", "language", "lso", "vo", "co", "unit", "body", "post"),
            *("phone", "phone2", "whose", "reads", "phone_kind", "notes"),
        ),
        _people,
    ),
    "units": Kind(
        (
            *("kind", "name", "name_ur", "under", "place", "place_ur", "members", "status"),
            *("formed_on", "households", "checked_on"),
        ),
        _units,
    ),
    "posts": Kind(
        (
            *("body", "post", "post_ur", "unit", "name", "name_ur", "sex", "phone"),
            *("from", "until"),
        ),
        _posts,
    ),
    "groups": Kind(
        (
            *("group", "name", "name_ur", "sex", "unit", "phone", "skill", "place"),
            *("blood", "last_donation"),
        ),
        _groups,
    ),
    "held": Kind(("name", "unit", "phone", "since"), _held),
    "consents": Kind(
        ("name", "phone", "purpose", "consent", "source", "basis", "recorded_by", "at"), _consents
    ),
}
"""People in the headings that an import knows, so that the list can be brought back."""


def groups_called(conn: Connection, network_id: int, name: str) -> tuple[int, ...]:
    """The group of that name or id, or all of them; raises Refusal for one that is not there."""
    known = listings.groups(conn, network_id)
    if not name:
        return tuple(one.id for one in known)
    key = name_key(name)
    found = tuple(one.id for one in known if key == one.name_key or name == str(one.id))
    if not found:
        raise Refusal("not_found", "There is no group “{name}”.", name=name[:80])
    return found


def _first(view: View, phones: Sequence[Any], sex: str) -> str:
    """The phone of a person that can be texted, else the first."""
    return view.phone(_in_order(phones)[0].msisdn, [sex]) if phones else ""


def _sex(sex: str) -> str:
    return sex.upper()


def _language(tag: str) -> str:
    return _LANGUAGES.get(tag, tag)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
