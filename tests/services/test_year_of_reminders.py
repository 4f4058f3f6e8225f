"""A year of two networks' meetings: what went out equals a table that was written by hand.

Karachi: 12 meetings of the Executive Committee, 2 of the General Body; Ramadan, Eid, a day of
mourning, two power cuts of three days, one meeting called off, one moved at 8 in the morning.
London: meetings beside both nights in which the clocks change. The office is started again every
ten days.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.domain.quiet_hours import is_quiet
from app.services.keep_outbox import keep_outbox
from app.services.remind_meetings import remind_meetings
from app.store import meeting_answers, networks
from app.store.addresses import address
from app.store.database import Connection, Database
from app.store.meetings import meeting
from app.store.notices import meeting_notice, troubled
from app.store.outbox import outbox
from tests.factories import Office, catalogue, number
from tests.services.reminded import Board

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STARTS, ENDS = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
EID = tuple(date(2026, 5, 27) + n * DAY for n in range(3))
CLOSED = (*(date(2026, 3, 20) + n * DAY for n in range(3)), *EID, date(2026, 9, 12))
RAMADAN = (date(2026, 2, 18), date(2026, 3, 19))
HOURS = (0, *range(3, 11), *range(13, 17), 18, 20, 22)
CUTS = (
    (datetime(2026, 7, 4, 7, tzinfo=UTC), datetime(2026, 7, 7, 7, tzinfo=UTC)),
    (datetime(2026, 11, 6, 5, tzinfo=UTC), datetime(2026, 11, 9, 5, tzinfo=UTC)),
)
MEETINGS = {
    ("mirkhai", "EC"): (
        "01-11T10:00 02-08T10:00 03-08T12:00 04-12T10:00 05-30T10:00 06-14T10:00 "
        "07-12T10:00 08-09T10:00 09-13T10:00 10-11T10:00 11-08T10:00 12-13T09:00"
    ),
    ("mirkhai", "GB"): "04-24T15:00 10-17T15:00",
    ("london", "EC"): "03-29T10:00 04-04T21:00 10-25T10:00 10-31T15:00",
}
SAYS = {1: "coming", 2: "not", 5: "coming", 11: "coming"}
"""What each says a day after the notice; the others never answer."""
LETTERS = {
    "meeting_notice": "N",
    "meeting_again": "A",
    "meeting_reminder": "R",
    "meeting_soon": "S",
    "meeting_moved": "M",
    "meeting_off": "O",
}
KARACHI = """
Sun 04 Jan 10:00 EC N 1 2 3 4
Sat 10 Jan 10:00 EC A 3 4
Sat 10 Jan 10:00 EC R 1
Sun 11 Jan 09:00 EC A 3 4
Sun 11 Jan 09:00 EC S 1
Sun 01 Feb 10:00 EC N 1 2 3 4
Sat 07 Feb 10:00 EC A 3 4
Sat 07 Feb 10:00 EC R 1
Sun 08 Feb 09:00 EC A 3 4
Sun 08 Feb 09:00 EC S 1
Sun 01 Mar 12:00 EC N 1 2 3 4
Sat 07 Mar 12:00 EC A 3 4
Sat 07 Mar 12:00 EC R 1
Sun 08 Mar 11:00 EC A 3 4
Sun 08 Mar 11:00 EC S 1
Sun 05 Apr 10:00 EC N 1 2 3 4
Thu 09 Apr 15:00 GB N 5 6
Sat 11 Apr 10:00 EC A 3 4
Sat 11 Apr 10:00 EC R 1
Sun 12 Apr 09:00 EC A 3 4
Sun 12 Apr 09:00 EC S 1
Thu 23 Apr 15:00 GB A 6
Thu 23 Apr 15:00 GB R 5
Fri 24 Apr 14:30 GB A 6
Fri 24 Apr 14:30 GB S 5
Sat 23 May 10:00 EC N 1 2 3 4
Tue 26 May 19:00 EC A 3 4
Tue 26 May 19:00 EC R 1
Sat 30 May 09:00 EC A 3 4
Sat 30 May 09:00 EC S 1
Sun 07 Jun 10:00 EC N 1 2 3 4
Wed 10 Jun 12:00 EC O 1 2 3 4
Tue 07 Jul 12:00 EC N 1 2 3 4
Sat 11 Jul 10:00 EC A 3 4
Sat 11 Jul 10:00 EC R 1
Sun 12 Jul 09:00 EC A 3 4
Sun 12 Jul 09:00 EC S 1
Sun 02 Aug 10:00 EC N 1 2 3 4
Sat 08 Aug 10:00 EC A 3 4
Sat 08 Aug 10:00 EC R 1
Sun 09 Aug 09:00 EC M 1 2 3 4
Sat 15 Aug 10:00 EC A 3 4
Sat 15 Aug 10:00 EC R 1
Sun 16 Aug 09:00 EC A 3 4
Sun 16 Aug 09:00 EC S 1
Sun 06 Sep 10:00 EC N 1 2 3 4
Fri 11 Sep 19:00 EC A 3 4
Fri 11 Sep 19:00 EC R 1
Sun 13 Sep 09:00 EC A 3 4
Sun 13 Sep 09:00 EC S 1
Fri 02 Oct 15:00 GB N 5 6
Sun 04 Oct 10:00 EC N 1 2 3 4
Sat 10 Oct 10:00 EC A 3 4
Sat 10 Oct 10:00 EC R 1
Sun 11 Oct 09:00 EC A 3 4
Sun 11 Oct 09:00 EC S 1
Fri 16 Oct 15:00 GB A 6
Fri 16 Oct 15:00 GB R 5
Sat 17 Oct 13:00 GB A 6
Sat 17 Oct 13:00 GB S 5
Sun 01 Nov 10:00 EC N 1 2 3 4
Sun 06 Dec 09:00 EC N 1 2 3 4
Sat 12 Dec 09:00 EC A 3 4
Sat 12 Dec 09:00 EC R 1
"""
LONDON = """
Sun 22 Mar 10:00 EC N 11 12
Sat 28 Mar 10:00 EC A 12
Sat 28 Mar 10:00 EC R 11
Sun 29 Mar 09:00 EC A 12
Sun 29 Mar 09:00 EC N 11 12
Sun 29 Mar 09:00 EC S 11
Sat 04 Apr 09:00 EC A 12
Sat 04 Apr 09:00 EC R 11
Sat 04 Apr 19:00 EC A 12
Sat 04 Apr 19:00 EC S 11
Sun 18 Oct 10:00 EC N 11 12
Sat 24 Oct 10:00 EC A 12
Sat 24 Oct 10:00 EC R 11
Sat 24 Oct 15:00 EC N 11 12
Sun 25 Oct 09:00 EC A 12
Sun 25 Oct 09:00 EC S 11
Fri 30 Oct 15:00 EC A 12
Fri 30 Oct 15:00 EC R 11
Sat 31 Oct 13:00 EC A 12
Sat 31 Oct 13:00 EC S 11
"""
TROUBLES = [("08", 120, "missed"), ("08", 1440, "missed"), ("13", 120, "dropped")]
"""The day of the meeting, and what did not go: the power cut, and a meeting at 9 sharp."""


@dataclass
class Year:
    """Both networks on one database, and all that went over the wire."""

    boards: dict[str, Board] = field(default_factory=dict)
    ledger: dict[tuple[int, datetime, str, str], list[int]] = field(
        default_factory=lambda: defaultdict(list)
    )
    held: list[datetime] = field(default_factory=list)
    waits: bool = False
    answers: list[tuple[datetime, int, int]] = field(default_factory=list)
    events: dict[tuple[int, str], list[int]] = field(default_factory=dict)

    @property
    def database(self) -> Database:
        return self.boards["mirkhai"].office.database

    async def open(self, database: Database) -> None:
        for slug, zone in (("mirkhai", "Asia/Karachi"), ("london", "Europe/London")):
            office = await Office.open(database, STARTS - 30 * DAY, slug)
            board = Board(office)
            self.boards[slug] = board
            await board.hours(tz=zone, **(_karachi() if slug == "mirkhai" else {}))
        await self.boards["mirkhai"].seats(1, 2, 3, 4, 0)
        await self.boards["mirkhai"].seats(5, 6, body="GB")
        await self.boards["london"].seats(11, 12)
        for (slug, body), days in MEETINGS.items():
            for no, day in enumerate(days.split(), 1):
                await self.boards[slug].call(self.local(slug, f"2026-{day}"), no=no, body=body)

    def local(self, slug: str, text: str) -> datetime:
        zone = "Asia/Karachi" if slug == "mirkhai" else "Europe/London"
        return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)

    async def start_again(self, url: str) -> None:
        old = self.database
        new = await Database(url).__aenter__()
        for board in self.boards.values():
            board.office.database = new
        await old.__aexit__(None, None, None)

    async def hour(self, now: datetime) -> None:
        """All that happens at one moment while the computer runs."""
        for at, meeting_id, n in [one for one in self.answers if one[0] <= now]:
            self.answers.remove((at, meeting_id, n))
            await self.answer(meeting_id, n, at)
        made = await remind_meetings(self.database, catalogue=catalogue(), now=now)
        if made or self.waits:
            await keep_outbox(self.database, now=now)
            await self.send(now)

    async def answer(self, meeting_id: int, n: int, at: datetime) -> None:
        board = next(one for one in self.boards.values() if n in one.people)
        values = {
            "network_id": board.office.id,
            "meeting_id": meeting_id,
            "person_id": board.people[n],
            "answer": SAYS[n],
            "at": at,
        }
        await self.database.write(meeting_answers.put, values)

    async def send(self, now: datetime) -> None:
        quiet, waits = await self.database.read(_quiet_and_held, now)
        self.held += [one for one in waits if one not in self.held]
        self.waits = bool(waits)
        claim = await self.boards["mirkhai"].office.claim(
            200, now=now, day=now.date(), quiet_networks=quiet
        )
        ids = [one.id for one in claim.rows]
        numbers = {number(n): n for board in self.boards.values() for n in board.people}
        rows = await self.database.write(_sent, ids)
        for row in rows:
            assert row.network_id not in quiet
            assert now < (row.was_at or row.at)
            n = numbers[row.msisdn]
            self.ledger[row.network_id, now, row.body, LETTERS[row.template]].append(n)
            if row.template in ("meeting_notice", "meeting_moved") and n in SAYS:
                self.answers.append((now + DAY, row.meeting_id, n))

    def table(self, slug: str) -> str:
        """The ledger of a network as people would write it."""
        office = self.boards[slug].office
        zone = ZoneInfo("Asia/Karachi" if slug == "mirkhai" else "Europe/London")
        lines = [
            f"{at.astimezone(zone):%a %d %b %H:%M} {body} {letter} "
            + " ".join(map(str, sorted(self.ledger[network_id, at, body, letter])))
            for network_id, at, body, letter in sorted(self.ledger)
            if network_id == office.id
        ]
        return "\n".join(lines)


def _karachi() -> dict[str, Any]:
    return {
        "closed": CLOSED,
        "ramadan": RAMADAN,
        "ramadan_from": time(17, 0),
        "ramadan_until": time(11, 0),
    }


def _quiet_and_held(conn: Connection, now: datetime) -> tuple[tuple[int, ...], list[datetime]]:
    quiet = tuple(one.id for one in networks.every(conn) if is_quiet(now, one.tz, one.quiet))
    waits = select(outbox.c.due_at).where(outbox.c.state == "held", outbox.c.reason == "quiet")
    return quiet, sorted(set(conn.execute(waits).scalars()))


def _sent(conn: Connection, ids: list[int]) -> list[Any]:
    conn.execute(outbox.update().where(outbox.c.id.in_(ids)).values(state="delivered"))
    statement = (
        select(
            outbox.c.network_id,
            address.c.msisdn,
            meeting_notice.c.template,
            meeting_notice.c.was_at,
            meeting_notice.c.meeting_id,
            meeting.c.body,
            meeting.c.at,
        )
        .join(address, address.c.id == outbox.c.address_id)
        .join(meeting_notice, meeting_notice.c.broadcast_id == outbox.c.broadcast_id)
        .join(meeting, meeting.c.id == meeting_notice.c.meeting_id)
        .where(outbox.c.id.in_(ids))
    )
    return list(conn.execute(statement).all())


def _moments() -> Iterator[datetime]:
    """Each hour in which a text may go in one of them, some of the night, and half past two.

    There is none while the power is away.
    """
    now = STARTS
    while now < ENDS:
        for moment in (now, now + HOUR / 2) if now.hour == 9 else (now,):
            is_cut = any(starts <= moment < ends for starts, ends in CUTS)
            if not is_cut and now.hour in HOURS:
                yield moment
        now += HOUR


@pytest.mark.slow
async def test_a_year_of_reminders_equals_the_table_written_by_hand(database_url: str) -> None:
    year = Year()
    await year.open(await Database(database_url).__aenter__())
    board = year.boards["mirkhai"]
    off, moved = await _id(year, "2026-06-14T10:00"), await _id(year, "2026-08-09T10:00")
    days = 0
    for now in _moments():
        if now == year.local("mirkhai", "2026-06-10T12:00"):
            await board.change(off, now - HOUR / 2, state="cancelled")
        if now == year.local("mirkhai", "2026-08-09T08:00"):
            await board.change(moved, now, at=year.local("mirkhai", "2026-08-16T10:00"))
        await year.hour(now)
        if now.hour == 3 and (days := days + 1) % 10 == 0:
            await year.start_again(database_url)
    assert year.table("mirkhai").splitlines() == KARACHI.split("\n")[1:-1]
    assert year.table("london").splitlines() == LONDON.split("\n")[1:-1]
    assert year.held == [year.local("mirkhai", "2026-08-09T09:00")]
    listed = await year.database.read(troubled, board.office.id, STARTS)
    found = [(f"{row.at:%d}", row.lead, row.state) for row in listed]
    assert sorted(found) == TROUBLES
    london = year.boards["london"].office.id
    assert await year.database.read(troubled, london, STARTS) == []
    await year.database.__aexit__(None, None, None)


async def _id(year: Year, day: str) -> int:
    statement = select(meeting.c.id).where(meeting.c.at == year.local("mirkhai", day))
    return int(await year.database.read(lambda conn: conn.execute(statement).scalar_one()))
