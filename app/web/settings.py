"""Settings of a network over the API."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field

from app.domain.permissions import Act
from app.services.set_network import MOST_ANSWERS, NetworkSettings, set_network
from app.web.runtime import runtime_of
from app.web.told import NetworkIn
from app.web.who import Officer, allowed, asked_network

router = APIRouter(prefix="/api/v1", tags=["settings"])

Keeper = Annotated[Officer, Depends(allowed(Act.KEEP))]


class SettingsIn(NetworkIn):
    """What is to be set; what is left out stays."""

    office_phone: Annotated[str, Field(max_length=30)] | None = None
    stranger_answers: Annotated[int, Field(ge=0, le=MOST_ANSWERS)] | None = None


@router.get("/settings")
async def settings(
    query: Annotated[NetworkIn, Query()], request: Request, who: Keeper
) -> dict[str, Any]:
    """What is set."""
    network = await asked_network(request, who, query.network)
    return {
        "network": network.slug,
        "office_phone": network.office_phone,
        "stranger_answers": network.stranger_answers,
    }


@router.post("/settings")
async def change(body: SettingsIn, request: Request, who: Keeper) -> dict[str, Any]:
    """Keep what is told."""
    runtime = runtime_of(request)
    network = await asked_network(request, who, body.network)
    told = NetworkSettings(body.office_phone, body.stranger_answers)
    await set_network(runtime.database, network.id, told, by=who.name, now=runtime.clock())
    return {"network": network.slug}
