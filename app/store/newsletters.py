"""Newsletters: issues, what stands in each, and the rules by which they are made."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Connection, Index, UniqueConstraint, delete, func, insert, select
from sqlalchemy import update as update_rows
from sqlmodel import Field

from app.store.numbers import next_no
from app.store.schema import BIG_ID, Row, link, maybe_link, new_id, number, table_of


class Newsletter(Row, table=True):
    """One issue. `choice` says what it is about: topics and unit; "" for all of the network."""

    __table_args__ = (
        UniqueConstraint("network_id", "no"),
        Index("ix_newsletter_choice", "network_id", "choice"),
    )

    id: int = new_id()
    network_id: int = link("network.id")
    no: int
    period: str = Field(max_length=8)
    """`weekly`, `monthly` or `hand`."""
    choice: str = Field(default="", max_length=240)
    topics: str = Field(default="", max_length=200)
    unit_id: int | None = maybe_link("unit.id")
    since: datetime
    """What was agreed before this is not asked for in the first issue of its choice."""
    titles: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    leads: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """A few words of the editor before all else."""
    headlines: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """The text to members by language, one segment with name and Ref."""
    texts: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """The text to be copied into Telegram by language, as it was agreed."""
    audience: str = Field(default="", max_length=500)
    """Whom it goes to, in words; empty when it only goes into the archive and on paper."""
    state: str = Field(default="draft", max_length=12)
    """`draft` or `approved`."""
    version: int = 1
    author: str = Field(max_length=80)
    author_id: int | None = maybe_link("account.id")
    approver: str = Field(default="", max_length=80)
    made_at: datetime
    approved_at: datetime | None = None
    broadcast_id: int | None = maybe_link("broadcast.id")
    """The plan of its headline by SMS."""
    mail_broadcast_id: int | None = maybe_link("broadcast.id")
    """The plan of its mail."""


class NewsletterItem(Row, table=True):
    """One thing in an issue, with its words as they were when the issue was made.

    The constraint is what keeps an item from going out twice in newsletters of one choice.
    """

    __tablename__ = "newsletter_item"
    __table_args__ = (
        UniqueConstraint("network_id", "choice", "kind", "source_id"),
        Index("ix_newsletter_item_of", "newsletter_id", "place"),
    )

    id: int = new_id()
    network_id: int = link("network.id")
    newsletter_id: int = link("newsletter.id")
    choice: str = Field(default="", max_length=240)
    kind: str = Field(max_length=10)
    """`decision`, `story` or `meeting`."""
    source_id: int = Field(sa_type=BIG_ID)
    """The id of the decision, story or meeting."""
    place: int
    code: str = Field(default="", max_length=30)
    """`14/2` for a decision, `EC 15` for a meeting, the unit for a story."""
    titles: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    texts: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    notes: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """Who does it, where it is held, what stands under the photo."""
    at: datetime | None = None
    """When the meeting is, or was that decided it."""
    due: date | None = None


class NewsletterRule(Row, table=True):
    """That an issue is to be made every week or month."""

    __tablename__ = "newsletter_rule"
    __table_args__ = (UniqueConstraint("network_id", "choice"),)

    id: int = new_id()
    network_id: int = link("network.id")
    choice: str = Field(default="", max_length=240)
    topics: str = Field(default="", max_length=200)
    unit_id: int | None = maybe_link("unit.id")
    period: str = Field(max_length=8)
    audience: str = Field(default="", max_length=500)
    next_on: date
    """The day on which the next one is made."""
    said: str = Field(default="", max_length=200)
    """What came of the last time: that there was nothing new, or which issue was made."""
    author: str = Field(max_length=80)
    author_id: int | None = maybe_link("account.id")


newsletter = table_of(Newsletter)
newsletter_item = table_of(NewsletterItem)
newsletter_rule = table_of(NewsletterRule)


def add(conn: Connection, values: Mapping[str, Any]) -> int:
    """Store an issue under the network's next number and give its id."""
    no = next_no(conn, newsletter, values["network_id"])
    statement = insert(newsletter).values(**values, no=no).returning(newsletter.c.id)
    return int(conn.execute(statement).scalar_one())


def get(conn: Connection, network_id: int, newsletter_id: int) -> Any | None:
    """One issue of a network; None for one that is not there or another's."""
    statement = select(newsletter).where(
        newsletter.c.id == newsletter_id, newsletter.c.network_id == network_id
    )
    return conn.execute(statement).one_or_none()


def numbered(conn: Connection, network_id: int, no: int) -> Any | None:
    """The approved issue with that number."""
    statement = select(newsletter).where(
        newsletter.c.network_id == network_id,
        newsletter.c.no == number(no),
        newsletter.c.state == "approved",
    )
    return conn.execute(statement).one_or_none()


def newest(
    conn: Connection,
    network_id: int,
    *,
    before: int | None = None,
    approved: bool = False,
    limit: int,
) -> Sequence[Any]:
    """Issues, newest first, from behind the one with the number `before`."""
    statement = select(newsletter).where(newsletter.c.network_id == network_id)
    if before is not None:
        statement = statement.where(newsletter.c.no < number(before))
    if approved:
        statement = statement.where(newsletter.c.state == "approved")
    return conn.execute(statement.order_by(newsletter.c.no.desc()).limit(limit)).all()


def first_since(conn: Connection, network_id: int, choice: str) -> datetime | None:
    """From when the issues of this choice ask; None before the first of them."""
    statement = select(func.min(newsletter.c.since)).where(
        newsletter.c.network_id == network_id, newsletter.c.choice == choice
    )
    found: datetime | None = conn.execute(statement).scalar_one()
    return found


def draft_of(conn: Connection, network_id: int, choice: str) -> Any | None:
    """The issue of this choice that is not agreed to yet."""
    statement = select(newsletter).where(
        newsletter.c.network_id == network_id,
        newsletter.c.choice == choice,
        newsletter.c.state == "draft",
    )
    return conn.execute(statement.order_by(newsletter.c.id).limit(1)).one_or_none()


def change(conn: Connection, newsletter_id: int, **values: Any) -> None:
    """Set these columns of an issue."""
    conn.execute(update_rows(newsletter).where(newsletter.c.id == newsletter_id).values(**values))


def drop(conn: Connection, newsletter_id: int) -> None:
    """Take an issue away; what stood in it may stand in the next."""
    conn.execute(delete(newsletter_item).where(newsletter_item.c.newsletter_id == newsletter_id))
    conn.execute(delete(newsletter).where(newsletter.c.id == newsletter_id))


def add_items(conn: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Store what stands in an issue."""
    if rows:
        conn.execute(insert(newsletter_item), list(rows))


def items_of(conn: Connection, newsletter_id: int) -> Sequence[Any]:
    """What stands in an issue, in its order."""
    statement = select(newsletter_item).where(newsletter_item.c.newsletter_id == newsletter_id)
    return conn.execute(statement.order_by(newsletter_item.c.place)).all()


def leave_out(conn: Connection, newsletter_id: int, item_id: int) -> bool:
    """Take one out of an issue, so that the next may have it; False when it is not in it."""
    statement = delete(newsletter_item).where(
        newsletter_item.c.id == item_id, newsletter_item.c.newsletter_id == newsletter_id
    )
    return conn.execute(statement).rowcount > 0


def issue_with(conn: Connection, network_id: int, kind: str, source_id: int) -> Any | None:
    """The newest issue in which that stands."""
    statement = (
        select(newsletter)
        .join(newsletter_item, newsletter_item.c.newsletter_id == newsletter.c.id)
        .where(
            newsletter_item.c.network_id == network_id,
            newsletter_item.c.kind == kind,
            newsletter_item.c.source_id == source_id,
        )
        .order_by(newsletter.c.no.desc())
        .limit(1)
    )
    return conn.execute(statement).one_or_none()


def rules(conn: Connection, network_id: int | None = None) -> Sequence[Any]:
    """The rules of a network, or of all."""
    statement = select(newsletter_rule).order_by(newsletter_rule.c.id)
    if network_id is not None:
        statement = statement.where(newsletter_rule.c.network_id == network_id)
    return conn.execute(statement).all()


def put_rule(conn: Connection, values: Mapping[str, Any]) -> None:
    """Store the rule for a choice in place of the one that was there."""
    drop_rule(conn, values["network_id"], values["choice"])
    conn.execute(insert(newsletter_rule).values(**values))


def drop_rule(conn: Connection, network_id: int, choice: str) -> None:
    """Make no more of that choice by itself."""
    conn.execute(
        delete(newsletter_rule).where(
            newsletter_rule.c.network_id == network_id, newsletter_rule.c.choice == choice
        )
    )


def change_rule(conn: Connection, rule_id: int, **values: Any) -> None:
    """Set these columns of a rule."""
    conn.execute(
        update_rows(newsletter_rule).where(newsletter_rule.c.id == rule_id).values(**values)
    )
