"""The directory as an import sees it: whom it knows of those that a list names, who holds what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.institution import GENERAL_BODY
from app.domain.names import name_key
from app.domain.offices import SINGLE, is_single
from app.services._unit_names import UnitKnown, UnitNames
from app.services._wanted import Wanted
from app.store import known_people
from app.store.database import Connection

Office = tuple[str, int, str]
"""Body, unit (0 for a body of the network) and post."""


@dataclass(slots=True)
class SeatKnown:
    """A seat that somebody holds; `id` is 0 until it is stored."""

    id: int
    unit_id: int
    body: str
    post: str


@dataclass(slots=True)
class PhoneKnown:
    """A number of somebody, or a handle with its kind before it; `address_id` 0 until stored."""

    msisdn: str
    address_id: int
    whose: str
    is_private: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds an office that one person holds alone; `id` is minus the row of one who is new."""

    id: int
    name: str

    def is_(self, known: "Known") -> bool:
        """Whether it is this person."""
        return self.id == known.id if self.id > 0 else self.id == -known.line


@dataclass(slots=True, eq=False)
class Known:
    """Somebody whom the directory knows, or an earlier row of the list; `id` is 0 until stored.

    `line` is the row of this list that told of them, 0 for none.
    """

    id: int
    name: str
    local_name: str
    keys: frozenset[str]
    unit_id: int
    sex: str
    language: str
    reads: str
    phone_kind: str
    notes: str
    phones: tuple[PhoneKnown, ...] = ()
    seats: tuple[SeatKnown, ...] = ()
    groups: frozenset[str] = frozenset()
    """The keys of the names of the groups that they are in."""
    has_chosen: bool = False
    """Whether the member chose the language of their texts by text."""
    line: int = 0

    def phone(self, msisdn: str) -> PhoneKnown | None:
        """The link to that number."""
        return next((one for one in self.phones if one.msisdn == msisdn), None)


class _Layer:
    """People, found by their numbers, by name and unit, and by id."""

    def __init__(self) -> None:
        self.by_number: dict[str, list[Known]] = {}
        self.by_name: dict[tuple[str, int], list[Known]] = {}
        self.by_id: dict[int, Known] = {}

    def add(self, one: Known) -> None:
        if one.id:
            self.by_id[one.id] = one
        for phone in one.phones:
            self.by_number.setdefault(phone.msisdn, []).append(one)
        for key in one.keys:
            self.by_name.setdefault((key, one.unit_id), []).append(one)


class Directory:
    """What an import must know of the directory for the rows at hand.

    `is_taking`: rows are stored as they are judged, and found again in the database; else those
    above are remembered.
    """

    def __init__(
        self, conn: Connection, network_id: int, *, makes_units: bool, is_taking: bool = False
    ) -> None:
        self.network_id = network_id
        self.units = UnitNames(known_people.all_units(conn, network_id), makes_units=makes_units)
        self.bodies = {row.code.upper(): row for row in known_people.bodies(conn, network_id)}
        self.groups = {row.name_key: row.id for row in known_people.all_groups(conn, network_id)}
        self.lines: dict[int, int] = {}
        """By the id of somebody of the directory the row of this list that told of them."""
        self._is_taking = is_taking
        self._file, self._chunk = _Layer(), _Layer()
        self._elsewhere: dict[str, int] = {}
        self._above: dict[str, int] = {}
        self._offices: dict[Office, Holder] = {}
        self.seated: dict[int, int] = {}
        """How many seats of the General Body each unit fills."""

    def learn(self, conn: Connection, rows: Sequence[Wanted], ids: Iterable[int] = ()) -> None:
        """Look up everybody whom these rows, or these ids, may mean."""
        if self._is_taking:
            self._file = _Layer()
        self._chunk = _Layer()
        found_units = [(row, self.units.find(row.units)) for row in rows]
        pairs = {
            (key, unit.id)
            for row, unit in found_units
            if isinstance(unit, UnitKnown) and unit.id > 0
            for key in row.keys
        }
        unit_ids = {unit_id for _, unit_id in pairs}
        keys = {key for row in rows for key in row.keys}
        msisdns = {number.msisdn for row in rows for number in row.numbers if number.msisdn}
        bare = {k for row in rows if not row.numbers and not row.units for k in row.keys}
        network_id = self.network_id
        found = [
            *known_people.by_numbers(conn, network_id, msisdns),
            *known_people.by_names(conn, network_id, pairs),
            *known_people.without_number_or_unit(conn, network_id, bare),
            *known_people.by_ids(conn, network_id, set(ids)),
        ]
        self._add(conn, {row.id: row for row in found})
        self._elsewhere = dict(known_people.somewhere(conn, network_id, keys))
        self._learn_posts(conn, unit_ids)

    def _add(self, conn: Connection, rows: Mapping[int, Any]) -> None:
        phones: dict[int, list[Any]] = {}
        for phone in known_people.phones_of(conn, rows):
            phones.setdefault(phone.person_id, []).append(phone)
        seats: dict[int, list[Any]] = {}
        for seat in known_people.seats_of(conn, rows):
            seats.setdefault(seat.person_id, []).append(seat)
        keys = {group_id: key for key, group_id in self.groups.items()}
        groups: dict[int, set[str]] = {}
        for member in known_people.memberships_of(conn, rows if keys else ()):
            groups.setdefault(member.person_id, set()).add(keys.get(member.group_id, ""))
        for row in rows.values():
            if row.id not in self._file.by_id:
                one = _known(row, phones.get(row.id, ()), seats.get(row.id, ()))
                one.groups = frozenset(groups.get(row.id, ()))
                one.line = self.lines.get(row.id, 0)
                self._chunk.add(one)

    def _learn_posts(self, conn: Connection, unit_ids: set[int]) -> None:
        new = self._with_posts_above(unit_ids) - self.seated.keys()
        if not new and self.seated:
            return
        for row in known_people.holders(conn, self.network_id, SINGLE, new):
            office = self._office(row.body, row.unit_id or 0, row.post)
            self._offices.setdefault(office, Holder(row.person_id, row.name))
        counts = known_people.seated(conn, self.network_id, GENERAL_BODY, new)
        self.seated.update({unit_id: counts.get(unit_id, 0) for unit_id in new})
        self.seated.setdefault(0, 0)

    def _with_posts_above(self, unit_ids: set[int]) -> set[int]:
        found: set[int] = set()
        for unit_id in unit_ids:
            here: UnitKnown | None = self.units.by_id[unit_id]
            while here is not None and here.id not in found:
                if here.id > 0:
                    found.add(here.id)
                here = here.parent
        return found

    def _office(self, body: str, unit_id: int, post: str) -> Office:
        return (body, 0 if body.upper() in self.bodies else unit_id, post)

    def holder(self, body: str, unit_id: int, post: str) -> Holder | None:
        """Who holds an office."""
        return self._offices.get(self._office(body, unit_id, post))

    def leave_office(self, known: Known, seat: SeatKnown) -> None:
        """Somebody's post in a seat becomes another."""
        office = self._office(seat.body, seat.unit_id, seat.post)
        holder = self._offices.get(office)
        if holder is not None and holder.is_(known):
            del self._offices[office]

    def take_office(self, known: Known, seat: SeatKnown) -> None:
        """Somebody has the office of a seat from now on."""
        if is_single(seat.body, seat.post):
            office = self._office(seat.body, seat.unit_id, seat.post)
            self._offices[office] = Holder(known.id or -known.line, known.name)

    def seat(
        self, known: Known, seats: Iterable[SeatKnown], posts: Iterable[tuple[SeatKnown, str]]
    ) -> None:
        """Somebody gets seats, and other posts in those they have."""
        for seat, post in posts:
            self.leave_office(known, seat)
            seat.post = post
            self.take_office(known, seat)
        for seat in seats:
            self.take_seat(known, seat)

    def take_seat(self, known: Known, seat: SeatKnown) -> None:
        """Somebody gets a seat."""
        self.take_office(known, seat)
        if seat.body == GENERAL_BODY:
            self.seated[seat.unit_id] = self.seated.get(seat.unit_id, 0) + 1

    def with_number(self, msisdn: str) -> list[Known]:
        """The people on a number."""
        return _merged(self._file.by_number.get(msisdn), self._chunk.by_number.get(msisdn))

    def named_in(self, keys: frozenset[str], unit_id: int) -> list[Known]:
        """The people of that name in a unit (0: in none)."""
        found: list[Known] = []
        for key in keys:
            at = (key, unit_id)
            found += _merged(self._file.by_name.get(at), self._chunk.by_name.get(at))
        return _merged(found, None)

    def somewhere(self, keys: frozenset[str]) -> int | None:
        """A unit (0: none) in which somebody of that name is; None when nobody is so called."""
        for key in keys:
            if key in self._elsewhere:
                return int(self._elsewhere[key] or 0)
            if key in self._above:
                return self._above[key]
        return None

    def by_id(self, person_id: int) -> Known | None:
        """Somebody who was looked up by id."""
        return self._file.by_id.get(person_id) or self._chunk.by_id.get(person_id)

    def remember(self, one: Known) -> None:
        """Let the rows below know this person as they are now."""
        self._file.add(one)
        for key in one.keys:
            self._above.setdefault(key, one.unit_id)


def _merged(first: list[Known] | None, second: list[Known] | None) -> list[Known]:
    if not second:
        return list(dict.fromkeys(first)) if first else []
    return list(dict.fromkeys([*(first or ()), *second]))


def _known(row: Any, phones: Sequence[Any], seats: Sequence[Any]) -> Known:
    keys = {row.name_key or name_key(row.name), row.local_key} - {""}
    return Known(
        id=row.id,
        name=row.name,
        local_name=row.local_name,
        keys=frozenset(keys),
        unit_id=row.unit_id or 0,
        sex=row.sex,
        language=row.language,
        reads=row.reads,
        phone_kind=row.phone_kind,
        notes=row.notes,
        phones=tuple(
            PhoneKnown(
                one.msisdn or f"{one.kind}:{one.handle}", one.address_id, one.whose, one.is_private
            )
            for one in phones
        ),
        seats=tuple(SeatKnown(one.id, one.unit_id or 0, one.body, one.post) for one in seats),
        has_chosen=any(one.language for one in phones),
    )
