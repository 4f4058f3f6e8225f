"""The report of a month as a file: one sheet that a spreadsheet opens and that can be printed."""

import asyncio
from datetime import datetime

from app.domain.errors import Refusal
from app.services._export_files import FORMS
from app.services.export_list import Exported
from app.services.report_month import MonthReport, report_month
from app.store.database import Database

Rows = list[tuple[str, ...]]
MICRO = 1_000_000


async def export_month(
    database: Database, network_id: int, month: str, *, form: str, now: datetime
) -> Exported:
    """The report as `xlsx` or `csv`; raises Refusal for what is no month or no such form."""
    written = FORMS.get(form)
    if written is None:
        raise Refusal(
            "no_such_form",
            "A report is written as {forms}, not as “{form}”.",
            forms=", ".join(FORMS),
            form=form[:20],
        )
    report = await report_month(database, network_id, month, now=now)
    rows = sheet_of(report)
    writer = written.begin()
    await asyncio.to_thread(writer.add, rows)
    file = await asyncio.to_thread(writer.end)
    size = file.seek(0, 2)
    file.seek(0)
    return Exported(
        file=file,
        name=f"month-{report.month}.{written.suffix}",
        media_type=written.media_type,
        rows=len(rows),
        size=size,
    )


def sheet_of(report: MonthReport) -> Rows:
    """The report row by row, with an empty row between its parts."""
    until = "" if report.is_over else " (so far)"
    return [
        (f"Monthly report of {report.network}",),
        ("Month", f"{report.month}{until}"),
        (),
        *_meetings(report),
        (),
        ("Decisions", "Number"),
        ("Taken", str(report.decisions_taken)),
        ("Done", str(report.decisions_done)),
        ("Past their date", str(report.decisions_overdue)),
        (),
        ("Resolutions", "Number"),
        ("Passed", str(report.resolutions_passed)),
        ("Letters sent", str(report.resolutions_sent)),
        ("Answers", str(report.resolutions_answered)),
        ("Answers past their date", str(report.answers_overdue)),
        (),
        ("Reports of problems", "Number"),
        ("Came in", str(report.reports_opened)),
        ("Answered", str(report.reports_answered)),
        ("Later than 7 days", str(report.reports_overdue)),
        ("Later than 14 days, for the RSP", str(report.reports_to_rsp)),
        (),
        *_messages(report),
        (),
        ("Stopped all messages", str(report.opt_outs)),
    ]


def _meetings(report: MonthReport) -> Rows:
    bodies = [
        (one.body, *map(str, (one.held, one.adjourned, one.present, one.women, one.men)))
        for one in report.bodies
    ]
    sums = (report.held, report.adjourned, report.present, report.women, report.men)
    return [
        ("Meetings", "Held", "Without quorum", "Present", "Women", "Men"),
        *bodies,
        ("All", *map(str, sums)),
    ]


def _messages(report: MonthReport) -> Rows:
    wires = [
        (one.name, str(one.sent), _money(one.cost_micro), one.currency) for one in report.wires
    ]
    sums = [
        ("All", str(report.sent) if n == 0 else "", _money(cost), currency)
        for n, (currency, cost) in enumerate(report.costs.items())
    ]
    return [("Messages", "Sent", "Cost", "Currency"), *wires, *(sums or [("All", "0", "0.00", "")])]


def _money(micro: int) -> str:
    return f"{micro / MICRO:.2f}"
