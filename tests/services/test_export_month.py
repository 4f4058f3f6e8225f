"""The report of a month as a spreadsheet: the figures of the page, and nothing that can run."""

from datetime import date

import openpyxl
import pytest

from app.domain.errors import Refusal
from app.services.export_month import export_month, sheet_of
from app.services.report_month import BodyMonth, MonthReport, WireMonth
from tests.factories import Office

REPORT = MonthReport(
    network="=LSON Mirkhai",
    month="2026-10",
    first=date(2026, 10, 1),
    last=date(2026, 10, 31),
    is_over=True,
    bodies=(BodyMonth("EC", 3, 1, 24, 11, 13), BodyMonth("GB", 1, 0, 6, 3, 2)),
    decisions_taken=3,
    decisions_done=2,
    decisions_overdue=4,
    resolutions_passed=5,
    resolutions_sent=6,
    resolutions_answered=7,
    answers_overdue=8,
    wires=(
        WireMonth("modem", "modem", 43, 107_500_000, "PKR"),
        WireMonth("twilio", "twilio", 2, 90_000, "USD"),
    ),
    opt_outs=9,
    reports_opened=12,
    reports_answered=10,
    reports_overdue=2,
    reports_to_rsp=1,
)


def test_the_sheet_has_every_figure_and_its_sums() -> None:
    rows = {row[0]: row[1:] for row in sheet_of(REPORT) if row}
    assert rows["EC"] == ("3", "1", "24", "11", "13")
    assert rows["modem"] == ("43", "107.50", "PKR")
    sums = [row for row in sheet_of(REPORT) if row and row[0] == "All"]
    assert sums == [
        ("All", "4", "1", "30", "14", "15"),
        ("All", "45", "107.50", "PKR"),
        ("All", "", "0.09", "USD"),
    ]
    assert (rows["Taken"], rows["Done"], rows["Past their date"]) == (("3",), ("2",), ("4",))
    assert (rows["Passed"], rows["Letters sent"]) == (("5",), ("6",))
    assert (rows["Answers"], rows["Answers past their date"]) == (("7",), ("8",))
    assert rows["Stopped all messages"] == ("9",)
    assert (rows["Came in"], rows["Answered"]) == (("12",), ("10",))
    assert (rows["Later than 7 days"], rows["Later than 14 days, for the RSP"]) == (("2",), ("1",))
    assert rows["Month"] == ("2026-10",)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
async def test_the_file_opens_and_nothing_in_it_is_a_formula(office: Office, form: str) -> None:
    file = await export_month(office.database, office.id, "2026-10", form=form, now=office.now)
    assert file.name == f"month-2026-10.{form}"
    with file.file as handle:
        if form == "xlsx":
            sheet = openpyxl.load_workbook(handle).active
            assert sheet is not None
            cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
            assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
            assert sheet["A1"].value == f"Monthly report of LSON {office.slug}"
        else:
            assert handle.read().decode("utf-8-sig").startswith('"Monthly report of')


async def test_an_unknown_form_or_month_is_refused(office: Office) -> None:
    for month, form in (("2026-10", "pdf"), ("x", "xlsx")):
        with pytest.raises(Refusal):
            await export_month(office.database, office.id, month, form=form, now=office.now)
