"""Press notes: written from decisions, to media by mail and by copy."""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from app.domain.errors import Refusal
from app.domain.written_dates import read_date
from app.services.approve_press_note import approve_press_note
from app.services.draft_press_note import draft_press_note
from app.services.keep_press_note import PressFacts, drop_press_mail, keep_press_note
from app.services.send_press_note import Given, note_given, send_press_note
from app.services.show_press_notes import PressNoteLine, list_press_notes, read_press_note
from app.services.show_register import list_meetings
from app.web.door import Visit, go
from app.web.office._word_fields import (
    Approving,
    Looker,
    Planner,
    agreeing_of,
    all_words_in,
    languages_of,
    whole_number,
    writer_of,
)
from app.web.office.today import noon
from app.web.told import Id

router = APIRouter(include_in_schema=False)

PRESS = "/office/press"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WORDS = ("places", "titles", "texts", "demands", "speakers", "contacts", "captions")


@router.get(PRESS)
async def notes(visit: Looker) -> Response:
    """Show all notes, newest first, and the meetings that one can be drafted from."""
    return await _home(visit)


async def _home(visit: Visit, fault: Refusal | None = None) -> Response:
    before = whole_number(visit.request.query_params.get("before", ""))
    database, network_id = visit.runtime.database, visit.network.id
    catalogue = visit.runtime.desk.catalogue
    held = await list_meetings(database, network_id, public=True)
    return visit.render(
        "press_notes.html",
        status=HTTPStatus.CONFLICT if fault else HTTPStatus.OK,
        page=await list_press_notes(database, network_id, catalogue=catalogue, before=before),
        meetings=[one for one in held.lines if one.has_minutes],
        fault=fault,
        is_first=before is None,
        noon=lambda day: noon(day, visit.speech.zone),
    )


@router.post(PRESS)
async def draft(visit: Planner) -> Response:
    """Draft a note from a meeting."""
    meeting_id = whole_number(visit.fields.get("meeting", ""))
    try:
        note_id = await draft_press_note(
            visit.runtime.database,
            visit.network.id,
            meeting_id or 0,
            catalogue=visit.runtime.desk.catalogue,
            by=writer_of(visit),
            now=visit.now,
        )
    except Refusal as fault:
        return await _home(visit, fault)
    return go(f"{PRESS}/{note_id}")


@router.get(PRESS + "/new")
async def blank(visit: Planner) -> Response:
    """A form for a note by hand."""
    empty: dict[str, Any] = {name: {} for name in WORDS}
    return _form(visit, {**empty, "on": _day_words(visit.today)})


@router.post(PRESS + "/new")
async def add(visit: Planner) -> Response:
    """Keep a note by hand."""
    return await _keep(visit, None)


@router.get(PRESS + "/{note_id}")
async def note(note_id: Id, visit: Looker) -> Response:
    """Show one note: its words, its text to copy, to whom it was given."""
    return await _page(visit, note_id)


@router.post(PRESS + "/{note_id}")
async def change(note_id: Id, visit: Planner) -> Response:
    """Keep new words of a note."""
    return await _keep(visit, await _note(visit, note_id))


@router.post(PRESS + "/{note_id}/mail")
async def mail(note_id: Id, visit: Planner) -> Response:
    """Plan the mail to the papers, or take it back."""
    database, network_id = visit.runtime.database, visit.network.id
    by = writer_of(visit)
    try:
        if visit.fields.get("do") == "back":
            await drop_press_mail(database, network_id, note_id, by=by, now=visit.now)
        else:
            catalogue = visit.runtime.desk.catalogue
            await send_press_note(
                database, network_id, note_id, catalogue=catalogue, by=by, now=visit.now
            )
    except Refusal as fault:
        return await _page(visit, note_id, fault)
    return go(f"{PRESS}/{note_id}#out")


@router.post(PRESS + "/{note_id}/approval")
async def agree(note_id: Id, visit: Approving) -> Response:
    """Agree to a note as it was seen."""
    by = agreeing_of(visit)
    try:
        await approve_press_note(
            visit.runtime.database, visit.network.id, note_id, by=by, now=visit.now
        )
    except Refusal as fault:
        return await _page(visit, note_id, fault)
    visit.runtime.dispatcher.wake()
    return go(f"{PRESS}/{note_id}#out")


@router.post(PRESS + "/{note_id}/sendings")
async def given(note_id: Id, visit: Planner) -> Response:
    """Write down to whom it was given by hand."""
    fields = visit.fields
    told = Given(fields.get("way", ""), fields.get("whom", ""), fields.get("language", ""))
    try:
        await note_given(
            visit.runtime.database,
            visit.network.id,
            note_id,
            told,
            by=writer_of(visit),
            now=visit.now,
        )
    except Refusal as fault:
        return await _page(visit, note_id, fault)
    return go(f"{PRESS}/{note_id}#out")


def _day_words(day: date) -> str:
    """A day as a form shows it, read again by the same words."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


async def _note(visit: Visit, note_id: int) -> PressNoteLine:
    catalogue = visit.runtime.desk.catalogue
    return await read_press_note(
        visit.runtime.database, visit.network.id, note_id, catalogue=catalogue
    )


async def _keep(visit: Visit, known: PressNoteLine | None) -> Response:
    words = all_words_in(visit, WORDS)
    written = visit.fields.get("on", "").strip()[:60]
    try:
        note_id = await keep_press_note(
            visit.runtime.database,
            visit.network.id,
            PressFacts(on=read_date(written, visit.today) or visit.today, **words),
            languages=visit.runtime.desk.catalogue.languages,
            by=writer_of(visit),
            now=visit.now,
            note_id=known.id if known else None,
            version=whole_number(visit.fields.get("version", "")) if known else None,
        )
    except Refusal as fault:
        return _form(visit, {**words, "on": written}, known=known, fault=fault)
    return go(f"{PRESS}/{note_id}")


async def _page(visit: Visit, note_id: int, fault: Refusal | None = None) -> Response:
    known = await _note(visit, note_id)
    told = {name: getattr(known, name) for name in WORDS}
    return _form(visit, {**told, "on": _day_words(known.on)}, known=known, fault=fault)


def _form(
    visit: Visit,
    told: Mapping[str, Any],
    *,
    known: PressNoteLine | None = None,
    fault: Refusal | None = None,
) -> Response:
    return visit.render(
        "press_note.html",
        status=HTTPStatus.CONFLICT if fault else HTTPStatus.OK,
        note=known,
        told=told,
        fault=fault,
        languages=languages_of(visit),
        is_own=known is not None and known.author_id == visit.officer.id,
        noon=lambda day: noon(day, visit.speech.zone),
    )
