"""Publish once: what one meeting becomes, its plan, and the proof of who got it."""

import re
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.domain import gsm
from app.domain.audience import MOST_LETTERS
from app.domain.errors import Refusal
from app.domain.minutes import Minutes
from app.domain.permissions import ALLOWED, Act
from app.services.approve_broadcast import Approver
from app.services.approve_publication import approve_publication, cancel_publication
from app.services.prepare_publication import PublicationDraft, prepare_publication
from app.services.publish_minutes import publish_record
from app.services.read_minutes import read_record
from app.services.show_plan import show_plan
from app.services.show_publication import (
    PublicationView,
    fetch_form,
    newest_publication,
    show_publication,
)
from app.services.show_reach import show_reach
from app.store.database import Database
from app.web.door import Visit, go, visits
from app.web.office._minutes_desk import MEETINGS, meeting_named, minutes_at
from app.web.told import Id

router = APIRouter(include_in_schema=False)

PUBLISH = MEETINGS + "/{body}/{label:path}/publish"
ONE = "/office/publications/{publication_id}"
LONGEST_TEXT = 1000
INLINE = ("application/pdf", "image/png", "text/plain")
"""What a browser shows by itself; other files are kept on its disk."""
_ref_at_end = re.compile(r"\s*Ref \d+$").sub

Looker = Annotated[Visit, Depends(visits(Act.LOOK))]
Planner = Annotated[Visit, Depends(visits(Act.PLAN))]


@router.get(PUBLISH)
async def panel(body: str, label: str, visit: Looker) -> Response:
    """Show what the meeting becomes: the form, then the plan, then the proof."""
    meeting = await meeting_named(visit, body, label)
    return await _page(visit, await read_record(_db(visit), visit.network.id, meeting.id))


@router.post(PUBLISH)
async def plan(body: str, label: str, visit: Planner) -> Response:
    """Publish the record if it is not yet, make every form, and plan who gets them."""
    meeting = await meeting_named(visit, body, label)
    minutes = await read_record(_db(visit), visit.network.id, meeting.id)
    try:
        if _waits(minutes) and visit.officer.may(Act.WRITE_MINUTES):
            await publish_record(
                _db(visit),
                visit.network.id,
                meeting.id,
                version=_version(visit),
                by=visit.officer.name,
                now=visit.now,
            )
        await _prepare(visit, meeting.id)
    except Refusal as fault:
        if fault.code in {"not_found", "not_allowed"}:
            raise
        return await _page(visit, minutes, fault=fault, fields=visit.fields)
    return go(f"{minutes_at(body, label)}/publish")


def _db(visit: Visit) -> Database:
    return visit.runtime.database


def _waits(minutes: Minutes) -> bool:
    """Whether what stands in the record is not what was published."""
    return not minutes.revision or minutes.is_changed


def _version(visit: Visit) -> int:
    told = visit.fields.get("version", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else 0


async def _prepare(visit: Visit, meeting_id: int) -> None:
    catalogue = visit.runtime.desk.catalogue
    texts = {tag: visit.fields.get(f"text_{tag}", "")[:LONGEST_TEXT] for tag in catalogue.languages}
    draft = PublicationDraft(
        network_id=visit.network.id,
        meeting_id=meeting_id,
        author=visit.officer.name,
        author_id=visit.officer.id,
        audience=visit.fields.get("who", "").strip()[:MOST_LETTERS] or "all",
        texts={tag: text for tag, text in texts.items() if text.strip()},
        sees_health=visit.officer.may(Act.SEE_HEALTH),
    )
    await prepare_publication(_db(visit), draft, catalogue=catalogue, now=visit.now)


async def _page(
    visit: Visit,
    minutes: Minutes,
    *,
    fault: Refusal | None = None,
    fields: Mapping[str, str] | None = None,
) -> Response:
    found = await newest_publication(_db(visit), visit.network.id, minutes.meeting_id)
    is_out = found is not None and found.state == "approved"
    was_out = found.revision if found is not None and is_out else None
    is_correction = was_out is not None and (_waits(minutes) or minutes.revision > was_out)
    reach = None
    if found is not None and found.approved_at is not None:
        reach = await show_reach(_db(visit), visit.network.id, found.id, now=visit.now)
    officers = []
    if found is not None and found.plans:
        papers = await show_plan(_db(visit), found.first.id, account_id=visit.officer.id or 0)
        may = {post.value for post in ALLOWED[Act.APPROVE]}
        officers = [
            (name, post)
            for id_, name, post in papers.officers
            if post in may and id_ != visit.officer.id
        ]
    return visit.render(
        "publish.html",
        status=409 if fault else 200,
        minutes=minutes,
        here=minutes_at(minutes.body, minutes.label),
        found=found,
        is_new=found is None or found.state == "cancelled" or is_correction,
        is_correction=is_correction,
        waits=_waits(minutes),
        reach=reach,
        fault=fault,
        fields=fields if fields is not None else _fields(found),
        languages=sorted(visit.runtime.desk.catalogue.languages),
        approvers=officers,
        is_author=found is not None and found.author_id == visit.officer.id,
        bars=_bars(found),
    )


def _fields(found: PublicationView | None) -> dict[str, str]:
    """What the form shows first: the words of the plan that waits, without name and Ref."""
    fields = {"who": "all"}
    if found is None or found.state != "planned":
        return fields
    fields["who"] = found.audience
    if found.text is None or found.corrects is not None:
        return fields
    for text in found.text.texts:
        _, _, words = text.body.partition(": ")
        fields[f"text_{text.language}"] = _ref_at_end("", words)
    return fields


def _bars(found: PublicationView | None) -> dict[str, tuple[int, int]]:
    """Of each text: how much of its one segment is used, and how much there is."""
    texts = found.text.texts if found is not None and found.text is not None else ()
    return {
        one.language: (
            gsm.units(one.body),
            gsm.GSM7_ALONE if one.encoding == gsm.Encoding.GSM7 else gsm.UCS2_ALONE,
        )
        for one in texts
    }


@router.get(ONE)
async def one(publication_id: Id, visit: Looker) -> Response:
    """Go to the page of its meeting."""
    return go(await _page_of(visit, publication_id))


async def _page_of(visit: Visit, publication_id: int) -> str:
    found = await show_publication(_db(visit), visit.network.id, publication_id)
    minutes = await read_record(_db(visit), visit.network.id, found.meeting_id)
    return f"{minutes_at(minutes.body, minutes.label)}/publish"


@router.get(ONE + "/forms/{form}/{language}")
async def form(publication_id: Id, form: str, language: str, visit: Looker) -> Response:
    """The file of one form in one language."""
    file = await fetch_form(_db(visit), visit.network.id, publication_id, form, language)
    how = "inline" if file.media_type in INLINE else "attachment"
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", file.name) or "file"
    headers = {"Content-Disposition": f'{how}; filename="{name}"', "Cache-Control": "private"}
    return Response(file.content, media_type=file.media_type, headers=headers)


@router.post(ONE + "/approval")
async def approve(
    publication_id: Id, visit: Annotated[Visit, Depends(visits(Act.APPROVE))]
) -> Response:
    """Say yes to text and mail together; if the plan is another by now, show it again."""
    page = await _page_of(visit, publication_id)
    by = Approver(visit.officer.name, visit.officer.id, visit.fields.get("hash", ""))
    try:
        await approve_publication(
            _db(visit), visit.network.id, publication_id, by=by, now=visit.now
        )
    except Refusal as fault:
        found = await show_publication(_db(visit), visit.network.id, publication_id)
        minutes = await read_record(_db(visit), visit.network.id, found.meeting_id)
        return await _page(visit, minutes, fault=fault)
    visit.runtime.dispatcher.wake()
    return go(page)


@router.post(ONE + "/cancellation")
async def cancel(
    publication_id: Id, visit: Annotated[Visit, Depends(visits(Act.CANCEL))]
) -> Response:
    """Take it back: what waits in either medium stays here."""
    page = await _page_of(visit, publication_id)
    await cancel_publication(
        _db(visit), visit.network.id, publication_id, by=visit.officer.name, now=visit.now
    )
    return go(page)
