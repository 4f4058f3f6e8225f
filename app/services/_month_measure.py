"""The month's measure of a network: which texts count, and who had enough when another is to go."""

from dataclasses import replace
from datetime import datetime, timedelta

from app.domain.broadcast import Kind, Medium
from app.services.price_plan import first_moment, month_start
from app.store import month_measure
from app.store.audience import Choice
from app.store.database import Connection
from app.store.month_measure import Measure
from app.store.networks import NetworkInfo

LONGEST_QUIET = timedelta(days=14)
"""What was due so long before a month may have waited for it: for the morning, or after Eid."""
_LONGEST_MONTH = timedelta(days=31)


def is_measured(network: NetworkInfo, kind: Kind, medium: Medium) -> bool:
    """Whether texts of this kind leave out phones that had enough of them."""
    return bool(network.routine_cap) and kind is not Kind.URGENT and medium is Medium.TEXT


def month_of(network: NetworkInfo, moment: datetime) -> tuple[datetime, datetime]:
    """When the month of a moment begins and ends on the network's clocks."""
    start = month_start(network, moment)
    return start, month_start(network, start + _LONGEST_MONTH + timedelta(hours=12))


def counted_in(
    conn: Connection, network: NetworkInfo, moment: datetime, *, but: int = 0
) -> tuple[int, ...]:
    """The routine broadcasts of the month in which that moment is, without the one named.

    What waited for the end of quiet hours counts in the month in which it went out.
    """
    start, end = month_of(network, moment)
    rows = month_measure.routine(conn, network.id, start - LONGEST_QUIET, end)
    return tuple(
        row.id
        for row in rows
        if row.id != but and start <= first_moment(network, Kind.NOTICE, row.due_at) < end
    )


def measure_at(conn: Connection, network: NetworkInfo, due: datetime, *, but: int = 0) -> Measure:
    """What a routine text that is due then is measured by."""
    counted = counted_in(conn, network, first_moment(network, Kind.NOTICE, due), but=but)
    cap = network.routine_cap
    return Measure(counted if len(counted) >= cap else (), cap)


def with_those_who_had_enough(
    conn: Connection, choice: Choice, people: tuple[int, int] | None = None
) -> Choice:
    """The choice with the phones that had enough, of all people or of a slice of them."""
    if not choice.measure.counted:
        return choice
    return replace(choice, had_enough=month_measure.had_enough(conn, choice.measure, people))
