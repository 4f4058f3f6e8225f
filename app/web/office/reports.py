"""What the register adds up to: the month for the RSP, the accountability clock."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.domain.errors import Refusal
from app.domain.permissions import Act
from app.services.export_month import export_month
from app.services.report_month import report_month
from app.services.show_clock import show_clock
from app.web.door import Visit, visits
from app.web.lists import as_file
from app.web.office.today import noon

router = APIRouter(include_in_schema=False)

PLACE = "/office/reports"
Looker = Annotated[Visit, Depends(visits(Act.LOOK))]


@router.get(PLACE)
async def reports(visit: Looker) -> Response:
    """Show a month (`month=2026-10`; this one without), and the clock of the last year."""
    asked = visit.request.query_params.get("month", "")
    database, network_id = visit.runtime.database, visit.network.id
    fault = None
    try:
        report = await report_month(database, network_id, asked, now=visit.now)
    except Refusal as refused:
        fault = refused
        report = await report_month(database, network_id, "", now=visit.now)
    return visit.render(
        "reports.html",
        status=422 if fault else 200,
        fault=fault,
        asked=asked if fault else report.month,
        report=report,
        before=f"{report.first - timedelta(days=1):%Y-%m}",
        after=f"{report.last + timedelta(days=1):%Y-%m}" if report.is_over else "",
        clock=await show_clock(database, network_id, now=visit.now),
        place=PLACE,
        noon=lambda day: _noon(visit, day),
    )


@router.get(PLACE + "/month")
async def month(visit: Looker) -> Response:
    """The month as a spreadsheet."""
    asked = visit.request.query_params.get("month", "")
    return as_file(
        await export_month(
            visit.runtime.database, visit.network.id, asked, form="xlsx", now=visit.now
        )
    )


def _noon(visit: Visit, day: date) -> object:
    return noon(day, visit.speech.zone)
