"""Show a phone's measure: how many routine texts it had this month, and what it missed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.services._month_measure import counted_in
from app.store import digest_lists, month_measure, networks
from app.store.database import Connection, Database

MOST = 20


@dataclass(frozen=True, slots=True)
class MissedRef:
    """A text that went out without this phone."""

    broadcast_id: int
    ref: int
    is_told: bool
    """Whether a digest has named it."""


@dataclass(frozen=True, slots=True)
class PhoneMeasure:
    """What one phone had of the month's routine texts."""

    had: int
    cap: int
    missed: tuple[MissedRef, ...]
    """The newest first."""


async def show_measures(
    database: Database, network_id: int, address_ids: Iterable[int], *, now: datetime
) -> Mapping[int, PhoneMeasure]:
    """The measure of each of these phones; nothing in a network that sets no limit."""
    return await database.read(_shown, network_id, tuple(address_ids), now)


def _shown(
    conn: Connection, network_id: int, address_ids: tuple[int, ...], now: datetime
) -> Mapping[int, PhoneMeasure]:
    network = networks.by_id(conn, network_id)
    if not network.routine_cap:
        return {}
    counted = counted_in(conn, network, now)
    return {
        one: PhoneMeasure(
            month_measure.of_phone(conn, counted, one),
            network.routine_cap,
            tuple(
                MissedRef(row.id, row.ref, row.told_by is not None)
                for row in digest_lists.missed_of(conn, network_id, one, MOST)
            ),
        )
        for one in address_ids
    }
