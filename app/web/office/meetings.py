"""Meetings, their minutes and their decisions: reading only."""

from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.domain.permissions import Act
from app.services.show_register import list_meetings, read_minutes, search_decisions
from app.web.door import Visit, visits
from app.web.office.today import noon

router = APIRouter(include_in_schema=False)

MEETINGS = "/office/meetings"
SHOWN = 25
LOOKED_THROUGH = 500
"""So many of the newest decisions are looked through for those past their date."""

Looker = Annotated[Visit, Depends(visits(Act.LOOK))]


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


@router.get(MEETINGS + "/{body}/{label:path}")
async def minutes(body: str, label: str, visit: Looker) -> Response:
    """Show what a meeting decided."""
    page = await read_minutes(
        visit.runtime.database,
        visit.network.id,
        body,
        label,
        public=False,
        today=visit.now.astimezone(visit.speech.zone).date(),
    )
    return visit.render(
        "minutes.html",
        page=page,
        meeting=page.meeting,
        noon=lambda day: noon(day, visit.speech.zone),
    )


@router.get("/office/decisions")
async def decisions(visit: Looker) -> Response:
    """Find decisions by number or by words; with `overdue` only those past their date."""
    query = visit.request.query_params
    words, is_overdue = query.get("q", ""), query.get("overdue", "") == "1"
    found = await search_decisions(
        visit.runtime.database,
        visit.network.id,
        words,
        public=False,
        today=visit.now.astimezone(visit.speech.zone).date(),
        topics=visit.runtime.desk.vocabulary.topics,
        limit=LOOKED_THROUGH if is_overdue else SHOWN,
    )
    if is_overdue:
        late = (one for one in found if one.days_late)
        found = tuple(sorted(late, key=lambda one: -one.days_late))
    return visit.render(
        "decisions.html",
        decisions=found[:SHOWN],
        count=len(found),
        most=SHOWN,
        words_asked=words,
        is_overdue=is_overdue,
        minutes_at=minutes_at,
        noon=lambda day: noon(day, visit.speech.zone),
    )


def minutes_at(body: str, label: str) -> str:
    """The page of a meeting."""
    return f"{MEETINGS}/{quote(body, safe='')}/{quote(label, safe='')}"
