"""Keep when the members of a body are told of its meetings: 7 days, 1 day and 2 hours before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.errors import Refusal
from app.domain.reminders import check_leads, usual_leads
from app.services._act import Deed
from app.store import networks, notices, seats
from app.store.database import Connection, Database


@dataclass(frozen=True, slots=True)
class BodyPlan:
    """When one body is told; `leads` are minutes before a meeting, none means never."""

    body: str
    name: str
    local_name: str
    leads: tuple[int, ...]
    is_usual: bool


async def reminder_plans(database: Database, network_id: int) -> tuple[BodyPlan, ...]:
    """The plan of each body of the network, by its code."""
    return await database.read(_plans, network_id)


async def keep_reminder_plan(  # noqa: PLR0913 -- who keeps what plan for which body
    database: Database,
    network_id: int,
    body: str,
    leads: Sequence[int] | None,
    *,
    by: str,
    now: datetime,
) -> None:
    """Keep the leads of a body, in minutes; None gives it the usual ones, () no reminders at all.

    What went out stays; what is still to come follows the new plan. Raises Refusal: not_found,
    too_many, lead.
    """
    wanted = None if leads is None else check_leads(leads)
    await database.write(_keep, Deed(network_id, by, now), body, wanted)


def leads_for(conn: Connection, network_id: int, body: str) -> tuple[int, ...]:
    """When a body is told, in minutes before its meetings."""
    own = notices.plans(conn, network_id).get(body)
    return usual_leads(body) if own is None else tuple(own)


def _plans(conn: Connection, network_id: int) -> tuple[BodyPlan, ...]:
    own = notices.plans(conn, network_id)
    return tuple(
        BodyPlan(
            row.code,
            row.name,
            row.local_name,
            tuple(own.get(row.code, usual_leads(row.code))),
            row.code not in own,
        )
        for row in seats.bodies(conn, network_id)
    )


def _keep(conn: Connection, deed: Deed, body: str, leads: tuple[int, ...] | None) -> None:
    networks.hold(conn, deed.network_id)
    row = seats.body_named(conn, deed.network_id, body)
    if row is None:
        raise Refusal("not_found", "There is no body {body}.", body=body[:20])
    notices.put_plan(conn, deed.network_id, row.code, leads, deed.now)
    shown = list(usual_leads(row.code) if leads is None else leads)
    deed.note(conn, "reminder plan changed", row.code, minutes_before=shown)
