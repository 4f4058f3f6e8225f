"""Lists of contacts over the API: bringing in, looking, the rows that need a person, undoing."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field
from starlette.responses import Response, StreamingResponse

from app.domain.errors import Refusal
from app.domain.permissions import Act
from app.services.import_contacts import ContactFile, Imported, import_contacts
from app.services.list_errors import list_errors
from app.services.show_import import ListShown, list_imports, show_import, show_rows
from app.services.undo_import import undo_import
from app.web.runtime import runtime_of
from app.web.told import Id, Told
from app.web.who import Officer, allowed, asked_network, network_of

router = APIRouter(prefix="/api/v1", tags=["imports"])

ROWS_AT_ONCE = 500


class ImportQuery(Told):
    """How a list of contacts comes in; `columns` is `phone=Mobile No,name=Member`."""

    name: str = Field(max_length=200)
    basis: str = Field(default="", max_length=200)
    dry_run: bool = False
    network: str = Field(default="", max_length=40)
    sheet: str = Field(default="", max_length=80)
    make_units: bool = False
    columns: str = Field(default="", max_length=2000)


class RowsQuery(Told):
    """Which rows of a list."""

    network: str = Field(default="", max_length=40)
    verdict: str = Field(default="", max_length=8)
    after: int = Field(default=0, ge=0, le=10_000_000)
    limit: int = Field(default=100, ge=1, le=ROWS_AT_ONCE)


Importer = Annotated[Officer, Depends(allowed(Act.IMPORT))]
Looker = Annotated[Officer, Depends(allowed(Act.LOOK))]
OfNetwork = Annotated[str, Query(max_length=40)]


@router.post("/imports", status_code=201)
async def imports(
    query: Annotated[ImportQuery, Query()], request: Request, who: Importer
) -> Response:
    """Bring in a list of contacts; the file is the body of the request."""
    runtime = runtime_of(request)
    file = ContactFile(
        content=await request.body(),
        name=query.name,
        by=who.name,
        basis=query.basis,
        network=await network_of(runtime.database, who, query.network),
        is_dry_run=query.dry_run,
        sheet=query.sheet,
        columns=said_columns(query.columns),
        makes_units=query.make_units,
    )
    imported = await import_contacts(runtime.database, file, now=runtime.clock())
    return StreamingResponse(_pieces(imported), status_code=201, media_type="application/json")


def said_columns(words: str) -> dict[str, str]:
    """`phone=Mobile No,name=Member` as our names with their headings; raises Refusal."""
    found = {}
    for one in filter(None, (part.strip() for part in words.split(","))):
        name, is_there, heading = one.partition("=")
        if not is_there or not heading.strip():
            raise Refusal("columns", "Write columns as phone=Mobile No,name=Member.")
        found[name.strip()] = heading.strip()
    return found


def _pieces(imported: Imported) -> Iterator[str]:
    """The answer piece by piece: a hundred thousand rows are never held twice."""
    told = {
        "id": imported.id,
        "totals": dict(imported.totals),
        "columns": dict(imported.columns),
        "sheet": imported.sheet,
        "notes": [str(note) for note in imported.notes],
    }
    yield json.dumps(told)[:-1] + ', "rows": ['
    for at in range(0, len(imported.verdicts), ROWS_AT_ONCE):
        some = imported.verdicts[at : at + ROWS_AT_ONCE]
        rows = (
            json.dumps(
                {"row": one.row, "verdict": one.verdict, "reason": one.reason, "cure": one.cure}
            )
            for one in some
        )
        yield ("," if at else "") + ",".join(rows)
    yield "]}"


@router.get("/imports")
async def every_import(request: Request, who: Looker, network: OfNetwork = "") -> dict[str, Any]:
    """The lists that were brought in, newest first; `rows` and `done` say how far one is."""
    network_id = await _network(request, who, network)
    lists = await list_imports(runtime_of(request).database, network_id)
    return {"imports": [_told(one) for one in lists]}


@router.get("/imports/{batch_id}")
async def one_import(
    batch_id: Id, request: Request, who: Looker, network: OfNetwork = ""
) -> dict[str, Any]:
    """One list."""
    network_id = await _network(request, who, network)
    return _told(await show_import(runtime_of(request).database, network_id, batch_id))


@router.get("/imports/{batch_id}/rows")
async def rows_of(
    batch_id: Id, query: Annotated[RowsQuery, Query()], request: Request, who: Importer
) -> dict[str, Any]:
    """Rows of a list with their verdicts; `next` is where the next page begins."""
    network_id = await _network(request, who, query.network)
    rows = await show_rows(
        runtime_of(request).database,
        network_id,
        batch_id,
        verdict=query.verdict,
        after=query.after,
        limit=query.limit,
    )
    told = [
        {
            "row": row.line,
            "verdict": row.verdict,
            "reason": row.reason,
            "cure": row.cure,
            "cells": dict(row.cells),
            "decision": row.decision,
            "choices": list(row.choices),
            "person_id": row.person_id,
        }
        for row in rows
    ]
    return {"rows": told, "next": rows[-1].line if len(rows) == query.limit else None}


@router.get("/imports/{batch_id}/errors.csv")
async def errors(
    batch_id: Id, request: Request, who: Importer, network: OfNetwork = ""
) -> Response:
    """The rows that need a person, to correct and bring back."""
    network_id = await _network(request, who, network)
    content = await list_errors(runtime_of(request).database, network_id, batch_id)
    named = {"Content-Disposition": f'attachment; filename="errors-{batch_id}.csv"'}
    return Response(content, media_type="text/csv; charset=utf-8", headers=named)


@router.post("/imports/{batch_id}/undo")
async def undo(
    batch_id: Id, request: Request, who: Importer, network: OfNetwork = ""
) -> dict[str, Any]:
    """Take back the newest list that was kept; what was used since stays and is counted."""
    runtime = runtime_of(request)
    network_id = await _network(request, who, network)
    done = await undo_import(
        runtime.database, network_id, batch_id, by=who.name, now=runtime.clock()
    )
    return {"id": batch_id, "removed": dict(done.removed), "stayed": dict(done.stayed)}


async def _network(request: Request, who: Officer, asked: str) -> int:
    return (await asked_network(request, who, asked)).id


def _told(one: ListShown) -> dict[str, Any]:
    told = asdict(one)
    told["at"] = one.at.isoformat()
    told["undone_at"] = one.undone_at.isoformat() if one.undone_at else None
    return told
