"""A text typed by hand: the whole inbound pipeline through the phone simulator."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import Field

from app.domain.errors import Phrase, Refusal
from app.domain.messages import Mo
from app.domain.msisdn import read_number
from app.domain.permissions import Act
from app.services.receive_mo import Received
from app.web.runtime import Runtime, runtime_of
from app.web.told import Told
from app.web.who import Officer, allowed, network_of

router = APIRouter(prefix="/api/v1", tags=["simulator"])

MOST_LETTERS = 5000


class SayIn(Told):
    """What a simulated phone sends; `key` makes a repeat harmless."""

    msisdn: str = Field(max_length=40)
    text: str = Field(default="", max_length=MOST_LETTERS)
    key: str = Field(min_length=8, max_length=80)
    is_call: bool = False
    """A missed call: what `text` says does not count."""


@router.post("/say")
async def say(
    body: SayIn, request: Request, who: Annotated[Officer, Depends(allowed(Act.PLAN))]
) -> dict[str, Any]:
    """Take the text as the simulator heard it and give the reply; no other wire is used."""
    number = read_number(body.msisdn)
    if number.msisdn is None:
        problem = Phrase(number.problem or "This is no telephone number.")
        raise Refusal("number", "{problem}", problem=problem)
    runtime, key = runtime_of(request), f"say-{body.key}"
    home = await network_of(runtime.database, who, "")
    words = None if body.is_call else body.text
    received = await hear(runtime, number.msisdn, words, external_id=key, home=home)
    return {
        "is_new": received.is_new,
        "intent": received.intent,
        "replies": [received.reply] if received.reply else [],
    }


async def hear(
    runtime: Runtime, sender: str, text: str | None, *, external_id: str, home: str
) -> Received:
    """Take a text as if the simulator had heard it; an `external_id` is taken once.

    Without a text it is a missed call. `home` is the slug of the network that it is for, "" for
    the simulator's own.
    """
    mo = Mo(
        channel=runtime.simulator_name,
        external_id=external_id,
        sender=sender,
        recipient=runtime.simulator_name,
        text=text or "",
        home=home,
        is_call=text is None,
    )
    received = await runtime.texts.add(mo)
    if runtime.sends:
        runtime.dispatcher.wake()
    else:
        await runtime.simulator.drain()
    return received
