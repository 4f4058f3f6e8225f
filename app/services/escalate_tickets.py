"""Escalate reports that nobody answered: after 7 days to the President, 7 later to the RSP.

The President gets one digest a day, and only on a day on which another report became late. It
names no content: the numbers alone, as phones are shared. What is flagged for the RSP (the rural
support programme) stands in the monthly report.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.catalogue import Catalogue
from app.domain.institution import EXECUTIVE
from app.domain.tickets import Step, is_for_rsp
from app.services._act import Deed
from app.services._notice import BY, Notice, put_notice
from app.services._ticket_owner import Owner, holders_of
from app.services.approve_broadcast import fan_out_broadcast
from app.services.change_ticket import Line, write_line
from app.store import networks, ticket_lists, tickets
from app.store.database import Connection, Database
from app.store.networks import NetworkInfo
from bots.values import Value

USEFUL_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Late:
    """What became late in one network today: of the President's, and of all that are late."""

    new: Sequence[Any]
    count: int
    oldest: int


async def escalate_tickets(database: Database, *, catalogue: Catalogue, now: datetime) -> int:
    """Tell of what became late since the last time, in all networks; gives how many digests went.

    Safe to repeat: each report is escalated once to each, and a day has one digest.
    """
    sent = 0
    for network in await database.read(networks.every):
        made = await database.write(_escalate, network, catalogue, now)
        if made is not None:
            await fan_out_broadcast(database, made, now=now)
            sent += 1
    return sent


def _escalate(
    conn: Connection, network: NetworkInfo, catalogue: Catalogue, now: datetime
) -> int | None:
    """Flag what is late; gives the id of the digest, None where none goes out."""
    today = network.day_at(now)
    deed = Deed(network.id, BY, now)
    rows = ticket_lists.newly_late(conn, network.id, today)
    new = [row for row in rows if row.to_president_at is None]
    for row in new:
        tickets.change(conn, row.id, to_president_at=now)
        _note(conn, deed, row, Step.TO_PRESIDENT)
    for row in rows:
        if row.to_rsp_at is None and is_for_rsp(row.state, row.due, today):
            tickets.change(conn, row.id, to_rsp_at=now)
            _note(conn, deed, row, Step.TO_RSP)
    if not new:
        return None
    late = ticket_lists.late_ones(conn, network.id, today)
    return _digest(conn, network, catalogue, _Late(new, late.count, late.oldest), now)


def _note(conn: Connection, deed: Deed, row: Any, step: Step) -> None:
    """Into the report's history and the journal; nobody did it, so no name stands there."""
    write_line(conn, Deed(deed.network_id, "", deed.now), row.id, Line(step))
    deed.note(conn, f"report {step.value}", f"R{row.no}", due=row.due.isoformat())


def _digest(
    conn: Connection, network: NetworkInfo, catalogue: Catalogue, late: _Late, now: datetime
) -> int | None:
    today: date = network.day_at(now)
    values: Mapping[str, Value] = {"count": late.count, "no": late.oldest}
    notice = Notice(
        key=f"reports{today.isoformat()}",
        audience="reports+president",
        template="reports_late",
        person_ids=holders_of(conn, network.id, Owner(EXECUTIVE, "President")),
        expires_at=now + USEFUL_FOR,
        values=lambda tag, is_local: values,  # noqa: ARG005 -- numbers are the same in all
        action="late reports told",
        detail={"new": len(late.new), "late": late.count},
    )
    return put_notice(conn, network, catalogue, notice, now)
