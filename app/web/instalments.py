"""Instalments over the API: who pays back what when, a whole list at once, what was paid."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field

from app.domain.permissions import Act
from app.services._instalment_list import Line
from app.services.keep_instalments import (
    drop_instalment,
    mark_paid,
    take_instalments,
    write_down,
)
from app.services.show_instalments import list_instalments
from app.store.networks import NetworkInfo
from app.web.runtime import Runtime, runtime_of
from app.web.told import Id, NetworkIn
from app.web.who import Officer, allowed, asked_network

router = APIRouter(prefix="/api/v1", tags=["instalments"])

Words = Annotated[str, Field(max_length=200)]
Lender = Annotated[Officer, Depends(allowed(Act.INSTALMENTS))]


class InstalmentIn(NetworkIn):
    """One instalment: a name or a number, a day as people write it, a word for what it is of."""

    who: Words
    due: Words
    label: Words


class ListIn(NetworkIn):
    """Rows of name, number, day and word, apart by commas, semicolons or tabs."""

    text: Annotated[str, Field(max_length=500_000)]


class PaidIn(NetworkIn):
    """Whether it was paid."""

    paid: bool = True


@router.get("/instalments")
async def instalments(
    query: Annotated[NetworkIn, Query()], request: Request, who: Lender
) -> dict[str, Any]:
    """What is not paid yet, and what was paid in the last month; the first due comes first."""
    runtime, network = await _at(request, who, query.network)
    today = network.day_at(runtime.clock())
    return asdict(await list_instalments(runtime.database, network.id, today=today))


@router.post("/instalments")
async def add(body: InstalmentIn, request: Request, who: Lender) -> dict[str, Any]:
    """Write one down; the same one again is the same."""
    runtime, network = await _at(request, who, body.network)
    line = Line(1, name=body.who, due=body.due, label=body.label)
    made = await write_down(runtime.database, network.id, line, by=who.name, now=runtime.clock())
    return {"id": made}


@router.post("/instalments/list")
async def take(body: ListIn, request: Request, who: Lender) -> dict[str, Any]:
    """Take a list; each row that is not taken is told with its fault."""
    runtime, network = await _at(request, who, body.network)
    taken = await take_instalments(
        runtime.database,
        network.id,
        body.text.encode(),
        "list.csv",
        by=who.name,
        now=runtime.clock(),
    )
    faults = [
        {"row": one.row, "code": one.refusal.code, "reason": str(one.refusal)}
        for one in taken.faults
    ]
    return {"added": taken.added, "same": taken.same, "faults": faults}


@router.post("/instalments/{instalment_id}/paid")
async def paid(instalment_id: Id, body: PaidIn, request: Request, who: Lender) -> dict[str, Any]:
    """Note that it was paid, or that this was a mistake."""
    runtime, network = await _at(request, who, body.network)
    await mark_paid(
        runtime.database,
        network.id,
        instalment_id,
        paid=body.paid,
        by=who.name,
        now=runtime.clock(),
    )
    return {"id": instalment_id, "paid": body.paid}


@router.post("/instalments/{instalment_id}/removal")
async def remove(
    instalment_id: Id, body: NetworkIn, request: Request, who: Lender
) -> dict[str, Any]:
    """Take out one that was written down by mistake."""
    runtime, network = await _at(request, who, body.network)
    await drop_instalment(
        runtime.database, network.id, instalment_id, by=who.name, now=runtime.clock()
    )
    return {"id": instalment_id}


async def _at(request: Request, who: Officer, asked: str) -> tuple[Runtime, NetworkInfo]:
    return runtime_of(request), await asked_network(request, who, asked)
