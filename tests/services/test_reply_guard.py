"""What the office may rely on when a machine, a crowd or a loop texts: no bill, nothing lost."""

from datetime import timedelta

from sqlalchemy import select, update

from app.domain.guard import A_DAY, ANY_IN_WINDOW, IDLE_IN_WINDOW
from app.store.database import Connection
from app.store.inbound import inbound
from app.store.networks import network
from tests.factories import Office, person


async def unanswered(office: Office) -> list[str]:
    statement = select(inbound.c.unanswered).order_by(inbound.c.id)
    return await office.database.read(lambda conn: list(conn.execute(statement).scalars()))


async def waiting(office: Office) -> int:
    statement = select(inbound.c.id).where(inbound.c.unanswered != "", inbound.c.needs_person)
    return await office.database.read(lambda conn: len(conn.execute(statement).all()))


async def test_two_machines_that_answer_each_other_fall_silent(office: Office) -> None:
    await office.people(person("Gul", 1))
    text, heard = "thank you for your message", 0
    for _ in range(30):
        answer = await office.say(1, text)
        heard += bool(answer.reply)
        text = answer.reply or text
    assert 1 <= heard <= IDLE_IN_WINDOW
    assert set((await unanswered(office))[IDLE_IN_WINDOW + 1 :]) <= {"idle", "ours", "repeated"}


async def test_who_asks_whether_our_own_words_are_true_is_answered(office: Office) -> None:
    await office.people(person("Gul", 1))
    echo = "Mirkhai: meeting on Sunday. Ref 41"
    assert (await office.say(1, echo)).reply == ""
    assert "41" in (await office.say(1, "Mirkhai ref 41 sach hai?")).reply
    assert await unanswered(office) == ["ours", ""]


async def test_what_a_silenced_text_asks_is_done_all_the_same(office: Office) -> None:
    await office.people(person("Gul", 1))
    for n in range(ANY_IN_WINDOW):
        assert (await office.say(1, f"D{n + 1}")).reply
    assert (await office.say(1, "STOP")).reply == ""
    assert (await unanswered(office))[-1] == "many"
    office.now += timedelta(minutes=11)
    assert "9" in (await office.say(1, "STOP")).reply


async def test_a_day_has_forty_answers_for_one_phone(office: Office) -> None:
    await office.people(person("Gul", 1))
    answers = []
    for n in range(A_DAY + 3):
        office.now += timedelta(minutes=1)
        answers.append((await office.say(1, f"D{n + 1}")).reply)
    assert all(answers[:A_DAY])
    assert answers[A_DAY:] == ["", "", ""]


async def test_a_crowd_of_strangers_costs_no_more_than_the_days_answers(office: Office) -> None:
    await office.people(person("Gul", 1))

    def few(conn: Connection) -> None:
        conn.execute(update(network).values(stranger_answers=5))

    await office.database.write(few)
    answers = [(await office.say(100 + n, "1")).reply for n in range(9)]
    assert [bool(one) for one in answers] == [True] * 5 + [False] * 4
    assert await waiting(office) == 1
    assert (await office.say(1, "1")).reply
    office.now += timedelta(days=1)
    assert (await office.say(300, "1")).reply


async def test_a_text_of_ours_that_comes_back_is_not_answered(office: Office) -> None:
    await office.people(person("Gul", 1))
    echo = "Mirkhai: EC meeting Sun 12 Oct 10am. Reply 11 or 12. Ref 41"
    assert (await office.say(1, echo)).reply == ""
    assert await unanswered(office) == ["ours"]
    assert (await office.say(1, "REF 41")).reply


async def test_the_same_text_twice_within_two_minutes_is_answered_once(office: Office) -> None:
    await office.people(person("Gul", 1))
    answers = [(await office.say(1, "2")).reply for _ in range(3)]
    assert [bool(one) for one in answers] == [True, False, False]
    assert await unanswered(office) == ["", "repeated", "repeated"]
