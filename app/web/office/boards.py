"""Notice boards: which there are, what hangs where until when, packs to print."""

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.domain.errors import Refusal
from app.domain.permissions import Act
from app.printing.render import Printed
from app.services.hang_sheet import KINDS, hang_sheet, prove_hanging, take_down
from app.services.keep_board import MOST_BOARDS, add_board, change_board, close_board
from app.services.print_board_sheet import print_board_sheet
from app.services.print_pack import print_pack
from app.services.print_sheet import order_of
from app.services.show_boards import BoardLine, Boards, show_boards
from app.services.show_register import list_meetings
from app.web.door import Visit, go, visits
from app.web.office._board_forms import FIELD_OF, as_typed, board_in, sheet_in
from app.web.office._post_doors import id_in, shown_days
from app.web.told import Id

router = APIRouter(include_in_schema=False)

PLACE = "/office/boards"
MEETINGS_SHOWN = 12

Looker = Annotated[Visit, Depends(visits(Act.LOOK))]
Planner = Annotated[Visit, Depends(visits(Act.PLAN))]
Hanger = Annotated[Visit, Depends(visits(Act.PLAN, most_fields=MOST_BOARDS + 50))]
Editor = Annotated[Visit, Depends(visits(Act.EDIT))]


@router.get(PLACE)
async def boards(visit: Looker) -> Response:
    """Show what must come down, what is not proved, every board, and what to print."""
    return await _page(visit)


@router.get(PLACE + "/new")
async def blank(visit: Editor) -> Response:
    """Show the form for a new board."""
    return await _board_form(visit, {})


@router.post(PLACE + "/new")
async def add(visit: Editor) -> Response:
    """Write down a new board, or show the form again with what is wrong."""
    try:
        facts = await board_in(visit)
        made = await add_board(
            visit.runtime.database, visit.network.id, facts, by=visit.officer.name, now=visit.now
        )
    except Refusal as fault:
        return await _board_form(visit, visit.fields, fault=fault)
    return go(f"{PLACE}/{made.id}")


@router.get(PLACE + "/hang")
async def hanging(visit: Planner) -> Response:
    """Show the form for a sheet that is to be hung."""
    return await _sheet_form(visit, {})


@router.post(PLACE + "/hang")
async def hang(visit: Hanger) -> Response:
    """Give a sheet its number and its boards, or show the form again with what is wrong."""
    try:
        new = sheet_in(visit)
        await hang_sheet(
            visit.runtime.database, visit.network.id, new, by=visit.officer.name, now=visit.now
        )
    except Refusal as fault:
        return await _sheet_form(visit, visit.fields, fault)
    return go(f"{PLACE}?done=hung")


@router.post(PLACE + "/hanging/{hanging_id}")
async def seen(hanging_id: Id, visit: Planner) -> Response:
    """Write down that a sheet was seen on a board, or that it is off."""
    do = {"prove": prove_hanging, "down": take_down}.get(visit.fields.get("do", ""))
    if do is None:
        raise Refusal("do", "It is not clear what to do. Press one of the buttons.")
    by, now = visit.officer.name, visit.now
    await do(visit.runtime.database, visit.network.id, hanging_id, by=by, now=now)
    board_id = id_in(visit.fields.get("board", ""))
    return go(f"{PLACE}{f'/{board_id}' if board_id else ''}?done={visit.fields['do']}")


@router.get(PLACE + "/sheets/{no}")
async def sheet(no: Id, visit: Looker) -> Response:
    """A sheet as it is printed."""
    query = visit.request.query_params
    order = order_of("pdf", query.get("language", visit.speech.tag), query.get("paper", "a4"))
    runtime = visit.runtime
    words = runtime.desk.catalogue
    return as_paper(
        await print_board_sheet(runtime.database, visit.network.id, no, order, catalogue=words)
    )


@router.get(PLACE + "/pack/{unit}")
async def pack(unit: str, visit: Looker) -> Response:
    """All that goes to one unit, in one file; `network` for the boards of no unit."""
    order = order_of("pdf", visit.request.query_params.get("language", visit.speech.tag))
    is_unit = unit.isascii() and unit.isdigit() and len(unit) < 19
    if not is_unit and unit != "network":
        raise Refusal("not_found", "Nothing waits to be hung there. See the list of packs.")
    wanted = int(unit) if is_unit else None
    runtime = visit.runtime
    return as_paper(
        await print_pack(
            runtime.database,
            visit.network.id,
            wanted,
            order,
            catalogue=runtime.desk.catalogue,
            today=visit.today,
        )
    )


@router.get(PLACE + "/{board_id}")
async def board(board_id: Id, visit: Looker) -> Response:
    """Show one board with what hangs there."""
    return visit.render(
        "board.html",
        board=await _line(visit, board_id),
        done=visit.request.query_params.get("done", ""),
        **shown_days(visit),
    )


@router.get(PLACE + "/{board_id}/change")
async def changing(board_id: Id, visit: Editor) -> Response:
    """Show the form with what is known of a board."""
    line = await _line(visit, board_id)
    return await _board_form(visit, as_typed(line), line=line)


@router.post(PLACE + "/{board_id}/change")
async def change(board_id: Id, visit: Editor) -> Response:
    """Change a board, or write down that it is gone."""
    line = await _line(visit, board_id)
    database, network_id = visit.runtime.database, visit.network.id
    by, now = visit.officer.name, visit.now
    if visit.fields.get("do") == "close":
        await close_board(database, network_id, board_id, by=by, now=now)
        return go(f"{PLACE}?done=closed")
    try:
        facts = await board_in(visit)
        await change_board(database, network_id, board_id, facts, by=by, now=now)
    except Refusal as fault:
        return await _board_form(visit, visit.fields, line=line, fault=fault)
    return go(f"{PLACE}/{board_id}?done=changed")


def as_paper(printed: Printed) -> Response:
    """A file to print; its name is in any letters (RFC 6266)."""
    kind = "inline" if printed.media_type == "application/pdf" else "attachment"
    named = f"{kind}; filename*=UTF-8''{quote(printed.name, safe='')}"
    headers = {"Content-Disposition": named, "Cache-Control": "no-store"}
    return Response(printed.content, media_type=printed.media_type, headers=headers)


async def _found(visit: Visit) -> Boards:
    return await show_boards(visit.runtime.database, visit.network.id, today=visit.today)


async def _line(visit: Visit, board_id: int) -> BoardLine:
    found = await _found(visit)
    line = next((one for one in found.boards if one.id == board_id), None)
    if line is None:
        raise Refusal("not_found", "There is no such board here. Open it from the list.")
    return line


async def _page(visit: Visit) -> Response:
    return visit.render(
        "boards.html",
        found=await _found(visit),
        done=visit.request.query_params.get("done", ""),
        **shown_days(visit),
    )


async def _board_form(
    visit: Visit,
    fields: Mapping[str, str],
    *,
    line: BoardLine | None = None,
    fault: Refusal | None = None,
) -> Response:
    return visit.render(
        "board_form.html", status=422 if fault else 200, line=line, **_form(visit, fields, fault)
    )


async def _sheet_form(
    visit: Visit, fields: Mapping[str, str], fault: Refusal | None = None
) -> Response:
    database, network_id = visit.runtime.database, visit.network.id
    meetings = await list_meetings(database, network_id, public=False, limit=MEETINGS_SHOWN)
    return visit.render(
        "sheet_form.html",
        status=422 if fault else 200,
        boards=(await _found(visit)).boards,
        meetings=meetings.lines,
        kinds=KINDS,
        **_form(visit, fields, fault),
        **shown_days(visit),
    )


def _form(visit: Visit, fields: Mapping[str, str], fault: Refusal | None) -> dict[str, Any]:
    """What each form needs: what was typed, and what is wrong with which field."""
    said = fault.said(visit.speech.say) if fault else ""
    return {"fields": fields, "said": said, "at": FIELD_OF.get(fault.code, "") if fault else ""}
