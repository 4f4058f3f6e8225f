"""Groups and audiences over the API: who is in them, counted with reasons."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field

from app.domain.permissions import Act
from app.domain.storable import LARGEST_ID
from app.services._deed import Deed
from app.services.count_audience import Question, count_audience
from app.services.keep_group import (
    GroupFacts,
    MemberFacts,
    add_group,
    change_group,
    put_in_group,
    take_out_of_group,
)
from app.services.save_audience import (
    list_audiences,
    remove_audience,
    rename_audience,
    save_audience,
)
from app.services.show_group import list_groups, show_group
from app.web.runtime import runtime_of
from app.web.told import Id, NetworkIn, Slug, Told
from app.web.who import Officer, allowed, network_of

router = APIRouter(prefix="/api/v1", tags=["audiences"])

Name = Annotated[str, Field(max_length=80)]
Looker = Annotated[Officer, Depends(allowed(Act.LOOK))]
Writer = Annotated[Officer, Depends(allowed(Act.PLAN))]
Editor = Annotated[Officer, Depends(allowed(Act.EDIT))]


class CountIn(Told):
    """An audience in words; `private`: only to phones that are a person's own."""

    words: str = Field(max_length=500)
    private: bool = False
    urgent: bool = False
    network: Slug = ""


class SaveIn(Told):
    """Words and the name that they get."""

    name: Name
    words: str = Field(max_length=500)
    network: Slug = ""


class RenameIn(Told):
    """Another name for what is saved."""

    name: Name
    network: Slug = ""


class GroupIn(Told):
    """What a group is."""

    name: Name
    local_name: Name = ""
    kind: str = Field(default="other", max_length=10)
    ends_on: date | None = None
    network: Slug = ""


class MemberIn(Told):
    """Who comes into a group, and what it knows of them."""

    person_id: int = Field(ge=1, le=LARGEST_ID)
    skill: str = Field(default="", max_length=60)
    place: str = Field(default="", max_length=120)
    blood_group: str = Field(default="", max_length=3)
    last_on: date | None = None
    basis: str = Field(default="", max_length=200)
    network: Slug = ""


class GroupQuery(Told):
    """From where on a group's members are shown."""

    after: int = Field(default=0, ge=0, le=LARGEST_ID)
    limit: int = Field(default=50, ge=1, le=200)
    network: Slug = ""


async def _deed(request: Request, who: Officer, network: str) -> Deed:
    runtime = runtime_of(request)
    slug = await network_of(runtime.database, who, network)
    return Deed(slug, who.name, runtime.clock())


@router.post("/audiences/count")
async def count(body: CountIn, request: Request, who: Looker) -> dict[str, Any]:
    """How many people and phones these words reach, why others are left out, and who some are."""
    runtime = runtime_of(request)
    question = Question(
        await network_of(runtime.database, who, body.network),
        body.words,
        is_private=body.private,
        is_urgent=body.urgent,
        sees_health=who.may(Act.SEE_HEALTH),
    )
    return asdict(await count_audience(runtime.database, question, now=runtime.clock()))


@router.get("/audiences")
async def saved(
    query: Annotated[NetworkIn, Query()], request: Request, who: Looker
) -> dict[str, Any]:
    """The saved audiences, by name."""
    database = runtime_of(request).database
    found = await list_audiences(database, await network_of(database, who, query.network))
    return {"audiences": [asdict(one) for one in found]}


@router.post("/audiences", status_code=201)
async def save(body: SaveIn, request: Request, who: Writer) -> dict[str, Any]:
    """Keep words under a name."""
    deed = await _deed(request, who, body.network)
    database, sees = runtime_of(request).database, who.may(Act.SEE_HEALTH)
    saved_id = await save_audience(database, body.name, body.words, deed, sees_health=sees)
    return {"id": saved_id, "name": body.name}


@router.post("/audiences/{audience_id}")
async def rename(audience_id: Id, body: RenameIn, request: Request, who: Writer) -> dict[str, Any]:
    """Give a saved audience another name."""
    deed = await _deed(request, who, body.network)
    await rename_audience(runtime_of(request).database, audience_id, body.name, deed)
    return {"id": audience_id}


@router.post("/audiences/{audience_id}/removal")
async def remove(audience_id: Id, body: NetworkIn, request: Request, who: Writer) -> dict[str, Any]:
    """Take a saved audience away."""
    deed = await _deed(request, who, body.network)
    await remove_audience(runtime_of(request).database, audience_id, deed)
    return {"id": audience_id}


@router.get("/groups")
async def groups(
    query: Annotated[NetworkIn, Query()], request: Request, who: Looker
) -> dict[str, Any]:
    """The groups, by name; donors only for whoever may see health."""
    runtime = runtime_of(request)
    slug = await network_of(runtime.database, who, query.network)
    sees = who.may(Act.SEE_HEALTH)
    found = await list_groups(runtime.database, slug, now=runtime.clock(), sees_health=sees)
    return {"groups": [asdict(one) for one in found]}


@router.post("/groups", status_code=201)
async def add(body: GroupIn, request: Request, who: Editor) -> dict[str, Any]:
    """Make a group."""
    deed = await _deed(request, who, body.network)
    sees = who.may(Act.SEE_HEALTH)
    group_id = await add_group(runtime_of(request).database, _facts(body), deed, sees_health=sees)
    return {"id": group_id}


@router.get("/groups/{group_id}")
async def show(
    group_id: Id, query: Annotated[GroupQuery, Query()], request: Request, who: Looker
) -> dict[str, Any]:
    """A group with a page of its members; numbers are masked."""
    runtime = runtime_of(request)
    shown = await show_group(
        runtime.database,
        await network_of(runtime.database, who, query.network),
        group_id,
        now=runtime.clock(),
        sees_health=who.may(Act.SEE_HEALTH),
        after=query.after,
        limit=query.limit,
    )
    return asdict(shown)


@router.post("/groups/{group_id}")
async def change(group_id: Id, body: GroupIn, request: Request, who: Editor) -> dict[str, Any]:
    """Let a group be as it is told."""
    deed = await _deed(request, who, body.network)
    database, sees = runtime_of(request).database, who.may(Act.SEE_HEALTH)
    await change_group(database, group_id, _facts(body), deed, sees_health=sees)
    return {"id": group_id}


@router.post("/groups/{group_id}/members")
async def put(group_id: Id, body: MemberIn, request: Request, who: Editor) -> dict[str, Any]:
    """Put a person into a group, or change what it knows of them."""
    deed = await _deed(request, who, body.network)
    facts = MemberFacts(**body.model_dump(exclude={"network"}))
    database, sees = runtime_of(request).database, who.may(Act.SEE_HEALTH)
    await put_in_group(database, group_id, facts, deed, sees_health=sees)
    return {"id": group_id, "person_id": body.person_id}


@router.post("/groups/{group_id}/members/{person_id}/removal")
async def take(
    group_id: Id, person_id: Id, body: NetworkIn, request: Request, who: Editor
) -> dict[str, Any]:
    """Take a person out of a group."""
    deed = await _deed(request, who, body.network)
    database, sees = runtime_of(request).database, who.may(Act.SEE_HEALTH)
    await take_out_of_group(database, group_id, person_id, deed, sees_health=sees)
    return {"id": group_id, "person_id": person_id}


def _facts(body: GroupIn) -> GroupFacts:
    return GroupFacts(**body.model_dump(exclude={"network"}))
