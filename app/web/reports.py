"""What the register adds up to, over the API: the month for the RSP, the accountability clock."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field
from starlette.responses import Response

from app.domain.permissions import Act
from app.services.export_month import export_month
from app.services.report_month import MonthReport, report_month
from app.services.show_clock import Span, show_clock
from app.web.lists import as_file
from app.web.runtime import runtime_of
from app.web.told import Told
from app.web.who import Officer, allowed, asked_network

router = APIRouter(prefix="/api/v1", tags=["reports"])

Looker = Annotated[Officer, Depends(allowed(Act.LOOK))]


class MonthQuery(Told):
    """Which month, as 2026-10; none means this one."""

    month: str = Field(default="", max_length=20)
    network: str = Field(default="", max_length=40)


class FileQuery(MonthQuery):
    """As what kind of file."""

    format: str = Field(default="xlsx", max_length=20)


class ClockQuery(Told):
    """The meetings between which days."""

    since: date | None = None
    until: date | None = None
    network: str = Field(default="", max_length=40)


async def _network_id(request: Request, who: Officer, asked: str) -> int:
    return (await asked_network(request, who, asked)).id


@router.get("/reports/month")
async def month(
    query: Annotated[MonthQuery, Query()], request: Request, who: Looker
) -> dict[str, Any]:
    """The figures of a month: meetings, decisions, resolutions, messages and their cost."""
    runtime = runtime_of(request)
    network_id = await _network_id(request, who, query.network)
    return told(await report_month(runtime.database, network_id, query.month, now=runtime.clock()))


@router.get("/reports/month/file")
async def month_file(
    query: Annotated[FileQuery, Query()], request: Request, who: Looker
) -> Response:
    """The same as a file: xlsx or csv."""
    runtime = runtime_of(request)
    network_id = await _network_id(request, who, query.network)
    return as_file(
        await export_month(
            runtime.database, network_id, query.month, form=query.format, now=runtime.clock()
        )
    )


@router.get("/reports/clock")
async def clock(
    query: Annotated[ClockQuery, Query()], request: Request, who: Looker
) -> dict[str, Any]:
    """Days from each meeting to its minutes, by body; how long until each LSO was told."""
    runtime = runtime_of(request)
    network_id = await _network_id(request, who, query.network)
    span = Span(query.since, query.until)
    return asdict(await show_clock(runtime.database, network_id, span, now=runtime.clock()))


def told(report: MonthReport) -> dict[str, Any]:
    """The report as the API tells it, with its sums."""
    sums = {name: getattr(report, name) for name in ("held", "present", "women", "men", "sent")}
    return {**asdict(report), "sums": {**sums, "costs": report.costs}}
