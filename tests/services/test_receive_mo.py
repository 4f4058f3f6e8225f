"""What a member who texts may rely on: one effect, one answer, STOP before anything else."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from app.domain import gsm
from app.domain.broadcast import Kind
from app.domain.errors import Refusal
from app.domain.guard import STRANGERS_A_DAY
from app.services._text_row import REPLY_IS_USEFUL_FOR
from app.services.publish_minutes import DecisionDraft
from app.services.receive_mo import Desk, receive_mos
from app.store.addresses import address, consent
from app.store.database import Connection, Database
from app.store.inbound import inbound, waiting
from tests.factories import PRICE, Office, catalogue, number, person, vocabulary, wire


async def stored(office: Office) -> list[Any]:
    statement = select(inbound).order_by(inbound.c.id)
    return await office.database.read(lambda conn: conn.execute(statement).all())


async def standing(office: Office, n: int) -> str:
    statement = select(address.c.standing).where(address.c.msisdn == number(n))
    return await office.database.read(lambda conn: conn.execute(statement).scalar_one())


def consents(conn: Connection) -> int:
    return conn.execute(select(func.count()).select_from(consent)).scalar_one()


async def test_a_repeated_text_has_one_effect(office: Office) -> None:
    mo = office.mo(1, "KARWAI")
    first = await office.hear(mo)
    again = await office.hear(mo)
    assert (first[0].is_new, again[0].is_new) == (True, False)
    assert len(await office.texts()) == len(await stored(office)) == 1


async def test_a_repeat_within_one_batch_has_one_effect(office: Office) -> None:
    mo = office.mo(1, "KARWAI")
    answers = await office.hear(mo, office.mo(2, "KARWAI"), mo)
    assert [one.is_new for one in answers] == [True, True, False]
    assert len(await office.texts()) == 2


async def test_the_same_text_in_two_batches_at_once_has_one_effect(office: Office) -> None:
    mos = [office.mo(n, "KARWAI") for n in range(1, 21)]
    both = await asyncio.gather(office.hear(*mos), office.hear(*reversed(mos)))
    assert sum(one.is_new for answers in both for one in answers) == 20
    assert len(await office.texts()) == 20


async def test_one_phone_in_two_spellings_is_heard_twice_in_one_batch(office: Office) -> None:
    """A SIM may tell the same number with and without its country."""
    other = replace(office.mo(1, "MASLA"), sender=f"0{number(1)[3:]}")
    answers = await office.hear(office.mo(1, "6"), other)
    assert [one.intent for one in answers] == ["report", "report"]
    assert (await office.say(1, "pul toot gaya hai")).intent == "report"


async def test_the_same_id_on_another_wire_is_another_text(office: Office) -> None:
    await office.wires(wire(), wire("twilio"))
    mo = office.mo(1, "KARWAI", external_id="7")
    answers = await office.hear(mo, office.mo(1, "KARWAI", external_id="7", channel="twilio"))
    assert [one.is_new for one in answers] == [True, True]


async def test_the_answer_is_one_segment_with_its_price_and_end(office: Office) -> None:
    await office.meeting()
    await office.minutes()
    await office.people(person("Gul", 1, language="ur-Latn"))
    answer = await office.say(1, "KARWAI")
    (row,) = await office.texts()
    assert "pani ki line" in answer.reply
    assert (row.body, row.state, row.lane) == (answer.reply, "queued", 1)
    assert row.segments == gsm.count(row.body) == 1
    assert (row.price_micro, row.currency) == (PRICE, "PKR")
    assert row.due_at == office.now
    assert row.expires_at == office.now + REPLY_IS_USEFUL_FOR


async def test_stop_cancels_all_that_waits_and_still_confirms(office: Office) -> None:
    await office.people(person("Gul", 1), person("Naz", 2))
    night = office.now + timedelta(hours=10)
    await office.send(text="Pehla.")
    await office.approve(await office.plan(text="Raat ko.", now=night), now=night)
    await office.send(text="Sailab!", kind=Kind.URGENT)
    assert sorted(await office.states()) == ["held"] * 2 + ["queued"] * 4
    answer = await office.say(1, "STOP")
    mine = [row for row in await office.texts() if row.msisdn == number(1)]
    assert [row.state for row in mine] == ["cancelled"] * 3 + ["queued"]
    assert mine[-1].body == answer.reply != ""
    assert await standing(office, 1) == "stopped"
    others = [row.state for row in await office.texts() if row.msisdn == number(2)]
    assert "cancelled" not in others
    assert [row.to for row in (await office.claim()).rows].count(number(1)) == 1


async def test_alerts_only_keeps_what_is_urgent(office: Office) -> None:
    await office.people(person("Gul", 1))
    await office.send(text="Khabar.")
    await office.send(text="Sailab!", kind=Kind.URGENT)
    assert (await office.say(1, "ALERT")).intent == "alerts"
    assert [row.state for row in await office.texts()] == ["cancelled", "queued", "queued"]
    assert await standing(office, 1) == "alerts"


async def test_start_restores_what_stop_took(office: Office) -> None:
    await office.people(person("Gul", 1))
    await office.say(1, "band karo")
    with pytest.raises(Refusal, match="1 stopped"):
        await office.plan()
    assert (await office.say(1, "START")).intent == "start"
    assert (await office.plan()).addresses == 1


@pytest.mark.parametrize(
    ("texts", "end"),
    [(("STOP", "START"), "active"), (("START", "STOP"), "stopped")],
)
async def test_of_stop_and_start_that_arrive_together_the_last_holds(
    office: Office, texts: tuple[str, str], end: str
) -> None:
    await office.people(person("Gul", 1))
    answers = await office.hear(*(office.mo(1, text) for text in texts))
    assert all(answer.reply for answer in answers)
    assert await standing(office, 1) == end


async def test_every_change_of_consent_is_kept_as_a_record(office: Office) -> None:
    await office.people(person("Gul", 1), basis="")
    assert await office.database.read(consents) == 0
    await office.hear(*(office.mo(1, text) for text in ("START", "STOP", "ALERT")))
    assert await office.database.read(consents) == 6


async def test_a_change_of_language_is_answered_in_the_new_writing(office: Office) -> None:
    await office.people(person("Gul", 1, language="en"))
    answer = await office.say(1, "URDU")
    assert answer.intent == "language"
    assert any("\u0600" <= letter <= "\u06ff" for letter in answer.reply)
    later = await office.say(1, "HELP")
    assert any("\u0600" <= letter <= "\u06ff" for letter in later.reply)


async def test_a_stranger_gets_public_answers_and_no_consent(office: Office) -> None:
    await office.meeting()
    await office.minutes()
    answer = await office.say(77, "KARWAI")
    assert "pani ki line" in answer.reply
    assert await standing(office, 77) == "unknown"
    assert await office.database.read(consents) == 0


async def test_what_is_restricted_is_told_to_members_only(office: Office) -> None:
    await office.meeting()
    secret = {"ur-Latn": {"text": "Jhagra: Wafa aur Naranj.", "short": "jhagra"}}
    await office.minutes(decisions=[DecisionDraft(1, secret, is_restricted=True)])
    await office.people(person("Gul", 1))
    assert "Jhagra" in (await office.say(1, "D14/1")).reply
    assert "Jhagra" not in (await office.say(2, "D14/1")).reply


@pytest.mark.parametrize("sender", ["8171", "BISP", "", "+923670000001", "+92512345678"])
async def test_nothing_is_sent_to_short_codes_names_and_doubtful_numbers(
    office: Office, sender: str
) -> None:
    answer = await office.say(sender, "KARWAI")
    assert (answer.is_new, answer.reply) == (True, "")
    assert await office.texts() == []
    (row,) = await office.database.read(waiting, limit=10)
    assert (row.sender, row.text) == (sender, "KARWAI")


@pytest.mark.parametrize("text", ["", "   ", "🙂👍", "\x00", "\ud83d", "😀\x00\udc00", "a" * 1530])
async def test_any_text_is_kept_and_answered(office: Office, text: str) -> None:
    answer = await office.say(1, text)
    assert answer.is_new
    (row,) = await stored(office)
    assert row.text == text.replace("\x00", "").replace("\ud83d", "").replace("\udc00", "")
    assert answer.reply == "" or gsm.count(answer.reply) == 1


async def test_halves_of_a_character_that_stand_together_become_it(office: Office) -> None:
    await office.say(1, "shukria \ud83d\ude00")
    assert (await stored(office))[0].text == "shukria 😀"


async def test_hostile_ids_and_senders_are_kept_too(office: Office) -> None:
    long = "x" * 5000
    odd = office.mo("+92\x00390", "KARWAI", external_id=long, raw={"a\x00": "\ud800b"})
    other = office.mo(long, "KARWAI", external_id=long + "y")
    assert [one.is_new for one in await office.hear(odd, other)] == [True, True]
    assert [one.is_new for one in await office.hear(odd, other)] == [False, False]
    assert (await stored(office))[0].raw == {"a": "b"}


async def test_a_thousand_texts_fit_one_batch(office: Office) -> None:
    answers = await office.hear(*(office.mo(n % 700, "KARWAI") for n in range(1000)))
    assert all(answer.is_new for answer in answers)
    assert len(await stored(office)) == 1000
    assert len(await office.texts()) == STRANGERS_A_DAY


async def test_without_a_network_nothing_is_stored(database_url: str, now: datetime) -> None:
    async with Database(database_url) as database:
        office = Office(database, now, "none", 0)
        with pytest.raises(Refusal, match="no network"):
            await office.say(1, "KARWAI")
        assert await stored(office) == []


async def test_a_text_over_a_wire_that_cannot_answer_waits_for_a_person(office: Office) -> None:
    (answer,) = await office.hear(office.mo(1, "KARWAI", channel="mute"))
    assert (answer.is_new, answer.reply) == (True, "")
    assert len(await office.database.read(waiting, limit=10)) == 1


async def test_a_wire_belongs_to_its_network(office: Office) -> None:
    other = await Office.open(office.database, office.now, "sarang")
    await office.meeting()
    await office.minutes()
    desk = Desk(catalogue(), vocabulary(), {"sim": "sarang"})
    answers = await receive_mos(
        office.database, [office.mo(1, "KARWAI")], desk=desk, now=office.now
    )
    assert "pani" not in answers[0].reply
    assert [row.network_id for row in await stored(office)] == [other.id]
    assert "pani" in (await office.say(1, "KARWAI")).reply


async def test_a_text_goes_to_the_network_that_it_is_for(office: Office) -> None:
    other = await Office.open(office.database, office.now, slug="sarang")
    await other.hear(other.mo(7, "MENU", home="sarang"))
    await office.hear(office.mo(7, "MENU"))
    rows = await office.database.read(
        lambda conn: conn.execute(select(inbound.c.network_id).order_by(inbound.c.id)).all()
    )
    assert [row.network_id for row in rows] == [other.id, office.id]
