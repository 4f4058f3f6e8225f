"""A text typed by hand: the whole inbound pipeline through the phone simulator."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import Field

from app.domain.errors import Refusal
from app.domain.messages import Mo
from app.domain.msisdn import read_number
from app.domain.permissions import Act
from app.web.runtime import runtime_of
from app.web.told import Told
from app.web.who import Officer, allowed

router = APIRouter(prefix="/api/v1", tags=["simulator"])


class SayIn(Told):
    """What a simulated phone sends; `key` makes a repeat harmless."""

    msisdn: str = Field(max_length=40)
    text: str = Field(max_length=5000)
    key: str = Field(min_length=8, max_length=80)


@router.post("/say")
async def say(
    body: SayIn, request: Request, _who: Annotated[Officer, Depends(allowed(Act.PLAN))]
) -> dict[str, Any]:
    """Take the text as the simulator heard it and give the reply; no other wire is used."""
    runtime = runtime_of(request)
    number = read_number(body.msisdn)
    if number.msisdn is None:
        raise Refusal("number", number.problem or "This is no telephone number.")
    mo = Mo(
        channel=runtime.simulator_name,
        external_id=f"say-{body.key}",
        sender=number.msisdn,
        recipient=runtime.simulator_name,
        text=body.text,
    )
    received = await runtime.texts.add(mo)
    if runtime.sends:
        runtime.dispatcher.wake()
    else:
        await runtime.simulator.drain()
    return {
        "is_new": received.is_new,
        "intent": received.intent,
        "replies": [received.reply] if received.reply else [],
    }
