"""Remind of terms: 60 and 30 days before the end a text to the holder and the LSO's President."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from app.catalogue import Catalogue
from app.domain.offices import WORDS, is_office
from app.domain.terms import LEADS, lead_of
from app.domain.unit_names import called
from app.services._notice import Notice, put_notice
from app.services.approve_broadcast import fan_out_broadcast
from app.services.report_bodies import notice_key
from app.store import networks, seats, term_notices, unit_tree
from app.store.database import Connection, Database
from app.store.networks import NetworkInfo
from bots.values import Value

USEFUL_FOR = timedelta(days=7)


async def remind_terms(database: Database, *, catalogue: Catalogue, now: datetime) -> int:
    """Send the notices that are due today in all networks; gives how many there were.

    A term gets each of its notices once, whoever asks and however often. One that was missed
    while nothing ran is made up for by the nearest only. Whoever has no phone that may be texted
    is tried again on the next day.
    """
    sent = 0
    for network in await database.read(networks.every):
        today = network.day_at(now)
        for row in await database.read(_due, network.id, today):
            made = await database.write(_notify, network, catalogue, row, now)
            if made is not None:
                await fan_out_broadcast(database, made, now=now)
                sent += 1
    return sent


def _due(conn: Connection, network_id: int, today: date) -> list[Any]:
    """The terms whose nearest notice has not been sent."""
    rows = term_notices.due(conn, network_id, today, today + timedelta(days=max(LEADS)))
    keys = {row.id: _key(row, today) for row in rows}
    sent = term_notices.notices_with(conn, network_id, keys.values()) if keys else {}
    return [row for row in rows if keys[row.id] not in sent]


def _key(row: Any, today: date) -> str:
    lead = lead_of((row.ends_on - today).days)
    return notice_key(row.id, row.ends_on, lead or min(LEADS))


def _notify(
    conn: Connection, network: NetworkInfo, catalogue: Catalogue, row: Any, now: datetime
) -> int | None:
    """Write one notice as a broadcast; None when nobody can be reached or it was sent before."""
    held = seats.get(conn, network.id, row.id)
    if held is None or held.left_on is not None or held.ends_on != row.ends_on:
        return None
    notice = Notice(
        key=_key(row, network.day_at(now)),
        audience=f"seat:{row.id}+president",
        template="term_ends",
        person_ids=[row.person_id, *_presidents(conn, network.id, row)],
        expires_at=now + USEFUL_FOR,
        values=lambda tag, is_local: _values(row, tag, is_local=is_local),
        action="term notice sent",
        detail={"seat": row.id, "ends_on": row.ends_on.isoformat()},
    )
    return put_notice(conn, network, catalogue, notice, now)


def _presidents(conn: Connection, network_id: int, row: Any) -> list[int]:
    """The President of the LSO that the seat's unit is, or stands under."""
    way = unit_tree.way(conn, row.unit_id) if row.unit_id is not None else ()
    return [
        seat.person_id
        for step in way
        if step.kind == "LSO"
        for seat in seats.held_in(conn, network_id, step.kind, step.id, "President")
    ]


def _values(row: Any, tag: str, *, is_local: bool) -> Mapping[str, Value]:
    """What the text says, in the writing of that language."""
    return {
        "name": (row.local_name if is_local else "") or row.name,
        "seat": _seat_words(row, tag, is_local=is_local),
        "unit": _unit_words(row, is_local=is_local),
        "on": row.ends_on,
    }


def _seat_words(row: Any, tag: str, *, is_local: bool) -> str:
    """The office; of a plain member the body."""
    body = (row.local_body if is_local else "") or row.body_name or row.body
    if not is_office(row.post):
        return str(body)
    local = row.local_post if is_local else ""
    return local or WORDS.get(tag, {}).get(row.post, row.post)


def _unit_words(row: Any, *, is_local: bool) -> str:
    if not row.kind:
        return ""
    return (row.local_unit if is_local else "") or called(row.kind, row.unit_name)
