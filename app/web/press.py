"""Press notes over the API."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import Field

from app.services.approve_press_note import approve_press_note
from app.services.draft_press_note import draft_press_note
from app.services.keep_press_note import PressFacts, drop_press_mail, keep_press_note
from app.services.pick_meeting import pick_meeting
from app.services.send_press_note import Given, note_given, send_press_note
from app.services.show_press_notes import list_press_notes, read_press_note
from app.web._news_desk import (
    Approving,
    Asks,
    Desk,
    Line,
    Looker,
    Planner,
    SeenIn,
    Text,
    desk_of,
)
from app.web.told import Id, NetworkIn, Slug, SomeId, Version

router = APIRouter()

Short = Annotated[str, Field(max_length=40)]


class NoteIn(NetworkIn):
    """A note by hand; words by language tag, one demand a line."""

    on: date
    titles: dict[str, Line]
    texts: dict[str, Text]
    places: dict[str, Line] = Field(default_factory=dict)
    demands: dict[str, Text] = Field(default_factory=dict)
    speakers: dict[str, Line] = Field(default_factory=dict)
    contacts: dict[str, Line] = Field(default_factory=dict)
    captions: dict[str, Line] = Field(default_factory=dict)
    version: Version | None = None


class DraftIn(NetworkIn):
    """The meeting whose decisions are told: its id, or body and number."""

    meeting_id: SomeId | None = None
    body: Short = ""
    label: Short = ""


class GivenIn(NetworkIn):
    """To whom a note was given by hand."""

    way: Short
    whom: Line = ""
    language: Short = ""
    unit_id: SomeId | None = None
    unit: Line = ""


@router.get("/press-notes")
async def notes(query: Annotated[Asks, Query()], request: Request, who: Looker) -> dict[str, Any]:
    """A page of press notes, newest first."""
    desk = await desk_of(request, who, query.network)
    page = await list_press_notes(
        desk.database, desk.network.id, catalogue=desk.catalogue, before=query.cursor
    )
    return {"press_notes": [asdict(one) for one in page.lines], "next": page.next}


@router.get("/press-notes/{note_id}")
async def note(note_id: Id, request: Request, who: Looker, network: Slug = "") -> dict[str, Any]:
    """One press note with its texts to copy and to whom it was given."""
    desk = await desk_of(request, who, network)
    found = await read_press_note(desk.database, desk.network.id, note_id, catalogue=desk.catalogue)
    return asdict(found)


async def _kept(desk: Desk, body: NoteIn, note_id: int | None = None) -> int:
    return await keep_press_note(
        desk.database,
        desk.network.id,
        PressFacts(**body.model_dump(exclude={"network", "version"})),
        languages=desk.catalogue.languages,
        by=desk.by,
        now=desk.now,
        note_id=note_id,
        version=body.version,
    )


@router.post("/press-notes", status_code=201)
async def write(body: NoteIn, request: Request, who: Planner) -> dict[str, int]:
    """Write a press note by hand."""
    desk = await desk_of(request, who, body.network)
    return {"id": await _kept(desk, body)}


@router.post("/press-notes/draft", status_code=201)
async def draft(body: DraftIn, request: Request, who: Planner) -> dict[str, int]:
    """Draft a press note from the public decisions and resolutions of a meeting."""
    desk = await desk_of(request, who, body.network)
    meeting_id = body.meeting_id
    if meeting_id is None:
        named = (desk.network.id, body.body.upper(), body.label)
        meeting_id = int((await pick_meeting(desk.database, *named)).id)
    made = await draft_press_note(
        desk.database,
        desk.network.id,
        meeting_id,
        catalogue=desk.catalogue,
        by=desk.by,
        now=desk.now,
    )
    return {"id": made}


@router.post("/press-notes/{note_id}")
async def change(note_id: Id, body: NoteIn, request: Request, who: Planner) -> dict[str, int]:
    """Keep new words of a press note."""
    desk = await desk_of(request, who, body.network)
    return {"id": await _kept(desk, body, note_id)}


@router.post("/press-notes/{note_id}/mail")
async def mail(note_id: Id, body: NetworkIn, request: Request, who: Planner) -> dict[str, int]:
    """Plan the mail to the papers of the directory; it goes out with the second officer's yes."""
    desk = await desk_of(request, who, body.network)
    plan_id = await send_press_note(
        desk.database,
        desk.network.id,
        note_id,
        catalogue=desk.catalogue,
        by=desk.by,
        now=desk.now,
    )
    return {"id": note_id, "broadcast_id": plan_id}


@router.post("/press-notes/{note_id}/mail/removal")
async def take_back(note_id: Id, body: NetworkIn, request: Request, who: Planner) -> dict[str, int]:
    """Take the planned mail back."""
    desk = await desk_of(request, who, body.network)
    await drop_press_mail(desk.database, desk.network.id, note_id, by=desk.by, now=desk.now)
    return {"id": note_id}


@router.post("/press-notes/{note_id}/approval")
async def agree(note_id: Id, body: SeenIn, request: Request, who: Approving) -> dict[str, int]:
    """Agree to a press note as it was seen; its planned mail goes out."""
    desk = await desk_of(request, who, body.network)
    by = desk.agreeing(body.version)
    await approve_press_note(desk.database, desk.network.id, note_id, by=by, now=desk.now)
    desk.wake()
    return {"id": note_id}


@router.post("/press-notes/{note_id}/sendings", status_code=201)
async def given(note_id: Id, body: GivenIn, request: Request, who: Planner) -> dict[str, int]:
    """Write down that a press note was given to somebody by hand."""
    desk = await desk_of(request, who, body.network)
    unit_id = await desk.unit(body.unit_id, body.unit)
    told = Given(body.way, body.whom, body.language, unit_id)
    await note_given(desk.database, desk.network.id, note_id, told, by=desk.by, now=desk.now)
    return {"id": note_id}
