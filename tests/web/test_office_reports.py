"""Reports in the office: the month and the clock on a page, over the API and as a file."""

import io
from pathlib import Path

import openpyxl
import pytest

from tests.web.office import running
from tests.web.test_office_today import shown
from tests.web.visitor import signed_in

PLACE, API = "/office/reports", "/api/v1/reports"
ODD = (
    "x",
    "2026-13",
    "9999-01",
    "0000-01",
    "%00",
    "9" * 300,
    "<script>alert(1)</script>",
)


async def test_the_page_the_api_and_the_file_tell_the_same(demo_url: str, tmp_path: Path) -> None:
    async with (
        running(demo_url, tmp_path) as office,
        signed_in(office, "Guest", "viewer") as guest,
    ):
        now = (await office.call("GET", f"{API}/clock"))["meetings"][0]["on"][:7]
        month = await office.call("GET", f"{API}/month", params={"month": now})
        assert month["sums"]["held"] >= 1
        page = await shown(guest, f"{PLACE}?month={now}")
        assert f"The month {now}" in page
        sums = month["sums"]
        row = (sums["held"], 0, sums["present"], sums["women"], sums["men"])
        assert " ".join(("All", *map(str, row))) in page
        assert f"Decisions taken{month['decisions_taken']}" in page
        link = f'href="{PLACE}/month?month={now}"'
        assert link in (await guest.get(f"{PLACE}?month={now}")).text
        file = await guest.get(f"{PLACE}/month?month={now}")
        sheet = openpyxl.load_workbook(io.BytesIO(file.content)).active
        cells = [[cell for cell in row if cell] for row in sheet.iter_rows(values_only=True)]
        assert ["Taken", str(month["decisions_taken"])] in cells
        assert ["All", *map(str, row)] in cells


async def test_the_clock_stands_below_with_every_lso(demo_file: str, tmp_path: Path) -> None:
    async with (
        running(demo_file, tmp_path) as office,
        signed_in(office, "Guest", "viewer") as guest,
    ):
        clock = await office.call("GET", f"{API}/clock")
        page = await shown(guest, PLACE)
        assert len(clock["lsos"]) > 5
        for one in clock["lsos"]:
            assert one["name"] in page
        span = {"since": "2026-01-01", "until": "2026-01-01"}
        assert (await office.call("GET", f"{API}/clock", params=span))["meetings"] == []


async def test_an_odd_month_gets_a_page_that_says_what_to_write(
    demo_file: str, tmp_path: Path
) -> None:
    async with (
        running(demo_file, tmp_path) as office,
        signed_in(office, "Guest", "viewer") as guest,
    ):
        for odd in ODD:
            answer = await guest.get(PLACE, params={"month": odd})
            assert answer.status_code == 422, odd
            assert "<h1>" in answer.text
            assert "<script>alert" not in answer.text
            assert (await guest.get(f"{PLACE}/month", params={"month": odd})).status_code == 422
            told = await office.client.get(f"{API}/month", params={"month": odd})
            assert told.status_code == 422, odd
        form = await office.client.get(f"{API}/month/file", params={"format": "pdf"})
        assert form.status_code == 422


@pytest.mark.parametrize("path", ["month", "month/file", "clock"])
async def test_nobody_reads_reports_without_an_account(
    demo_file: str, tmp_path: Path, path: str
) -> None:
    async with running(demo_file, tmp_path) as office:
        bare = {"Authorization": "Bearer none"}
        answer = await office.client.get(f"{API}/{path}", headers=bare)
        assert answer.status_code == 401
