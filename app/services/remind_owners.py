"""Remind owners of decisions: before the date, on the day after it, then every fortnight."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.catalogue import Catalogue
from app.domain.follow_up import BEFORE, lead_of, reminder_key
from app.domain.language import chain
from app.services._notice import Notice, put_notice
from app.services.approve_broadcast import fan_out_broadcast
from app.store import follow_up, meetings, networks, term_notices
from app.store.database import Connection, Database
from app.store.networks import NetworkInfo
from bots.values import Value

USEFUL_FOR = timedelta(days=7)


async def remind_owners(database: Database, *, catalogue: Catalogue, now: datetime) -> int:
    """Send the reminders that are due today in all networks; gives how many there were.

    A decision gets each of its reminders once, whoever asks and however often; those that were
    missed while nothing ran are made up for by the nearest only. What is done, dropped or lapsed,
    and what a committee only recommends, gets none. A decision whose post is vacant, or whose
    owner no text reaches, is tried again on the next day; `show_follow_up` lists it meanwhile.
    """
    sent = 0
    for network in await database.read(networks.every):
        today = network.day_at(now)
        for row in await database.read(_due, network.id, today):
            made = await database.write(_notify, network, catalogue, row.id, now)
            if made is not None:
                await fan_out_broadcast(database, made, now=now)
                sent += 1
    return sent


def _due(conn: Connection, network_id: int, today: date) -> list[Any]:
    """The open decisions whose nearest reminder has not been sent."""
    rows = follow_up.due_until(conn, network_id, today + timedelta(days=BEFORE))
    keys = {row.id: _key(row, today) for row in rows}
    sent = term_notices.notices_with(conn, network_id, keys.values()) if keys else {}
    return [row for row in rows if keys[row.id] not in sent]


def _key(row: Any, today: date) -> str:
    lead = lead_of(row.due, today)
    return reminder_key(row.id, row.due, -BEFORE if lead is None else lead)


def _notify(
    conn: Connection, network: NetworkInfo, catalogue: Catalogue, decision_id: int, now: datetime
) -> int | None:
    """Write one reminder as a broadcast; None when it is not needed any more or reaches nobody."""
    today = network.day_at(now)
    row = follow_up.still_open(conn, network.id, decision_id)
    if row is None or lead_of(row.due, today) is None:
        return None
    is_late = row.due < today
    words = meetings.words_of(conn, [row.id]).get(row.id, {})
    notice = Notice(
        key=_key(row, today),
        audience=f"decision:{row.id}+owner",
        template="decision_late" if is_late else "decision_due",
        person_ids=[one.person_id for one in follow_up.holders(conn, network.id, row)],
        expires_at=now + USEFUL_FOR if is_late else _end_of(row.due, network),
        values=lambda tag, _: _values(catalogue, network, row, words, tag),
        action="reminder sent",
        detail={"decision": row.id, "due": row.due.isoformat()},
    )
    return put_notice(conn, network, catalogue, notice, now)


def _end_of(day: date, network: NetworkInfo) -> datetime:
    """When the day ends on the network's clocks: then "is due" is not true any more."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(network.tz))


def _values(
    catalogue: Catalogue, network: NetworkInfo, row: Any, words: Mapping[str, Any], tag: str
) -> Mapping[str, Value]:
    """What the text says; of a restricted decision only its number, as phones are shared."""
    shorts = {language: one.short for language, one in words.items() if one.short}
    tags = chain(tag, catalogue.languages, network.language)
    short = next((shorts[one] for one in tags if one in shorts), "")
    code = f"{row.label}/{row.no}"
    return {"code": code, "due": row.due, "short": "" if row.is_restricted else short}
