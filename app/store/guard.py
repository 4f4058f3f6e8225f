"""The guard's memory: how many automatic answers each phone caused, and strangers in all."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select
from sqlmodel import Field

from app.domain.guard import Answered, Past
from app.store.bulk import Insert, insert_into
from app.store.schema import Row, link, table_of


class ReplyGuard(Row, table=True):
    """What one phone caused; a row is made by its first text."""

    __tablename__ = "reply_guard"

    address_id: int = link("address.id", primary_key=True)
    answers: str = Field(default="", max_length=400)
    """The answers of the last ten minutes: seconds since 1970, with a `-` before the idle ones."""
    day: date
    on_day: int = 0
    last_words: str = Field(default="", max_length=16)
    last_at: datetime
    last_answer: str = Field(default="", max_length=16)
    silent_since: datetime | None = None


class StrangerDay(Row, table=True):
    """How many answers went to phones that are on no list of a network, on one of its days."""

    __tablename__ = "stranger_day"

    network_id: int = link("network.id", primary_key=True)
    day: date = Field(primary_key=True)
    answers: int = 0


reply_guard = table_of(ReplyGuard)
_REMEMBERED = tuple(name for name in reply_guard.c.keys() if name != "address_id")  # noqa: SIM118
stranger_day = table_of(StrangerDay)

_pasts = (
    select(reply_guard)
    .where(reply_guard.c.address_id.in_(bindparam("ids", expanding=True)))
    .order_by(reply_guard.c.address_id)
    .with_for_update()
)
_strangers = select(stranger_day.c.answers).where(
    stranger_day.c.network_id == bindparam("network_id"), stranger_day.c.day == bindparam("day")
)


def pasts(conn: Connection, address_ids: Sequence[int]) -> Mapping[int, Past]:
    """What these phones caused so far, locked until the commit; one unknown is absent."""
    rows = conn.execute(_pasts, {"ids": list(address_ids)}) if address_ids else ()
    return {row.address_id: _past(row) for row in rows}


def _past(row: Any) -> Past:
    return Past(
        answers=tuple(_answered(word) for word in row.answers.split()),
        day=row.day,
        on_day=row.on_day,
        last_words=row.last_words,
        last_at=row.last_at,
        last_answer=row.last_answer,
        silent_since=row.silent_since,
    )


def _answered(word: str) -> Answered:
    return Answered(datetime.fromtimestamp(int(word.lstrip("-")), UTC), word.startswith("-"))


def keep(conn: Connection, pasts: Mapping[int, Past]) -> None:
    """Remember what these phones caused."""
    rows = [
        {
            "address_id": address_id,
            "answers": " ".join(
                f"{'-' if one.is_idle else ''}{int(one.at.timestamp())}" for one in past.answers
            ),
            "day": past.day,
            "on_day": past.on_day,
            "last_words": past.last_words,
            "last_at": past.last_at,
            "last_answer": past.last_answer,
            "silent_since": past.silent_since,
        }
        for address_id, past in sorted(pasts.items())
    ]
    if rows:
        conn.execute(_keep(conn.dialect.name), rows)


@cache
def _keep(dialect: str) -> Insert:
    """Built once: it is needed with every text."""
    statement = insert_into(dialect, reply_guard)
    changed = {name: statement.excluded[name] for name in _REMEMBERED}
    return statement.on_conflict_do_update(index_elements=["address_id"], set_=changed)


def forget(conn: Connection, address_ids: Sequence[int]) -> None:
    """Take out what is remembered of these phones, and the fingerprints of their words with it."""
    conn.execute(delete(reply_guard).where(reply_guard.c.address_id.in_(list(address_ids))))


def strangers_on(conn: Connection, network_id: int, day: date) -> int:
    """How many answers went to strangers on that day."""
    found = conn.execute(_strangers, {"network_id": network_id, "day": day}).scalar()
    return int(found or 0)


def add_strangers(conn: Connection, network_id: int, day: date, answers: int) -> None:
    """Count answers to strangers."""
    values = {"network_id": network_id, "day": day, "answers": answers}
    statement = insert_into(conn.dialect.name, stranger_day).values(**values)
    more = stranger_day.c.answers + statement.excluded.answers
    conn.execute(
        statement.on_conflict_do_update(
            index_elements=["network_id", "day"], set_={"answers": more}
        )
    )
