"""Marks follow people: two records made one leave one mark, one taken out leaves a guest's."""

from datetime import UTC, datetime
from typing import Any

from app.store import attendance, people, person_ties
from tests.factories import Office


async def person(office: Office, name: str) -> int:
    row = {"network_id": office.id, "name": name, "sex": "f"}
    return await office.database.write(people.add_person, row)


async def mark(office: Office, meeting_id: int, *ids: int) -> None:
    at = datetime(2026, 11, 1, tzinfo=UTC)
    common = {"network_id": office.id, "meeting_id": meeting_id, "marked_at": at}
    rows = [{**common, "person_id": one, "name": "Gul", "presence": "present"} for one in ids]
    await office.database.write(attendance.replace, meeting_id, rows)


async def marked(office: Office, meeting_id: int) -> list[Any]:
    return list(await office.database.read(attendance.of_meeting, meeting_id))


async def test_two_records_made_one_leave_one_mark_a_meeting(office: Office) -> None:
    first, second = await office.meeting(13), await office.meeting(14)
    keep, other = await person(office, "Gul"), await person(office, "Gul Rukh")
    await mark(office, first, keep, other)
    await mark(office, second, other)
    await office.database.write(person_ties.move_rest, other, keep)
    for meeting_id in (first, second):
        assert [row.person_id for row in await marked(office, meeting_id)] == [keep]


async def test_who_is_taken_out_leaves_the_mark_of_a_guest(office: Office) -> None:
    meeting_id, gul = await office.meeting(), await person(office, "Gul")
    await mark(office, meeting_id, gul)
    await office.database.write(person_ties.cut, gul)
    assert [(row.person_id, row.name) for row in await marked(office, meeting_id)] == [
        (None, "Gul")
    ]
