"""Broadcasts over the API: plan, look, approve, cancel."""

import hashlib
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request
from pydantic import Field

from app.domain.broadcast import Kind
from app.domain.errors import Refusal
from app.domain.permissions import Act
from app.domain.send_time import read_send_time
from app.services.approve_broadcast import Approver, approve_broadcast
from app.services.cancel_broadcast import cancel_broadcast
from app.services.plan_broadcast import Draft, plan_broadcast
from app.services.price_plan import Plan
from app.services.show_broadcast import show_broadcast
from app.web.runtime import runtime_of
from app.web.told import Id, Told
from app.web.who import Officer, allowed, asked_network

router = APIRouter(prefix="/api/v1/broadcasts", tags=["broadcasts"])


class PlanIn(Told):
    """A text to plan; `texts` maps language tags to words."""

    audience: str = Field(min_length=1, max_length=500)
    texts: dict[str, Annotated[str, Field(max_length=5000)]] = Field(min_length=1, max_length=20)
    kind: Kind = Kind.NOTICE
    private: bool = False
    """Only to phones that are a person's own; who has none is held."""
    send_at: str = Field(default="", max_length=80)
    """When it is to go, in words or as programs write it; none means as soon as it is approved."""
    network: str = Field(default="", max_length=40)


class ApprovalIn(Told):
    """A yes to exactly the plan with this hash; `now` leaves the 60 s undo out."""

    hash: str = Field(max_length=64)
    now: bool = False


def plan_json(plan: Plan) -> dict[str, Any]:
    """A plan with the names that scripts rely on."""
    return {
        "id": plan.id,
        "ref": plan.ref,
        "hash": plan.hash,
        "people": plan.people,
        "addresses": plan.addresses,
        "segments": plan.segments,
        "price_micro": plan.price_micro,
        "currency": plan.currency,
        "seconds": plan.seconds,
        "held": list(plan.held),
        "left_out": list(plan.left_out),
        "private": plan.is_private,
        "send_at": plan.send_at.isoformat() if plan.send_at else None,
        "texts": {
            text.language: {
                "text": text.body,
                "encoding": text.encoding,
                "segments": text.segments,
            }
            for text in plan.texts
        },
    }


@router.post("", status_code=201)
async def plan(
    body: PlanIn,
    request: Request,
    who: Annotated[Officer, Depends(allowed(Act.PLAN))],
    idempotency_key: Annotated[str | None, Header(max_length=80)] = None,
) -> dict[str, Any]:
    """Plan a broadcast; nothing is sent before somebody else approves it."""
    runtime = runtime_of(request)
    network = await asked_network(request, who, body.network)
    draft = Draft(
        audience=body.audience,
        texts=body.texts,
        kind=body.kind,
        author=who.name,
        author_id=who.id,
        network=network.slug,
        idem_key=_own_key(who, idempotency_key) if idempotency_key else None,
        is_private=body.private,
        send_at=read_send_time(body.send_at, runtime.clock(), network.tz),
        sees_health=who.may(Act.SEE_HEALTH),
    )
    planned = await plan_broadcast(
        runtime.database, draft, catalogue=runtime.desk.catalogue, now=runtime.clock()
    )
    return plan_json(planned)


def _own_key(who: Officer, key: str) -> str:
    """The key as this officer's own: nobody gets another's plan by the same key."""
    return hashlib.sha256(f"{who.id} {key}".encode()).hexdigest()


@router.get("/{broadcast_id}")
async def show(
    broadcast_id: Id,
    request: Request,
    who: Annotated[Officer, Depends(allowed(Act.LOOK))],
) -> dict[str, Any]:
    """A broadcast with its states counted."""
    database = runtime_of(request).database
    found = await show_broadcast(database, broadcast_id, network_id=who.network_id)
    if found is None:
        raise Refusal("not_found", "There is no broadcast {id}.", id=broadcast_id)
    return found


@router.post("/{broadcast_id}/approval")
async def approve(
    broadcast_id: Id,
    body: ApprovalIn,
    request: Request,
    who: Annotated[Officer, Depends(allowed(Act.APPROVE))],
) -> dict[str, Any]:
    """Approve the plan that was shown; its texts wait 60 seconds unless `now` is said."""
    runtime = runtime_of(request)
    by = Approver(name=who.name, account_id=who.id, hash=body.hash, at_once=body.now)
    addresses = await approve_broadcast(
        runtime.database, broadcast_id, by=by, now=runtime.clock(), network_id=who.network_id
    )
    runtime.dispatcher.wake()
    return {"id": broadcast_id, "addresses": addresses}


@router.post("/{broadcast_id}/cancellation")
async def cancel(
    broadcast_id: Id,
    request: Request,
    who: Annotated[Officer, Depends(allowed(Act.CANCEL))],
) -> dict[str, Any]:
    """Cancel what still waits; gives how many texts were stopped."""
    runtime = runtime_of(request)
    stopped = await cancel_broadcast(
        runtime.database,
        broadcast_id,
        by=who.name,
        now=runtime.clock(),
        network_id=who.network_id,
    )
    return {"id": broadcast_id, "cancelled": stopped}
