"""One broadcast: the plan and its approval, then how it goes out, until the last phone has it."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response, StreamingResponse

from app.domain.broadcast import Kind
from app.domain.errors import Refusal
from app.domain.messages import State
from app.domain.permissions import ALLOWED, Act
from app.services.approve_broadcast import Approver, approve_broadcast
from app.services.cancel_broadcast import cancel_broadcast
from app.services.resolve_uncertain import Decider, Verdict, decide_uncertain
from app.services.show_plan import show_plan
from app.services.show_progress import Progress, show_counts, show_progress
from app.web.door import Visit, go, visits
from app.web.told import Id

router = APIRouter(include_in_schema=False)

LOOK_EVERY_S = 1.0
LONGEST_LOOKS = 600
"""A page that stands open asks anew after ten minutes, so that none is served for ever."""

Looker = Annotated[Visit, Depends(visits(Act.LOOK))]


@router.get("/office/broadcasts/{broadcast_id}")
async def broadcast(broadcast_id: Id, visit: Looker) -> Response:
    """The plan while it waits for a second person, the progress afterwards."""
    progress = await _progress(visit, broadcast_id)
    if progress.publication_id is not None and progress.approved_at is None:
        return go(f"/office/publications/{progress.publication_id}")
    return await _page(visit, broadcast_id)


async def _page(visit: Visit, broadcast_id: int, fault: Refusal | None = None) -> Response:
    progress = await _progress(visit, broadcast_id)
    plan = await show_plan(visit.runtime.database, broadcast_id, account_id=visit.officer.id or 0)
    status = HTTPStatus.CONFLICT if fault else HTTPStatus.OK
    name = "plan.html" if progress.approved_at is None else "progress.html"
    return visit.render(
        name,
        status=status,
        broadcast=progress,
        plan=plan,
        fault=fault,
        is_over=_is_over(progress),
        is_author=progress.author_id == visit.officer.id,
        Kind=Kind,
        approvers=_approvers(visit, plan.officers),
    )


async def _progress(visit: Visit, broadcast_id: int) -> Progress:
    return await show_progress(
        visit.runtime.database, broadcast_id, network_id=visit.network.id, now=visit.now
    )


def _approvers(visit: Visit, officers: list[tuple[int, str, str]]) -> list[tuple[str, str]]:
    """Names and posts of those who may say yes instead of this officer."""
    may = {post.value for post in ALLOWED[Act.APPROVE]}
    return [(name, post) for id_, name, post in officers if post in may and id_ != visit.officer.id]


@router.get("/office/broadcasts/{broadcast_id}/events")
async def events(broadcast_id: Id, visit: Looker) -> Response:
    """The parts of the page that move, each time they have moved (server-sent events)."""
    await _progress(visit, broadcast_id)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    moves = _moves(visit, broadcast_id)
    return StreamingResponse(moves, media_type="text/event-stream", headers=headers)


async def _moves(visit: Visit, broadcast_id: int) -> AsyncIterator[str]:
    progress, counts = await _progress(visit, broadcast_id), None
    was_approved = progress.approved_at is not None
    for _ in range(LONGEST_LOOKS):
        told = await _counts(visit, broadcast_id) if was_approved else None
        if told != counts or not was_approved:
            progress, counts = await _progress(visit, broadcast_id), told
            if not was_approved and (progress.approved_at or progress.state == "cancelled"):
                yield "event: turn\ndata: \n\n"
                return
            if was_approved:
                yield _event(visit.fragment("progress_parts.html", broadcast=progress))
        if _is_over(progress) or visit.request.app.state.is_ending:
            yield "event: end\ndata: \n\n"
            return
        await asyncio.sleep(LOOK_EVERY_S)
        if await visit.request.is_disconnected():
            return


async def _counts(visit: Visit, broadcast_id: int) -> Mapping[State, int]:
    return await show_counts(visit.runtime.database, broadcast_id, network_id=visit.network.id)


def _event(parts: str) -> str:
    return "".join(f"data: {line}\n" for line in parts.splitlines()) + "\n"


def _is_over(progress: Progress) -> bool:
    """Whether nothing of it will move any more, receipts apart."""
    open_states = (State.HELD, State.QUEUED, State.SENDING, State.UNCERTAIN)
    is_under_way = progress.state in {"planning", "planned", "fanning"}
    return not is_under_way and not any(progress.states[state] for state in open_states)


@router.post("/office/broadcasts/{broadcast_id}/approval")
async def approve(
    broadcast_id: Id, visit: Annotated[Visit, Depends(visits(Act.APPROVE))]
) -> Response:
    """Say yes to the plan that was shown; if it is another by now, show it again."""
    await _progress(visit, broadcast_id)
    by = Approver(
        name=visit.officer.name,
        account_id=visit.officer.id,
        hash=visit.fields.get("hash", ""),
        at_once=visit.fields.get("do") == "now",
    )
    try:
        await approve_broadcast(visit.runtime.database, broadcast_id, by=by, now=visit.now)
    except Refusal as fault:
        return await _page(visit, broadcast_id, fault)
    visit.runtime.dispatcher.wake()
    return go(f"/office/broadcasts/{broadcast_id}")


@router.post("/office/broadcasts/{broadcast_id}/cancellation")
async def cancel(
    broadcast_id: Id, visit: Annotated[Visit, Depends(visits(Act.CANCEL))]
) -> Response:
    """Take back what still waits."""
    await _progress(visit, broadcast_id)
    by = visit.officer.name
    await cancel_broadcast(visit.runtime.database, broadcast_id, by=by, now=visit.now)
    return go(f"/office/broadcasts/{broadcast_id}")


@router.post("/office/broadcasts/{broadcast_id}/uncertain/{outbox_id}")
async def decide(
    broadcast_id: Id, outbox_id: Id, visit: Annotated[Visit, Depends(visits(Act.CANCEL))]
) -> Response:
    """Decide about a text that may have been sent."""
    wanted = visit.fields.get("do", "")
    if wanted not in set(Verdict):
        raise Refusal("not_found", "Say what became of the text: it arrived, again, or leave it.")
    await _progress(visit, broadcast_id)
    by = Decider(visit.officer.name, visit.network.id)
    try:
        await decide_uncertain(
            visit.runtime.database, outbox_id, Verdict(wanted), by=by, now=visit.now
        )
    except Refusal as fault:
        return await _page(visit, broadcast_id, fault)
    visit.runtime.dispatcher.wake()
    return go(f"/office/broadcasts/{broadcast_id}#uncertain")
