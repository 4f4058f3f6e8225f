"""The page of one body: its seats, its terms, its group in the messenger."""

from starlette.responses import Response

from app.domain.errors import Refusal
from app.services.change_body import ALWAYS_THERE
from app.services.link_chat import body_groups
from app.services.report_bodies import BodyReport, report_body
from app.services.show_attendance import attendance_of_body
from app.web.door import Visit
from app.web.office._post_doors import shown_days


async def body_report(visit: Visit, code: str) -> BodyReport:
    """The body; raises Refusal when there is none of that code."""
    return await report_body(visit.runtime.database, visit.network.id, code, today=visit.today)


async def body_page(
    visit: Visit, code: str, fault: Refusal | None = None, *, group_code: str = ""
) -> Response:
    """Show it; `group_code` has just been made for its group and is shown this once."""
    body = await body_report(visit, code)
    database = visit.runtime.database
    return visit.render(
        "body.html",
        status=422 if fault else 200,
        body=body,
        figures=body.figures,
        may_go=body.figures.code not in ALWAYS_THERE,
        fault=fault.said(visit.speech.say) if fault else "",
        groups=await body_groups(database, visit.network.id, body.figures.code),
        group_code=group_code,
        history=await attendance_of_body(
            database, visit.network.id, body.figures.code, now=visit.now
        ),
        **shown_days(visit),
    )
