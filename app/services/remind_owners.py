"""Remind owners of decisions: before the date, on the day after it, then every fortnight."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.catalogue import Catalogue
from app.domain.follow_up import BEFORE, lead_of, reminder_key
from app.services._late_digest import about_one, owed_late, tell_late
from app.services._notice import Notice, put_notice
from app.services.approve_broadcast import fan_out_broadcast
from app.store import follow_up, meetings, networks, term_notices
from app.store.database import Connection, Database
from app.store.networks import NetworkInfo


async def remind_owners(database: Database, *, catalogue: Catalogue, now: datetime) -> int:
    """Send the reminders that are due today in all networks; gives how many texts there were.

    A decision gets each of its reminders once, whoever asks and however often; those that were
    missed while nothing ran are made up for by the nearest only. Of what is late an owner gets one
    text a day at most, which names all of it. What is done, dropped or lapsed, and what a committee
    only recommends, gets none. A decision whose post is vacant, or whose owner no text reaches, is
    tried again on the next day; `show_follow_up` lists it meanwhile.
    """
    sent = 0
    for network in await database.read(networks.every):
        made = [
            await database.write(_notify, network, catalogue, row.id, now)
            for row in await database.read(_coming, network.id, network.day_at(now))
        ]
        made += [
            await database.write(tell_late, network, catalogue, owed, now)
            for owed in await database.read(owed_late, network, now)
        ]
        for broadcast_id in made:
            if broadcast_id is not None:
                await fan_out_broadcast(database, broadcast_id, now=now)
                sent += 1
    return sent


def _coming(conn: Connection, network_id: int, today: date) -> list[Any]:
    """The open decisions whose date comes soon and whose reminder has not been sent."""
    rows = follow_up.due_until(conn, network_id, today + timedelta(days=BEFORE))
    keys = {row.id: _key(row) for row in rows if row.due >= today}
    sent = term_notices.notices_with(conn, network_id, keys.values()) if keys else {}
    return [row for row in rows if row.id in keys and keys[row.id] not in sent]


def _key(row: Any) -> str:
    return reminder_key(row.id, row.due, -BEFORE)


def _notify(
    conn: Connection, network: NetworkInfo, catalogue: Catalogue, decision_id: int, now: datetime
) -> int | None:
    """Write one reminder as a broadcast; None when it is not needed any more or reaches nobody."""
    today = network.day_at(now)
    row = follow_up.still_open(conn, network.id, decision_id)
    if row is None or row.due < today or lead_of(row.due, today) is None:
        return None
    words = meetings.words_of(conn, [row.id]).get(row.id, {})
    notice = Notice(
        key=_key(row),
        audience=f"decision:{row.id}+owner",
        template="decision_due",
        person_ids=[one.person_id for one in follow_up.holders(conn, network.id, row)],
        expires_at=_end_of(row.due, network),
        values=lambda tag, _: about_one(catalogue, network, row, words, tag),
        action="reminder sent",
        detail={"decision": row.id, "due": row.due.isoformat()},
    )
    return put_notice(conn, network, catalogue, notice, now)


def _end_of(day: date, network: NetworkInfo) -> datetime:
    """When the day ends on the network's clocks: then "is due" is not true any more."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(network.tz))
