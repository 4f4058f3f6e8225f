"""Routes: the pacing, price and health of each configured wire, one row shared by all workers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection, UniqueConstraint, bindparam, select, update
from sqlmodel import Field

from app.domain.pacing import Pace, grant, ready_at_us, window_pace
from app.store.bulk import insert_into, insert_new
from app.store.schema import Row, big, db_now_us, link, new_id, table_of

SECOND_US = 1_000_000


class Route(Row, table=True):
    """One wire as the dispatcher sees it. Rates are GCRA: one number remembers the past."""

    id: int = new_id()
    name: str = Field(max_length=40, unique=True)
    kind: str = Field(max_length=20)
    reaches: str = Field(default="", max_length=40)
    """The kinds of number that it may be given, between blanks."""
    price_micro: int = big()
    currency: str = Field(default="PKR", max_length=3)
    in_flight: int = 1
    interval_us: int = big()
    burst: int = 1
    tat_us: int = big()
    per_window: int = 0
    window_us: int = big()
    window_tat_us: int = big()
    per_day: int = 0
    shows_buttons: bool = False
    carries_papers: bool = False
    is_open: bool = True
    """False when the wire is no longer configured or was stopped by a misconfiguration."""
    trouble: str = Field(default="", max_length=200)
    paused_until_us: int = big()


class RouteDay(Row, table=True):
    """How many texts of a network a route took on one day, and what they cost."""

    __tablename__ = "route_day"
    __table_args__ = (UniqueConstraint("route_id", "network_id", "day"),)

    id: int = new_id()
    route_id: int = link("route.id")
    network_id: int = link("network.id")
    day: date
    used: int = 0
    spent_micro: int = big()


route = table_of(Route)
route_day = table_of(RouteDay)


@dataclass(frozen=True, slots=True)
class RouteSetting:
    """What the configuration says of a wire."""

    name: str
    kind: str
    reaches: frozenset[str]
    price_micro: int
    currency: str
    in_flight: int
    interval_us: int
    burst: int
    per_window: int
    window_us: int
    per_day: int
    shows_buttons: bool = False
    carries_papers: bool = False


def configure(
    conn: Connection, settings: Sequence[RouteSetting], *, is_alone: bool = True
) -> Mapping[str, int]:
    """Bring the route rows in line with the configuration; their past rates are kept.

    Gives the ids by name. A stopped route opens again: a person has just changed something.
    Who `is_alone` on the database closes the wires that are configured no more; others may
    belong to another worker.
    """
    if is_alone:
        conn.execute(update(route).values(is_open=False))
    for setting in settings:
        values = {**_values(setting), "is_open": True, "trouble": ""}
        statement = insert_into(conn.dialect.name, route).values(**values)
        conn.execute(statement.on_conflict_do_update(index_elements=["name"], set_=values))
    return _ids(conn)


def introduce(conn: Connection, settings: Sequence[RouteSetting]) -> Mapping[str, int]:
    """Add the routes that no worker has brought yet and leave the others alone; gives all ids."""
    for setting in settings:
        conn.execute(insert_new(conn, route, ("name",)).values(**_values(setting)))
    return _ids(conn)


def _ids(conn: Connection) -> Mapping[str, int]:
    return {row.name: row.id for row in conn.execute(select(route.c.id, route.c.name))}


def _values(setting: RouteSetting) -> dict[str, Any]:
    return {
        "name": setting.name,
        "kind": setting.kind,
        "reaches": f" {' '.join(sorted(setting.reaches))} ",
        "price_micro": setting.price_micro,
        "currency": setting.currency,
        "in_flight": setting.in_flight,
        "interval_us": setting.interval_us,
        "burst": setting.burst,
        "per_window": setting.per_window,
        "window_us": setting.window_us,
        "per_day": setting.per_day,
        "shows_buttons": setting.shows_buttons,
        "carries_papers": setting.carries_papers,
    }


_every = select(route).order_by(route.c.price_micro, route.c.id)


def every(conn: Connection) -> Sequence[Any]:
    """All routes, cheapest first."""
    return conn.execute(_every).all()


def by_name(conn: Connection, name: str) -> Any | None:
    """The route of the wire with that name."""
    return conn.execute(select(route).where(route.c.name == name)).one_or_none()


_with_clock = select(route, db_now_us().label("now_us")).where(route.c.id == bindparam("id"))
_locked = _with_clock.with_for_update()


def lock(conn: Connection, route_id: int) -> Any:
    """The route's row, locked until the commit, with the database's clock as `now_us`."""
    return conn.execute(_locked, {"id": route_id}).one()


def for_claim(conn: Connection, route_id: int) -> Any:
    """The same row, locked only if it has a rate to keep.

    Workers of a route without any rate share nothing but its rows, which are locked one by one.
    """
    row = conn.execute(_with_clock, {"id": route_id}).one()
    return lock(conn, route_id) if row.interval_us or row.per_window or row.per_day else row


def steady_of(row: Any) -> Pace:
    """The route's rate for each text."""
    return Pace(interval_us=row.interval_us, burst=row.burst)


def window_of(row: Any) -> Pace:
    """The route's rate for a longer window (a SIM: 100 in 15 minutes)."""
    return window_pace(row.per_window, row.window_us / SECOND_US, min(row.burst, row.per_window))


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many texts may go now; `wait_s` is when to ask again if the pace gave fewer."""

    texts: int
    wait_s: float | None = None


def allowance(row: Any, wanted: int) -> Allowance:
    """What pace, window and pauses of the locked route allow of the `wanted` texts."""
    if not row.is_open:
        return Allowance(0)
    if row.paused_until_us > row.now_us:
        return Allowance(0, (row.paused_until_us - row.now_us) / SECOND_US)
    granted, _ = grant(steady_of(row), row.tat_us, row.now_us, wanted)
    granted, _ = grant(window_of(row), row.window_tat_us, row.now_us, granted)
    if granted == wanted:
        return Allowance(granted)
    ready_us = max(
        ready_at_us(steady_of(row), row.tat_us), ready_at_us(window_of(row), row.window_tat_us)
    )
    return Allowance(granted, max(ready_us - row.now_us, 0) / SECOND_US)


def spend(conn: Connection, row: Any, taken: int) -> None:
    """Move the locked route's rate forward by what was really taken."""
    _, tat_us = grant(steady_of(row), row.tat_us, row.now_us, taken)
    _, window_tat_us = grant(window_of(row), row.window_tat_us, row.now_us, taken)
    if (tat_us, window_tat_us) != (row.tat_us, row.window_tat_us):
        conn.execute(
            update(route)
            .where(route.c.id == row.id)
            .values(tat_us=tat_us, window_tat_us=window_tat_us)
        )


def used_on(conn: Connection, route_id: int, day: date) -> int:
    """How many texts a route took on that day, over all networks."""
    rows = conn.execute(
        select(route_day.c.used).where(route_day.c.route_id == route_id, route_day.c.day == day)
    )
    return sum(rows.scalars())


@cache
def _count_day(dialect: str) -> Any:
    statement = insert_into(dialect, route_day).values(
        route_id=bindparam("on_route"),
        network_id=bindparam("of_network"),
        day=bindparam("on_day"),
        used=bindparam("n"),
        spent_micro=bindparam("micro"),
    )
    return statement.on_conflict_do_update(
        index_elements=["route_id", "network_id", "day"],
        set_={
            "used": route_day.c.used + statement.excluded.used,
            "spent_micro": route_day.c.spent_micro + statement.excluded.spent_micro,
        },
    )


def count_day(
    conn: Connection, route_id: int, day: date, taken: Mapping[int, tuple[int, int]]
) -> None:
    """Add to the day's count and cost per network (`taken`: network to number and micro)."""
    for network_id, (used, spent_micro) in taken.items():
        conn.execute(
            _count_day(conn.dialect.name),
            {
                "on_route": route_id,
                "of_network": network_id,
                "on_day": day,
                "n": used,
                "micro": spent_micro,
            },
        )


def rest(conn: Connection, route_id: int, pause_s: float) -> None:
    """Let a route rest for so many seconds of the database's clock."""
    conn.execute(
        update(route)
        .where(route.c.id == route_id)
        .values(paused_until_us=db_now_us() + int(pause_s * SECOND_US))
    )


def stop(conn: Connection, route_id: int, trouble: str) -> None:
    """Close a route until a person has mended its configuration."""
    conn.execute(
        update(route).where(route.c.id == route_id).values(is_open=False, trouble=trouble[:200])
    )
