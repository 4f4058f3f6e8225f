"""Show a publication: its forms, its plan over each wire, and what is missing in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.errors import Refusal
from app.services._form_setting import Gap
from app.services.price_plan import Plan
from app.services.price_plan import shown as plan_shown
from app.store import documents, publications
from app.store.database import Connection, Database


@dataclass(frozen=True, slots=True)
class FormShown:
    """One form in one language; `document_id` names the file that can be fetched."""

    form: str
    """`minutes`, `sheet`, `picture`, `telegram`, `press`, or `mail`: the letter as text."""
    language: str
    body: str
    document_id: int | None
    file_name: str = ""
    media_type: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class PublicationView:
    """A publication as it was planned, and where it stands."""

    id: int
    meeting_id: int
    revision: int
    state: str
    """`planning`, `planned`, `approved` or `cancelled`."""
    hash: str
    audience: str
    corrects: int | None
    """The Ref that it takes the place of."""
    text: Plan | None
    """None when no phone is reached: `unreached` says why."""
    mail: Plan | None
    unreached: Mapping[str, Mapping[str, int]]
    """`text` or `mail` to reason to people."""
    gaps: tuple[Gap, ...]
    forms: tuple[FormShown, ...]
    author: str
    author_id: int | None
    approver: str
    created_at: datetime
    approved_at: datetime | None

    @property
    def plans(self) -> tuple[Plan, ...]:
        """Its broadcasts, the text before the mail."""
        return tuple(one for one in (self.text, self.mail) if one is not None)

    @property
    def first(self) -> Plan:
        """The broadcast that stands for all of it: whoever approves it approves both."""
        return self.plans[0]

    @property
    def price_micro(self) -> int:
        """What it costs over all wires."""
        return sum(one.price_micro for one in self.plans)

    @property
    def seconds(self) -> int:
        """How long the slowest wire needs."""
        return max(one.seconds for one in self.plans)


async def show_publication(
    database: Database, network_id: int, publication_id: int
) -> PublicationView:
    """One publication; raises Refusal (not_found) when this network has no such one."""
    return await database.read(_show, network_id, publication_id)


async def newest_publication(
    database: Database, network_id: int, meeting_id: int
) -> PublicationView | None:
    """The newest publication of a meeting that was not taken back before it went out."""
    return await database.read(_newest, network_id, meeting_id)


@dataclass(frozen=True, slots=True)
class File:
    """A stored form to be fetched."""

    name: str
    media_type: str
    content: bytes


async def fetch_form(
    database: Database, network_id: int, publication_id: int, form: str, language: str
) -> File:
    """The file of a form; raises Refusal (not_found) when there is none."""
    return await database.read(_fetch, network_id, publication_id, (form, language))


def found(conn: Connection, network_id: int, publication_id: int, *, locked: bool = False) -> Any:
    """The row of a publication; raises Refusal when this network has no such one."""
    row = publications.get(conn, network_id, publication_id, locked=locked)
    if row is None:
        raise Refusal("not_found", "There is no publication {id}.", id=publication_id)
    return row


def _show(conn: Connection, network_id: int, publication_id: int) -> PublicationView:
    return shown(conn, found(conn, network_id, publication_id))


def _newest(conn: Connection, network_id: int, meeting_id: int) -> PublicationView | None:
    for row in publications.of_meeting(conn, network_id, meeting_id):
        if row.state in {"planned", "approved"} or row.approved_at is not None:
            return shown(conn, row)
    return None


def _fetch(conn: Connection, network_id: int, publication_id: int, named: tuple[str, str]) -> File:
    row = found(conn, network_id, publication_id)
    for one in publications.forms_of(conn, row.id):
        if (one.form, one.language) == named and one.document_id is not None:
            kept = documents.get(conn, one.document_id, network_id=network_id)
            if kept is not None:
                return File(kept.name, kept.media_type, kept.content)
    raise Refusal("not_found", "There is no such file in this publication.")


def shown(conn: Connection, row: Any) -> PublicationView:
    """A stored publication as it is shown."""
    plans = {one.medium: plan_shown(conn, one) for one in publications.broadcasts_of(conn, row.id)}
    author, approver = publications.names(conn, row)
    return PublicationView(
        id=row.id,
        meeting_id=row.meeting_id,
        revision=row.revision,
        state=row.state,
        hash=row.plan_hash,
        audience=row.audience,
        corrects=_corrected_ref(conn, row),
        text=plans.get("text"),
        mail=plans.get("mail"),
        unreached=row.unreached,
        gaps=tuple(Gap(**one) for one in row.gaps),
        forms=tuple(_form(one) for one in publications.forms_with_files(conn, row.id)),
        author=author,
        author_id=row.author_id,
        approver=approver,
        created_at=row.created_at,
        approved_at=row.approved_at,
    )


def _form(row: Any) -> FormShown:
    return FormShown(
        form=row.form,
        language=row.language,
        body=row.body,
        document_id=row.document_id,
        file_name=row.name or "",
        media_type=row.media_type or "",
        size=row.size or 0,
    )


def _corrected_ref(conn: Connection, row: Any) -> int | None:
    if row.corrects_id is None:
        return None
    rows = publications.broadcasts_of(conn, row.corrects_id)
    return rows[0].ref if rows else None
