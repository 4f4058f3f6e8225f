"""Whose attendance a text may tell: the meetings of these days, and who may take it."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from app.domain.institution import EXECUTIVE
from app.store import attendance
from app.store.meetings import meeting, minutes
from app.store.networks import NetworkInfo
from app.store.seats import seat
from app.store.unit_tree import WOMAN
from app.store.units import unit
from bots.notes import RollNote

TAKEN_WITHIN = timedelta(hours=48)
"""So long after a meeting its attendance may be told by text."""
HEADS = frozenset(
    {
        *("President", "General Secretary", "Chairperson", "Chairman", "Chairwoman", "Chair"),
        *("Convener", "Convenor", "Secretary", "Manager"),
    }
)
"""The offices whose holders lead a meeting."""
_OPEN = ("planned", "held", "adjourned")


def roll_for(
    conn: Connection, network: NetworkInfo, people: Sequence[int], now: datetime
) -> RollNote | None:
    """The newest meeting that has begun today or in the last 48 hours, for one who leads it.

    That is the head or the secretary of its body; for a body without such offices, those of the
    Executive Committee; and the officers of the LSO that the venue names. None once the minutes
    are out.
    """
    seats = _seats(conn, network.id, people)
    leading = [row for row in seats if row.post in HEADS]
    if not leading:
        return None
    for row in _meetings(conn, network, now):
        host = next((one.person_id for one in leading if _leads(conn, one, row)), None)
        if host is not None:
            day = network.day_at(row.at)
            members = attendance.in_order(conn, network.id, row.body, day)
            women = tuple(one.sex == WOMAN for one in members)
            return RollNote(row.id, row.body, day, women, host)
    return None


def _meetings(conn: Connection, network: NetworkInfo, now: datetime) -> Sequence[Any]:
    """Those of today and of the last 48 hours whose minutes are not out, the last begun first."""
    is_out = select(minutes.c.id).where(
        minutes.c.meeting_id == meeting.c.id, minutes.c.published_at.is_not(None)
    )
    statement = (
        select(meeting)
        .where(
            meeting.c.network_id == network.id,
            meeting.c.state.in_(_OPEN),
            meeting.c.at > now - TAKEN_WITHIN,
            meeting.c.at < now + timedelta(days=1),
            ~is_out.exists(),
        )
        .order_by(meeting.c.at.desc(), meeting.c.id.desc())
    )
    today = network.day_at(now)
    rows = [row for row in conn.execute(statement) if network.day_at(row.at) <= today]
    return sorted(rows, key=lambda row: row.at > now)


def _seats(conn: Connection, network_id: int, people: Collection[int]) -> Sequence[Any]:
    statement = (
        select(seat.c.person_id, seat.c.body, seat.c.post, unit.c.name.label("unit_name"))
        .outerjoin(unit, unit.c.id == seat.c.unit_id)
        .where(
            seat.c.network_id == network_id,
            seat.c.person_id.in_(list(people)),
            seat.c.left_on.is_(None),
        )
        .order_by(seat.c.id)
    )
    return conn.execute(statement).all()


def _leads(conn: Connection, one: Any, row: Any) -> bool:
    if one.body == row.body:
        return True
    if one.body == EXECUTIVE and not _has_head(conn, row):
        return True
    return one.body == "LSO" and bool(one.unit_name) and _hosts(one.unit_name, row.venue)


def _has_head(conn: Connection, row: Any) -> bool:
    held = select(seat.c.id).where(
        seat.c.network_id == row.network_id,
        seat.c.body == row.body,
        seat.c.post.in_(sorted(HEADS)),
        seat.c.left_on.is_(None),
    )
    return conn.execute(held.limit(1)).first() is not None


def _hosts(unit_name: str, venue: dict[str, str]) -> bool:
    said = rf"(?<!\w){re.escape(unit_name.casefold())}(?!\w)"
    return any(re.search(said, words.casefold()) for words in venue.values())
