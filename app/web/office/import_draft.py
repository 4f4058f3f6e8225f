"""A list before it is kept: what its columns are, the rows that need somebody, and keeping it."""

import re
from collections.abc import Awaitable, Mapping
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.domain.contact_headings import columns as columns_known
from app.domain.errors import Refusal
from app.domain.msisdn import read_number
from app.domain.permissions import Act
from app.domain.storable import LARGEST_ID
from app.services.correct_list import change_columns, change_units_allowed, correct_row, decide_row
from app.services.keep_list import Keeping, begin_keeping, complete_keeping
from app.services.show_import import RowShown, show_draft, show_import, show_rows
from app.web.door import Visit, go, visits
from app.web.office import _beside
from app.web.told import Id

router = APIRouter(include_in_schema=False)

PLACE = "/office/imports/{batch_id}"
UNITS = ("unit", "co", "vo", "lso")
"""The columns that name a unit, the lowest first."""
CELLS = (
    *("name", "local_name", "phone", "phone2", *UNITS, "sex", "body", "post", "starts", "ends"),
    *("blood", "last_donation", "language"),
)
"""What can be typed again in a row that is held."""
BASES = (
    "They signed the register of the VO meeting",
    "Paper form",
    "They sent JOIN",
)
MOST_LETTERS = 200
_place = re.compile(r"column-([0-9]{1,3})").fullmatch
_cell = re.compile(r"(cell|decision)-([0-9]{1,9})(?:-([a-z_]{1,20}))?").fullmatch

Importer = Annotated[Visit, Depends(visits(Act.IMPORT))]
Corrector = Annotated[Visit, Depends(visits(Act.IMPORT, most_fields=1_000))]


async def page(visit: Visit, batch_id: int, fault: Refusal | None = None) -> Response:
    """The draft with the pages of its rows that the address asks for."""
    asked = visit.request.query_params
    after, held_after = _line(asked.get("after", "")), _line(asked.get("held_after", ""))
    draft = await show_draft(
        visit.runtime.database, visit.network.id, batch_id, after=after, held_after=held_after
    )
    return visit.render(
        "import.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK,
        draft=draft,
        list=draft.list,
        fault=fault,
        after=after,
        held_after=held_after,
        names=columns_known(),
        cells=CELLS,
        bases=BASES,
        wrong_of=_wrong_of,
        kept_number=_kept_number,
    )


def _wrong_of(row: RowShown) -> str:
    """The cell to type again; "" where a decision is wanted, or nobody can tell which it is."""
    if "same" in row.choices or "new" in row.choices:
        return ""
    if not row.cells.get("name") and not row.cells.get("local_name"):
        return "name"
    told = " ".join(str(one[0]) for one in row.told[0])
    if any(word in told for word in ("no unit", "units are called", "name of the unit")):
        return next((tier for tier in UNITS if row.cells.get(tier)), "")
    phone = row.cells.get("phone", "")
    return "phone" if phone and read_number(phone).msisdn is None else ""


def _kept_number(row: RowShown) -> str:
    """The number as it will be kept, in groups; "" for none."""
    msisdn = read_number(row.cells.get("phone", "")).msisdn or ""
    if not msisdn.startswith("+92"):
        return msisdn
    return f"{msisdn[:3]} {msisdn[3:6]} {msisdn[6:]}"


def _line(words: str) -> int:
    return int(words) if words.isascii() and words.isdigit() and int(words) <= LARGEST_ID else 0


@router.post(PLACE + "/columns")
async def columns(batch_id: Id, visit: Importer) -> Response:
    """Say what the columns are; all rows are judged anew."""
    found = {name: _place(name) for name in visit.fields}
    wanted = {int(at[1]): visit.fields[name] for name, at in found.items() if at}
    change = change_columns(
        visit.runtime.database, visit.network.id, batch_id, wanted, now=visit.now
    )
    return await _then(visit, batch_id, _beside.begin(batch_id, change))


@router.post(PLACE + "/units")
async def units(batch_id: Id, visit: Importer) -> Response:
    """Say whether units that are not there yet are made; all rows are judged anew."""
    change = change_units_allowed(
        visit.runtime.database,
        visit.network.id,
        batch_id,
        makes_units=visit.fields.get("makes_units") == "yes",
        now=visit.now,
    )
    return await _then(visit, batch_id, _beside.begin(batch_id, change))


@router.post(PLACE + "/rows")
async def rows(batch_id: Id, visit: Corrector) -> Response:
    """Type cells again and say what doubtful rows mean; whatever was changed is judged anew."""
    database, network_id = visit.runtime.database, visit.network.id
    held_after = _line(visit.fields.get("held_after", ""))
    found = await show_rows(database, network_id, batch_id, verdict="held", after=held_after)
    shown = {row.line: row for row in found}
    typed, decided = _typed(visit.fields)
    for line in sorted((typed.keys() | decided.keys()) & shown.keys()):
        row = shown[line]
        cells = {
            name: words
            for name, words in typed.get(line, {}).items()
            if words != row.cells.get(name, "")
        }
        if cells:
            row = await correct_row(database, network_id, batch_id, line, cells, now=visit.now)
        decision = decided.get(line, row.decision)
        if decision != row.decision and decision in ("", *row.choices):
            await decide_row(database, network_id, batch_id, line, decision, now=visit.now)
    return go(f"/office/imports/{batch_id}?held_after={held_after}#held")


def _typed(fields: Mapping[str, str]) -> tuple[dict[int, dict[str, str]], dict[int, str]]:
    """The cells and the decisions of a form, by the lines of the list."""
    typed: dict[int, dict[str, str]] = {}
    decided: dict[int, str] = {}
    for name, words in fields.items():
        place = _cell(name)
        if place is None:
            continue
        line = int(place[2])
        if place[1] == "decision":
            decided[line] = words
        elif place[3] in CELLS:
            typed.setdefault(line, {})[place[3]] = " ".join(words.split())[:MOST_LETTERS]
    return typed, decided


@router.post(PLACE + "/keep")
async def keep(batch_id: Id, visit: Importer) -> Response:
    """Take the list over; rows that still need somebody stay out."""
    own = " ".join(visit.fields.get("own_basis", "").split())
    basis = own or visit.fields.get("basis", "")
    keeping = Keeping(
        by=visit.officer.name,
        basis=basis[:MOST_LETTERS],
    )
    database, now = visit.runtime.database, visit.now
    try:
        await begin_keeping(database, visit.network.id, batch_id, keeping, now=now)
    except Refusal as fault:
        return await _again(visit, batch_id, fault)
    await _beside.begin(batch_id, complete_keeping(database, batch_id, now=now))
    visit.runtime.dispatcher.wake()
    return go(f"/office/imports/{batch_id}")


async def _then(visit: Visit, batch_id: int, work: Awaitable[None]) -> Response:
    """Do it and show the list again; what was wrong with it stands on top."""
    try:
        await work
    except Refusal as fault:
        return await _again(visit, batch_id, fault)
    return go(f"/office/imports/{batch_id}")


async def _again(visit: Visit, batch_id: int, fault: Refusal) -> Response:
    """The draft with a fault; raises the fault itself when it is no draft, or not theirs."""
    shown = await show_import(visit.runtime.database, visit.network.id, batch_id)
    if shown.state != "draft":
        raise fault
    return await page(visit, batch_id, fault)
