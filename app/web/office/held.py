"""What waits and why, with its release time; and the word of a person that the clock is right."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.domain.errors import Refusal
from app.domain.permissions import Act
from app.domain.storable import LARGEST_ID
from app.services.cancel_broadcast import cancel_broadcast
from app.services.show_held import show_held
from app.services.watch_clock import confirm_clock
from app.web.door import Visit, go, visits

router = APIRouter(include_in_schema=False)

PLACE = "/office/held"
A_DAY = date(2000, 1, 1)
"""Some day for those who write times of day."""


@router.get(PLACE)
async def held(visit: Annotated[Visit, Depends(visits(Act.LOOK))]) -> Response:
    """Show everything that waits."""
    found = await show_held(visit.runtime.database, visit.network.id, now=visit.now)
    return visit.render(
        "held.html",
        held=found,
        clock=lambda at: visit.speech.clock(datetime.combine(A_DAY, at, visit.speech.zone)),
        done=visit.request.query_params.get("done", ""),
    )


@router.post(PLACE)
async def take_back(visit: Annotated[Visit, Depends(visits(Act.CANCEL))]) -> Response:
    """Take back what waits of a broadcast."""
    told = visit.fields.get("broadcast", "")
    broadcast_id = int(told) if told.isascii() and told.isdecimal() and len(told) < 20 else 0
    if not 0 < broadcast_id <= LARGEST_ID:
        raise Refusal("not_found", "It is not clear which message is meant. Nothing was changed.")
    await cancel_broadcast(
        visit.runtime.database,
        broadcast_id,
        by=visit.officer.name,
        now=visit.now,
        network_id=visit.network.id,
    )
    return go(f"{PLACE}?done=taken_back")


@router.post("/office/clock")
async def confirm(visit: Annotated[Visit, Depends(visits(Act.PLAN))]) -> Response:
    """Believe the clock, for the officer has looked at it."""
    try:
        shown_at = datetime.fromisoformat(visit.fields.get("shown_at", ""))
    except ValueError:
        shown_at = None
    if shown_at is None or shown_at.tzinfo is None:
        raise Refusal("clock_moved", "It is not clear which time you saw. Look at it again.")
    await confirm_clock(
        visit.runtime.database,
        visit.network.id,
        by=visit.officer.name,
        now=visit.now,
        shown_at=shown_at,
    )
    visit.runtime.dispatcher.wake()
    return go(f"{PLACE}?done=confirmed")
