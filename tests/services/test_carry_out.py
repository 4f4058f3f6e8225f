"""What texts do besides being answered: only what they ask, STOP of all of them first."""

from datetime import timedelta

from sqlalchemy import event

from app.services.carry_out import is_asked
from tests.factories import Office, number
from tests.services.phones import phone_of, put_on, seat_all


async def test_a_text_that_changes_nothing_costs_no_statement_more(office: Office) -> None:
    """The hook's slowest hundredth has little room; who has no row there is counted besides."""
    await put_on(office, 1, "Amina", "Bilal")
    await put_on(office, 2, "Gul")
    await office.meeting()
    await office.minutes()
    statements: list[str] = []
    event.listen(
        office.database._writer,
        "before_cursor_execute",
        lambda _conn, _cursor, statement, *_: statements.append(statement),
    )
    counts = []
    for phone in (1, 2):
        await office.say(phone, "HELP")
        statements.clear()
        await office.say(phone, "IJLAS")
        counts.append(sum(not one.startswith("BEGIN") for one in statements))
    assert len(set(counts)) == 1
    assert counts[0] == 9, statements


async def test_the_question_who_it_is_stands_open_for_two_days(office: Office) -> None:
    await seat_all(office, *await put_on(office, 1, "Amina", "Bilal"))
    assert not is_asked(await phone_of(office, 1), office.now)
    await office.say(1, "11")
    phone = await phone_of(office, 1)
    assert phone.msisdn == number(1)
    assert is_asked(phone, office.now + timedelta(hours=48, seconds=-1))
    assert not is_asked(phone, office.now + timedelta(hours=48))


async def test_stop_and_galat_of_two_phones_in_one_batch_hold_for_each(office: Office) -> None:
    for phone in (1, 2, 3):
        await put_on(office, phone, "Gul")
    await office.hear(office.mo(1, "GALAT"), office.mo(2, "STOP"), office.mo(3, "JOIN Naz"))
    found = [(await phone_of(office, phone)).standing for phone in (1, 2, 3)]
    assert found == ["wrong", "stopped", "active"]
