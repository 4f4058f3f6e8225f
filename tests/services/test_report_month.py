"""The month as the support programme is told of it equals figures that were made by hand."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import insert

from app.domain.errors import Refusal
from app.services.report_month import BodyMonth, MonthReport, WireMonth, report_month
from app.store.addresses import address, consent
from app.store.database import Connection
from app.store.meetings import (
    attendance,
    decision,
    decision_step,
    meeting,
    minutes,
)
from app.store.resolutions import resolution
from app.store.routes import route_day
from tests.factories import Office

NOW = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)


def at(month: int, day: int, hour: int = 7) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


class Book:
    """Rows of one network, as publishing leaves them."""

    def __init__(self, conn: Connection, office: Office, unit: int) -> None:
        self.conn, self.office, self.unit = conn, office, unit
        self._no = 0

    def add(self, table: Any, **values: Any) -> int:
        row = {"network_id": self.office.id, **values}
        return self.conn.execute(insert(table).values(**row).returning(table.c.id)).scalar_one()

    def held(self, body: str, when: datetime, present: int, women: int, **more: Any) -> int:
        """A meeting with published minutes; gives the id of the minutes."""
        self._no += 1
        state = more.pop("state", "held")
        label = str(self._no)
        facts = {"body": body, "no": self._no, "label": label, "at": when, "state": state}
        meeting_id = self.add(meeting, **facts)
        values = {"present": present, "women": women, "published_at": when, **more}
        return self.add(minutes, meeting_id=meeting_id, **values)

    def decided(self, minutes_id: int, no: int, due: date | None, *steps: Any) -> None:
        """A decision with its steps (when, status); the last one says how it stands."""
        status = steps[-1][1] if steps else "in hand"
        decision_id = self.add(
            decision, minutes_id=minutes_id, no=no, due=due, status=status, owner={}
        )
        for when, stood in steps:
            row = {"network_id": self.office.id, "decision_id": decision_id}
            self.conn.execute(insert(decision_step).values(at=when, status=stood, **row))

    def came(self, meeting_id: int, sexes: str, presence: str = "present") -> None:
        for sex in sexes:
            row = {"meeting_id": meeting_id, "name": "x", "sex": sex, "presence": presence}
            self.add(attendance, unit_id=self.unit, marked_at=NOW, **row)


async def october(office: Office) -> None:
    unit = await office.unit("Roshni")
    await office.database.write(_october, office, unit)


def _october(conn: Connection, office: Office, unit: int) -> None:
    book = Book(conn, office, unit)
    _meetings(book)
    _letters(book)
    _messages(book)


def _meetings(book: Book) -> None:
    before = book.held("EC", at(9, 10), 9, 4)
    # The first of October in Karachi is still September in UTC: 19:30 UTC is 00:30 there.
    first = book.held("EC", datetime(2026, 9, 30, 19, 30, tzinfo=UTC), 12, 5)
    # The minutes say 20, the marks 6: the marks count. A guest and the absent do not.
    marked = book.held("GB", at(10, 20), 20, 0)
    book.came(marked, "fffmm?")
    book.came(marked, "mm", "absent")
    book.add(
        attendance, meeting_id=marked, name="guest", sex="m", presence="present", marked_at=NOW
    )
    book.held("EC", at(10, 25), 3, 1, state="adjourned")
    book.held("EC", at(10, 27), 8, 8, state="cancelled")
    # 00:30 of 1 November in Karachi.
    book.held("EC", datetime(2026, 10, 31, 19, 30, tzinfo=UTC), 11, 6)
    draft = book.held("EC", at(10, 30), 10, 5, published_at=None)
    held, done = (at(9, 10), "in hand"), (at(10, 5), "done")
    book.decided(before, 1, date(2026, 10, 1), held, done)  # done in October, late before
    book.decided(before, 2, date(2026, 10, 1), held, (at(11, 3), "done"))  # overdue then
    book.decided(before, 3, date(2026, 10, 31), held)  # overdue: due before the month's end
    book.decided(before, 4, date(2026, 11, 1), held)  # due on 1 November: not yet
    book.decided(before, 5, date(2026, 9, 20), held, (at(10, 9), "dropped"))
    book.decided(before, 6, date(2026, 9, 20), held, (at(9, 19), "done"))  # done in September
    book.decided(before, 7, None, held, (at(10, 2), "done"), (at(10, 8), "in hand"))
    book.decided(first, 1, None, (at(10, 2), "in hand"), (at(10, 30), "done"))
    book.decided(first, 2, date(2026, 10, 15))  # overdue, without any step
    book.decided(marked, 1, None)
    book.decided(draft, 1, date(2026, 10, 2))  # nobody knows of it yet


def _letters(book: Book) -> None:
    before, now = book.held("EC", at(8, 1), 1, 1), book.held("EC", at(10, 2), 2, 1)
    days = date(2026, 10, 4), date(2026, 10, 30)
    book.add(resolution, minutes_id=now, no=1, sent_on=days[0], reply_due=date(2026, 10, 19))
    book.add(resolution, minutes_id=now, no=2, sent_on=days[0], replied_on=days[1])
    book.add(resolution, minutes_id=now, no=3)
    book.add(
        resolution, minutes_id=before, no=1, sent_on=date(2026, 8, 2), reply_due=date(2026, 8, 17)
    )
    late = {"sent_on": date(2026, 8, 2), "reply_due": date(2026, 9, 1)}
    book.add(resolution, minutes_id=before, no=2, replied_on=date(2026, 11, 2), **late)


def _messages(book: Book) -> None:
    wire = book.office.routes["sim"]
    for day, used, spent in ((30, 99, 99), (1, 0, 0)):
        when = date(2026, 9, 30) if day == 30 else date(2026, 11, 1)
        book.add(route_day, route_id=wire, day=when, used=used, spent_micro=spent)
    for day, used in ((1, 10), (31, 33)):
        spent = used * 2_500_000
        book.add(route_day, route_id=wire, day=date(2026, 10, day), used=used, spent_micro=spent)
    for n, (source, purpose, when, standing) in enumerate(
        (
            ("sms", "alert", at(10, 3), "stopped"),
            ("mail", "alert", at(10, 4), "stopped"),
            ("sms", "routine", at(10, 5), "alerts"),  # danger alerts only: no opt-out
            ("bounce", "alert", at(10, 6), "bounced"),
            ("sms", "alert", at(10, 7), "wrong"),
            ("sms", "alert", at(9, 7), "stopped"),
        )
    ):
        phone = book.add(
            address, msisdn=f"+92390{n:07d}", reach="demo", standing=standing, created_at=NOW
        )
        facts = {"purpose": purpose, "source": source, "at": when, "is_given": False}
        book.add(consent, address_id=phone, **facts)


async def report(office: Office, month: str, now: datetime = NOW) -> MonthReport:
    return await report_month(office.database, office.id, month, now=now)


async def test_the_report_equals_figures_made_by_hand(office: Office) -> None:
    await october(office)
    found = await report(office, "2026-10")
    assert (found.month, found.first, found.last) == (
        "2026-10",
        date(2026, 10, 1),
        date(2026, 10, 31),
    )
    assert found.is_over
    # EC: 1 and 2 October, and the 30th, whose minutes are a draft; GB: six marks, one without sex.
    assert found.bodies == (BodyMonth("EC", 3, 1, 24, 11, 13), BodyMonth("GB", 1, 0, 6, 3, 2))
    assert (found.held, found.adjourned) == (4, 1)
    assert (found.present, found.women, found.men) == (30, 14, 15)
    assert (found.decisions_taken, found.decisions_done) == (3, 2)
    assert found.decisions_overdue == 3
    assert (found.resolutions_passed, found.resolutions_sent) == (3, 2)
    assert (found.resolutions_answered, found.answers_overdue) == (1, 3)
    assert found.wires == (WireMonth("sim", "simulator", 43, 107_500_000, "PKR"),)
    assert (found.sent, found.costs) == (43, {"PKR": 107_500_000})
    assert found.opt_outs == 2


async def test_a_month_that_lasts_counts_until_today(office: Office) -> None:
    await october(office)
    found = await report(office, "")
    assert (found.month, found.is_over) == ("2026-11", False)
    # 9/2 was done on 3 November; 9/3, 9/4 and the one without a step are late today.
    assert (found.decisions_done, found.decisions_overdue) == (1, 3)
    assert found.resolutions_answered == 1


async def test_another_network_and_an_empty_month_have_noughts(office: Office) -> None:
    await october(office)
    other = await Office.open(office.database, office.now, "other")
    for found in (await report(other, "2026-10"), await report(office, "2026-02")):
        assert (found.bodies, found.wires, found.costs) == ((), (), {})
        assert (found.held, found.present, found.sent, found.opt_outs) == (0, 0, 0, 0)
        assert (found.decisions_taken, found.decisions_overdue, found.answers_overdue) == (0, 0, 0)


@pytest.mark.parametrize("words", ["x", "2026", "2026-13", "2026-00", "0001-01", "26-10", "٢٠٢٦"])
async def test_what_is_no_month_is_refused(office: Office, words: str) -> None:
    with pytest.raises(Refusal, match="Write it as 2026-10"):
        await report(office, words)


async def test_a_month_to_come_is_refused(office: Office) -> None:
    with pytest.raises(Refusal, match="not begun"):
        await report(office, "2026-12")
    assert (await report(office, "2026-12", datetime(2026, 11, 30, 20, tzinfo=UTC))).month
