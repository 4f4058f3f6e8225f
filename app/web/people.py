"""People over the API: finding, adding, changing, merging, and how they are reached."""

from dataclasses import asdict, replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field

from app.domain.permissions import Act
from app.domain.storable import LARGEST_ID
from app.services.change_person import NewPerson, add_person, change_person, remove_person
from app.services.find_people import find_people
from app.services.merge_people import Merging, merge_people, plan_merge
from app.services.show_person import PersonPage, show_person
from app.web import addresses
from app.web.runtime import runtime_of
from app.web.told import Id, Slug, SomeId, Told
from app.web.who import Officer, allowed, asked_network

router = APIRouter(prefix="/api/v1", tags=["people"])
router.include_router(addresses.router)

Name = Annotated[str, Field(max_length=1000)]
Word = Annotated[str, Field(max_length=20)]

Looker = Annotated[Officer, Depends(allowed(Act.LOOK))]
Editor = Annotated[Officer, Depends(allowed(Act.EDIT))]


class FindQuery(Told):
    """Who is looked for: words, or a number, or its last digits."""

    q: str = Field(default="", max_length=200)
    cursor: int | None = Field(default=None, ge=1, le=LARGEST_ID)
    limit: int = Field(default=50, ge=1, le=100)
    network: Slug = ""


class NetworkQuery(Told):
    """Whose they are, where there are several networks."""

    network: Slug = ""


class PersonIn(Told):
    """What is told of a person; only what is given is changed. `unit` is the id of a unit."""

    name: Name = ""
    local_name: Name = ""
    sex: Word = ""
    language: Word = ""
    reads: Word = ""
    phone_kind: Word = ""
    notes: Annotated[str, Field(max_length=5000)] = ""
    unit: SomeId | None = None
    network: Slug = ""

    def over(self, known: NewPerson) -> NewPerson:
        """What is known of a person with what was told over it."""
        said = self.model_dump(exclude_unset=True, exclude={"network"})
        if "unit" in said:
            said["unit_id"] = said.pop("unit")
        return replace(known, **said)


class MergeIn(Told):
    """Which other record is this very person; `dry_run` only says what would happen."""

    other: SomeId
    dry_run: bool = False
    network: Slug = ""


class RemovalIn(Told):
    """Nothing has to be said to take somebody out."""

    network: Slug = ""


async def network_id_of(request: Request, who: Officer, asked: str) -> int:
    """The id of the network that an officer speaks for; raises Refusal for another's."""
    return (await asked_network(request, who, asked)).id


@router.get("/people")
async def find(
    query: Annotated[FindQuery, Query()], request: Request, who: Looker
) -> dict[str, Any]:
    """People whom all words fit, by name, numbers masked; `next` is the cursor of the next page."""
    network_id = await network_id_of(request, who, query.network)
    database = runtime_of(request).database
    page = await find_people(database, network_id, query.q, after=query.cursor, limit=query.limit)
    return {"items": [asdict(one) for one in page.people], "next": page.next, "total": page.total}


@router.post("/people", status_code=201)
async def add(body: PersonIn, request: Request, who: Editor) -> dict[str, Any]:
    """Add a person; how they are reached is said afterwards."""
    runtime = runtime_of(request)
    network_id = await network_id_of(request, who, body.network)
    person_id = await add_person(
        runtime.database,
        network_id,
        body.over(NewPerson("")),
        languages=runtime.desk.catalogue.languages,
        by=who.name,
        now=runtime.clock(),
    )
    return {"id": person_id}


@router.get("/people/{person_id}")
async def show(
    person_id: Id, query: Annotated[NetworkQuery, Query()], request: Request, who: Looker
) -> dict[str, Any]:
    """One person with phones, consent, seats and groups; numbers masked."""
    network_id = await network_id_of(request, who, query.network)
    page = await _page(request, who, network_id, person_id)
    return asdict(page)


@router.post("/people/{person_id}")
async def change(person_id: Id, body: PersonIn, request: Request, who: Editor) -> dict[str, Any]:
    """Change what is known of a person."""
    runtime = runtime_of(request)
    network_id = await network_id_of(request, who, body.network)
    known = known_of(await _page(request, who, network_id, person_id))
    is_changed = await change_person(
        runtime.database,
        network_id,
        person_id,
        body.over(known),
        languages=runtime.desk.catalogue.languages,
        by=who.name,
        now=runtime.clock(),
    )
    return {"id": person_id, "changed": is_changed}


@router.post("/people/{person_id}/removal")
async def remove(person_id: Id, body: RemovalIn, request: Request, who: Editor) -> dict[str, Any]:
    """Take a person out; whoever holds a seat has to give it up before."""
    runtime = runtime_of(request)
    network_id = await network_id_of(request, who, body.network)
    await remove_person(runtime.database, network_id, person_id, by=who.name, now=runtime.clock())
    return {"id": person_id}


@router.post("/people/{person_id}/merge")
async def merge(person_id: Id, body: MergeIn, request: Request, who: Editor) -> dict[str, Any]:
    """Let this record be all that the other one was, too."""
    runtime = runtime_of(request)
    network_id = await network_id_of(request, who, body.network)
    if body.dry_run:
        planned = await plan_merge(runtime.database, network_id, person_id, body.other)
        return _merging(planned)
    done = await merge_people(
        runtime.database, network_id, person_id, body.other, by=who.name, now=runtime.clock()
    )
    return _merging(done)


def known_of(page: PersonPage) -> NewPerson:
    """What is known of a person, as it is told."""
    return NewPerson(
        name=page.name,
        local_name=page.local_name,
        sex=page.sex,
        language=page.language,
        reads=page.reads,
        phone_kind=page.phone_kind,
        notes=page.notes,
        unit_id=page.unit_id,
    )


async def _page(request: Request, who: Officer, network_id: int, person_id: int) -> PersonPage:
    sees_health = who.may(Act.SEE_HEALTH)
    database = runtime_of(request).database
    return await show_person(database, network_id, person_id, sees_health=sees_health)


def _merging(done: Merging) -> dict[str, Any]:
    return {
        "keep": done.keep_id,
        "other": done.other_id,
        "phones": done.links,
        "seats": done.seats,
        "groups": done.memberships,
        "filled": dict(done.filled),
        "differing": {name: list(both) for name, both in done.differing.items()},
        "clash": str(done.clash) if done.clash is not None else "",
    }
