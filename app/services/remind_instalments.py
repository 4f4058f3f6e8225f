"""Remind of instalments: three days before and on the day, only on phones that are private."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from app.catalogue import Catalogue
from app.domain.routing import choose
from app.services._notice import Notice, may_be_texted, put_notice
from app.services.approve_broadcast import fan_out_broadcast
from app.services.price_plan import offers
from app.store import instalments, networks
from app.store.database import Connection, Database
from app.store.networks import NetworkInfo
from app.store.posts import phones

LEAD = timedelta(days=3)
TEMPLATE = "instalment_due"
AUDIENCE = "instalments+private"
"""The + keeps its words off the public page."""


async def remind_instalments(database: Database, *, catalogue: Catalogue, now: datetime) -> int:
    """Send the reminders that are due today in all networks; gives how many texts were made.

    Each instalment is told of once before its day and once on it, whoever asks and however often;
    one that was missed while nothing ran is made up for while its day has not passed. Whoever has
    no phone of their own that may be texted is tried again on the next day, and is listed.
    """
    made = 0
    for network in await database.read(networks.every):
        for batch in await database.read(_due, network, now):
            broadcast_id = await database.write(_remind, network, catalogue, batch, now)
            if broadcast_id is not None:
                await fan_out_broadcast(database, broadcast_id, now=now)
                made += 1
    return made


@dataclass(frozen=True, slots=True)
class _Batch:
    """Everybody who pays back the same on the same day: they get the same words."""

    due_on: date
    label: str
    people: Mapping[int, int]
    """By the id of the instalment."""


def _due(conn: Connection, network: NetworkInfo, now: datetime) -> list[_Batch]:
    rows = instalments.to_remind(conn, network.id, network.day_at(now), LEAD)
    found: dict[tuple[date, str], dict[int, int]] = defaultdict(dict)
    for row in rows:
        found[row.due_on, row.label][row.id] = row.person_id
    return [_Batch(day, label, people) for (day, label), people in found.items()]


def _remind(
    conn: Connection, network: NetworkInfo, catalogue: Catalogue, batch: _Batch, now: datetime
) -> int | None:
    """Write one text as a broadcast; None when nobody of them can be told, or was told before."""
    networks.hold(conn, network.id)
    today = network.day_at(now)
    still = {row.id for row in instalments.to_remind(conn, network.id, today, LEAD)}
    people = {at: who for at, who in batch.people.items() if at in still}
    reached = phones(conn, set(people.values()), is_private=True)
    wires = choose(offers(conn))
    told = {who for who, phone in reached.items() if may_be_texted(phone, wires)}
    ids = sorted(at for at, who in people.items() if who in told)
    if not ids:
        return None
    is_day = batch.due_on == today
    notice = Notice(
        key=f"instalment-{batch.due_on:%Y%m%d}-{'day' if is_day else 'before'}-{_digest(ids)}",
        audience=AUDIENCE,
        template=TEMPLATE,
        person_ids=[people[at] for at in ids],
        expires_at=datetime.combine(batch.due_on + timedelta(days=1), time(), ZoneInfo(network.tz)),
        values=lambda _tag, _is_local: {"short": batch.label, "on": batch.due_on},
        action="instalment reminder sent",
        detail={"instalments": len(ids), "due": batch.due_on.isoformat()},
        is_private=True,
    )
    made = put_notice(conn, network, catalogue, notice, now)
    if made is not None:
        instalments.change(conn, ids, **{"told_on_day_at" if is_day else "told_before_at": now})
    return made


def _digest(ids: Sequence[int]) -> str:
    return sha256(repr(list(ids)).encode()).hexdigest()[:12]
