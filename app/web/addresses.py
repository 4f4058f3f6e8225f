"""Addresses over the API: phones of people, consent, welcomes, and forgetting a number."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field

from app.domain.permissions import Act
from app.services.change_address import (
    NewAddress,
    add_address,
    change_link,
    confirm_number,
    mark_wrong,
    take_away,
)
from app.services.forget_number import forget_number
from app.services.plan_welcome import plan_welcome
from app.services.record_consent import ConsentForm, record_consent
from app.services.welcome_people import Host, welcome_people
from app.store import networks
from app.web.runtime import Runtime, runtime_of
from app.web.told import Id, Slug, SomeId, Told
from app.web.who import Officer, allowed, asked_network, network_of

router = APIRouter(tags=["people"])

Word = Annotated[str, Field(max_length=20)]
Editor = Annotated[Officer, Depends(allowed(Act.EDIT))]


class AddressIn(Told):
    """A number in any spelling, or a name on another wire; and whose it is."""

    raw: Annotated[str, Field(max_length=500)]
    kind: Word = "msisdn"
    whose: Word = ""
    private: bool | None = None
    network: Slug = ""


class LinkIn(Told):
    """Whose it is, and whether private content may go there."""

    whose: Word
    private: bool
    network: Slug = ""


class ConsentIn(Told):
    """What was agreed: `all`, `alerts` or `stop`, and how the office knows."""

    choice: Word
    basis: Annotated[str, Field(max_length=1000)]
    signed: bool = False
    network: Slug = ""


class PlainIn(Told):
    """Nothing more has to be said."""

    network: Slug = ""


class WelcomeIn(Told):
    """Whom to welcome: these addresses, or all who agreed and were never texted."""

    only: list[SomeId] | None = Field(default=None, max_length=10_000)
    network: Slug = ""


class ForgetIn(Told):
    """The number or e-mail address to forget; in all networks where none is named."""

    msisdn: Annotated[str, Field(max_length=200)]
    network: Slug = ""


async def _place(request: Request, who: Officer, asked: str) -> tuple[Runtime, int]:
    return runtime_of(request), (await asked_network(request, who, asked)).id


@router.post("/people/{person_id}/addresses", status_code=201)
async def add(person_id: Id, body: AddressIn, request: Request, who: Editor) -> dict[str, Any]:
    """Say how somebody is reached; a number that others have is shared with them."""
    runtime, network_id = await _place(request, who, body.network)
    new = NewAddress(body.raw, body.kind, body.whose, body.private)
    linked = await add_address(
        runtime.database, network_id, person_id, new, by=who.name, now=runtime.clock()
    )
    return asdict(linked)


@router.post("/people/{person_id}/addresses/{address_id}")
async def change(
    person_id: Id, address_id: Id, body: LinkIn, request: Request, who: Editor
) -> dict[str, Any]:
    """Change whose it is and what may go there."""
    runtime, network_id = await _place(request, who, body.network)
    await change_link(
        runtime.database,
        network_id,
        person_id,
        address_id,
        whose=body.whose,
        is_private=body.private,
        by=who.name,
        now=runtime.clock(),
    )
    return {"id": address_id}


@router.post("/people/{person_id}/addresses/{address_id}/removal")
async def remove(
    person_id: Id, address_id: Id, body: PlainIn, request: Request, who: Editor
) -> dict[str, Any]:
    """Take it away from this person; consent stays with the number."""
    runtime, network_id = await _place(request, who, body.network)
    await take_away(
        runtime.database, network_id, person_id, address_id, by=who.name, now=runtime.clock()
    )
    return {"id": address_id}


@router.post("/addresses/{address_id}/consents", status_code=201)
async def consents(
    address_id: Id, body: ConsentIn, request: Request, who: Editor
) -> dict[str, Any]:
    """Record what was agreed on paper or in a visit."""
    runtime, network_id = await _place(request, who, body.network)
    form = ConsentForm(body.choice, body.basis, body.signed)
    standing = await record_consent(
        runtime.database, network_id, address_id, form, by=who.name, now=runtime.clock()
    )
    return {"id": address_id, "standing": standing}


@router.post("/addresses/{address_id}/confirmation")
async def confirm(address_id: Id, body: PlainIn, request: Request, who: Editor) -> dict[str, Any]:
    """Say that a number of an unknown prefix is right: texts may go there."""
    runtime, network_id = await _place(request, who, body.network)
    await confirm_number(runtime.database, network_id, address_id, by=who.name, now=runtime.clock())
    return {"id": address_id}


@router.post("/addresses/{address_id}/wrong")
async def wrong(address_id: Id, body: PlainIn, request: Request, who: Editor) -> dict[str, Any]:
    """Say that a stranger has this number: nothing goes there any more."""
    runtime, network_id = await _place(request, who, body.network)
    await mark_wrong(runtime.database, network_id, address_id, by=who.name, now=runtime.clock())
    return {"id": address_id}


@router.get("/welcomes")
async def welcomes(
    query: Annotated[PlainIn, Query()],
    request: Request,
    who: Annotated[Officer, Depends(allowed(Act.PLAN))],
) -> dict[str, Any]:
    """How many phones agreed and were never texted, and what their welcome costs."""
    runtime, network_id = await _place(request, who, query.network)
    planned = await plan_welcome(runtime.database, network_id, catalogue=runtime.desk.catalogue)
    return asdict(planned)


@router.post("/welcomes", status_code=201)
async def welcome(body: WelcomeIn, request: Request, who: Editor) -> dict[str, Any]:
    """Queue their one text of welcome; nobody is welcomed twice."""
    runtime, network_id = await _place(request, who, body.network)
    done = await welcome_people(
        runtime.database,
        network_id,
        catalogue=runtime.desk.catalogue,
        by=Host(who.name, who.id),
        now=runtime.clock(),
        only=body.only,
    )
    runtime.dispatcher.wake()
    return asdict(done)


@router.post("/forget")
async def forget(
    body: ForgetIn, request: Request, who: Annotated[Officer, Depends(allowed(Act.KEEP))]
) -> dict[str, Any]:
    """Take out all that is kept of a number or e-mail address; that it said STOP stays."""
    runtime = runtime_of(request)
    slug = await network_of(runtime.database, who, body.network)
    named = (await runtime.database.read(networks.named, slug)).id if slug else None
    done = await forget_number(
        runtime.database, body.msisdn, network_id=named, by=who.name, now=runtime.clock()
    )
    return asdict(done)
