"""The wizard that brings in a list: choose a file, watch it being read, and what came of it."""

import asyncio
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response, StreamingResponse

from app.domain.errors import Busy, Refusal
from app.domain.permissions import Act
from app.services.keep_list import drop_list
from app.services.plan_welcome import WelcomePlan, plan_welcome_of_import
from app.services.show_import import ListShown, error_file, list_imports, show_import
from app.services.stage_list import ContactFile, begin_list, judge_list
from app.services.undo_import import undo_import
from app.services.welcome_people import Host, welcome_people
from app.web.door import Visit, go, visits
from app.web.office import _beside, import_draft
from app.web.told import Id

router = APIRouter(include_in_schema=False)

PLACE = "/office/imports"
WORKED_ON = frozenset({"reading", "keeping", "undoing"})
LOOK_EVERY_S = 1.0
LONGEST_LOOKS = 600
"""A page that stands open asks anew after ten minutes, so that none is served for ever."""

Looker = Annotated[Visit, Depends(visits(Act.LOOK))]
Importer = Annotated[Visit, Depends(visits(Act.IMPORT))]
Bringer = Annotated[Visit, Depends(visits(Act.IMPORT, takes_file=True))]


@router.get(PLACE)
async def imports(visit: Looker) -> Response:
    """Choose a file; below it the lists that came before."""
    return await _lists(visit)


async def _lists(visit: Visit, fault: Refusal | None = None) -> Response:
    lists = await list_imports(visit.runtime.database, visit.network.id)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK
    return visit.render("imports.html", status=status, lists=lists, fault=fault)


@router.post(PLACE)
async def bring(visit: Bringer) -> Response:
    """Read the file that was chosen."""
    upload = visit.upload
    if upload is None or not upload.content:
        fault = Refusal(
            "no_file", "No file was chosen, or it is empty. Choose the list, then press the button."
        )
        return await _lists(visit, fault)
    file = ContactFile(
        content=upload.content,
        name=upload.name,
        by=visit.officer.name,
        network=visit.network.slug,
    )
    database = visit.runtime.database
    try:
        begun = await begin_list(database, file, now=visit.now)
        await _beside.begin(begun.batch_id, judge_list(database, begun, now=visit.now))
    except Refusal as fault:
        return await _lists(visit, fault)
    return go(_at(begun.batch_id))


@router.get(PLACE + "/{batch_id}")
async def one(batch_id: Id, visit: Importer) -> Response:
    """One list: how far it is, what has to be decided, or what came of it."""
    shown = await _shown(visit, batch_id)
    if shown.state == "draft":
        return await import_draft.page(visit, batch_id, fault=_fault(batch_id))
    if shown.state in WORKED_ON:
        return visit.render("import_progress.html", list=shown, fault=_fault(batch_id))
    return await _done(visit, shown, _fault(batch_id))


async def _done(visit: Visit, shown: ListShown, fault: Refusal | None = None) -> Response:
    """What came of a list, and the welcome of those whom it brought."""
    plan, _ = await _welcome(visit, shown.id)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK
    return visit.render("import_done.html", status=status, list=shown, fault=fault, welcome=plan)


async def _welcome(visit: Visit, batch_id: int) -> tuple[WelcomePlan, tuple[int, ...]]:
    return await plan_welcome_of_import(
        visit.runtime.database,
        visit.network.id,
        batch_id,
        catalogue=visit.runtime.desk.catalogue,
    )


async def _shown(visit: Visit, batch_id: int) -> ListShown:
    return await show_import(visit.runtime.database, visit.network.id, batch_id)


def _fault(batch_id: int) -> Refusal | None:
    fault = _beside.fault_of(batch_id)
    if isinstance(fault, Busy):
        return Refusal("busy", "The database is busy: nothing was stored. Try again in a minute.")
    return fault


@router.get(PLACE + "/{batch_id}/events")
async def events(batch_id: Id, visit: Importer) -> Response:
    """How far it is, each time that it got on (server-sent events)."""
    await _shown(visit, batch_id)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    moves = _moves(visit, batch_id)
    return StreamingResponse(moves, media_type="text/event-stream", headers=headers)


async def _moves(visit: Visit, batch_id: int) -> AsyncIterator[str]:
    before = None
    for _ in range(LONGEST_LOOKS):
        shown = await _shown(visit, batch_id)
        if shown.state not in WORKED_ON or _beside.fault_of(batch_id):
            yield "event: turn\ndata: \n\n"
            return
        if visit.request.app.state.is_ending:
            yield "event: end\ndata: \n\n"
            return
        if shown != before:
            parts = visit.fragment("import_progress_parts.html", list=shown)
            yield "".join(f"data: {line}\n" for line in parts.splitlines()) + "\n"
        before = shown
        await asyncio.sleep(LOOK_EVERY_S)
        if await visit.request.is_disconnected():
            return


@router.get(PLACE + "/{batch_id}/held")
async def held(batch_id: Id, visit: Importer) -> Response:
    """The rows that need somebody as a file, to correct and bring back."""
    shown = await _shown(visit, batch_id)
    content = await error_file(visit.runtime.database, visit.network.id, batch_id)
    named = f'attachment; filename="rows-to-correct-{shown.id}.csv"'
    headers = {"Content-Disposition": named, "Cache-Control": "no-store"}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


@router.post(PLACE + "/{batch_id}/drop")
async def drop(batch_id: Id, visit: Importer) -> Response:
    """Throw a list away that was not kept."""
    await drop_list(visit.runtime.database, visit.network.id, batch_id)
    return go(PLACE)


@router.post(PLACE + "/{batch_id}/welcome")
async def welcome(batch_id: Id, visit: Importer) -> Response:
    """Welcome the people of a list by text: those who agreed and were never texted."""
    shown = await _shown(visit, batch_id)
    if shown.state != "done":
        raise Refusal("not_kept", "Only people of a list that is kept can be welcomed.")
    _, ids = await _welcome(visit, batch_id)
    try:
        done = await welcome_people(
            visit.runtime.database,
            visit.network.id,
            catalogue=visit.runtime.desk.catalogue,
            by=Host(visit.officer.name, visit.officer.id),
            now=visit.now,
            only=ids,
        )
    except Refusal as fault:
        return await _done(visit, shown, fault)
    visit.runtime.dispatcher.wake()
    return go(f"/office/broadcasts/{done.broadcast_id}" if done.broadcast_id else _at(batch_id))


def _at(batch_id: int) -> str:
    return f"{PLACE}/{batch_id}"


@router.post(PLACE + "/{batch_id}/undo")
async def undo(batch_id: Id, visit: Importer) -> Response:
    """Take the newest list back: the directory becomes what it was."""
    await _shown(visit, batch_id)
    work = undo_import(
        visit.runtime.database, visit.network.id, batch_id, by=visit.officer.name, now=visit.now
    )
    await _beside.begin(batch_id, work)
    return go(_at(batch_id))


router.include_router(import_draft.router)
