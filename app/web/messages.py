"""Messages over the API: what went out, what came in, what waits for a decision."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field

from app.domain.messages import State
from app.domain.msisdn import mask
from app.domain.permissions import ALLOWED, Act
from app.domain.storable import LARGEST_ID
from app.services.resolve_uncertain import Decider, Verdict, decide_uncertain
from app.services.show_messages import Wanted, show_inbox, show_messages
from app.web.runtime import runtime_of
from app.web.told import Id, Told
from app.web.who import Officer, allowed

router = APIRouter(prefix="/api/v1", tags=["messages"])


class MessagesQuery(Told):
    """Which messages are wanted."""

    incoming: bool = False
    state: State | None = None
    provider_id: str = Field(default="", max_length=200)
    cursor: int | None = Field(default=None, ge=1, le=LARGEST_ID)
    limit: int = Field(default=100, ge=1, le=500)


class DecisionIn(Told):
    """What to do with a text that may have been sent."""

    resend: bool


@router.get("/messages")
async def messages(
    query: Annotated[MessagesQuery, Query()],
    request: Request,
    who: Annotated[Officer, Depends(allowed(Act.LOOK))],
) -> dict[str, Any]:
    """Messages, newest first; `next` is the cursor of the next page."""
    wanted = Wanted(
        incoming=query.incoming,
        state=query.state.value if query.state else "",
        provider_id=query.provider_id,
        before=query.cursor,
        limit=query.limit,
    )
    database = runtime_of(request).database
    found = await show_messages(database, wanted, network_id=who.network_id)
    following = found[-1]["id"] if len(found) == query.limit else None
    return {"items": [_for(who, line) for line in found], "next": following}


@router.get("/inbox")
async def inbox(
    request: Request, who: Annotated[Officer, Depends(allowed(Act.LOOK))]
) -> dict[str, Any]:
    """Texts that wait for a person."""
    found = await show_inbox(runtime_of(request).database, network_id=who.network_id)
    return {"items": [_for(who, line) for line in found]}


@router.post("/messages/{message_id}/decision")
async def decide(
    message_id: Id,
    body: DecisionIn,
    request: Request,
    who: Annotated[Officer, Depends(allowed(Act.CANCEL))],
) -> dict[str, Any]:
    """Decide about a text that may have been sent: once more, or never."""
    runtime = runtime_of(request)
    verdict = Verdict.AGAIN if body.resend else Verdict.LEAVE
    by = Decider(who.name, who.network_id)
    again = await decide_uncertain(
        runtime.database, message_id, verdict, by=by, now=runtime.clock()
    )
    runtime.dispatcher.wake()
    return {"id": message_id, "again": again}


def _for(who: Officer, line: dict[str, Any]) -> dict[str, Any]:
    """The line with its number masked unless the post may see it."""
    if who.post in ALLOWED[Act.SEE_NUMBERS]:
        return line
    return {**line, "msisdn": mask(line["msisdn"])}
