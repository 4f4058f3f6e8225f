"""Bodies and posts: seats, terms, vacancies, handing over."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from app.domain.errors import Refusal
from app.domain.institution import CABINET
from app.services.change_body import (
    BodyChange,
    BodyFacts,
    add_body,
    change_body,
    remove_body,
)
from app.services.report_bodies import BodyReport, report_bodies, report_body
from app.web.door import Visit, go
from app.web.office import _post_changes, body_groups
from app.web.office._body_page import body_page, body_report
from app.web.office._post_doors import (
    BODIES,
    Editor,
    Looker,
    day_in,
    number_in,
    shown_days,
)

router = APIRouter(include_in_schema=False)
router.include_router(_post_changes.router)
router.include_router(body_groups.router)

NUMBERS = ("seats", "seats_per_lso", "term_months", "women_percent")
FIELD_OF = {
    "body_code": "code",
    "body_there": "code",
    "name_empty": "name",
    "name_too_long": "name",
    "seats": "seats",
    "term": "term_months",
    "women_percent": "women_percent",
    "date": "ends_on",
}
"""The field of the form that a Refusal is about, by its code."""


@router.get(BODIES)
async def bodies(visit: Looker) -> Response:
    """Show all bodies in numbers, the cabinet, terms that end, empty seats, who leads twice."""
    database, today = visit.runtime.database, visit.today
    report = await report_bodies(database, visit.network.id, today=today)
    executive = await report_body(database, visit.network.id, "EC", today=today)
    return visit.render(
        "bodies.html",
        report=report,
        cabinet=[line for line in executive.lines if line.post in CABINET],
        vacant=sum(one.vacant for one in report.bodies),
        **shown_days(visit),
    )


@router.get(BODIES + "/new")
async def blank(visit: Editor) -> Response:
    """Show the form for a new committee."""
    return _form(visit, {"term_months": "24"})


@router.post(BODIES + "/new")
async def add(visit: Editor) -> Response:
    """Add a committee, or show the form again with what is wrong."""
    try:
        facts = BodyFacts(code=visit.fields.get("code", ""), **_told(visit))
        code = await add_body(
            visit.runtime.database, visit.network.id, facts, by=visit.officer.name, now=visit.now
        )
    except Refusal as error:
        return _form(visit, visit.fields, fault=error)
    return go(f"{BODIES}/{code}")


@router.get(BODIES + "/{code}")
async def show(code: str, visit: Looker) -> Response:
    """Show one body with its seats."""
    return await body_page(visit, code)


@router.get(BODIES + "/{code}/change")
async def changing(code: str, visit: Editor) -> Response:
    """Show the form with what is known of a body."""
    body = await body_report(visit, code)
    facts = body.figures
    fields = {name: str(value) for name, value in asdict(facts).items() if value}
    fields["ends_on"] = facts.ends_on.isoformat() if facts.ends_on else ""
    fields["seats"] = "" if facts.seats_per_lso else fields.get("seats", "")
    return _form(visit, fields, body=body)


@router.post(BODIES + "/{code}/change")
async def change(code: str, visit: Editor) -> Response:
    """Change a body, or show the form again with what is wrong."""
    body = await body_report(visit, code)
    try:
        told = BodyChange(body.figures.code, _told(visit))
        await change_body(
            visit.runtime.database, visit.network.id, told, by=visit.officer.name, now=visit.now
        )
    except Refusal as error:
        return _form(visit, visit.fields, body=body, fault=error)
    return go(f"{BODIES}/{body.figures.code}")


@router.post(BODIES + "/{code}/removal")
async def removal(code: str, visit: Editor) -> Response:
    """Take away a committee in which nobody sits."""
    try:
        await remove_body(
            visit.runtime.database, visit.network.id, code, by=visit.officer.name, now=visit.now
        )
    except Refusal as error:
        if error.code == "not_found":
            raise
        return await body_page(visit, code, error)
    return go(BODIES)


def _told(visit: Visit) -> dict[str, Any]:
    """The facts of the form; raises Refusal for a number or a day that is none."""
    fields = visit.fields
    return {
        "name": fields.get("name", ""),
        "local_name": fields.get("local_name", ""),
        "ends_on": day_in(visit, "ends_on"),
        **{name: number_in(fields.get(name, "")) for name in NUMBERS if name in fields},
    }


def _form(
    visit: Visit,
    fields: object,
    *,
    body: BodyReport | None = None,
    fault: Refusal | None = None,
) -> Response:
    return visit.render(
        "body_form.html",
        status=422 if fault else 200,
        fields=fields,
        figures=body.figures if body else None,
        fault=fault.said(visit.speech.say) if fault else "",
        fault_field=FIELD_OF.get(fault.code, "") if fault else "",
    )
