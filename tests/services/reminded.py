"""A body whose members have phones, and the reminders that its meetings bring them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from app.domain.special_days import DayKind, SpecialDays, written
from app.services.change_meeting import MeetingChange, change_meeting
from app.services.keep_outbox import keep_outbox
from app.services.remind_meetings import remind_meetings
from app.store import addresses, networks, people
from app.store.addresses import address
from app.store.broadcasts import broadcast_text
from app.store.database import Connection
from app.store.meeting_answers import meeting_answer
from app.store.notices import meeting_notice, meeting_reminder
from app.store.outbox import outbox
from app.store.people import person_address
from app.store.seats import seat
from tests.factories import Office, catalogue, number


@dataclass
class Board:
    """An office with a body of people, by the number of their phone."""

    office: Office
    people: dict[int, int] = field(default_factory=dict)

    @classmethod
    async def open(cls, office: Office, *phones: int, body: str = "EC", **more: Any) -> "Board":
        board = cls(office)
        await board.seats(*phones, body=body, **more)
        return board

    async def seats(self, *phones: int, body: str = "EC", language: str = "ur-Latn") -> None:
        """Seat somebody new behind each of these demo numbers; 0 is somebody without a phone."""

        def put(conn: Connection) -> None:
            for n in phones:
                self.people[n] = self._seat(conn, n, body, language)

        await self.office.database.write(put)

    def _seat(self, conn: Connection, n: int, body: str, language: str) -> int:
        office = self.office
        person_id = self.people.get(n) or people.add_person(
            conn, {"network_id": office.id, "name": f"P{n}", "sex": "f", "language": language}
        )
        conn.execute(
            insert(seat).values(
                network_id=office.id, person_id=person_id, body=body, starts_on=office.now.date()
            )
        )
        if n and n not in self.people:
            row = addresses.ensure_address(conn, office.id, number(n), "demo", office.now)
            addresses.record_standing(
                conn, office.id, [row.id], "active", source="demo", at=office.now
            )
            link = {"person_id": person_id, "address_id": row.id, "whose": "own"}
            conn.execute(insert(person_address).values(**link, is_private=True))
        return person_id

    async def share(self, n: int, other: int) -> None:
        """Put the person behind one number on another's phone too, and take their own away."""

        def link(conn: Connection) -> None:
            mine = select(address.c.id).where(address.c.msisdn == number(other))
            phone = conn.execute(mine).scalar_one()
            whose = person_address.c.person_id == self.people[n]
            conn.execute(person_address.delete().where(whose))
            values = {"person_id": self.people[n], "address_id": phone, "whose": "family"}
            conn.execute(insert(person_address).values(**values, is_private=False))

        await self.office.database.write(link)

    async def hours(self, **changes: Any) -> None:
        """Set columns of the network; `closed` are festival days, `ramadan` its two ends."""
        days = [SpecialDays(DayKind.FESTIVAL, day, day) for day in changes.pop("closed", ())]
        if ramadan := changes.pop("ramadan", None):
            days.append(SpecialDays(DayKind.RAMADAN, *ramadan))
        values = {**changes, **({"special_days": written(days)} if days else {})}
        await self.office.database.write(networks.change, self.office.id, values)

    async def call(self, at: datetime, no: int = 1, **changes: Any) -> int:
        how = {"venue": {"en": "LSO Roshni, Shahi"}, **changes}
        return await self.office.meeting(no, at=at, **how)

    async def change(self, meeting_id: int, now: datetime, **told: Any) -> None:
        await change_meeting(
            self.office.database,
            self.office.id,
            meeting_id,
            MeetingChange(**told),
            by="Nusrat",
            now=now,
        )

    async def say(self, meeting_id: int, n: int, answer: str, at: datetime, **more: Any) -> None:
        """Let somebody have answered."""
        values = {
            "network_id": self.office.id,
            "meeting_id": meeting_id,
            "person_id": self.people[n],
            "answer": answer,
            "at": at,
            **more,
        }
        await self.office.database.write(
            lambda conn: conn.execute(insert(meeting_answer).values(**values))
        )

    async def tick(self, now: datetime, **how: Any) -> int:
        """What the timetable does at that moment."""
        database = self.office.database
        made = await remind_meetings(database, catalogue=catalogue(), now=now, **how)
        await keep_outbox(database, now=now)
        return made

    async def texts(self) -> list[tuple[int, str, str]]:
        """(number, state, words) of each text, in the order in which they were made."""
        rows = await self.office.database.read(_texts)
        numbers = {number(n): n for n in self.people}
        return [(numbers[row.msisdn], row.state, row.words) for row in rows]

    async def notices(self, meeting_id: int) -> list[tuple[int, int, str, str]]:
        """(revision, lead, part, state) of each notice of a meeting, oldest first."""
        statement = (
            select(meeting_notice)
            .where(meeting_notice.c.meeting_id == meeting_id)
            .order_by(meeting_notice.c.made_at, meeting_notice.c.id)
        )
        rows = await self.office.database.read(lambda conn: conn.execute(statement).all())
        return [(row.revision, row.lead, row.part, row.state) for row in rows]

    async def ways(self, meeting_id: int) -> dict[int, str]:
        """How each person was to get the newest notice."""
        statement = select(meeting_reminder).where(meeting_reminder.c.meeting_id == meeting_id)
        rows = await self.office.database.read(lambda conn: conn.execute(statement).all())
        who = {person_id: n for n, person_id in self.people.items()}
        return {who[row.person_id]: row.way for row in sorted(rows, key=lambda one: one.notice_id)}

    async def send(self, now: datetime) -> list[int]:
        """Hand everything that is due to the wire; gives the numbers in sending order."""
        claim = await self.office.claim(100, now=now, day=now.date())
        rows = await self.office.texts()
        by_id = {row.id: row for row in rows}
        numbers = {number(n): n for n in self.people}
        ids = [one.id for one in claim.rows]
        done = outbox.update().where(outbox.c.id.in_(ids)).values(state="sent")
        await self.office.database.write(lambda conn: conn.execute(done))
        return [numbers[by_id[one].msisdn] for one in ids]


def _texts(conn: Connection) -> Sequence[Any]:
    statement = (
        select(address.c.msisdn, outbox.c.state, broadcast_text.c.body.label("words"))
        .join(address, address.c.id == outbox.c.address_id)
        .join(
            broadcast_text,
            (broadcast_text.c.broadcast_id == outbox.c.broadcast_id)
            & (broadcast_text.c.language == outbox.c.language),
        )
        .order_by(outbox.c.id)
    )
    return conn.execute(statement).all()
