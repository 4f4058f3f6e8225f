"""Awareness items: short texts that are true for long, each looked at by a person once a year."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Connection, UniqueConstraint, func, insert, or_, select, update
from sqlmodel import Field

from app.store.bulk import insert_new
from app.store.schema import Row, link, maybe_link, new_id, number, table_of
from app.store.standing import standing_run


class AwarenessItem(Row, table=True):
    """One item of a series, in every language that it was written in."""

    __tablename__ = "awareness_item"
    __table_args__ = (UniqueConstraint("network_id", "series", "key"),)

    id: int = new_id()
    network_id: int = link("network.id")
    series: str = Field(max_length=40)
    key: str = Field(max_length=40)
    """What the office calls it: cnic, polio."""
    place: int = 0
    """Where it stands in its series."""
    texts: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    source: str = Field(default="", max_length=200)
    """Where it is known from; never sent."""
    reviewed_on: date | None = None
    """When somebody last looked whether it is still true; None for never."""
    reviewed_by: str = Field(default="", max_length=80)
    writer_id: int | None = maybe_link("account.id")
    """Who wrote the words last: somebody else reviews them."""
    is_retired: bool = False
    changed_at: datetime


awareness_item = table_of(AwarenessItem)


def add(conn: Connection, values: Mapping[str, Any]) -> int:
    """Store an item and give its id."""
    statement = insert(awareness_item).values(**values).returning(awareness_item.c.id)
    return int(conn.execute(statement).scalar_one())


def add_new(conn: Connection, values: Mapping[str, Any]) -> bool:
    """Store an item unless there is one of that key; whether it was stored."""
    statement = insert_new(conn, awareness_item, ("network_id", "series", "key")).values(**values)
    return conn.execute(statement.returning(awareness_item.c.id)).first() is not None


def change(conn: Connection, item_id: int, **values: Any) -> None:
    """Set these columns of an item."""
    conn.execute(update(awareness_item).where(awareness_item.c.id == item_id).values(**values))


def get(conn: Connection, network_id: int, item_id: int, *, locked: bool = False) -> Any | None:
    """One item of a network; `locked` keeps others from changing it until the commit."""
    statement = select(awareness_item).where(
        awareness_item.c.id == number(item_id), awareness_item.c.network_id == network_id
    )
    return conn.execute(statement.with_for_update() if locked else statement).one_or_none()


def by_key(conn: Connection, network_id: int, series: str, key: str) -> Any | None:
    """The item of that name in a series."""
    return conn.execute(
        select(awareness_item).where(
            awareness_item.c.network_id == network_id,
            awareness_item.c.series == series,
            awareness_item.c.key == key,
        )
    ).one_or_none()


def every(conn: Connection, network_id: int) -> Sequence[Any]:
    """All items of a network by series and place, each with the day it last went (`last_on`)."""
    sent = (
        select(standing_run.c.item_id, func.max(standing_run.c.on).label("last_on"))
        .where(standing_run.c.state == "made")
        .group_by(standing_run.c.item_id)
        .subquery("sent")
    )
    return conn.execute(
        select(awareness_item, sent.c.last_on)
        .outerjoin(sent, sent.c.item_id == awareness_item.c.id)
        .where(awareness_item.c.network_id == network_id)
        .order_by(
            awareness_item.c.series,
            awareness_item.c.is_retired,
            awareness_item.c.place,
            awareness_item.c.id,
        )
    ).all()


def has(conn: Connection, network_id: int, series: str) -> bool:
    """Whether that series has any item that is not retired."""
    statement = select(awareness_item.c.id).where(
        awareness_item.c.network_id == network_id,
        awareness_item.c.series == series,
        awareness_item.c.is_retired.is_(False),
    )
    return conn.execute(statement.limit(1)).first() is not None


def next_place(conn: Connection, network_id: int, series: str) -> int:
    """The place behind all others of a series."""
    last = conn.execute(
        select(func.max(awareness_item.c.place)).where(
            awareness_item.c.network_id == network_id, awareness_item.c.series == series
        )
    ).scalar_one()
    return (last or 0) + 1


def next_item(
    conn: Connection, standing_id: int, network_id: int, series: str, *, reviewed_since: date
) -> Any | None:
    """The reviewed item that this standing text sent longest ago, or never; None without any."""
    sent = (
        select(standing_run.c.item_id, func.max(standing_run.c.on).label("last_on"))
        .where(standing_run.c.standing_id == standing_id, standing_run.c.state == "made")
        .group_by(standing_run.c.item_id)
        .subquery("sent")
    )
    return conn.execute(
        select(awareness_item)
        .outerjoin(sent, sent.c.item_id == awareness_item.c.id)
        .where(
            awareness_item.c.network_id == network_id,
            awareness_item.c.series == series,
            awareness_item.c.is_retired.is_(False),
            awareness_item.c.reviewed_on >= reviewed_since,
        )
        .order_by(
            sent.c.last_on.is_not(None),
            sent.c.last_on,
            awareness_item.c.place,
            awareness_item.c.id,
        )
        .limit(1)
    ).one_or_none()


def unreviewed(conn: Connection, network_id: int, series: set[str], *, reviewed_since: date) -> int:
    """How many items of these series are left out because nobody looked at them for long."""
    return int(
        conn.execute(
            select(func.count()).where(
                awareness_item.c.network_id == network_id,
                awareness_item.c.series.in_(series),
                awareness_item.c.is_retired.is_(False),
                or_(
                    awareness_item.c.reviewed_on.is_(None),
                    awareness_item.c.reviewed_on < reviewed_since,
                ),
            )
        ).scalar_one()
    )
