"""Standing texts: words that go out again by a rule, once agreed to, and what came of each day."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Connection,
    Index,
    func,
    insert,
    select,
    update,
)
from sqlmodel import Field

from app.store.accounts import account
from app.store.broadcasts import broadcast
from app.store.bulk import insert_new
from app.store.schema import Row, link, maybe_link, new_id, number, table_of

STATES = ("planned", "running", "stopped")
ENDS = ("made", "dropped", "skipped")


class Standing(Row, table=True):
    """One text, or one series of items, that goes to one audience again and again."""

    __table_args__ = (
        CheckConstraint("state IN ('" + "', '".join(STATES) + "')", name="state"),
        Index("ix_standing_due", "state", "next_on"),
    )

    id: int = new_id()
    network_id: int = link("network.id", index=True)
    name: str = Field(max_length=80)
    """What the office calls it; never sent."""
    kind: str = Field(max_length=8)
    audience: str = Field(max_length=500)
    texts: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """Words by language tag; none where a series gives them."""
    series: str = Field(default="", max_length=40)
    """The items that it sends in turn; "" where it has words of its own."""
    rule: str = Field(max_length=200)
    """An RRULE of RFC 5545, as `app.domain.recurrence` writes it."""
    starts_on: date
    ends_on: date | None = None
    clock: time
    """When it goes, as the clocks there show it."""
    skipped: list[str] = Field(default_factory=list, sa_type=JSON)
    """Days of the rule on which it does not go, as YYYY-MM-DD."""
    state: str = Field(max_length=8)
    """`planned` waits for a second person, `running` goes by itself, `stopped` does not."""
    hash: str = Field(max_length=64)
    """Over words, audience and rule; what was agreed to."""
    next_on: date | None = None
    """The next day on which it is due; None where there is none."""
    author: str = Field(default="", max_length=80)
    author_id: int | None = maybe_link("account.id")
    approver_id: int | None = maybe_link("account.id")
    approved_at: datetime | None = None
    created_at: datetime
    changed_at: datetime


class StandingRun(Row, table=True):
    """What came of one day of a standing text: there is one for each day that was due."""

    __tablename__ = "standing_run"

    standing_id: int = link("standing.id", primary_key=True)
    on: date = Field(primary_key=True)
    """The day there, by the network's clocks."""
    state: str = Field(max_length=8)
    """`made`, `dropped` (its day passed, or it could not go), `skipped` (left out by a person)."""
    reason: str = Field(default="", max_length=20)
    """Why it was dropped: a word that pages know."""
    said: str = Field(default="", max_length=300)
    """The refusal in words, where there was one."""
    broadcast_id: int | None = maybe_link("broadcast.id", index=True)
    item_id: int | None = maybe_link("awareness_item.id", index=True)
    at: datetime


standing = table_of(Standing)
standing_run = table_of(StandingRun)


def add(conn: Connection, values: Mapping[str, Any]) -> int:
    """Store a standing text and give its id."""
    statement = insert(standing).values(**values).returning(standing.c.id)
    return int(conn.execute(statement).scalar_one())


def change(conn: Connection, standing_id: int, **values: Any) -> None:
    """Set these columns."""
    conn.execute(update(standing).where(standing.c.id == standing_id).values(**values))


_approver = account.alias("standing_approver")
_shown = select(standing, _approver.c.name.label("approver")).outerjoin(
    _approver, _approver.c.id == standing.c.approver_id
)


def get(conn: Connection, network_id: int, standing_id: int, *, locked: bool = False) -> Any | None:
    """One of a network's, with the name of its `approver`; `locked` until the commit."""
    statement = _shown.where(
        standing.c.id == number(standing_id), standing.c.network_id == network_id
    )
    if locked:
        statement = statement.with_for_update(of=standing)
    return conn.execute(statement).one_or_none()


def every(conn: Connection, network_id: int) -> Sequence[Any]:
    """All of a network's: those that run first, then by name."""
    order = (standing.c.state != "running", standing.c.state != "planned", standing.c.name)
    return conn.execute(
        _shown.where(standing.c.network_id == network_id).order_by(*order, standing.c.id)
    ).all()


def due(conn: Connection, until: date) -> Sequence[Any]:
    """Those of all networks that run and whose next day has come by then."""
    return conn.execute(
        select(standing)
        .where(standing.c.state == "running", standing.c.next_on <= until)
        .order_by(standing.c.id)
    ).all()


def note_run(conn: Connection, values: Mapping[str, Any]) -> bool:
    """Write down what came of a day; False when that was done before."""
    statement = insert_new(conn, standing_run, ("standing_id", "on")).values(**values)
    return conn.execute(statement.returning(standing_run.c.standing_id)).first() is not None


def run_on(conn: Connection, standing_id: int, on: date) -> Any | None:
    """What came of that day; None when nothing did yet."""
    return conn.execute(
        select(standing_run).where(
            standing_run.c.standing_id == standing_id, standing_run.c.on == on
        )
    ).one_or_none()


def runs(conn: Connection, standing_id: int, *, limit: int) -> Sequence[Any]:
    """The latest days of one, newest first, each with the `ref` of its broadcast."""
    return conn.execute(
        select(standing_run, broadcast.c.ref)
        .outerjoin(broadcast, broadcast.c.id == standing_run.c.broadcast_id)
        .where(standing_run.c.standing_id == standing_id)
        .order_by(standing_run.c.on.desc())
        .limit(limit)
    ).all()


def last_runs(conn: Connection, network_id: int) -> Mapping[int, Any]:
    """The latest day of each of a network's, by the standing text."""
    newest = (
        select(standing_run.c.standing_id, func.max(standing_run.c.on).label("on"))
        .group_by(standing_run.c.standing_id)
        .subquery("newest")
    )
    rows = conn.execute(
        select(standing_run, broadcast.c.ref)
        .join(
            newest,
            (newest.c.standing_id == standing_run.c.standing_id)
            & (newest.c.on == standing_run.c.on),
        )
        .join(standing, standing.c.id == standing_run.c.standing_id)
        .outerjoin(broadcast, broadcast.c.id == standing_run.c.broadcast_id)
        .where(standing.c.network_id == network_id)
    )
    return {row.standing_id: row for row in rows}


def dropped_since(conn: Connection, network_id: int, since: datetime) -> Sequence[Any]:
    """Days on which a standing text did not go, noted since then; newest first, with its name."""
    return conn.execute(
        select(standing_run, standing.c.name)
        .join(standing, standing.c.id == standing_run.c.standing_id)
        .where(
            standing.c.network_id == network_id,
            standing_run.c.state == "dropped",
            standing_run.c.at >= since,
        )
        .order_by(standing_run.c.on.desc(), standing_run.c.standing_id)
    ).all()


def waiting(conn: Connection, network_id: int) -> Sequence[Any]:
    """Those that wait for a second person, the oldest first."""
    return conn.execute(
        select(standing)
        .where(standing.c.network_id == network_id, standing.c.state == "planned")
        .order_by(standing.c.changed_at, standing.c.id)
    ).all()


def running_series(conn: Connection, network_id: int) -> set[str]:
    """The series of which items go out by themselves."""
    found = conn.execute(
        select(standing.c.series).where(
            standing.c.network_id == network_id,
            standing.c.state == "running",
            standing.c.series != "",
        )
    )
    return set(found.scalars())
