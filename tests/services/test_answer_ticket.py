"""Answers to reports: over the phone that reported, once, beginning with the number."""

import pytest

from app.domain.errors import Refusal
from app.domain.permissions import Post
from app.services.answer_ticket import TicketAnswer, answer_ticket, close_ticket
from app.services.file_ticket import WalkIn, file_walk_in
from app.store import talk
from tests.factories import Office, catalogue
from tests.services.reported import Reports

KEY = "abcdefghij0123456789"


@pytest.fixture
async def reports(office: Office) -> Reports:
    found = Reports(office)
    await office.say(1, "6 Pani ka pump kharab hai Laspa mein")
    return found


async def send(reports: Reports, text: str, post: Post = Post.PRESS, **more: object) -> bool:
    answer = TicketAnswer(text, more.pop("key", KEY), **more)  # type: ignore[arg-type]
    return await answer_ticket(reports.office.database, 1, answer, reports.hand(post))


async def close(reports: Reports) -> bool:
    return await close_ticket(reports.office.database, 1, reports.hand(), catalogue=catalogue())


async def test_the_answer_goes_to_the_phone_once_and_is_told_for_r1(reports: Reports) -> None:
    assert await send(reports, "Mistri kal aayega.")
    assert not await send(reports, "Mistri kal aayega.")
    assert (await reports.bodies())[-1] == "R1: Mistri kal aayega."
    assert await reports.steps() == ["filed", "answered"]
    reply = (await reports.office.say(1, "R1")).reply
    assert reply == (
        "R1: jawab diya gaya. Jawab: Mistri kal aayega. Hal nahi hua? R1 aur apni baat bhejen"
    )


async def test_the_answer_can_close_it_with_that_one_text(reports: Reports) -> None:
    before = len(await reports.bodies())
    await send(reports, "Pump theek ho gaya.", closes=True)
    assert len(await reports.bodies()) == before + 1
    assert (await reports.all())[0].state == "closed"
    with pytest.raises(Refusal, match="closed already"):
        await close(reports)


async def test_closing_tells_the_member_once(reports: Reports) -> None:
    assert await close(reports)
    assert (await reports.bodies())[-1] == (
        "Mirkhai: R1 band hua. Hal nahi hua? R1 aur apni baat bhejen. Shukriya"
    )
    await reports.office.say(1, "R1 abhi tak kharab hai")
    assert not await close(reports), "on the same day the same text does not go twice"


async def test_word_of_mouth_sends_nothing(reports: Reports) -> None:
    before = len(await reports.bodies())
    assert not await send(reports, "Phone par bata diya.", is_spoken=True, key="")
    assert len(await reports.bodies()) == before
    assert (await reports.all())[0].state == "answered"


@pytest.mark.parametrize(
    ("text", "more", "code"),
    [
        ("", {}, "text_empty"),
        ("", {"is_spoken": True}, "text_empty"),
        ("x" * 900, {}, "text_too_long"),
        ("Apna CNIC number bhejen", {}, "text_lint"),
        ("Kal.", {"key": "short"}, "key"),
    ],
)
async def test_what_may_not_go_out_is_refused(
    reports: Reports, text: str, more: dict[str, object], code: str
) -> None:
    with pytest.raises(Refusal) as fault:
        await send(reports, text, **more)  # type: ignore[arg-type]
    assert fault.value.code == code
    assert (await reports.all())[0].state == "open"


async def test_a_stopped_phone_and_a_walk_in_get_no_text(reports: Reports) -> None:
    office = reports.office
    await office.say(1, "STOP")
    with pytest.raises(Refusal, match="stopped"):
        await send(reports, "Kal.")
    assert not await close(reports)
    await file_walk_in(office.database, office.id, WalkIn("pump"), by="N", now=office.now)
    with pytest.raises(Refusal, match="no phone"):
        await answer_ticket(office.database, 2, TicketAnswer("Kal.", KEY), reports.hand())


async def test_a_protected_one_is_answered_by_few_and_stays_out_of_the_thread(
    office: Office,
) -> None:
    reports = Reports(office)
    await office.say(1, "ghar mein maar peet hoti hai roz")
    with pytest.raises(Refusal, match="may not"):
        await send(reports, "Daftar aayen.")
    assert await send(reports, "Daftar aayen.", Post.FOCAL)
    (row,) = await reports.all()
    assert (await reports.bodies())[-1] == "R1: Daftar aayen."
    shown = await office.database.read(talk.out_to, row.address_id, 9)
    assert shown == []
    assert "Daftar" not in (await office.say(1, "R1")).reply


async def test_another_networks_report_cannot_be_answered(reports: Reports) -> None:
    other = await Office.open(reports.office.database, reports.office.now, "sarang")
    with pytest.raises(Refusal, match="no such report"):
        await answer_ticket(
            other.database, 1, TicketAnswer("Kal.", KEY), Reports(other).hand(Post.PRESIDENT)
        )


async def test_an_urdu_answer_begins_with_an_urdu_letter(reports: Reports) -> None:
    await reports.office.say(1, "URDU")
    await send(reports, "مستری کل آئے گا")
    assert (await reports.bodies())[-1] == "نمبر R1: مستری کل آئے گا"
