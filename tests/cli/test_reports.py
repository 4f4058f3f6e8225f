"""Reports over the command line: a month said, as JSON and as a file; the clock."""

from pathlib import Path

import openpyxl
import pytest

from tests.cli.here import Here


def test_a_month_is_said_written_and_refused(here: Here, tmp_path: Path) -> None:
    assert "Meetings: 0 held" in here.ok("report", "month")
    (one,) = here.lines("report", "month", "2026-10")
    assert (one["month"], one["sums"]["costs"]) == ("2026-10", {})
    file = tmp_path / "month.xlsx"
    assert "is written" in here.ok("report", "month", "2026-10", "--out", str(file))
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    assert sheet["A2"].value == "Month"
    assert "Write it as 2026-10" in here.refused("report", "month", "October")
    assert "pdf" in here.refused("report", "month", "--out", str(tmp_path / "month.pdf"))
    away = tmp_path / "none" / "month.xlsx"
    assert "cannot be written" in here.refused("report", "month", "--out", str(away))


@pytest.mark.parametrize("span", [(), ("--since", "2026-01-01", "--until", "2026-02-01")])
def test_the_clock_is_said_for_each_lso(here: Here, span: tuple[str, ...]) -> None:
    said = here.ok("report", "clock", *span)
    assert "LSO Roshni: 0 attended, 0 missed, 0 told, 0 not told" in said
    (found,) = here.lines("report", "clock", *span)
    assert found["meetings"] == []
