"""Publications: one meeting's minutes made into every form, with the plan that goes out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Connection,
    Index,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlmodel import Field

from app.store.accounts import account
from app.store.broadcasts import broadcast
from app.store.documents import document
from app.store.outbox import outbox
from app.store.schema import Row, link, maybe_link, new_id, table_of

MISSED = ("cancelled", "rejected", "undelivered", "expired")
"""States of a text that certainly reached nobody."""
STATES = ("planning", "planned", "approved", "cancelled")


class Publication(Row, table=True):
    """A revision of a meeting's minutes on its way to people: one text and one mail broadcast."""

    __table_args__ = (
        CheckConstraint("state IN ('" + "', '".join(STATES) + "')", name="state"),
        UniqueConstraint("network_id", "idem_key"),
        Index("ix_publication_meeting", "meeting_id", "id"),
    )

    id: int = new_id()
    network_id: int = link("network.id")
    meeting_id: int = link("meeting.id")
    revision: int
    """Of the minutes: what was written when it was planned."""
    corrects_id: int | None = maybe_link("publication.id")
    """The newest publication that went out before, whose readers get this one."""
    state: str = Field(default="planning", max_length=10)
    audience: str = Field(default="", max_length=500)
    plan_hash: str = Field(default="", max_length=64)
    unreached: dict[str, dict[str, int]] = Field(default_factory=dict, sa_type=JSON)
    """Of a medium (`text`, `mail`) that reaches nobody: reason to people. It has no broadcast."""
    gaps: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)
    """What is missing or was changed on the way: `form`, `language`, `reason`, `detail`."""
    author_id: int | None = maybe_link("account.id")
    approver_id: int | None = maybe_link("account.id")
    idem_key: str | None = Field(default=None, max_length=80)
    created_at: datetime
    approved_at: datetime | None = None


class PublicationForm(Row, table=True):
    """One form in one language: words to read and, where there is one, the file."""

    __tablename__ = "publication_form"

    publication_id: int = link("publication.id", primary_key=True)
    form: str = Field(max_length=10, primary_key=True)
    """`sms`, `mail`, `telegram`, `picture`, `minutes`, `sheet`, `press` or `news`."""
    language: str = Field(max_length=20, primary_key=True)
    body: str = ""
    document_id: int | None = maybe_link("document.id")


publication = table_of(Publication)
publication_form = table_of(PublicationForm)


def add(conn: Connection, values: Mapping[str, Any]) -> int:
    """Store a publication that is being planned and give its id."""
    statement = insert(publication).values(**values).returning(publication.c.id)
    return int(conn.execute(statement).scalar_one())


def add_forms(conn: Connection, publication_id: int, forms: Sequence[Mapping[str, Any]]) -> None:
    """Store its forms (`form`, `language`, `body`, `document_id`)."""
    if forms:
        conn.execute(
            insert(publication_form), [{"publication_id": publication_id, **one} for one in forms]
        )


def change(conn: Connection, publication_id: int, **values: Any) -> None:
    """Set these columns of a publication."""
    conn.execute(update(publication).where(publication.c.id == publication_id).values(**values))


def drop(conn: Connection, publication_id: int) -> None:
    """Take a publication that could not be planned out again, with its forms."""
    for table, column in (
        (publication_form, publication_form.c.publication_id),
        (publication, publication.c.id),
    ):
        conn.execute(delete(table).where(column == publication_id))


def get(
    conn: Connection, network_id: int, publication_id: int, *, locked: bool = False
) -> Any | None:
    """The publication with that id, if it is that network's.

    `locked` keeps others from changing it until the commit.
    """
    statement = select(publication).where(
        publication.c.id == publication_id, publication.c.network_id == network_id
    )
    return conn.execute(statement.with_for_update() if locked else statement).one_or_none()


def names(conn: Connection, row: Any) -> tuple[str, str]:
    """The names of the author and of the approver, empty when there is none."""
    found = {
        one.id: one.name
        for one in conn.execute(
            select(account.c.id, account.c.name).where(
                account.c.id.in_([row.author_id, row.approver_id])
            )
        )
    }
    return found.get(row.author_id, ""), found.get(row.approver_id, "")


def by_idem_key(conn: Connection, network_id: int, idem_key: str) -> Any | None:
    """The publication that was made with that Idempotency-Key."""
    return conn.execute(
        select(publication).where(
            publication.c.network_id == network_id, publication.c.idem_key == idem_key
        )
    ).one_or_none()


def of_meeting(conn: Connection, network_id: int, meeting_id: int) -> Sequence[Any]:
    """The publications of a meeting, newest first."""
    return conn.execute(
        select(publication)
        .where(publication.c.network_id == network_id, publication.c.meeting_id == meeting_id)
        .order_by(publication.c.id.desc())
    ).all()


def forms_of(conn: Connection, publication_id: int) -> Sequence[Any]:
    """The forms of a publication, by form and language."""
    return conn.execute(
        select(publication_form)
        .where(publication_form.c.publication_id == publication_id)
        .order_by(publication_form.c.form, publication_form.c.language)
    ).all()


def newest_forms(
    conn: Connection, network_id: int, meeting_id: int, forms: Sequence[str]
) -> Sequence[Any]:
    """The files of these forms as a meeting's minutes went out last (form, language, document)."""
    newest = (
        select(func.max(publication.c.id))
        .where(
            publication.c.network_id == network_id,
            publication.c.meeting_id == meeting_id,
            publication.c.state == "approved",
        )
        .scalar_subquery()
    )
    found = select(publication_form).where(
        publication_form.c.publication_id == newest,
        publication_form.c.form.in_(list(forms)),
        publication_form.c.document_id.is_not(None),
    )
    ordered = found.order_by(publication_form.c.form, publication_form.c.language)
    return conn.execute(ordered).all()


def broadcasts_of(conn: Connection, publication_id: int) -> Sequence[Any]:
    """Its broadcasts, the text before the mail."""
    return conn.execute(
        select(broadcast)
        .where(broadcast.c.publication_id == publication_id)
        .order_by(broadcast.c.medium.desc(), broadcast.c.id)
    ).all()


def went_out(conn: Connection, publication_id: int) -> bool:
    """Whether anybody was or will be sent it: not all of it was stopped before or came back."""
    statement = (
        select(outbox.c.id)
        .join(broadcast, broadcast.c.id == outbox.c.broadcast_id)
        .where(broadcast.c.publication_id == publication_id, outbox.c.state.not_in(MISSED))
        .limit(1)
    )
    return conn.execute(statement).first() is not None


def stopped_before(conn: Connection, row: Any) -> Sequence[Any]:
    """Broadcasts of the same minutes, as revised then, that were approved earlier and stopped."""
    theirs = select(publication.c.id).where(
        publication.c.meeting_id == row.meeting_id,
        publication.c.revision == row.revision,
        publication.c.id < row.id,
        publication.c.state == "cancelled",
        publication.c.approved_at.is_not(None),
    )
    found = select(broadcast).where(broadcast.c.publication_id.in_(theirs))
    return conn.execute(found.order_by(broadcast.c.id)).all()


def forms_with_files(conn: Connection, publication_id: int) -> Sequence[Any]:
    """The same with the name, media type and size of each file, not its content."""
    facts = (
        document.c.name,
        document.c.media_type,
        func.length(document.c.content).label("size"),
    )
    return conn.execute(
        select(publication_form, *facts)
        .outerjoin(document, document.c.id == publication_form.c.document_id)
        .where(publication_form.c.publication_id == publication_id)
        .order_by(publication_form.c.form, publication_form.c.language)
    ).all()
