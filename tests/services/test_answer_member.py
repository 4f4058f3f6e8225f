"""An officer's answer: one text back to the phone that wrote, once, and only where it may go."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from app.domain import gsm
from app.domain.errors import Refusal
from app.domain.messages import Lane
from app.services.answer_member import Answer, answer_member
from app.services.show_desk import show_desk
from app.services.show_talk import TalkLine, list_talk
from app.store.journal import first_broken, journal
from tests.factories import PRICE, Office, catalogue, number, person, wire
from tests.services.chatting import type_in, with_bot

DANGER = "bund toot gaya hai hamare gaon mein pani aa raha hai"
KEY = "k" * 16


async def heard(office: Office, sender: str | int = 1, text: str = DANGER) -> TalkLine:
    """A text that came in and waits, or not, for a person."""
    await office.say(sender, text)
    page = await list_talk(office.database, office.id, which="in")
    return page.lines[0]


async def answer(office: Office, line: TalkLine, **changes: Any) -> bool:
    said = {"text": "Hum aa rahe hain.", "language": "ur-Latn", "key": KEY, "until": line.id}
    written = Answer(**{"address_id": line.address_id, **said, **changes})
    return await answer_member(office.database, office.id, written, by="Sajida", now=office.now)


async def answers(office: Office) -> list[Any]:
    return [row for row in await office.texts() if row.dedupe_key.startswith("answer")]


async def waits(office: Office) -> int:
    return len((await list_talk(office.database, office.id, which="waiting")).lines)


async def notes(office: Office) -> list[tuple[str, str, dict[str, int]]]:
    def rows(conn):
        found = conn.execute(journal.select().where(journal.c.action == "member answered"))
        return [(row.actor, row.subject, row.detail) for row in found.all()]

    assert await office.database.read(first_broken, office.id) is None
    return await office.database.read(rows)


async def test_the_answer_goes_out_among_the_replies_and_nothing_waits_any_more(
    office: Office,
) -> None:
    line = await heard(office)
    assert await waits(office) == 1
    assert await answer(office, line, text="  Hum aa rahe hain. ")
    (row,) = await answers(office)
    assert (row.msisdn, row.body, row.language) == (number(1), "Hum aa rahe hain.", "ur-Latn")
    assert (row.lane, row.state, row.segments) == (Lane.REPLY, "queued", 1)
    assert (row.price_micro, row.currency) == (PRICE, "PKR")
    assert (row.due_at, row.expires_at) == (office.now, office.now + timedelta(hours=24))
    assert await waits(office) == 0
    detail = {"segments": 1, "settled": 1}
    assert await notes(office) == [("Sajida", f"phone {line.address_id}", detail)]
    claimed = await office.claim()
    assert "Hum aa rahe hain." in [one.text for one in claimed.rows]


async def test_a_double_click_sends_one_answer(office: Office) -> None:
    line = await heard(office)
    done = await asyncio.gather(*(answer(office, line) for _ in range(4)))
    assert sorted(done) == [False, False, False, True]
    assert (len(await answers(office)), len(await notes(office))) == (1, 1)
    assert await answer(office, line, key="another-page-here")
    assert len(await answers(office)) == 2


async def test_a_text_that_came_in_meanwhile_goes_on_waiting(office: Office) -> None:
    line = await heard(office)
    await office.say(1, DANGER)
    await answer(office, line)
    assert await waits(office) == 1


async def test_the_answer_takes_the_wire_of_the_last_text(office: Office) -> None:
    await office.wires(wire("sim"), wire("cheap", price_micro=1))
    await answer(office, await heard(office))
    (row,) = await answers(office)
    assert row.route_id == office.routes["sim"]


async def test_when_that_wire_is_closed_the_cheapest_that_reaches_the_phone_is_taken(
    office: Office,
) -> None:
    line = await heard(office)
    deaf = wire("deaf", price_micro=0, reaches=frozenset({"real"}))
    await office.wires(wire("dear", price_micro=9), wire("cheap", price_micro=1), deaf)
    await answer(office, line)
    (row,) = await answers(office)
    assert (row.route_id, row.price_micro) == (office.routes["cheap"], 1)


async def test_without_any_wire_the_answer_is_refused_and_the_text_goes_on_waiting(
    office: Office,
) -> None:
    line = await heard(office)
    await office.wires(wire("deaf", reaches=frozenset({"real"})))
    with pytest.raises(Refusal, match="No wire reaches"):
        await answer(office, line)
    assert (await answers(office), await waits(office)) == ([], 1)


async def test_a_phone_that_stopped_all_messages_is_not_answered(office: Office) -> None:
    await heard(office)
    line = await heard(office, text="STOP")
    with pytest.raises(Refusal, match="has stopped all messages"):
        await answer(office, line)
    assert await answers(office) == []


async def test_a_phone_that_wants_danger_alerts_only_is_answered_when_it_wrote(
    office: Office,
) -> None:
    await office.people(person("Gul", 1))
    await office.say(1, "ALERTS ONLY")
    assert await answer(office, await heard(office))


async def test_a_member_who_never_wrote_gets_no_answer(office: Office) -> None:
    await office.people(person("Gul", 1))
    await office.send()
    (line,) = (await list_talk(office.database, office.id, which="out")).lines
    with pytest.raises(Refusal, match="Nothing has come in"):
        await answer(office, line)
    assert await answers(office) == []


async def test_a_number_that_nobody_has_looked_at_is_not_answered(office: Office) -> None:
    line = await heard(office, "+923891234567")
    with pytest.raises(Refusal, match="cannot get texts"):
        await answer(office, line)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The answer is empty"),
        (" \n\t", "The answer is empty"),
        ("Apna CNIC number bhejen", "identity cards"),
        ("Yahan dekhen: https://bit.ly/x", "links"),
        ("ا" * 300, "needs 5 segments; 4 is the most"),
        ("x" * 1_000_000, "segments; 4 is the most"),
    ],
)
async def test_words_that_may_not_go_out_are_refused_with_the_reason(
    office: Office, text: str, sentence: str
) -> None:
    line = await heard(office)
    with pytest.raises(Refusal, match=sentence):
        await answer(office, line, text=text)
    assert (await answers(office), await notes(office), await waits(office)) == ([], [], 1)


@pytest.mark.parametrize("key", ["", "short", "k" * 41, "k" * 15 + "'", "ک" * 16])
async def test_a_form_with_a_made_up_key_is_refused(office: Office, key: str) -> None:
    line = await heard(office)
    with pytest.raises(Refusal, match="Open the page again"):
        await answer(office, line, key=key)


@pytest.mark.parametrize("odd", [0, -1, 2**63, 10**30])
async def test_numbers_that_name_nothing_are_refused_or_settle_nothing(
    office: Office, odd: int
) -> None:
    line = await heard(office)
    with pytest.raises(Refusal, match="no such phone"):
        await answer(office, line, address_id=odd)
    assert await answer(office, line, until=odd)
    assert await waits(office) == (0 if odd > 0 else 1)


async def test_another_network_s_phone_cannot_be_answered(office: Office) -> None:
    line = await heard(office)
    other = await Office.open(office.database, office.now, "shahi")
    with pytest.raises(Refusal, match="no such phone"):
        await answer(other, line)
    assert await answers(office) == []


async def test_two_officers_who_answer_the_same_thread_see_each_other(office: Office) -> None:
    line = await heard(office)
    assert line.address_id is not None
    assert await answer(office, line, seen=0)
    desk = await show_desk(office.database, office.id, line.address_id, [])
    assert (desk.answered_by, desk.answered_at) == ("Sajida", office.now)
    with pytest.raises(Refusal, match="Sajida answered this phone meanwhile") as fault:
        await answer(office, line, seen=0, key="another-officer-1")
    assert fault.value.code == "changed_meanwhile"
    assert len(await answers(office)) == 1
    assert await answer(office, line, seen=desk.answer_id, key="another-officer-1")
    assert await answer(office, line, seen=0) is False


async def test_nothing_goes_out_to_somebody_who_wrote_meanwhile(office: Office) -> None:
    line = await heard(office)
    newer = await heard(office, text=DANGER + " jaldi")
    with pytest.raises(Refusal, match="A new text came") as fault:
        await answer(office, line, seen=0)
    assert fault.value.code == "changed_meanwhile"
    assert await answers(office) == []
    assert await answer(office, newer, seen=0)
    assert await waits(office) == 0


async def test_of_two_who_press_at_once_one_goes_out(office: Office) -> None:
    line = await heard(office)
    keys = [f"officer-number-{n}" for n in range(4)]
    done = await asyncio.gather(
        *(answer(office, line, seen=0, key=key) for key in keys), return_exceptions=True
    )
    assert [one for one in done if one is True] == [True]
    assert len(await answers(office)) == 1


async def test_an_answer_may_leave_the_thread_waiting(office: Office) -> None:
    line = await heard(office)
    assert await answer(office, line, settles=False)
    assert await waits(office) == 1


@pytest.mark.parametrize("name", ["ready_call", "ready_reached", "ready_not_known"])
def test_ready_answers_fit_one_segment_in_each_writing(name: str) -> None:
    for tag in ("en", "ur", "ur-Latn", "sd", "ps"):
        rendered = catalogue().render(name, {}, tag)
        assert gsm.count(rendered.text) == 1, rendered
        own = {"sd": {"sd", "ur"}, "ps": {"ps", "ur"}}.get(tag, {tag})
        assert rendered.language in own


async def test_an_answer_to_a_chat_goes_back_over_the_same_wire(office: Office) -> None:
    await with_bot(office)
    await type_in(office, DANGER)
    line = (await list_talk(office.database, office.id, which="in")).lines[0]
    assert await answer(office, line, seen=0)
    (row,) = await answers(office)
    assert (row.route_id, row.price_micro) == (office.routes["bot"], 0)
    assert await waits(office) == 0
