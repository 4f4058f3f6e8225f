"""What stands open between a phone and the network, and how long."""

from datetime import timedelta
from typing import Any

import pytest

from app.store import conversations, meeting_answers
from app.store.calls import _asks
from app.store.database import Connection
from tests.factories import Office
from tests.services.phones import phone_of, put_on, seat_all

HOUR = timedelta(hours=1)


async def told(office: Office, ask: Any, hours: float = 0) -> Any:
    """What is known of the first phone so many hours from now."""
    phone = await phone_of(office, 1)
    return await office.database.read(ask, phone.id, office.now + hours * HOUR)


async def test_more_goes_on_for_two_days_with_the_last_list_alone(office: Office) -> None:
    await put_on(office, 1, "Gul")
    await office.meeting()
    await office.minutes()
    await office.say(1, "KARWAI")
    more = await told(office, conversations.more, 47.9)
    assert (more.intent, more.argument, more.told) == ("minutes", "14", 0)
    assert await told(office, conversations.more, 48) is None
    await office.say(1, "3")
    assert await told(office, conversations.more) is None


async def test_the_menu_counts_as_shown_for_a_day(office: Office) -> None:
    await put_on(office, 1, "Gul")
    assert not await told(office, conversations.was_shown_menu)
    await office.say(1, "HELP")
    assert await told(office, conversations.was_shown_menu, 23.9)
    assert not await told(office, conversations.was_shown_menu, 24)


async def test_a_question_stands_until_its_end_and_of_each_kind_there_is_one(
    office: Office,
) -> None:
    await put_on(office, 1, "Gul")
    for text in ("6", "masla"):
        await office.say(1, text)
    (one,) = await told(office, conversations.questions)
    assert one.kind == "report"
    assert await told(office, conversations.questions, 1000) == []


async def test_an_answer_that_is_not_given_opens_nothing(office: Office) -> None:
    await put_on(office, 1, "Gul")
    await office.hear(*(office.mo(1, "HELP", external_id=f"h{n}") for n in range(12)))
    await office.say(1, "6")
    assert len(await told(office, conversations.questions)) == 1
    await put_on(office, 2, "Naz")
    await office.hear(*(office.mo(2, f"{n}", external_id=f"n{n}") for n in (1, 2, 3, 7, 4, 5, 8)))
    await office.hear(*(office.mo(2, f"M{n}", external_id=f"m{n}") for n in range(1, 7)))
    assert (await office.say(2, "6")).reply == ""
    phone = await phone_of(office, 2)
    assert await office.database.read(conversations.questions, phone.id, office.now) == []


async def test_of_two_answers_the_later_one_counts_whichever_is_stored_last(
    office: Office,
) -> None:
    (gul,) = await put_on(office, 1, "Gul")
    meeting_id = await seat_all(office, gul)

    def put(conn: Connection) -> dict[int, str]:
        whose = {"network_id": office.id, "meeting_id": meeting_id, "person_id": gul}
        for hours, answer in ((2, "not"), (1, "coming")):
            at = office.now + hours * HOUR
            meeting_answers.put(conn, {**whose, "answer": answer, "at": at})
        return dict(meeting_answers.of_meeting(conn, meeting_id))

    assert await office.database.write(put) == {gul: "not"}


@pytest.mark.parametrize(
    ("text", "is_asking"),
    [
        *(("EC ijlas 12 Oct. Jawab 1=han 2=nahi", True), ("Reply 11 = coming 12 = not", True)),
        *(("Send 11 to come, 12 if not", True), ("جواب 1=ہاں 2=نہیں", True)),
        *(("EC ijlas 11 Oct subah 10 baje", False), ("Fees Rs 111=full", False), ("", False)),
    ],
)
def test_a_notice_asks_by_11_and_12_or_by_1_and_2(text: str, is_asking: bool) -> None:
    assert (_asks(text) is not None) == is_asking
