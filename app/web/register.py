"""The register over the API: meetings, minutes, attendance, decisions, resolutions."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request

from app.domain.minutes_form import from_json
from app.domain.permissions import Act
from app.services.change_decision import Change, change_decision
from app.services.change_meeting import MeetingChange, change_meeting
from app.services.confirm_minutes import confirm_minutes
from app.services.draft_agenda import draft_agenda
from app.services.keep_minutes import keep_minutes
from app.services.keep_resolution import LetterFacts, keep_resolution
from app.services.publish_minutes import publish_record
from app.services.read_minutes import list_revisions, read_record, read_revision
from app.services.show_decision import show_decision
from app.services.show_register import list_meetings, read_minutes
from app.services.show_resolutions import ResolutionLine, list_resolutions, read_resolution
from app.services.take_attendance import Mark, take_attendance, who_belongs
from app.web._register_told import (
    AttendanceIn,
    DecisionChangeIn,
    LetterIn,
    MeetingChangeIn,
    MeetingsQuery,
    PublicationIn,
    RecordIn,
    item_json,
    minutes_json,
    one_json,
)
from app.web.runtime import Runtime, runtime_of
from app.web.told import Id, NetworkIn, Slug
from app.web.who import Officer, allowed, asked_network

router = APIRouter(prefix="/api/v1", tags=["register"])

Looker = Annotated[Officer, Depends(allowed(Act.LOOK))]
Writer = Annotated[Officer, Depends(allowed(Act.WRITE_MINUTES))]


async def _office(request: Request, who: Officer, asked: str) -> tuple[Runtime, int, date]:
    """The runtime, the network that is meant, and the day that it is there."""
    runtime = runtime_of(request)
    network = await asked_network(request, who, asked)
    return runtime, network.id, network.day_at(runtime.clock())


@router.get("/meetings")
async def meetings(
    query: Annotated[MeetingsQuery, Query()], request: Request, who: Looker
) -> dict[str, Any]:
    """A page of meetings, newest first, or the one with that body and label."""
    runtime, network_id, today = await _office(request, who, query.network)
    if query.label:
        found = await read_minutes(
            runtime.database, network_id, query.body, query.label, public=False, today=today
        )
        return {"meetings": [asdict(found.meeting)], "next": None}
    page = await list_meetings(runtime.database, network_id, public=False, before=query.before)
    return {"meetings": [asdict(line) for line in page.lines], "next": page.next}


@router.get("/meetings/{meeting_id}")
async def meeting(
    meeting_id: Id, request: Request, who: Looker, network: Slug = ""
) -> dict[str, Any]:
    """A meeting with its record as kept last."""
    runtime, network_id, _ = await _office(request, who, network)
    return minutes_json(await read_record(runtime.database, network_id, meeting_id))


@router.post("/meetings/{meeting_id}")
async def change(
    meeting_id: Id, body: MeetingChangeIn, request: Request, who: Writer
) -> dict[str, int]:
    """Change a meeting's day, place, agenda, quorum or state."""
    runtime, network_id, _ = await _office(request, who, body.network)
    told = MeetingChange(**body.model_dump(exclude={"network"}))
    await change_meeting(
        runtime.database, network_id, meeting_id, told, by=who.name, now=runtime.clock()
    )
    return {"id": meeting_id}


@router.get("/meetings/{meeting_id}/agenda")
async def agenda(
    meeting_id: Id, request: Request, who: Looker, network: Slug = ""
) -> dict[str, Any]:
    """The agenda drafted from open decisions."""
    runtime, network_id, _ = await _office(request, who, network)
    items = await draft_agenda(runtime.database, network_id, meeting_id)
    return {"items": [item_json(item) for item in items]}


@router.get("/meetings/{meeting_id}/attendance")
async def attendance(
    meeting_id: Id, request: Request, who: Looker, network: Slug = ""
) -> dict[str, Any]:
    """Who belongs to the body, and the marks that were made."""
    runtime, network_id, _ = await _office(request, who, network)
    people = await who_belongs(runtime.database, network_id, meeting_id)
    return {"people": [one_json(one) for one in people]}


@router.post("/meetings/{meeting_id}/attendance")
async def attend(
    meeting_id: Id, body: AttendanceIn, request: Request, who: Writer
) -> dict[str, int]:
    """Keep who came, in place of all that was marked."""
    runtime, network_id, _ = await _office(request, who, body.network)
    marks = [Mark(one.person_id, one.name, one.presence) for one in body.marks]
    await take_attendance(
        runtime.database, network_id, meeting_id, marks, by=who.name, now=runtime.clock()
    )
    return {"marked": len(marks)}


@router.post("/meetings/{meeting_id}/record")
async def keep(meeting_id: Id, body: RecordIn, request: Request, who: Writer) -> dict[str, int]:
    """Keep the record; nothing goes out by it."""
    runtime, network_id, _ = await _office(request, who, body.network)
    version = await keep_minutes(
        runtime.database,
        network_id,
        meeting_id,
        from_json(body.record),
        version=body.version,
        by=who.name,
        now=runtime.clock(),
    )
    return {"version": version}


@router.post("/meetings/{meeting_id}/publication", status_code=201)
async def publish(
    meeting_id: Id, body: PublicationIn, request: Request, who: Writer
) -> dict[str, int]:
    """Open the record to members; what did not change keeps its revision."""
    runtime, network_id, _ = await _office(request, who, body.network)
    revision = await publish_record(
        runtime.database,
        network_id,
        meeting_id,
        version=body.version,
        by=who.name,
        now=runtime.clock(),
    )
    return {"revision": revision}


@router.post("/meetings/{meeting_id}/confirmation")
async def confirm(meeting_id: Id, body: NetworkIn, request: Request, who: Writer) -> dict[str, int]:
    """Mark published minutes as confirmed."""
    runtime, network_id, _ = await _office(request, who, body.network)
    await confirm_minutes(
        runtime.database, network_id, meeting_id, by=who.name, now=runtime.clock()
    )
    return {"id": meeting_id}


@router.get("/meetings/{meeting_id}/revisions")
async def revisions(
    meeting_id: Id, request: Request, who: Looker, network: Slug = ""
) -> dict[str, Any]:
    """When and by whom the minutes were published."""
    runtime, network_id, _ = await _office(request, who, network)
    found = await list_revisions(runtime.database, network_id, meeting_id)
    return {"revisions": [asdict(one) for one in found]}


@router.get("/meetings/{meeting_id}/revisions/{no}")
async def revision(
    meeting_id: Id, no: Id, request: Request, who: Looker, network: Slug = ""
) -> dict[str, Any]:
    """The minutes as they were published then."""
    runtime, network_id, _ = await _office(request, who, network)
    return minutes_json(await read_revision(runtime.database, network_id, meeting_id, no))


@router.get("/decisions/{decision_id}")
async def decision(
    decision_id: Id, request: Request, who: Looker, network: Slug = ""
) -> dict[str, Any]:
    """A decision with its history."""
    runtime, network_id, today = await _office(request, who, network)
    story = await show_decision(
        runtime.database, network_id, decision_id, public=False, today=today
    )
    told = asdict(story)
    return {**told.pop("line"), **told}


@router.post("/decisions/{decision_id}")
async def change_one(
    decision_id: Id, body: DecisionChangeIn, request: Request, who: Writer
) -> dict[str, int]:
    """Write down the next step of a decision."""
    runtime, network_id, _ = await _office(request, who, body.network)
    told = Change(body.state, body.note, body.due, body.approved_in)
    await change_decision(
        runtime.database, network_id, decision_id, told, by=who.name, now=runtime.clock()
    )
    return {"id": decision_id}


@router.get("/resolutions")
async def resolutions(request: Request, who: Looker, network: Slug = "") -> dict[str, Any]:
    """The resolutions, newest meeting first."""
    runtime, network_id, today = await _office(request, who, network)
    found = await list_resolutions(runtime.database, network_id, today=today)
    return {"resolutions": [asdict(one) for one in found]}


@router.get("/resolutions/{resolution_id}")
async def resolution(
    resolution_id: Id, request: Request, who: Looker, network: Slug = ""
) -> dict[str, Any]:
    """One resolution."""
    runtime, network_id, today = await _office(request, who, network)
    return asdict(await read_resolution(runtime.database, network_id, resolution_id, today=today))


@router.post("/resolutions/{resolution_id}")
async def keep_letter(
    resolution_id: Id, body: LetterIn, request: Request, who: Writer
) -> dict[str, int]:
    """Keep what became of a resolution's letter; what is not told stays."""
    runtime, network_id, today = await _office(request, who, body.network)
    row = await read_resolution(runtime.database, network_id, resolution_id, today=today)
    told = body.model_dump(exclude={"network"}, exclude_unset=True)
    facts = _facts(row, told)
    await keep_resolution(
        runtime.database, network_id, resolution_id, facts, by=who.name, now=runtime.clock()
    )
    return {"id": resolution_id}


def _facts(row: ResolutionLine, told: Mapping[str, Any]) -> LetterFacts:
    before = LetterFacts(
        letter_no=row.letter_no,
        sent_on=row.sent_on,
        diary_no=row.diary_no,
        reply_due=row.reply_due,
        replied_on=row.replied_on,
        reply=row.reply,
    )
    words = {name: told[name] or "" for name in ("letter_no", "diary_no", "reply") if name in told}
    return replace(before, **{**told, **words})
