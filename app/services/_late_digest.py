"""One text a day to an owner's phone that names all decisions of theirs that are late."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.catalogue import Catalogue
from app.domain.follow_up import lead_of, reminder_key
from app.domain.language import chain
from app.services._notice import Notice, put_notice
from app.store import follow_up, meetings, posts, reminders
from app.store.database import Connection
from app.store.networks import NetworkInfo
from bots.values import Entry, Value

USEFUL_FOR = timedelta(days=7)
MOST_CODES = 20
"""One segment never holds more."""
LARGEST_REF = 999_999
"""Room for a Ref as long as that is left when the codes are counted that fit."""


@dataclass(frozen=True, slots=True)
class Owed:
    """The late decisions that the people on one phone owe; those not told of yet come first."""

    person_ids: tuple[int, ...]
    rows: tuple[Any, ...]
    address_id: int


def owed_late(conn: Connection, network: NetworkInfo, now: datetime) -> list[Owed]:
    """The phones on which a reminder of a late decision is due today, with all that is late.

    What was told today counts as due still: another owner may have been left out by a crash, and
    each phone gets one text a day anyway.
    """
    today = network.day_at(now)
    rows = follow_up.due_until(conn, network.id, today - timedelta(days=1))
    keys = {row.id: late_key(row, today) for row in rows}
    told = reminders.sent(conn, network.id, keys.values()) if keys else {}
    fresh = {
        row.id
        for row in rows
        if (one := told.get(keys[row.id])) is None or network.day_at(one.approved_at) == today
    }
    phones: dict[int, tuple[dict[int, Any], set[int]]] = {}
    for row, person_id, address_id in _owners(conn, network.id, rows):
        theirs, people = phones.setdefault(address_id, ({}, set()))
        theirs[row.id] = row
        people.add(person_id)
    return [
        Owed(tuple(sorted(people)), _fresh_first(theirs, fresh), address_id)
        for address_id, (theirs, people) in phones.items()
        if not fresh.isdisjoint(theirs)
    ]


def _fresh_first(theirs: Mapping[int, Any], fresh: set[int]) -> tuple[Any, ...]:
    return tuple(sorted(theirs.values(), key=lambda row: row.id not in fresh))


def _owners(conn: Connection, network_id: int, rows: Sequence[Any]) -> list[tuple[Any, int, int]]:
    """Each decision with each person who owes it and the phone at which they are reached."""
    held: dict[tuple[Any, ...], Sequence[Any]] = {}
    for row in rows:
        post = (row.owner_body, row.owner_post, row.owner_unit_id)
        if post not in held:
            held[post] = follow_up.holders(conn, network_id, row)
    everybody = {one.person_id for people in held.values() for one in people}
    phones = posts.phones(conn, everybody) if everybody else {}
    return [
        (row, one.person_id, phones[one.person_id].address_id)
        for row in rows
        for one in held[row.owner_body, row.owner_post, row.owner_unit_id]
        if one.person_id in phones
    ]


def late_key(row: Any, today: date) -> str:
    """The key of the reminder that a late decision is at."""
    return reminder_key(row.id, row.due, lead_of(row.due, today) or 0)


def tell_late(
    conn: Connection, network: NetworkInfo, catalogue: Catalogue, owed: Owed, now: datetime
) -> int | None:
    """Write the text as a broadcast; None when it went today, is not needed or reaches nobody."""
    today = network.day_at(now)
    still = (follow_up.still_open(conn, network.id, row.id) for row in owed.rows)
    rows = [row for row in still if row is not None and row.due < today]
    if not rows:
        return None
    is_one = len(rows) == 1
    words = meetings.words_of(conn, [rows[0].id]).get(rows[0].id, {}) if is_one else {}
    notice = Notice(
        key=f"late{owed.address_id}.{today.isoformat()}",
        audience=f"decision:{rows[0].id}+owner" if is_one else "decision:late+owner",
        template="decision_late" if is_one else "decisions_late",
        person_ids=owed.person_ids,
        expires_at=now + USEFUL_FOR,
        values=lambda tag, _: (
            about_one(catalogue, network, rows[0], words, tag)
            if is_one
            else _about_all(catalogue, network, rows, tag)
        ),
        action="reminder sent",
        detail={"decisions": [row.id for row in rows]},
    )
    made = put_notice(conn, network, catalogue, notice, now)
    if made is not None:
        reminders.note(conn, made, [late_key(row, today) for row in rows])
    return made


def about_one(
    catalogue: Catalogue, network: NetworkInfo, row: Any, words: Mapping[str, Any], tag: str
) -> Mapping[str, Value]:
    """What a text says of one; of a restricted one only its number, as phones are shared."""
    shorts = {language: one.short for language, one in words.items() if one.short}
    tags = chain(tag, catalogue.languages, network.language)
    short = next((shorts[one] for one in tags if one in shorts), "")
    return {"code": code_of(row), "due": row.due, "short": "" if row.is_restricted else short}


def code_of(row: Any) -> str:
    """The number by which a decision is asked for and answered."""
    return f"{row.label}/{row.no}"


def _about_all(
    catalogue: Catalogue, network: NetworkInfo, rows: Sequence[Any], tag: str
) -> Mapping[str, Value]:
    """As many codes as one segment holds, and how many more there are."""
    codes = [code_of(row) for row in rows]
    name = network.short_name(chain(tag, catalogue.languages, network.language))
    for shown in range(min(len(codes), MOST_CODES), 0, -1):
        values: dict[str, Value] = {
            "codes": tuple(map(Entry, codes[:shown])),
            "more": len(codes) - shown or "",
            "example": codes[0],
        }
        whole = {**values, "network": name, "ref": LARGEST_REF}
        text = catalogue.render("decisions_late", whole, tag).text
        if shown == 1 or _names(text, codes[shown - 1]):
            break
    return values


def _names(text: str, code: str) -> bool:
    """Whether that code stands in the text: lists are cut from their end."""
    return re.search(re.escape(code) + r"(?!\d)", text) is not None
