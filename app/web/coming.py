"""Answers to meetings and habits of coming over the API: who comes, who came how often."""

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import Field

from app.domain.forecast import Forecast
from app.domain.permissions import Act
from app.domain.storable import storable
from app.services.note_answer import Said, note_answer
from app.services.show_answers import show_answers
from app.services.show_attendance import attendance_of_body
from app.web.runtime import runtime_of
from app.web.told import Id, Slug, SomeId, Told
from app.web.who import Officer, allowed, asked_network

router = APIRouter(prefix="/api/v1", tags=["register"])

Looker = Annotated[Officer, Depends(allowed(Act.LOOK))]
Writer = Annotated[Officer, Depends(allowed(Act.WRITE_MINUTES))]


class AnswerIn(Told):
    """What somebody of the body said; "" as answer takes back what was written down."""

    person_id: SomeId
    answer: Literal["coming", "not", ""]
    needs_transport: bool = False
    with_child: bool = False
    stand_in: str = Field(default="", max_length=500)
    network: Slug = ""


@router.get("/meetings/{meeting_id}/answers")
async def answers(
    meeting_id: Id, request: Request, who: Looker, network: Slug = ""
) -> dict[str, Any]:
    """What is expected of a meeting, and what each of its body said."""
    found = await asked_network(request, who, network)
    seen = await show_answers(runtime_of(request).database, found.id, meeting_id)
    return {**_expected(seen.forecast), "people": [asdict(one) for one in seen.people]}


@router.post("/meetings/{meeting_id}/answers")
async def note(meeting_id: Id, body: AnswerIn, request: Request, who: Writer) -> dict[str, Any]:
    """Write down an answer that came by phone or by word of mouth."""
    runtime, found = runtime_of(request), await asked_network(request, who, body.network)
    said = Said(body.answer, body.needs_transport, body.with_child, body.stand_in)
    await note_answer(
        runtime.database,
        found.id,
        meeting_id,
        body.person_id,
        said,
        by=who.name,
        now=runtime.clock(),
    )
    seen = await show_answers(runtime.database, found.id, meeting_id)
    return _expected(seen.forecast)


@router.get("/bodies/{body}/attendance")
async def came(body: str, request: Request, who: Looker, network: Slug = "") -> dict[str, Any]:
    """Who came to the last twelve meetings of a body: each person, each LSO."""
    runtime, found = runtime_of(request), await asked_network(request, who, network)
    named, now = storable(body), runtime.clock()
    return asdict(await attendance_of_body(runtime.database, found.id, named, now=now))


def _expected(seen: Forecast) -> dict[str, Any]:
    more = {"expected": seen.expected, "wanted": seen.wanted, "outlook": seen.outlook.value}
    return {**asdict(seen), **more}
