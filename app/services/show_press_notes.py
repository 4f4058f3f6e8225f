"""Show press notes: the list, and one with its text to copy and to whom it was given."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.catalogue import Catalogue
from app.domain.errors import Refusal
from app.domain.sheets import PressSheet
from app.services._newsletter_words import Reader
from app.services._press_words import note_text, press_sheet, tags_of
from app.services.keep_press_note import the_note
from app.services.price_plan import Plan, shown
from app.store import broadcasts, minutes, networks, press
from app.store.database import Connection, Database

PAGE = 50


@dataclass(frozen=True, slots=True)
class Sending:
    """To whom a note was given; `state` says of a mail how it stands."""

    at: datetime | None
    way: str
    language: str
    whom: str
    actor: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper or station of the directory."""

    unit_id: int
    name: str
    local_name: str
    has_mail: bool


@dataclass(frozen=True, slots=True)
class PressNoteLine:
    """One note; `texts_to_copy` are whole notes, as they are pasted into a chat."""

    id: int
    no: int
    meeting_id: int | None
    meeting: str
    on: date
    places: Mapping[str, str]
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    demands: Mapping[str, str]
    speakers: Mapping[str, str]
    contacts: Mapping[str, str]
    captions: Mapping[str, str]
    state: str
    version: int
    author: str
    author_id: int | None
    approver: str
    made_at: datetime
    approved_at: datetime | None
    broadcast_id: int | None
    texts_to_copy: Mapping[str, str]
    plain_texts: Mapping[str, str]
    sendings: tuple[Sending, ...] = ()
    plan: Plan | None = None
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True, slots=True)
class PressPage:
    """Some notes, newest first; `next` asks for those behind them."""

    lines: tuple[PressNoteLine, ...]
    next: int | None


async def list_press_notes(
    database: Database, network_id: int, *, catalogue: Catalogue, before: int | None = None
) -> PressPage:
    """A page of notes, newest first."""

    def read(conn: Connection) -> PressPage:
        rows = press.newest(conn, network_id, before=before, limit=PAGE + 1)
        lines = tuple(_line(conn, row, catalogue) for row in rows[:PAGE])
        return PressPage(lines, lines[-1].no if len(rows) > PAGE else None)

    return await database.read(read)


async def read_press_note(
    database: Database, network_id: int, note_id: int, *, catalogue: Catalogue
) -> PressNoteLine:
    """One note with all that is known of it; raises Refusal when it is not there."""

    def read(conn: Connection) -> PressNoteLine:
        row = the_note(conn, network_id, note_id)
        plan = broadcasts.get(conn, row.broadcast_id) if row.broadcast_id else None
        return _line(
            conn,
            row,
            catalogue,
            sendings=_sendings(conn, row),
            plan=shown(conn, plan) if plan is not None else None,
            papers=tuple(
                Paper(one.id, one.name, one.local_name, bool(one.has_mail))
                for one in press.media(conn, network_id)
            ),
        )

    return await database.read(read)


async def press_sheet_of(
    database: Database, network_id: int, note_id: int, tag: str, *, catalogue: Catalogue
) -> PressSheet:
    """The note as it is printed in that language; raises Refusal when it has no words in it."""

    def read(conn: Connection) -> PressSheet:
        row = the_note(conn, network_id, note_id)
        if tag not in tags_of(row) or tag not in catalogue.languages:
            raise Refusal(
                "language",
                "This press note has no words in {language}. Write them first.",
                language=repr(tag[:20]),
            )
        return press_sheet(row, Reader(tag, networks.by_id(conn, network_id), catalogue))

    return await database.read(read)


def _sendings(conn: Connection, row: Any) -> tuple[Sending, ...]:
    by_hand = tuple(
        Sending(one.at, one.way, one.language, one.whom, one.actor)
        for one in press.sendings_of(conn, row.id)
    )
    if row.broadcast_id is None or row.state != "approved":
        return by_hand
    mailed = press.mailed_to(conn, row.broadcast_id)
    return (
        *(
            Sending(row.approved_at, "mail", "", one.name, row.approver, one.state)
            for one in mailed
        ),
        *by_hand,
    )


def _line(  # noqa: PLR0913 -- all that one page shows
    conn: Connection,
    row: Any,
    catalogue: Catalogue,
    *,
    sendings: tuple[Sending, ...] = (),
    plan: Plan | None = None,
    papers: tuple[Paper, ...] = (),
) -> PressNoteLine:
    network = networks.by_id(conn, row.network_id)
    meeting = minutes.the_meeting(conn, network.id, row.meeting_id) if row.meeting_id else None
    readers = [
        Reader(tag, network, catalogue) for tag in tags_of(row) if tag in catalogue.languages
    ]
    return PressNoteLine(
        id=row.id,
        no=row.no,
        meeting_id=row.meeting_id,
        meeting=f"{meeting.body} {meeting.label}" if meeting else "",
        on=row.on,
        places=row.places,
        titles=row.titles,
        texts=row.texts,
        demands=row.demands,
        speakers=row.speakers,
        contacts=row.contacts,
        captions=row.captions,
        state=row.state,
        version=row.version,
        author=row.author,
        author_id=row.author_id,
        approver=row.approver,
        made_at=row.made_at,
        approved_at=row.approved_at,
        broadcast_id=row.broadcast_id,
        texts_to_copy={one.tag: note_text(row, one, is_marked=True) for one in readers},
        plain_texts={one.tag: note_text(row, one) for one in readers},
        sendings=sendings,
        plan=plan,
        papers=papers,
    )
