"""The month as the support programme is told of it: meetings, decisions, messages, their cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.services._months import month_after, month_called, stretch
from app.store import month_figures, networks, ticket_lists
from app.store.database import Connection, Database


@dataclass(frozen=True, slots=True)
class BodyMonth:
    """The meetings of one body; who came is counted each time that they came."""

    body: str
    held: int
    adjourned: int
    """Without a quorum."""
    present: int
    women: int
    men: int
    """Of whom it is not written down whether they are women or men, neither counts."""


@dataclass(frozen=True, slots=True)
class WireMonth:
    """What went out over one wire, and what it cost."""

    name: str
    kind: str
    sent: int
    cost_micro: int
    currency: str


@dataclass(frozen=True, slots=True)
class MonthReport:
    """The figures of one month of a network."""

    network: str
    month: str
    """As `2026-10`."""
    first: date
    last: date
    is_over: bool
    bodies: tuple[BodyMonth, ...]
    decisions_taken: int
    decisions_done: int
    decisions_overdue: int
    """Open and past their date at the end of the month, or today while it lasts."""
    resolutions_passed: int
    resolutions_sent: int
    resolutions_answered: int
    answers_overdue: int
    wires: tuple[WireMonth, ...]
    opt_outs: int
    """Phones and addresses that stopped all messages by their own wish."""
    reports_opened: int = 0
    reports_answered: int = 0
    reports_overdue: int = 0
    """Reports of problems later than 7 days, at the end of the month or today while it lasts."""
    reports_to_rsp: int = 0
    """Those of them that are a week later still: the support programme is to know of them."""

    @property
    def held(self) -> int:
        """Meetings held, of all bodies."""
        return sum(one.held for one in self.bodies)

    @property
    def adjourned(self) -> int:
        """Meetings without a quorum."""
        return sum(one.adjourned for one in self.bodies)

    @property
    def present(self) -> int:
        """How many came, each time counted."""
        return sum(one.present for one in self.bodies)

    @property
    def women(self) -> int:
        """How many of them were women."""
        return sum(one.women for one in self.bodies)

    @property
    def men(self) -> int:
        """How many of them were men."""
        return sum(one.men for one in self.bodies)

    @property
    def sent(self) -> int:
        """Messages that went out over any wire."""
        return sum(one.sent for one in self.wires)

    @property
    def costs(self) -> dict[str, int]:
        """What they cost in each currency, in millionths."""
        found: dict[str, int] = {}
        for one in self.wires:
            found[one.currency] = found.get(one.currency, 0) + one.cost_micro
        return found


async def report_month(
    database: Database, network_id: int, month: str, *, now: datetime
) -> MonthReport:
    """The figures of a month written as 2026-10; "" means the one that it is.

    Raises Refusal for what is no month or has not begun.
    """
    return await database.read(_report, network_id, month, now)


def _report(conn: Connection, network_id: int, month: str, now: datetime) -> MonthReport:
    network = networks.by_id(conn, network_id)
    today = network.day_at(now)
    first = month_called(month, today)
    after = month_after(first)
    at = stretch(network, first, after - timedelta(days=1))
    day = min(after, today)
    taken, done, overdue = month_figures.decision_counts(conn, at, day)
    passed, sent, answered, late = month_figures.resolution_counts(conn, at, day)
    reports = ticket_lists.month_counts(conn, at, day)
    return MonthReport(
        network=network.name,
        month=f"{first:%Y-%m}",
        first=first,
        last=at.last,
        is_over=after <= today,
        bodies=_bodies(conn, month_figures.meetings_in(conn, at)),
        decisions_taken=taken,
        decisions_done=done,
        decisions_overdue=overdue,
        resolutions_passed=passed,
        resolutions_sent=sent,
        resolutions_answered=answered,
        answers_overdue=late,
        wires=tuple(
            WireMonth(row.name, row.kind, int(row.used), int(row.spent_micro), row.currency)
            for row in month_figures.wire_counts(conn, at)
        ),
        opt_outs=month_figures.stopped_count(conn, at),
        reports_opened=reports[0],
        reports_answered=reports[1],
        reports_overdue=reports[2],
        reports_to_rsp=reports[3],
    )


def _bodies(conn: Connection, meetings: Sequence[Any]) -> tuple[BodyMonth, ...]:
    """The meetings by body; the marks count where there are any, else the minutes' figures."""
    held = [one for one in meetings if one.state in ("held", "adjourned")]
    marked = month_figures.present_at(conn, [one.id for one in held])
    found: dict[str, BodyMonth] = {}
    for one in held:
        before = found.get(one.body, BodyMonth(one.body, 0, 0, 0, 0, 0))
        told = (one.present, one.women, one.present - one.women)
        present, women, men = marked.get(one.id, told) if one.state == "held" else (0, 0, 0)
        found[one.body] = BodyMonth(
            one.body,
            before.held + (one.state == "held"),
            before.adjourned + (one.state == "adjourned"),
            before.present + present,
            before.women + women,
            before.men + men,
        )
    return tuple(found[body] for body in sorted(found))
