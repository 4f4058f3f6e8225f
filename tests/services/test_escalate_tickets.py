"""Reports that nobody answers: the President after seven days, the RSP a week later."""

from datetime import timedelta

import pytest

from app.services.escalate_tickets import escalate_tickets
from app.services.report_month import report_month
from app.store import tickets
from tests.factories import Office, catalogue
from tests.services.reported import Reports


@pytest.fixture
async def reports(office: Office) -> Reports:
    found = Reports(office)
    await found.holds("President", 9, "Rehmat Wali")
    await office.say(1, "6 Pani ka pump kharab hai Laspa mein")
    await office.say(2, "6 transformer jal gaya hai Shahi mein")
    return found


async def run(reports: Reports, days: int) -> int:
    now = reports.office.now + timedelta(days=days)
    return await escalate_tickets(reports.office.database, catalogue=catalogue(), now=now)


async def digests(reports: Reports) -> list[str]:
    from app.store.broadcasts import broadcast_text

    rows = await reports.office.database.read(
        lambda conn: conn.execute(broadcast_text.select()).all()
    )
    return [row.body for row in rows]


async def test_the_president_is_told_once_after_seven_days(reports: Reports) -> None:
    assert await run(reports, 7) == 0
    assert await run(reports, 8) == 1
    assert await run(reports, 8) == 0
    assert await run(reports, 9) == 0
    (body,) = await digests(reports)
    assert "2 shikayat" in body
    assert "R1" in body
    assert "pump" not in body
    assert (await reports.steps()).count("to the president") == 2
    assert (await reports.journal()).count("report to the president") == 2


async def test_a_week_later_it_is_flagged_for_the_rsp_and_in_the_month(reports: Reports) -> None:
    await run(reports, 8)
    assert await run(reports, 15) == 0
    assert await run(reports, 15) == 0
    assert (await reports.steps()).count("to the rsp") == 2
    later = reports.office.now + timedelta(days=16)
    month = await report_month(
        reports.office.database, reports.office.id, f"{later:%Y-%m}", now=later
    )
    assert (month.reports_overdue, month.reports_to_rsp) == (2, 2)


async def test_what_is_answered_is_left_alone(reports: Reports) -> None:
    for ticket_id in (1, 2):
        await reports.office.database.write(
            lambda conn, one=ticket_id: tickets.change(conn, one, state="answered")
        )
    assert await run(reports, 30) == 0
    assert await reports.steps() == ["filed", "filed"]


async def test_without_a_president_it_is_flagged_all_the_same(office: Office) -> None:
    reports = Reports(office)
    await office.say(1, "6 Pani ka pump kharab hai Laspa mein")
    assert await run(reports, 8) == 0
    assert "to the president" in await reports.steps()


async def test_a_network_is_told_of_its_own_alone(reports: Reports) -> None:
    other = await Office.open(reports.office.database, reports.office.now, "sarang")
    await Reports(other).holds("President", 8, "Sher Nawab")
    assert await run(reports, 8) == 1
    assert len(await digests(reports)) == 1
