"""SMS as fallback: what a chat refuses or does not take goes to the phone, and only once."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from app.domain.broadcast import Kind
from app.domain.messages import State
from app.services.fall_back import MOST_TRIES, after_results, fall_back
from app.services.mark_gone import mark_gone
from app.store.claim import Claimed
from app.store.networks import network
from app.store.outbox import outbox
from app.store.settle import Result, settle
from tests.factories import Office, number, person
from tests.services.chatting import CHAT, chat_row, link, type_in, with_bot
from tests.services.test_record_chat_change import tell


async def on_chat(office: Office, phone: int = 1, chat: str = CHAT) -> None:
    """Whoever has that phone takes their messages in a chat."""
    await link(office, phone, chat)
    await type_in(office, "START", chat)


async def out(office: Office) -> list[tuple[str, str]]:
    """Broadcasts on their way: where to and how they stand."""
    rows = [row for row in await office.texts() if row.broadcast_id is not None]
    return [(row.msisdn or "chat", row.state) for row in rows]


async def refuse(office: Office, row: Claimed, *, is_gone: bool = False) -> None:
    """What a worker does with the refusal of a wire."""
    result = Result(
        row.id, row.token, row.no, State.REJECTED, "rejected", code="403", is_gone=is_gone
    )

    def work(conn: Any) -> None:
        settle(conn, [result], office.now)
        after_results(conn, [result], office.now)
        mark_gone(conn, [one for one in [result] if one.is_gone], office.now)

    await office.database.write(work)


async def claimed(office: Office) -> Claimed:
    """The broadcast that the wire of chats takes next, after all answers."""
    while rows := (await office.claim(slots=1, route="bot")).rows:
        if "Ref " in rows[0].text:
            return rows[0]
    raise AssertionError("nothing waits for a chat")


async def test_what_a_chat_refuses_goes_to_the_phone_once(office: Office) -> None:
    await with_bot(office)
    await office.people(person("Zainab", 1))
    await on_chat(office)
    await office.send()
    assert await out(office) == [("chat", "queued")]
    row = await claimed(office)
    await refuse(office, row, is_gone=True)
    assert await out(office) == [("chat", "rejected"), (number(1), "queued")]
    last = (await office.texts())[-1]
    assert (last.first_id, last.route_id) == (row.id, office.routes["sim"])
    assert (await office.database.read(chat_row)).standing == "bounced"
    await fall_back(office.database, now=office.now + timedelta(hours=1))
    assert len(await out(office)) == 2


async def test_other_texts_that_wait_for_a_chat_that_is_gone_go_to_the_phone_too(
    office: Office,
) -> None:
    await with_bot(office)
    await office.people(person("Zainab", 1))
    await on_chat(office)
    await office.send()
    await office.send(text="Kal doosra ijlas hai.")
    await refuse(office, await claimed(office), is_gone=True)
    assert sorted(await out(office)) == [
        (number(1), "queued"),
        (number(1), "queued"),
        ("chat", "cancelled"),
        ("chat", "rejected"),
    ]


async def test_a_chat_that_blocks_us_gets_its_waiting_texts_by_sms(office: Office) -> None:
    await with_bot(office)
    await office.people(person("Zainab", 1))
    await on_chat(office)
    await office.send()
    await tell(office, "blocked")
    await tell(office, "blocked")
    assert await out(office) == [("chat", "cancelled"), (number(1), "queued")]


async def test_a_wire_that_is_down_for_ten_minutes_hands_its_texts_to_sms(office: Office) -> None:
    await with_bot(office)
    await office.people(person("Zainab", 1))
    await on_chat(office)
    await office.send()
    assert await fall_back(office.database, now=office.now + timedelta(minutes=9)) == 0
    assert await fall_back(office.database, now=office.now + timedelta(minutes=11)) == 1
    assert await out(office) == [("chat", "cancelled"), (number(1), "queued")]
    assert await fall_back(office.database, now=office.now + timedelta(minutes=12)) == 0


async def test_a_text_that_failed_for_ten_minutes_is_due_again_and_still_goes_by_sms(
    office: Office,
) -> None:
    await with_bot(office)
    await office.people(person("Zainab", 1))
    await on_chat(office)
    await office.send()
    tried = outbox.update().where(outbox.c.broadcast_id.is_not(None))
    values = tried.values(attempts=MOST_TRIES, due_at=office.now + timedelta(minutes=5))
    await office.database.write(lambda conn: conn.execute(values).rowcount)
    assert await fall_back(office.database, now=office.now) == 1


async def test_a_text_whose_fate_is_not_known_is_never_sent_again(office: Office) -> None:
    await with_bot(office)
    await office.people(person("Zainab", 1))
    await on_chat(office)
    await office.send()
    row = await claimed(office)
    lost = Result(row.id, row.token, row.no, State.UNCERTAIN, "uncertain")
    await office.database.write(settle, [lost], office.now)
    assert await fall_back(office.database, now=office.now + timedelta(hours=1)) == 0
    assert await out(office) == [("chat", "uncertain")]


async def test_a_phone_that_stopped_and_a_text_without_use_stay_where_they_are(
    office: Office,
) -> None:
    await with_bot(office)
    await office.people(person("Zainab", 1))
    await on_chat(office)
    await office.send()
    await office.say(1, "STOP")
    late = office.now + timedelta(minutes=11)
    assert await fall_back(office.database, now=late) == 0
    assert await out(office) == [("chat", "queued")]
    await office.say(1, "START")
    over = outbox.update().where(outbox.c.broadcast_id.is_not(None)).values(expires_at=office.now)
    await office.database.write(lambda conn: conn.execute(over).rowcount)
    assert await fall_back(office.database, now=late) == 0


async def test_a_phone_that_others_share_gets_the_broadcast_no_second_time(
    office: Office,
) -> None:
    await with_bot(office)
    await office.people(person("Zainab", 1, shared="yes"), person("Karim", 1, shared="yes"))
    await office.say(1, "LINK")
    await link_named(office, "Zainab")
    await type_in(office, "START")
    await office.send()
    assert sorted(await out(office)) == [(number(1), "queued"), ("chat", "queued")]
    await fall_back(office.database, now=office.now + timedelta(minutes=11))
    assert sorted(await out(office)) == [(number(1), "queued"), ("chat", "cancelled")]


async def link_named(office: Office, name: str) -> None:
    """Say who it is on a shared phone, and type the code that comes in the chat."""
    said = await office.say(1, name)
    code = "".join(letter for letter in said.reply.split("LINK")[-1] if letter.isdigit())[:6]
    await type_in(office, f"LINK {code}")


async def test_the_budget_of_a_broadcast_holds_for_the_fallback_too(office: Office) -> None:
    await with_bot(office)
    await office.people(person("Zainab", 1))
    await on_chat(office)
    await office.send()
    cap = network.update().values(broadcast_cap_micro=1)
    await office.database.write(lambda conn: conn.execute(cap).rowcount)
    assert await fall_back(office.database, now=office.now + timedelta(minutes=11)) == 0
    assert await out(office) == [("chat", "queued")]


async def test_urgent_texts_that_went_to_the_phone_anyway_do_not_go_there_twice(
    office: Office,
) -> None:
    await with_bot(office)
    await office.people(person("Zainab", 1))
    await on_chat(office)
    await office.send(kind=Kind.URGENT)
    assert sorted(await out(office)) == [(number(1), "queued"), ("chat", "queued")]
    late = replace(office, now=office.now + timedelta(minutes=11))
    await fall_back(office.database, now=late.now)
    assert sorted(await out(office)) == [(number(1), "queued"), ("chat", "cancelled")]
