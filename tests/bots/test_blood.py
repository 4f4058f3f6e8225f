"""Somebody asks for blood: people are told at once, 1122 is named, and no donor is."""

import pytest

from app.domain.gsm import count
from bots.ask import Effect
from tests.bots.script import answer, member, said, stranger


@pytest.mark.parametrize(
    "text",
    [
        "khoon chahiye O negative THQ",
        "BLOOD O- THQ",
        "blood needed urgent",
        "O positive khoon chahiye",
        "خون چاہیے",
        "رت گهرجي",
    ],
)
def test_a_request_reaches_people_at_once_and_1122_is_named(text: str) -> None:
    for who in (member("ur-Latn"), stranger("en"), member("ur"), member("sd")):
        reply = answer(text, who)
        assert (reply.intent, reply.effect, reply.is_danger) == ("blood", Effect.TO_INBOX, True)
        assert "1122" in said(reply)
        assert count(said(reply)) == 1


def test_a_lone_word_is_asked_for_what_the_office_needs_to_know() -> None:
    assert said(answer("BLOOD", member("en"))) == (
        "For an emergency call 1122 now. The office is told. Send: BLOOD, the group, the "
        "hospital and by when, like: BLOOD O- THQ today"
    )


@pytest.mark.parametrize("text", ["khooni", "blod", "khoob", "bood"])
def test_no_word_that_only_looks_like_it_asks_for_blood(text: str) -> None:
    assert answer(text, member("ur-Latn")).intent != "blood"


def test_an_answer_to_a_round_is_thanked_though_none_is_open() -> None:
    for text in ("B7 1", "B7", "b 7 1"):
        reply = answer(text, member("en"))
        assert reply.intent == "blood"
        assert not reply.is_danger
        assert "No blood is asked for just now" in said(reply)
