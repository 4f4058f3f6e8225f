"""What somebody without balance may rely on: a missed call is answered, once a day, by text."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain import gsm
from app.domain.messages import Mo
from app.services.receive_mo import Received
from app.store.inbound import inbound
from tests.factories import Office, person


def call(office: Office, n: int | str = 1) -> Mo:
    return replace(office.mo(n, ""), is_call=True)


async def called(office: Office, n: int | str = 1, days: float = 0) -> Received:
    (answer,) = await office.hear(call(office, n), now=office.now + timedelta(days=days))
    return answer


async def test_a_missed_call_is_kept_and_answered_with_what_matters_today(office: Office) -> None:
    await office.meeting()
    await office.minutes()
    await office.people(person("Gul", 1, language="ur-Latn"))
    answer = await called(office)
    assert answer.intent == "today"
    assert "Bhejen 1 karwai" in answer.reply
    (row,) = await office.texts()
    assert (row.body, gsm.count(row.body), row.lane) == (answer.reply, 1, 1)
    kept = await office.database.read(lambda conn: conn.execute(select(inbound)).one())
    assert (kept.text, kept.intent, kept.needs_person) == ("", "today", False)


async def test_a_phone_is_told_once_a_day_of_the_network_and_again_the_next(office: Office) -> None:
    await office.people(person("Gul", 1))
    first = await called(office)
    again = await called(office, days=0.1)
    next_day = await called(office, days=1)
    assert [bool(one.reply) for one in (first, again, next_day)] == [True, False, True]


async def test_two_calls_of_one_batch_are_answered_once(office: Office) -> None:
    answers = await office.hear(call(office), call(office), call(office, 2))
    assert [bool(one.reply) for one in answers] == [True, False, True]


@pytest.mark.parametrize("word", ["STOP", "GALAT"])
async def test_who_stopped_gets_nothing_by_a_missed_call(office: Office, word: str) -> None:
    await office.people(person("Gul", 1))
    await office.say(1, word)
    before = len(await office.texts())
    assert (await called(office)).reply == ""
    assert len(await office.texts()) == before


async def test_a_stranger_is_answered_in_the_language_of_the_network(office: Office) -> None:
    assert "Bhejen" in (await called(office, 7)).reply


@pytest.mark.parametrize("caller", ["", "Telenor", "8171"])
async def test_a_caller_that_shows_no_number_is_kept_and_bothers_nobody(
    office: Office, caller: str
) -> None:
    assert (await called(office, caller)).reply == ""
    assert await office.texts() == []
    kept = await office.database.read(lambda conn: conn.execute(select(inbound)).one())
    assert kept.needs_person is False


async def test_an_empty_text_is_no_call(office: Office) -> None:
    assert (await office.say(1, "")).intent != "today"
