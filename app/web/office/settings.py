"""Settings of the network: the number of its office, and how much strangers may cost."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.domain.errors import Refusal
from app.domain.permissions import Act
from app.services.set_network import NetworkSettings, set_network
from app.web.door import Visit, go, visits

router = APIRouter(include_in_schema=False)

PLACE = "/office/settings"
FIELD_OF = {"number": "office_phone", "stranger_answers": "stranger_answers"}
MOST_DIGITS = 6

Keeper = Annotated[Visit, Depends(visits(Act.KEEP))]


@router.get(PLACE)
async def settings(visit: Keeper) -> Response:
    """Show what is set."""
    fields = {
        "office_phone": visit.network.office_phone,
        "stranger_answers": str(visit.network.stranger_answers),
    }
    return _page(visit, fields)


@router.post(PLACE)
async def change(visit: Keeper) -> Response:
    """Keep what is set, or show the form again with what is wrong."""
    fields = visit.fields
    try:
        told = NetworkSettings(
            office_phone=fields.get("office_phone"),
            stranger_answers=_count(fields.get("stranger_answers")),
        )
        await set_network(
            visit.runtime.database, visit.network.id, told, by=visit.officer.name, now=visit.now
        )
    except Refusal as fault:
        return _page(visit, fields, fault)
    return go(f"{PLACE}?done=kept")


def _count(words: str | None) -> int | None:
    """The number in the field; -1, which is refused, for what is none."""
    if words is None:
        return None
    told = words.strip()
    return int(told) if told.isdecimal() and len(told) <= MOST_DIGITS else -1


def _page(visit: Visit, fields: Mapping[str, str], fault: Refusal | None = None) -> Response:
    return visit.render(
        "settings.html",
        status=422 if fault else 200,
        fields=fields,
        said=fault.said(visit.speech.say) if fault else "",
        at=FIELD_OF.get(fault.code, "") if fault else "",
        done=visit.request.query_params.get("done", ""),
    )
