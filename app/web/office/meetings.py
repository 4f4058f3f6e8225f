"""Meetings: the list of them, calling and changing one, and each with its minutes."""

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.domain.errors import Refusal
from app.domain.minutes import Minutes, Presence
from app.domain.permissions import Act
from app.services.call_meeting import NewMeeting, call_meeting
from app.services.change_meeting import MeetingChange, change_meeting
from app.services.confirm_minutes import confirm_minutes
from app.services.read_minutes import list_revisions, read_record, read_revision
from app.services.show_answers import show_answers
from app.services.show_register import MinutesPage, list_meetings, read_minutes
from app.services.show_reminders import show_reminders
from app.services.show_resolutions import list_resolutions
from app.web.door import Visit, go, visits
from app.web.office import _meeting_form as told_of
from app.web.office._minutes_desk import MEETINGS, meeting_named, minutes_at
from app.web.office._post_doors import id_in
from app.web.office.today import noon

router = APIRouter(include_in_schema=False)

STATES = {"postpone": "postponed", "cancel": "cancelled", "adjourn": "adjourned", "on": "planned"}
"""What a button of the form makes of the meeting."""
ONE = MEETINGS + "/{body}/{label:path}"

Looker = Annotated[Visit, Depends(visits(Act.LOOK))]
Writer = Annotated[Visit, Depends(visits(Act.WRITE_MINUTES))]


@router.get(MEETINGS)
async def meetings(visit: Looker) -> Response:
    """Show the meetings, newest first."""
    before = visit.request.query_params.get("before")
    page = await list_meetings(
        visit.runtime.database, visit.network.id, public=False, before=before
    )
    older = f"{MEETINGS}?{urlencode({'before': page.next or ''})}"
    return visit.render(
        "meetings.html", page=page, older=older, is_first=before is None, minutes_at=minutes_at
    )


@router.get(MEETINGS + "/new")
async def blank(visit: Writer) -> Response:
    """Show the form with which a meeting is called."""
    wanted = visit.request.query_params.get("body", "")
    return await told_of.form(visit, {"body": wanted})


@router.post(MEETINGS + "/new")
async def call(visit: Writer) -> Response:
    """Call a meeting, or show the form again with what is wrong."""
    try:
        body, label = await _call(visit)
    except Refusal as fault:
        return await told_of.form(visit, visit.fields, fault=fault)
    return go(minutes_at(body, label))


async def _call(visit: Visit) -> tuple[str, str]:
    fields = visit.fields
    found = await visit.runtime.database.read(told_of.bodies_with_next, visit.network.id)
    following = dict(found)
    body = fields.get("body", "")
    if body not in following:
        raise Refusal("no_body", "Choose which body meets.")
    label, no = told_of.read_label(fields.get("label", "").strip() or str(following[body]))
    told = told_of.read_told(visit)
    if told.at is None:
        raise Refusal("no_day", "The day is missing. Write it as in 9 Nov.")
    tag = told_of.tag_of(visit, fields.get("in", ""))
    new = NewMeeting(
        body=body,
        no=no,
        label=label,
        at=told.at,
        venue=told_of.in_words({}, tag, told.venue),
        agenda=told_of.in_words({}, tag, told.agenda),
        quorum=told.quorum if fields.get("quorum", "").strip() else None,
    )
    database, by = visit.runtime.database, visit.officer.name
    await call_meeting(database, visit.network.slug, new, by=by, now=visit.now)
    return body, label


async def _change(visit: Visit, meeting_id: int, change: MeetingChange) -> None:
    await change_meeting(
        visit.runtime.database,
        visit.network.id,
        meeting_id,
        change,
        by=visit.officer.name,
        now=visit.now,
    )


@router.get(ONE + "/change")
async def changing(body: str, label: str, visit: Writer) -> Response:
    """Show the form with what is told of a meeting."""
    meeting = await meeting_named(visit, body, label)
    tag = told_of.tag_of(visit, visit.request.query_params.get("in", ""))
    fields = {"in": tag, **told_of.fields_of(visit, meeting, tag)}
    return await told_of.form(visit, fields, meeting=meeting)


@router.post(ONE + "/change")
async def change(body: str, label: str, visit: Writer) -> Response:
    """Change, postpone or call off a meeting, or show the form again with what is wrong."""
    meeting = await meeting_named(visit, body, label)
    try:
        await _change(visit, meeting.id, _told_change(visit, meeting))
    except Refusal as fault:
        if fault.code == "not_found":
            raise
        return await told_of.form(visit, visit.fields, meeting=meeting, fault=fault)
    return go(minutes_at(meeting.body, meeting.label))


def _told_change(visit: Visit, meeting: Any) -> MeetingChange:
    told = told_of.read_told(visit)
    state = STATES.get(visit.fields.get("do", ""))
    if told.at is None and state in {None, "planned"}:
        raise Refusal("no_day", "The day is missing. Write it as in 9 Nov.")
    tag = told_of.tag_of(visit, visit.fields.get("in", ""))
    return MeetingChange(
        at=told.at,
        venue=told_of.in_words(meeting.venue, tag, told.venue),
        agenda=told_of.in_words(meeting.agenda, tag, told.agenda),
        quorum=told.quorum,
        state=state,
    )


@router.post(ONE + "/confirmation")
async def confirmation(body: str, label: str, visit: Writer) -> Response:
    """Mark minutes as read and found right by the next meeting."""
    meeting = await meeting_named(visit, body, label)
    await confirm_minutes(
        visit.runtime.database,
        visit.network.id,
        meeting.id,
        by=visit.officer.name,
        now=visit.now,
    )
    return go(minutes_at(meeting.body, meeting.label))


@router.get(ONE)
async def minutes(body: str, label: str, visit: Looker) -> Response:
    """Show a meeting with its minutes: to officers as they stand, to viewers as published."""
    database, network_id = visit.runtime.database, visit.network.id
    page = await read_minutes(database, network_id, body, label, public=False, today=visit.today)
    meeting = page.meeting
    revisions = await list_revisions(database, network_id, meeting.id)
    asked = id_in(visit.request.query_params.get("revision", ""))
    written = await _written(visit, meeting.id, page, asked)
    sent = await list_resolutions(database, network_id, today=visit.today, meeting_id=meeting.id)
    is_coming = meeting.state == "planned" and not page.published_at
    return visit.render(
        "minutes.html",
        page=page,
        meeting=meeting,
        written=written,
        record=written.record if written else None,
        came=_came(written),
        revisions=revisions,
        asked=asked,
        resolutions={one.no: one for one in sent},
        answers=await show_answers(database, network_id, meeting.id) if is_coming else None,
        reminders=await show_reminders(database, network_id, meeting.id, now=visit.now),
        is_open=is_coming and meeting.at > visit.now,
        here=minutes_at(meeting.body, meeting.label),
        noon=lambda day: noon(day, visit.speech.zone),
    )


async def _written(
    visit: Visit, meeting_id: int, page: MinutesPage, asked: int | None
) -> Minutes | None:
    """The record to show; None when there is none that this officer may read."""
    database, network_id = visit.runtime.database, visit.network.id
    if asked is not None:
        return await read_revision(database, network_id, meeting_id, asked)
    found = await read_record(database, network_id, meeting_id)
    if visit.officer.may(Act.PLAN) or (not found.is_changed and page.published_at):
        return found
    if not page.published_at:
        return None
    return await read_revision(database, network_id, meeting_id, found.revision)


def _came(written: Minutes | None) -> Mapping[str, list[Any]]:
    """Who was present, who was excused, who was absent."""
    people = written.attendees if written else ()
    return {
        presence.value: [one for one in people if one.presence is presence] for presence in Presence
    }
