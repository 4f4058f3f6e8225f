"""A meeting as tests of the register write it: members in seats, a record, marks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from app.domain.minutes import DecisionEntry, Minutes, Presence, Record
from app.services.keep_minutes import keep_minutes
from app.services.publish_minutes import publish_record
from app.services.read_minutes import read_record
from app.services.take_attendance import Mark, take_attendance
from app.store import decisions, meetings, people, seats
from tests.factories import Office

WATER = DecisionEntry(1, {"ur-Latn": "Pani ki line theek ho.", "en": "Repair the water line."})
ROAD = DecisionEntry(2, {"en": "Letter to the DC for the road."}, {"en": "road letter"})


@dataclass
class Book:
    """The minutes book of one office."""

    office: Office
    by: str = "Nusrat"
    _no: int = field(default=0)

    @property
    def act(self) -> dict[str, Any]:
        return {"by": self.by, "now": self.office.now}

    async def meeting(self, no: int = 14, *, days: int = -7, **changes: Any) -> int:
        at = self.office.now + timedelta(days=days)
        return await self.office.meeting(no, at=at, **changes)

    async def members(self, *names: str, body: str = "EC", **more: Any) -> list[int]:
        """People who hold a seat in the body; those whose name ends in `a` are women."""
        found = []
        for name in names:
            sex = "f" if name.endswith("a") else "m"
            row = {"network_id": self.office.id, "name": name, "sex": sex}
            person_id = await self.office.database.write(people.add_person, row)
            seat = {"network_id": self.office.id, "person_id": person_id, "body": body, **more}
            await self.office.database.write(seats.put, {"post": "Member", **seat})
            found.append(person_id)
        return found

    async def attend(self, meeting_id: int, present: Sequence[int], *guests: str) -> None:
        marks = [Mark(one, "", Presence.PRESENT) for one in present]
        marks += [Mark(None, name, Presence.PRESENT) for name in guests]
        await take_attendance(self.office.database, self.office.id, meeting_id, marks, **self.act)

    async def read(self, meeting_id: int) -> Minutes:
        return await read_record(self.office.database, self.office.id, meeting_id)

    async def keep(self, meeting_id: int, record: Record, version: int | None = None) -> int:
        seen = version if version is not None else (await self.read(meeting_id)).version
        return await keep_minutes(
            self.office.database, self.office.id, meeting_id, record, version=seen, **self.act
        )

    async def publish(self, meeting_id: int, now: datetime | None = None) -> int:
        version = (await self.read(meeting_id)).version
        act = {**self.act, "now": now or self.office.now}
        return await publish_record(
            self.office.database, self.office.id, meeting_id, version=version, **act
        )

    async def written(self, meeting_id: int, *entries: DecisionEntry, **more: Any) -> int:
        """Keep and publish a record with these decisions; gives the revision."""
        await self.keep(meeting_id, Record(decisions=entries or (WATER, ROAD), **more))
        return await self.publish(meeting_id)

    async def rows(self, meeting_id: int) -> list[Any]:
        minutes = await self.office.database.read(meetings.minutes_of, meeting_id)
        return list(await self.office.database.read(decisions.of_minutes, minutes.id))

    async def steps(self, decision_id: int) -> list[tuple[str, str]]:
        rows = await self.office.database.read(decisions.steps, decision_id)
        return [(row.status, row.note) for row in rows]
