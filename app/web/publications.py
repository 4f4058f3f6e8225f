"""Publishing over the API: one meeting made into everything, planned and approved."""

import hashlib
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request, Response
from pydantic import Field

from app.domain.permissions import Act
from app.domain.storable import LARGEST_ID
from app.services.approve_broadcast import Approver
from app.services.approve_publication import approve_publication, cancel_publication
from app.services.pick_meeting import pick_meeting
from app.services.prepare_publication import PublicationDraft, prepare_publication
from app.services.show_publication import PublicationView, fetch_form, show_publication
from app.services.show_reach import show_reach
from app.web.broadcasts import ApprovalIn, plan_json
from app.web.runtime import Runtime, runtime_of
from app.web.told import Id, NetworkIn, Slug, Told
from app.web.who import Officer, allowed, asked_network

router = APIRouter(prefix="/api/v1/publications", tags=["publications"])

Looker = Annotated[Officer, Depends(allowed(Act.LOOK))]


class PublishIn(Told):
    """Which meeting goes to whom: by its id, or by body and label (`EC`, `14`)."""

    meeting_id: int | None = Field(default=None, ge=1, le=LARGEST_ID)
    body: str = Field(default="", max_length=8)
    label: str = Field(default="", max_length=10)
    audience: str = Field(default="all", min_length=1, max_length=500)
    texts: dict[str, Annotated[str, Field(max_length=1000)]] = Field(
        default_factory=dict, max_length=20
    )
    """Words of the text by language, instead of those made from the minutes."""
    network: Slug = ""


class ConsentIn(ApprovalIn):
    """A yes to exactly the plan with this hash."""

    network: Slug = ""


def publication_json(one: PublicationView) -> dict[str, Any]:
    """A publication with the names that scripts rely on; `id` approves over `broadcast` too."""
    return {
        "id": one.id,
        "meeting_id": one.meeting_id,
        "revision": one.revision,
        "state": one.state,
        "hash": one.hash,
        "audience": one.audience,
        "corrects": one.corrects,
        "broadcast_id": one.first.id if one.plans else None,
        "text": plan_json(one.text) if one.text else None,
        "mail": plan_json(one.mail) if one.mail else None,
        "unreached": one.unreached,
        "price_micro": one.price_micro,
        "seconds": one.seconds if one.plans else 0,
        "gaps": [asdict(gap) for gap in one.gaps],
        "forms": [
            {
                "form": form.form,
                "language": form.language,
                "text": form.body,
                "file": form.file_name,
            }
            for form in one.forms
        ],
    }


async def _network(request: Request, who: Officer, asked: str) -> tuple[Runtime, int]:
    return runtime_of(request), (await asked_network(request, who, asked)).id


@router.post("", status_code=201)
async def publish(
    body: PublishIn,
    request: Request,
    who: Annotated[Officer, Depends(allowed(Act.PLAN))],
    idempotency_key: Annotated[str | None, Header(max_length=80)] = None,
) -> dict[str, Any]:
    """Make every form of a meeting's published minutes and plan who gets them; sends nothing."""
    runtime, network_id = await _network(request, who, body.network)
    draft = PublicationDraft(
        network_id=network_id,
        meeting_id=await _meeting(runtime, network_id, body),
        author=who.name,
        author_id=who.id,
        audience=body.audience,
        texts=body.texts,
        sees_health=who.may(Act.SEE_HEALTH),
        idem_key=_own_key(who, idempotency_key) if idempotency_key else None,
    )
    planned = await prepare_publication(
        runtime.database, draft, catalogue=runtime.desk.catalogue, now=runtime.clock()
    )
    return publication_json(planned)


async def _meeting(runtime: Runtime, network_id: int, body: PublishIn) -> int:
    if body.meeting_id is not None:
        return body.meeting_id
    return int((await pick_meeting(runtime.database, network_id, body.body, body.label)).id)


def _own_key(who: Officer, key: str) -> str:
    return hashlib.sha256(f"publication {who.id} {key}".encode()).hexdigest()


@router.get("/{publication_id}")
async def show(
    publication_id: Id,
    request: Request,
    who: Looker,
    network: Slug = "",
) -> dict[str, Any]:
    """A publication with its plan, its forms and what is missing in them."""
    runtime, network_id = await _network(request, who, network)
    return publication_json(await show_publication(runtime.database, network_id, publication_id))


@router.get("/{publication_id}/forms/{form}/{language}")
async def file(  # noqa: PLR0913, PLR0917 -- what names a file
    publication_id: Id,
    form: str,
    language: str,
    request: Request,
    who: Looker,
    network: Slug = "",
) -> Response:
    """The file of one form in one language."""
    runtime, network_id = await _network(request, who, network)
    found = await fetch_form(runtime.database, network_id, publication_id, form, language)
    return Response(found.content, media_type=found.media_type)


@router.get("/{publication_id}/reach")
async def reach(
    publication_id: Id,
    request: Request,
    who: Looker,
    network: Slug = "",
) -> dict[str, Any]:
    """The proof per LSO: when its people got it, days since the meeting, who has not."""
    runtime, network_id = await _network(request, who, network)
    now = runtime.clock()
    found = await show_reach(runtime.database, network_id, publication_id, now=now)
    return asdict(found)


@router.post("/{publication_id}/approval")
async def approve(
    publication_id: Id,
    body: ConsentIn,
    request: Request,
    who: Annotated[Officer, Depends(allowed(Act.APPROVE))],
) -> dict[str, Any]:
    """Approve text and mail together; they wait 60 seconds unless `now` is said."""
    runtime, network_id = await _network(request, who, body.network)
    by = Approver(name=who.name, account_id=who.id, hash=body.hash, at_once=body.now)
    addresses = await approve_publication(
        runtime.database, network_id, publication_id, by=by, now=runtime.clock()
    )
    runtime.dispatcher.wake()
    return {"id": publication_id, "addresses": addresses}


@router.post("/{publication_id}/cancellation")
async def cancel(
    publication_id: Id,
    body: NetworkIn,
    request: Request,
    who: Annotated[Officer, Depends(allowed(Act.CANCEL))],
) -> dict[str, Any]:
    """Take it back: whatever waits in either medium is stopped."""
    runtime, network_id = await _network(request, who, body.network)
    stopped = await cancel_publication(
        runtime.database, network_id, publication_id, by=who.name, now=runtime.clock()
    )
    return {"id": publication_id, "cancelled": stopped}
