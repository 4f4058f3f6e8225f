"""Who was to get which notice: follows a person who is merged, goes with one who is forgotten."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.store import notice_recall, notice_walk, notices, people
from app.store.database import Connection
from app.store.notices import meeting_notice, meeting_reminder
from tests.factories import Office


async def test_reminders_follow_a_person_and_go_with_them(office: Office) -> None:
    meeting_id = await office.meeting()

    def play(conn: Connection) -> list[list[tuple[int, int]]]:
        first, second = (
            people.add_person(conn, {"network_id": office.id, "name": name}) for name in "AB"
        )
        notice_walk.claim(conn, [_notice(office, meeting_id, lead) for lead in (1440, 120)])
        ids = conn.execute(select(meeting_notice.c.id).order_by(meeting_notice.c.id)).scalars()
        one, other = ids.all()
        notice_walk.remind(conn, [_to(meeting_id, first, one, 1440)])
        notice_walk.remind(conn, [_to(meeting_id, first, other, 120)])
        notice_walk.remind(conn, [_to(meeting_id, second, other, 120)])
        seen = []
        for step in (
            lambda: notices.move_person(conn, first, second),
            lambda: notices.drop_person(conn, second),
        ):
            step()
            rows = conn.execute(select(meeting_reminder.c.person_id, meeting_reminder.c.lead))
            seen.append(sorted((row.person_id - first, row.lead) for row in rows))
        assert not notice_recall.was_any(conn, meeting_id)
        return seen

    assert await office.database.write(play) == [[(1, 120), (1, 1440)], []]


async def test_a_notice_is_claimed_once_and_listed_for_its_network_alone(office: Office) -> None:
    other = await Office.open(office.database, office.now, "shahi")
    meeting_id = await office.meeting()
    rows = [{**_notice(office, meeting_id, 120), "state": "missed"}]
    for _ in range(2):
        await office.database.write(notice_walk.claim, rows)
    listed = await office.database.read(notices.troubled, office.id, office.now)
    assert [(row.label, row.lead) for row in listed] == [("14", 120)]
    later = office.now + timedelta(seconds=1)
    assert await office.database.read(notices.troubled, office.id, later) == []
    assert await office.database.read(notices.troubled, other.id, office.now) == []


def _notice(office: Office, meeting_id: int, lead: int) -> dict[str, Any]:
    return {
        "network_id": office.id,
        "meeting_id": meeting_id,
        "revision": 0,
        "lead": lead,
        "part": "all",
        "template": "meeting_notice",
        "state": "made",
        "due_at": office.now,
        "expires_at": office.now,
        "made_at": office.now,
    }


def _to(meeting_id: int, person_id: int, notice_id: int, lead: int) -> dict[str, Any]:
    return {
        "meeting_id": meeting_id,
        "person_id": person_id,
        "revision": 0,
        "lead": lead,
        "notice_id": notice_id,
        "address_id": None,
        "way": "paper",
    }
