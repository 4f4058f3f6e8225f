"""Lists of tickets: which wait, which are late, of which somebody has to be told."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from app.domain.tickets import RSP_DAYS
from app.store.month_figures import Stretch
from app.store.schema import number
from app.store.tickets import WAITS, shown, ticket


def _late(today: date) -> ColumnElement[bool]:
    return and_(ticket.c.state.in_(WAITS), ticket.c.due < today)


_WHICH: Mapping[str, ColumnElement[bool]] = {
    "open": ticket.c.state.in_(WAITS),
    "answered": ticket.c.state == "answered",
    "closed": ticket.c.state == "closed",
}


def listing(  # noqa: PLR0913 -- each narrows the same list
    conn: Connection, network_id: int, *, which: str, today: date, before: int | None, limit: int
) -> Sequence[Any]:
    """Reports, the newest first; `which` is open, overdue, answered, closed, protected or all."""
    statement = shown(network_id)
    if which == "overdue":
        statement = statement.where(_late(today))
    elif which == "protected":
        statement = statement.where(ticket.c.is_protected.is_(True))
    elif which in _WHICH:
        statement = statement.where(_WHICH[which])
    if which != "protected":
        statement = statement.where(ticket.c.is_protected.is_(False))
    if before is not None:
        statement = statement.where(ticket.c.no < number(before))
    return conn.execute(statement.order_by(ticket.c.no.desc()).limit(limit)).all()


def count(conn: Connection, network_id: int, today: date, *, is_protected: bool) -> Any:
    """How many reports wait (`open`), how many of them are late (`overdue`), the first of these."""
    mine = (
        ticket.c.network_id == network_id,
        ticket.c.is_protected.is_(is_protected),
        ticket.c.state.in_(WAITS),
    )
    is_late = ticket.c.due < today
    late = func.count().filter(is_late).label("overdue")
    oldest = func.min(ticket.c.no).filter(is_late).label("oldest")
    return conn.execute(select(func.count().label("open"), late, oldest).where(*mine)).one()


def late_ones(conn: Connection, network_id: int, today: date) -> Any:
    """How many reports are late, protected ones too (`count`), and the lowest number (`oldest`)."""
    figures = (func.count().label("count"), func.min(ticket.c.no).label("oldest"))
    mine = (ticket.c.network_id == network_id, _late(today))
    return conn.execute(select(*figures).where(*mine)).one()


def newly_late(conn: Connection, network_id: int, today: date) -> Sequence[Any]:
    """Reports that are late and of which the President was not told yet, the oldest first."""
    mine = (
        ticket.c.network_id == network_id,
        _late(today),
        or_(
            ticket.c.to_president_at.is_(None),
            and_(ticket.c.to_rsp_at.is_(None), ticket.c.due < _rsp_day(today)),
        ),
    )
    return conn.execute(select(ticket).where(*mine).order_by(ticket.c.no)).all()


def _rsp_day(today: date) -> date:
    return date.fromordinal(today.toordinal() - RSP_DAYS)


def month_counts(conn: Connection, at: Stretch, day: date) -> tuple[int, int, int, int]:
    """Reports that came in that time, were answered in it, were late on that day, went to the RSP.

    Protected ones count too: a number names nobody.
    """
    waited = or_(
        ticket.c.state.in_(WAITS), func.coalesce(ticket.c.answered_at, ticket.c.closed_at) >= at.end
    )
    late = and_(waited, ticket.c.due < day)
    is_in = (
        and_(ticket.c.opened_at >= at.start, ticket.c.opened_at < at.end),
        and_(ticket.c.answered_at >= at.start, ticket.c.answered_at < at.end),
        late,
        and_(late, ticket.c.to_rsp_at < at.end),
    )
    mine = (ticket.c.network_id == at.network_id, ticket.c.opened_at < at.end)
    counted = conn.execute(select(*(func.count().filter(one) for one in is_in)).where(*mine)).one()
    opened, answered, overdue, told = map(int, counted)
    return opened, answered, overdue, told
