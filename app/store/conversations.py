"""Conversations: what is open between a phone and the network beyond one text and its answer."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Index, delete, select, text, update
from sqlmodel import Field

from app.store.bulk import Insert, insert_into
from app.store.outbox import outbox
from app.store.schema import Row, link, new_id, table_of
from bots.ask import More
from bots.notes import QuestionNote

MORE_STANDS = timedelta(hours=48)
"""So long MORE goes on with the last list."""
MENU_RESTS = timedelta(hours=24)
"""So long the menu is not shown again to somebody who did not ask for it."""
IS_OPEN = "answered_at IS NULL"
"""Written alike in the index and in the question, or SQLite does not see that they fit."""


class OpenQuestion(Row, table=True):
    """A question put to one phone; of each kind at most one stands open there."""

    __tablename__ = "question"
    __table_args__ = (
        Index(
            "ix_question_open",
            "address_id",
            "kind",
            unique=True,
            sqlite_where=text(IS_OPEN),
            postgresql_where=text(IS_OPEN),
        ),
    )

    id: int = new_id()
    network_id: int = link("network.id")
    address_id: int = link("address.id", index=True)
    kind: str = Field(max_length=20)
    about: int = 0
    """The id of what is asked about; what it names follows from `kind`."""
    note: str = Field(default="", max_length=1600)
    asked_at: datetime
    until: datetime
    answered_at: datetime | None = None


class Conversation(Row, table=True):
    """Where a phone stands in its conversation; a phone that never was told a list has no row."""

    address_id: int = link("address.id", primary_key=True)
    network_id: int = link("network.id")
    intent: str = Field(default="", max_length=20)
    """What the last list answered; "" when it has ended."""
    argument: str = Field(default="", max_length=1600)
    topic: str = Field(default="", max_length=1600)
    told: int = 0
    last: str = Field(default="", max_length=80)
    listed_at: datetime | None = None
    menu_at: datetime | None = None


question = table_of(OpenQuestion)
conversation = table_of(Conversation)


def questions(conn: Connection, address_id: int, now: datetime) -> Sequence[QuestionNote]:
    """The questions that stand open for this phone, oldest first."""
    mine = select(question).where(
        question.c.address_id == address_id, text(IS_OPEN), question.c.until > now
    )
    return [
        QuestionNote(row.kind, row.about, row.note, row.asked_at, row.until)
        for row in conn.execute(mine.order_by(question.c.asked_at, question.c.id))
    ]


def more(conn: Connection, address_id: int, now: datetime) -> More | None:
    """How the last list that this phone was told goes on; None when it has ended or is old."""
    row = _of(conn, address_id)
    if row is None or not row.intent or row.listed_at + MORE_STANDS <= now:
        return None
    return More(row.intent, row.argument, row.topic, row.told, row.last)


def was_shown_menu(conn: Connection, address_id: int, now: datetime) -> bool:
    """Whether this phone was answered with the menu in the last 24 hours."""
    row = _of(conn, address_id)
    return row is not None and row.menu_at is not None and row.menu_at + MENU_RESTS > now


def last_language(conn: Connection, address_id: int) -> str:
    """The language of the newest answer to this phone, "" when it never got one."""
    mine = select(outbox.c.language).where(
        outbox.c.address_id == address_id, outbox.c.inbound_id.is_not(None)
    )
    return conn.execute(mine.order_by(outbox.c.id.desc()).limit(1)).scalar() or ""


def _of(conn: Connection, address_id: int) -> Any | None:
    mine = select(conversation).where(conversation.c.address_id == address_id)
    return conn.execute(mine).one_or_none()


def put_questions(conn: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Store new questions; a phone that has one of that kind open keeps it."""
    if rows:
        new = insert_into(conn.dialect.name, question).on_conflict_do_nothing()
        conn.execute(new, list(rows))


def close(conn: Connection, address_id: int, kinds: Sequence[str], now: datetime) -> None:
    """Let the open questions of these kinds of a phone be answered."""
    mine = (question.c.address_id == address_id, question.c.kind.in_(kinds), text(IS_OPEN))
    conn.execute(update(question).where(*mine).values(answered_at=now))


def keep_lists(conn: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Store where the lists of these phones go on, each in place of the last one."""
    _keep(conn, rows, ("intent", "argument", "topic", "told", "last", "listed_at"))


def keep_menus(conn: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Store when the menu was shown on these phones."""
    _keep(conn, rows, ("menu_at",))


def _keep(conn: Connection, rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> None:
    if not rows:
        return
    ordered = sorted(rows, key=lambda row: row["address_id"])
    conn.execute(_put(conn.dialect.name, tuple(names)), ordered)


@cache
def _put(dialect: str, names: tuple[str, ...]) -> Insert:
    """Built once: most answers go through it."""
    new = insert_into(dialect, conversation)
    changed = {name: new.excluded[name] for name in names}
    return new.on_conflict_do_update(index_elements=["address_id"], set_=changed)


def forget(conn: Connection, address_ids: Sequence[int]) -> None:
    """Take out all that stands open on these phones."""
    for table in (question, conversation):
        conn.execute(delete(table).where(table.c.address_id.in_(list(address_ids))))
