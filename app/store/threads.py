"""Threads: the phones whose texts wait for a person, danger first, then whoever waits longest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Subquery, and_, case, func, or_, select

from app.store.inbound import inbound
from app.store.thread_desk import thread_desk


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the list ended: behind that danger and that first text."""

    is_danger: bool
    first_id: int


@dataclass(frozen=True, slots=True)
class Sought:
    """Which threads: those of one officer, those of nobody, those that speak of danger."""

    account_id: int | None = None
    is_free: bool = False
    is_danger: bool = False


def waiting(
    conn: Connection, network_id: int, sought: Sought, *, after: Place | None, limit: int
) -> Sequence[Any]:
    """Threads that wait: `address_id`, `first_id`, `newest_id`, `danger_id`, `count`.

    A sender that is no phone number has a thread for each of its texts, and no `address_id`.
    """
    thread = _threads(network_id)
    has_danger = case((thread.c.danger_id.is_not(None), 0), else_=1)
    statement = _sought(thread, sought).order_by(has_danger, thread.c.first_id).limit(limit)
    if after is not None:
        rank = 0 if after.is_danger else 1
        later = and_(has_danger == rank, thread.c.first_id > after.first_id)
        statement = statement.where(or_(has_danger > rank, later))
    return conn.execute(statement).all()


def counts(conn: Connection, network_id: int, account_id: int | None) -> Mapping[str, int]:
    """How many threads wait: `all`, `mine`, `free` and `danger`."""
    thread = _threads(network_id)
    kinds = {
        "all": Sought(),
        "mine": Sought(account_id=account_id or 0),
        "free": Sought(is_free=True),
        "danger": Sought(is_danger=True),
    }
    return {
        name: int(
            conn.execute(
                select(func.count()).select_from(_sought(thread, sought).subquery())
            ).scalar_one()
        )
        for name, sought in kinds.items()
    }


def texts(conn: Connection, ids: Sequence[int]) -> Mapping[int, Any]:
    """These texts by their ids."""
    if not ids:
        return {}
    rows = conn.execute(select(inbound).where(inbound.c.id.in_(list(ids))))
    return {row.id: row for row in rows}


def text_of(conn: Connection, network_id: int, inbound_id: int) -> Any | None:
    """One text of this network."""
    mine = (inbound.c.id == inbound_id, inbound.c.network_id == network_id)
    return conn.execute(select(inbound).where(*mine)).one_or_none()


def _threads(network_id: int) -> Subquery:
    # What waits is few: the index on (network_id, needs_person) finds just those.
    key = func.coalesce(inbound.c.address_id, -inbound.c.id)
    return (
        select(
            func.max(inbound.c.address_id).label("address_id"),
            func.min(inbound.c.id).label("first_id"),
            func.max(inbound.c.id).label("newest_id"),
            func.max(case((inbound.c.is_danger.is_(True), inbound.c.id))).label("danger_id"),
            func.count().label("count"),
        )
        .where(inbound.c.network_id == network_id, inbound.c.needs_person.is_(True))
        .group_by(key)
        .subquery()
    )


def _sought(thread: Subquery, sought: Sought) -> Any:
    statement = select(thread)
    if sought.account_id is not None or sought.is_free:
        statement = statement.outerjoin(
            thread_desk, thread_desk.c.address_id == thread.c.address_id
        )
    if sought.account_id is not None:
        statement = statement.where(thread_desk.c.account_id == sought.account_id)
    if sought.is_free:
        statement = statement.where(thread_desk.c.account_id.is_(None))
    if sought.is_danger:
        statement = statement.where(thread.c.danger_id.is_not(None))
    return statement
