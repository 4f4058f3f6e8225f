"""Keeping over the API: say yes or no to what a restore holds back."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from app.domain.permissions import Act
from app.services.release_restored import release_restored
from app.web.runtime import runtime_of
from app.web.told import Told
from app.web.who import Officer, allowed

router = APIRouter(prefix="/api/v1", tags=["keeping"])


class RestoredIn(Told):
    """What to do with the texts that a restore holds back: let them go, or drop them."""

    drop: bool = False


@router.post("/restored")
async def decide_restored(
    body: RestoredIn,
    request: Request,
    who: Annotated[Officer, Depends(allowed(Act.KEEP))],
) -> dict[str, int]:
    """Let go or drop what a restore holds back; gives how many went where."""
    runtime = runtime_of(request)
    gone = await release_restored(
        runtime.database,
        is_dropped=body.drop,
        by=who.name,
        now=runtime.clock(),
        network_id=who.network_id,
    )
    runtime.dispatcher.wake()
    return gone
