"""Linking a chat: only whoever holds the phone can, guessing ends in silence, groups get a body."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain.errors import Refusal
from app.services.change_body import BodyFacts, add_body, remove_body
from app.services.link_chat import make_group_code, unlink_group
from app.services.show_talk import list_talk
from app.store import chat_groups, chat_links
from app.store.chats import link_code
from app.store.journal import journal
from tests.factories import Office, number, person
from tests.services.chatting import CHAT, GROUP, chat_row, code_in, link, links, type_in, with_bot


async def texts_to(office: Office, phone: int) -> list[str]:
    return [row.body for row in await office.texts() if row.msisdn == number(phone)]


async def test_a_code_said_by_sms_makes_the_chat_that_person_s_own(office: Office) -> None:
    await with_bot(office)
    await office.people(person("Zainab", 1, shared="", language="en"))
    stranger = await type_in(office, "LINK")
    assert "from your own phone" in stranger.reply.lower() or "SMS" in stranger.reply
    done = await link(office, 1)
    assert "Zainab" in done.reply
    assert await office.database.read(links) == [("Zainab", "77001", "own", True)]
    # Linking is no consent: the chat is asked for START.
    assert (await office.database.read(chat_row)).standing == "unknown"
    assert "START" in done.reply
    assert any("UNLINK" in text for text in await texts_to(office, 1))
    entries = await office.database.read(lambda conn: conn.execute(select(journal)).all())
    assert [one.action for one in entries].count("chat linked") == 1
    assert not any(number(1) in str(one.detail) for one in entries)


async def test_an_officer_who_reads_along_sees_no_code(office: Office) -> None:
    await with_bot(office)
    await office.people(person("Zainab", 1))
    code = code_in((await office.say(1, "LINK")).reply)
    page = await list_talk(office.database, office.id)
    assert sorted(line.kind for line in page.lines) == ["in", "out"]
    assert not any(code in line.text for line in page.lines)
    assert any("******" in line.text for line in page.lines)


async def test_a_code_works_once_and_only_for_a_quarter_of_an_hour(office: Office) -> None:
    await with_bot(office)
    await office.people(person("Zainab", 1))
    code = code_in((await office.say(1, "LINK")).reply)
    late = replace(office, now=office.now + timedelta(minutes=16))
    assert (await type_in(late, f"LINK {code}")).intent == "link_wrong"
    assert await office.database.read(links) == []
    code = code_in((await office.say(1, "JORO")).reply)
    assert (await type_in(office, f"LINK {code}")).intent == "link"
    other = await type_in(office, f"LINK {code}", "tg:77002")
    assert other.intent == "link_wrong"
    assert len(await office.database.read(links)) == 1


async def test_codes_are_not_kept_in_the_clear_and_a_second_one_does_not_spoil_the_first(
    office: Office,
) -> None:
    await with_bot(office)
    await office.people(person("Zainab", 1))
    first = code_in((await office.say(1, "LINK")).reply)
    # The same text at once is answered once, and yet nothing is lost.
    assert (await office.say(1, "LINK")).reply == ""
    rows = await office.database.read(lambda conn: conn.execute(select(link_code)).all())
    assert len(rows) == 2
    assert not any(first in str(row) for row in rows)
    assert (await type_in(office, f"LINK {first}")).intent == "link"


async def test_a_phone_gets_three_codes_an_hour_and_the_network_twenty(office: Office) -> None:
    await with_bot(office)
    await office.people(*(person(f"Zainab {n}", n) for n in range(1, 9)))
    for n in range(chat_links.CODES_A_PHONE):
        later = replace(office, now=office.now + timedelta(minutes=n * 11))
        code_in((await later.say(1, "LINK")).reply)
    late = replace(office, now=office.now + timedelta(minutes=34))
    refused = await late.say(1, "LINK")
    assert refused.reply
    with pytest.raises(AssertionError):
        code_in(refused.reply)
    said = chat_links.CODES_A_PHONE
    for n in range(2, 9):
        for k in range(chat_links.CODES_A_PHONE):
            at = replace(office, now=late.now + timedelta(minutes=k * 11, seconds=n))
            said += "15 minute" in (await at.say(n, "LINK")).reply
    assert said == chat_links.CODES_IN_ALL
    tomorrow = replace(office, now=office.now + timedelta(days=1))
    code_in((await tomorrow.say(1, "LINK")).reply)


async def test_wrong_codes_get_one_answer_and_after_five_silence(office: Office) -> None:
    await with_bot(office)
    await office.people(person("Zainab", 1))
    code = code_in((await office.say(1, "LINK")).reply)
    wrong = [str(n) for n in range(100_000, 100_005)]
    answers = set()
    for n, guess in enumerate(wrong):
        at = replace(office, now=office.now + timedelta(minutes=2 * n))
        answers.add((await type_in(at, f"LINK {guess}")).reply)
    assert len(answers - {""}) == 1
    at = replace(office, now=office.now + timedelta(minutes=11))
    # Even the right code is of no use to whoever guessed so often.
    assert (await type_in(at, f"LINK {code}")).reply == ""
    assert await office.database.read(links) == []
    assert (await type_in(at, f"LINK {code}", "tg:77002")).intent == "link"


async def test_a_phone_that_is_on_no_list_gets_no_code_and_neither_does_a_mailbox(
    office: Office,
) -> None:
    await with_bot(office)
    for sender in (number(9), "amina@example.org"):
        reply = (await office.hear(office.mo(sender, "LINK")))[0].reply
        assert reply
        assert not any(letter.isdigit() for letter in reply)
    assert await office.database.read(lambda conn: conn.execute(select(link_code)).all()) == []


async def test_on_a_shared_phone_it_is_asked_first_who_wants_the_code(office: Office) -> None:
    await with_bot(office)
    await office.people(
        person("Zainab", 1, shared="yes", language="en"), person("Karim", 1, shared="yes")
    )
    asked = await office.say(1, "LINK")
    assert "Karim" in asked.reply
    assert not await office.database.read(lambda conn: conn.execute(select(link_code)).all())
    code = code_in((await office.say(1, "Karim")).reply)
    await type_in(office, f"LINK {code}")
    # The proof is as good as the phone, on which others read along.
    assert await office.database.read(links) == [("Karim", "77001", "own", False)]


async def test_unlink_works_in_the_chat_and_from_the_phone(office: Office) -> None:
    await with_bot(office)
    await office.people(person("Zainab", 1))
    await link(office, 1)
    await type_in(office, "UNLINK")
    assert await office.database.read(links) == []
    later = replace(office, now=office.now + timedelta(minutes=20))
    await link(later, 1, "tg:77003")
    await later.say(1, "UNLINK")
    assert await office.database.read(links) == []


async def test_an_officer_s_code_makes_a_group_its_body_s_and_nobody_else_s(
    office: Office,
) -> None:
    await with_bot(office)
    await office.people(person("Zainab", 1, body="EC", post="President"))
    code = await make_group_code(office.database, office.id, "EC", by="Nusrat", now=office.now)
    # In a chat of one's own it is as wrong as any other code.
    assert (await type_in(office, f"LINK {code}")).intent == "link_wrong"
    done = await type_in(office, f"LINK {code}", GROUP, raw={"title": "EC Mirkhai"}, is_group=True)
    assert done.intent == "link"
    (row,) = await office.database.read(chat_groups.groups_of, office.id, "EC")
    assert (row.title, row.linked_by) == ("EC Mirkhai", "Nusrat")
    other = await Office.open(office.database, office.now, "shinaki")
    for network_id, body in ((other.id, "EC"), (office.id, "GB")):
        await unlink_group(
            office.database, network_id, body, row.address_id, by="Nusrat", now=office.now
        )
    assert await office.database.read(chat_groups.groups_of, office.id, "EC") == [row]
    await unlink_group(
        office.database, office.id, "EC", row.address_id, by="Nusrat", now=office.now
    )
    assert not await office.database.read(chat_groups.groups_of, office.id, "EC")
    with pytest.raises(Refusal):
        await unlink_group(
            office.database, office.id, "NONE", row.address_id, by="Nusrat", now=office.now
        )


async def test_a_group_never_takes_a_person_s_code_and_no_body_is_made_up(office: Office) -> None:
    await with_bot(office)
    await office.people(person("Zainab", 1))
    code = code_in((await office.say(1, "LINK")).reply)
    assert (await type_in(office, f"LINK {code}", GROUP, is_group=True)).intent == "link_wrong"
    assert await office.database.read(links) == []
    assert (await type_in(office, f"LINK {code}", CHAT)).intent == "link"
    with pytest.raises(Refusal):
        await make_group_code(office.database, office.id, "NONE", by="Nusrat", now=office.now)


async def test_the_group_of_a_body_that_is_removed_reads_no_more_than_a_stranger(
    office: Office,
) -> None:
    await with_bot(office)
    facts = BodyFacts(code="FLOOD", name="Flood committee", ends_on=None)
    await add_body(office.database, office.id, facts, by="Nusrat", now=office.now)
    code = await make_group_code(office.database, office.id, "flood", by="Nusrat", now=office.now)
    await type_in(office, f"LINK {code}", GROUP, is_group=True)
    group = await office.database.read(chat_row, GROUP)
    assert await office.database.read(chat_groups.linked_groups, [group.id]) == {group.id}
    await remove_body(office.database, office.id, "FLOOD", by="Nusrat", now=office.now)
    assert await office.database.read(chat_groups.linked_groups, [group.id]) == set()
