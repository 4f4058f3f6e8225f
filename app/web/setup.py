"""Setting up over the API: networks, accounts, numbers, meetings and minutes."""

from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import AwareDatetime, Field

from app.domain.errors import Refusal
from app.domain.permissions import Act
from app.services.add_account import NewAccount, add_account
from app.services.call_meeting import NewMeeting, call_meeting
from app.services.create_network import NewNetwork, create_network
from app.services.list_numbers import list_numbers
from app.services.publish_minutes import DecisionDraft, MinutesDraft, publish_minutes
from app.services.remove_account import remove_account
from app.services.reset_account import reset_account
from app.web.runtime import runtime_of
from app.web.told import Told
from app.web.who import Officer, allowed, network_of

router = APIRouter(prefix="/api/v1", tags=["setup"])

EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
"""What a meeting's date may be; beyond them it is a slip of the pen."""

Words = dict[str, Annotated[str, Field(max_length=2000)]]
"""Words by language tag."""


class NetworkIn(Told):
    """A network to make."""

    slug: str = Field(max_length=40)
    name: str = Field(max_length=120)
    tz: str = Field(default="Asia/Karachi", max_length=60)
    language: str = Field(default="ur-Latn", max_length=20)
    currency: str = Field(default="PKR", pattern="^[A-Z]{3}$")
    short_names: dict[str, str] = Field(default_factory=dict)


class AccountIn(Told):
    """An officer who gets an account."""

    name: str = Field(max_length=80)
    post: str = Field(max_length=20)
    network: str = Field(default="", max_length=40)


class NameIn(Told):
    """Whose account is meant."""

    name: str = Field(min_length=1, max_length=80)


class MeetingIn(Told):
    """A meeting, held or to come; the quorum of the body's newest one where none is told."""

    body: str = Field(min_length=1, max_length=12)
    no: int = Field(ge=1, le=99_999)
    label: str = Field(default="", max_length=10)
    at: AwareDatetime = Field(ge=EARLIEST, le=LATEST)
    venue: Words = Field(default_factory=dict)
    agenda: Words = Field(default_factory=dict)
    quorum: int | None = Field(default=None, ge=0, le=10_000)
    network: str = Field(default="", max_length=40)


class DecisionIn(Told):
    """One decision of a meeting."""

    no: int = Field(ge=1, le=999)
    text: Words = Field(min_length=1)
    short: Words = Field(default_factory=dict)
    owner: Words = Field(default_factory=dict)
    due: date | None = None
    status: str = Field(default="in hand", max_length=12)
    topics: list[Annotated[str, Field(pattern=r"^[\w-]{1,20}$")]] = Field(default_factory=list)
    restricted: bool = False


class MinutesIn(Told):
    """The minutes of a meeting that was called before."""

    body: str = Field(min_length=1, max_length=12)
    label: str = Field(min_length=1, max_length=10)
    present: int = Field(ge=0, le=100_000)
    women: int = Field(ge=0, le=100_000)
    summaries: Words = Field(default_factory=dict)
    decisions: list[DecisionIn] = Field(default_factory=list, max_length=200)
    restricted: bool = False
    network: str = Field(default="", max_length=40)


@router.post("/networks", status_code=201)
async def networks(
    body: NetworkIn, request: Request, who: Annotated[Officer, Depends(allowed(Act.KEEP))]
) -> dict[str, Any]:
    """Make a network; an officer of one network makes no other."""
    if who.network_id is not None:
        raise Refusal(
            "not_allowed", "Only the keeper of the whole installation can make a network."
        )
    runtime = runtime_of(request)
    new = NewNetwork(**body.model_dump())
    network_id = await create_network(runtime.database, new, by=who.name, now=runtime.clock())
    return {"id": network_id, "slug": body.slug}


@router.post("/accounts", status_code=201)
async def accounts(
    body: AccountIn, request: Request, who: Annotated[Officer, Depends(allowed(Act.KEEP))]
) -> dict[str, str]:
    """Give an officer an account; password and token are shown this once."""
    runtime = runtime_of(request)
    network = await network_of(runtime.database, who, body.network)
    new = NewAccount(name=body.name, post=body.post, network=network)
    return asdict(await add_account(runtime.database, new, now=runtime.clock()))


@router.post("/accounts/reset")
async def reset(
    body: NameIn, request: Request, who: Annotated[Officer, Depends(allowed(Act.KEEP))]
) -> dict[str, str]:
    """Give an officer a new password and token; whoever had the old ones is signed out."""
    database = runtime_of(request).database
    return asdict(await reset_account(database, body.name, network_id=who.network_id))


@router.post("/accounts/removal")
async def remove(
    body: NameIn, request: Request, who: Annotated[Officer, Depends(allowed(Act.KEEP))]
) -> dict[str, str]:
    """Take an officer's account away; a reset gives it back."""
    await remove_account(runtime_of(request).database, body.name, network_id=who.network_id)
    return {"name": body.name}


@router.get("/contacts/numbers")
async def numbers(
    request: Request, who: Annotated[Officer, Depends(allowed(Act.SEE_NUMBERS))]
) -> dict[str, Any]:
    """Exactly the numbers that may be texted by their form; that they were read is logged."""
    runtime = runtime_of(request)
    found = await list_numbers(
        runtime.database, by=who.name, now=runtime.clock(), network_id=who.network_id
    )
    return {"numbers": found}


@router.post("/meetings", status_code=201)
async def meetings(
    body: MeetingIn,
    request: Request,
    who: Annotated[Officer, Depends(allowed(Act.WRITE_MINUTES))],
) -> dict[str, Any]:
    """Call a meeting."""
    runtime = runtime_of(request)
    network = await network_of(runtime.database, who, body.network)
    at: datetime = body.at
    new = NewMeeting(
        body=body.body,
        no=body.no,
        label=body.label or str(body.no),
        at=at,
        venue=body.venue,
        agenda=body.agenda,
        quorum=body.quorum,
    )
    meeting_id = await call_meeting(
        runtime.database, network, new, by=who.name, now=runtime.clock()
    )
    return {"id": meeting_id}


@router.post("/minutes", status_code=201)
async def minutes(
    body: MinutesIn,
    request: Request,
    who: Annotated[Officer, Depends(allowed(Act.WRITE_MINUTES))],
) -> dict[str, Any]:
    """Publish the minutes of a meeting."""
    runtime = runtime_of(request)
    network = await network_of(runtime.database, who, body.network)
    draft = MinutesDraft(
        body=body.body,
        label=body.label,
        present=body.present,
        women=body.women,
        summaries=body.summaries,
        decisions=[_decision(one) for one in body.decisions],
        is_restricted=body.restricted,
    )
    minutes_id = await publish_minutes(
        runtime.database, network, draft, by=who.name, now=runtime.clock()
    )
    return {"id": minutes_id}


def _decision(one: DecisionIn) -> DecisionDraft:
    return DecisionDraft(
        no=one.no,
        texts={
            tag: {"text": text, "short": one.short.get(tag, "")[:60]}
            for tag, text in one.text.items()
        },
        owner=one.owner,
        due=one.due,
        status=one.status,
        topics=one.topics,
        is_restricted=one.restricted,
    )
