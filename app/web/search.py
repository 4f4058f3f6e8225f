"""Looking for decisions over the API, in any writing."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field

from app.domain.permissions import Act
from app.services.find_decisions import MOST_LETTERS, Question, find_decisions
from app.services.show_resolutions import find_resolutions
from app.web.runtime import runtime_of
from app.web.told import Told
from app.web.who import Officer, allowed, asked_network

router = APIRouter(prefix="/api/v1", tags=["register"])


class DecisionsQuery(Told):
    """What is looked for; nothing gives the newest."""

    q: str = Field(default="", max_length=MOST_LETTERS)
    limit: int = Field(default=50, ge=1, le=500)
    network: str = Field(default="", max_length=40)


@router.get("/decisions")
async def decisions(
    query: Annotated[DecisionsQuery, Query()],
    request: Request,
    who: Annotated[Officer, Depends(allowed(Act.LOOK))],
) -> dict[str, Any]:
    """Published decisions by number (14/2), topic, owner or words in any writing, best first.

    The code of a resolution (14/R1) gives that one under `resolutions`.
    """
    runtime = runtime_of(request)
    network = await asked_network(request, who, query.network)
    found = await find_decisions(
        runtime.database,
        network.id,
        Question(query.q, runtime.desk.vocabulary.topics, query.limit),
        public=False,
        today=network.day_at(runtime.clock()),
    )
    coded = await find_resolutions(
        runtime.database, network.id, query.q, today=network.day_at(runtime.clock())
    )
    return {
        "items": [asdict(line) for line in found],
        "resolutions": [asdict(line) for line in coded],
    }
