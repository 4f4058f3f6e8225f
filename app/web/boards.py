"""Notice boards over the API: which there are and what hangs where."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field
from starlette.responses import Response

from app.domain.permissions import Act
from app.services.hang_sheet import NewSheet, hang_sheet, hang_too, prove_hanging, take_down
from app.services.keep_board import MOST_BOARDS, BoardFacts, add_board, change_board, close_board
from app.services.pick_unit import pick_unit
from app.services.print_pack import print_pack
from app.services.print_sheet import order_of
from app.services.show_boards import show_boards
from app.store.networks import NetworkInfo
from app.web.runtime import Runtime, runtime_of
from app.web.told import Id, NetworkIn, SomeId
from app.web.who import Officer, allowed, asked_network

router = APIRouter(prefix="/api/v1", tags=["boards"])

Words = Annotated[str, Field(max_length=500)]
Tag = Annotated[str, Field(max_length=20)]
Looker = Annotated[Officer, Depends(allowed(Act.LOOK))]
Planner = Annotated[Officer, Depends(allowed(Act.PLAN))]
Editor = Annotated[Officer, Depends(allowed(Act.EDIT))]


class PackQuery(NetworkIn):
    """Whose pack, and in which language it is printed."""

    unit_id: SomeId | None = None
    language: Tag = "ur"


class BoardIn(NetworkIn):
    """A board; its unit by its id, or as people call it."""

    place: Words
    unit_id: SomeId | None = None
    unit: Words = ""
    keeper_id: SomeId | None = None


class SheetIn(NetworkIn):
    """A sheet to be hung; without `board_ids` it is for every board."""

    kind: Annotated[str, Field(max_length=20)] = "notice"
    titles: dict[Tag, Words] = Field(max_length=20)
    valid_until: date | None = None
    language: Tag = ""
    ref: SomeId | None = None
    meeting_id: SomeId | None = None
    newsletter_no: SomeId | None = None
    board_ids: list[SomeId] = Field(default_factory=list, max_length=MOST_BOARDS)


class BoardsIn(NetworkIn):
    """More boards for a sheet."""

    board_ids: list[SomeId] = Field(min_length=1, max_length=MOST_BOARDS)


@router.get("/boards")
async def boards(
    query: Annotated[NetworkIn, Query()], request: Request, who: Looker
) -> dict[str, Any]:
    """Every board with what hangs there; what is not proved, must come down, waits in packs."""
    runtime, network = await _at(request, who, query.network)
    today = network.day_at(runtime.clock())
    return asdict(await show_boards(runtime.database, network.id, today=today))


@router.get("/boards/pack")
async def pack(query: Annotated[PackQuery, Query()], request: Request, who: Looker) -> Response:
    """All that goes to one unit in one file: a PDF of each sheet, and how many copies."""
    runtime, network = await _at(request, who, query.network)
    today = network.day_at(runtime.clock())
    order = order_of("pdf", query.language)
    made = await print_pack(
        runtime.database,
        network.id,
        query.unit_id,
        order,
        catalogue=runtime.desk.catalogue,
        today=today,
    )
    headers = {"Content-Disposition": f'attachment; filename="{made.name}"'}
    return Response(made.content, media_type=made.media_type, headers=headers)


@router.post("/boards")
async def add(body: BoardIn, request: Request, who: Editor) -> dict[str, Any]:
    """Write down a board; gives the number that is painted on it."""
    runtime, network = await _at(request, who, body.network)
    facts = await _facts(runtime, network, body)
    made = await add_board(runtime.database, network.id, facts, by=who.name, now=runtime.clock())
    return asdict(made)


@router.post("/boards/{board_id}")
async def change(board_id: Id, body: BoardIn, request: Request, who: Editor) -> dict[str, Any]:
    """Let a board be as the body says."""
    runtime, network = await _at(request, who, body.network)
    facts = await _facts(runtime, network, body)
    made = await change_board(
        runtime.database, network.id, board_id, facts, by=who.name, now=runtime.clock()
    )
    return asdict(made)


@router.post("/boards/{board_id}/removal")
async def close(board_id: Id, body: NetworkIn, request: Request, who: Editor) -> dict[str, Any]:
    """Write down that a board is gone, and with it what hung there."""
    runtime, network = await _at(request, who, body.network)
    await close_board(runtime.database, network.id, board_id, by=who.name, now=runtime.clock())
    return {"id": board_id}


@router.post("/sheets")
async def hang(body: SheetIn, request: Request, who: Planner) -> dict[str, Any]:
    """Give a sheet its number and its boards."""
    runtime, network = await _at(request, who, body.network)
    new = NewSheet(
        body.kind,
        body.titles,
        body.valid_until,
        body.language,
        body.ref,
        body.meeting_id,
        body.newsletter_no,
        tuple(body.board_ids),
    )
    made = await hang_sheet(runtime.database, network.id, new, by=who.name, now=runtime.clock())
    return asdict(made)


@router.post("/sheets/{sheet_id}/boards")
async def hang_more(sheet_id: Id, body: BoardsIn, request: Request, who: Planner) -> dict[str, Any]:
    """Let a sheet be for these boards too; gives for how many that is news."""
    runtime, network = await _at(request, who, body.network)
    count = await hang_too(
        runtime.database, network.id, sheet_id, body.board_ids, by=who.name, now=runtime.clock()
    )
    return {"id": sheet_id, "boards": count}


@router.post("/hangings/{hanging_id}/proof")
async def prove(hanging_id: Id, body: NetworkIn, request: Request, who: Planner) -> dict[str, Any]:
    """Write down that a sheet was seen on a board."""
    runtime, network = await _at(request, who, body.network)
    await prove_hanging(runtime.database, network.id, hanging_id, by=who.name, now=runtime.clock())
    return {"id": hanging_id}


@router.post("/hangings/{hanging_id}/removal")
async def down(hanging_id: Id, body: NetworkIn, request: Request, who: Planner) -> dict[str, Any]:
    """Write down that a sheet is off a board."""
    runtime, network = await _at(request, who, body.network)
    await take_down(runtime.database, network.id, hanging_id, by=who.name, now=runtime.clock())
    return {"id": hanging_id}


async def _at(request: Request, who: Officer, asked: str) -> tuple[Runtime, NetworkInfo]:
    return runtime_of(request), await asked_network(request, who, asked)


async def _facts(runtime: Runtime, network: NetworkInfo, body: BoardIn) -> BoardFacts:
    unit_id = body.unit_id
    if body.unit.strip():
        unit_id = await pick_unit(runtime.database, network.id, body.unit)
    return BoardFacts(body.place, unit_id, body.keeper_id)
