"""What a yes or a no to a meeting does: whose it is, which counts, and what the office sees."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from app.domain.errors import Refusal
from app.services.answer_meeting import forecast
from app.services.forget_number import forget_number
from app.services.merge_people import merge_people
from app.store.conversations import conversation, question
from app.store.meeting_answers import meeting_answer, of_meeting
from app.store.people import person
from tests.factories import Office, number
from tests.services.phones import put_on, seat_all


async def said_of(office: Office, meeting_id: int) -> dict[int, str]:
    return dict(await office.database.read(of_meeting, meeting_id))


async def counted(office: Office, table: Any) -> int:
    rows = select(func.count()).select_from(table)
    return await office.database.read(lambda conn: conn.execute(rows).scalar_one())


async def test_the_newest_answer_of_a_person_counts_and_there_is_one_row(office: Office) -> None:
    (gul,) = await put_on(office, 1, "Gul")
    meeting_id = await seat_all(office, gul)
    for text, answer in (("11", "coming"), ("ji nahi", "not"), ("han", "coming")):
        await office.say(1, text)
        assert await said_of(office, meeting_id) == {gul: answer}
    assert await counted(office, meeting_answer) == 1


async def test_answers_that_arrive_together_count_in_their_order(office: Office) -> None:
    (gul,) = await put_on(office, 1, "Gul")
    meeting_id = await seat_all(office, gul)
    await office.hear(office.mo(1, "11"), office.mo(1, "12"))
    assert await said_of(office, meeting_id) == {gul: "not"}


async def test_a_repeated_hook_of_an_old_answer_changes_nothing(office: Office) -> None:
    (gul,) = await put_on(office, 1, "Gul")
    meeting_id = await seat_all(office, gul)
    first = office.mo(1, "11")
    await office.hear(first)
    await office.say(1, "12")
    await office.hear(first)
    assert await said_of(office, meeting_id) == {gul: "not"}


async def test_an_answer_after_the_meeting_or_from_somebody_outside_is_not_written_down(
    office: Office,
) -> None:
    (gul,) = await put_on(office, 1, "Gul")
    await put_on(office, 2, "Naz")
    await seat_all(office, gul)
    await office.say(2, "11")
    late = office.now + timedelta(days=4)
    (answer,) = await office.hear(office.mo(1, "11"), now=late)
    assert "ho chuka" in answer.reply
    assert await counted(office, meeting_answer) == 0


async def test_the_office_sees_how_many_come_and_the_women_among_them(office: Office) -> None:
    ids = [(await put_on(office, n, f"Gul {n}"))[0] for n in range(1, 6)]
    meeting_id = await seat_all(office, *ids)
    women = update(person).where(person.c.id.in_(ids[:2])).values(sex="f")
    await office.database.write(lambda conn: conn.execute(women))
    await office.hear(office.mo(1, "11"), office.mo(3, "11"), office.mo(2, "12"))
    seen = await forecast(office.database, office.id, meeting_id)
    assert (seen.coming, seen.women_coming) == (2, 1)
    assert (seen.not_coming, seen.women_not_coming) == (1, 1)
    assert (seen.silent, seen.women_silent) == (2, 0)


async def test_another_network_has_no_such_meeting(office: Office) -> None:
    other = await Office.open(office.database, office.now, slug="sarang")
    (gul,) = await put_on(office, 1, "Gul")
    meeting_id = await seat_all(office, gul)
    with pytest.raises(Refusal, match="no such meeting"):
        await forecast(office.database, other.id, meeting_id)


async def test_one_of_two_who_are_one_keeps_the_answer(office: Office) -> None:
    (gul,) = await put_on(office, 1, "Gul Naz")
    (twin,) = await put_on(office, 2, "Gul Naaz")
    meeting_id = await seat_all(office, gul, twin)
    await office.say(2, "11")
    await merge_people(office.database, office.id, gul, twin, by="Nusrat", now=office.now)
    assert await said_of(office, meeting_id) == {gul: "coming"}


async def test_of_a_forgotten_number_no_answer_and_no_open_question_stays(office: Office) -> None:
    (amina, bilal) = await put_on(office, 1, "Amina", "Bilal")
    await office.meeting()
    await office.minutes()
    await office.say(1, "3")
    await office.say(1, "6")
    assert (await counted(office, conversation), await counted(office, question)) == (1, 1)
    await forget_number(office.database, number(1), by="Nusrat", now=office.now)
    assert (await counted(office, conversation), await counted(office, question)) == (0, 0)
    assert {amina, bilal}
