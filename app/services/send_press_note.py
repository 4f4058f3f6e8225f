"""Send a press note: by mail to the papers of the directory, or noted when given by hand."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.catalogue import Catalogue
from app.domain.broadcast import Kind, Medium
from app.domain.errors import Refusal
from app.domain.letters import UNSUBSCRIBE, Attachment, Letter
from app.domain.pasted import clean_line
from app.domain.sheets import PressSheet
from app.printing.render import render
from app.services._act import Deed
from app.services._letter_html import letter_html
from app.services._newsletter_words import Reader
from app.services._press_words import note_text, press_sheet, tags_of
from app.services.change_newsletter import take_back_plans
from app.services.keep_letter import keep_letter
from app.services.keep_press_note import found_note, found_open
from app.services.keep_story import Writer
from app.services.plan_broadcast import Draft, plan_broadcast
from app.store import networks, press, units
from app.store.database import Connection, Database

PAPERS = "media"
"""Whom the mail goes to: everybody with a post in a body outside of that kind."""
WAYS = ("whatsapp", "print", "mail")
MOST_NAME = 120
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Given:
    """That somebody got the note by hand; `unit_id` where the directory has the paper."""

    way: str
    whom: str = ""
    language: str = ""
    unit_id: int | None = None


async def send_press_note(  # noqa: PLR0913 -- who sends which, in which words
    database: Database,
    network_id: int,
    note_id: int,
    *,
    catalogue: Catalogue,
    by: Writer,
    now: datetime,
    audience: str = PAPERS,
) -> int:
    """Plan the mail to the papers, with the note as DOCX, and give the plan's id.

    It goes out when a second officer agrees to the note. Raises Refusal when the note has no
    words, waits already, and when no paper has a mail address.
    """
    begun = await database.write(_begin, network_id, note_id, catalogue)
    letters = await asyncio.to_thread(_letters, begun)
    kept = await database.write(_store, network_id, letters, now)
    draft = Draft(
        audience=audience,
        texts=begun.subjects,
        kind=Kind.NOTICE,
        author=by.name,
        author_id=by.id,
        network=begun.network,
        medium=Medium.MAIL,
        letters=kept,
    )
    plan = await plan_broadcast(database, draft, catalogue=catalogue, now=now)
    await database.write(_finish, begun, plan.id, by, now)
    return plan.id


async def note_given(  # noqa: PLR0913 -- who notes what of which
    database: Database,
    network_id: int,
    note_id: int,
    given: Given,
    *,
    by: Writer,
    now: datetime,
) -> None:
    """Write down that a note was given to somebody; raises Refusal before it was agreed to."""

    def note(conn: Connection) -> None:
        row = found_note(conn, network_id, note_id)
        if row.state != "approved":
            raise Refusal(
                "not_approved",
                "Press note {no} is not agreed to yet. A second officer has to read it first.",
                no=row.no,
            )
        if given.way not in WAYS:
            raise Refusal("way", "Say how it was given: whatsapp, print or mail.")
        unit = _unit(conn, network_id, given.unit_id)
        whom = clean_line(given.whom[: MOST_NAME * 4])[:MOST_NAME] or (unit.name if unit else "")
        if not whom:
            raise Refusal("whom", "Say to whom it was given: the paper or the station.")
        press.add_sending(
            conn,
            {
                "network_id": network_id,
                "press_note_id": row.id,
                "at": now,
                "way": given.way,
                "language": given.language[:20],
                "whom": whom,
                "unit_id": given.unit_id,
                "actor": by.name,
            },
        )
        Deed(network_id, by.name, now).note(
            conn, "press note given", f"Press note {row.id}", way=given.way
        )

    await database.write(note)


def _unit(conn: Connection, network_id: int, unit_id: int | None) -> Any | None:
    if unit_id is None:
        return None
    unit = units.get(conn, network_id, unit_id)
    if unit is None:
        raise Refusal("not_found", "There is no unit {id} in this network.", id=unit_id)
    return unit


@dataclass(frozen=True, slots=True)
class _Begun:
    network_id: int
    network: str
    note_id: int
    no: int
    version: int
    subjects: Mapping[str, str]
    bodies: Mapping[str, str]
    sheets: Mapping[str, PressSheet]
    catalogue: Catalogue


def _begin(conn: Connection, network_id: int, note_id: int, catalogue: Catalogue) -> _Begun:
    row = found_open(conn, network_id, note_id)
    tags = [tag for tag in tags_of(row) if tag in catalogue.languages]
    if not tags:
        raise Refusal("text_empty", "There is no text. Write one in at least one language.")
    network = networks.by_id(conn, network_id)
    readers = [Reader(tag, network, catalogue) for tag in tags]
    return _Begun(
        network_id=network_id,
        network=network.slug,
        note_id=row.id,
        no=row.no,
        version=row.version,
        subjects={tag: row.titles[tag] for tag in tags},
        bodies={
            one.tag: f"{note_text(row, one)}\n\n{one.stop_line(UNSUBSCRIBE)}\n" for one in readers
        },
        sheets={one.tag: press_sheet(row, one) for one in readers},
        catalogue=catalogue,
    )


def _letters(begun: _Begun) -> dict[str, Letter]:
    """The letter of each language, with the note to open and edit."""
    return {
        tag: Letter(
            subject=begun.subjects[tag],
            text=begun.bodies[tag],
            html=letter_html(
                begun.subjects[tag], begun.bodies[tag], begun.catalogue.languages[tag]
            ),
            language=tag,
            attachments=(
                Attachment(
                    f"press-note-{begun.no}-{tag}.docx",
                    DOCX,
                    render(begun.sheets[tag], "docx").content,
                ),
            ),
            thread=f"press-{begun.no}",
        )
        for tag in begun.subjects
    }


def _store(
    conn: Connection, network_id: int, letters: Mapping[str, Letter], now: datetime
) -> dict[str, int]:
    return {tag: keep_letter(conn, network_id, one, now) for tag, one in letters.items()}


def _finish(conn: Connection, begun: _Begun, plan_id: int, by: Writer, now: datetime) -> None:
    row = found_note(conn, begun.network_id, begun.note_id)
    if row.version != begun.version or row.broadcast_id:
        take_back_plans(conn, (plan_id,), by.name, now)
        return
    press.change(conn, row.id, broadcast_id=plan_id)
    Deed(begun.network_id, by.name, now).note(conn, "press mail planned", f"Press note {row.id}")
