"""What holds for every text that a member may send."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.ask import Certainty, Effect
from bots.conversation import understand
from tests.bots.script import answer, catalogue, labelled, member, said, stranger, vocabulary

_ANY = st.text(st.characters(), max_size=200)
"""Lone surrogates and control characters included."""


@pytest.mark.parametrize(("text", "intent", "argument", "why"), labelled())
def test_a_labelled_text_is_understood(text: str, intent: str, argument: str, why: str) -> None:
    ask = understand(text, vocabulary())
    assert (ask.intent, ask.argument or "") == (intent, argument), why


@given(_ANY)
def test_any_text_gets_a_reply_in_one_segment(text: str) -> None:
    for who in (member("ur"), stranger("ur-Latn")):
        reply = answer(text, who)
        assert reply.template
        assert said(reply)


@given(_ANY)
def test_an_argument_never_holds_urdu_digits(text: str) -> None:
    argument = understand(f"karwai {text}", vocabulary()).argument or ""
    assert not any(letter.isdigit() and not letter.isascii() for letter in argument)


@given(st.text(max_size=40), st.integers(0, 3000))
def test_a_text_of_ten_parts_is_a_message_to_people(text: str, times: int) -> None:
    long = text + " sarak" * 400 + " stop" * times
    assert understand(long, vocabulary()).intent not in {"stop", "start"}


@pytest.mark.parametrize("text", ["", " ", "👍", "?", "\u200f", "!!!"])
def test_a_text_without_letters_brings_the_menu(text: str) -> None:
    assert answer(text, member("en")).template == "menu"


@pytest.mark.parametrize("text", ["AOA", "shukriya", "xyzzy", "السلام علیکم"])
def test_a_greeting_or_an_unknown_word_brings_the_menu_and_no_reproach(text: str) -> None:
    reply = answer(text, member("en"))
    assert (reply.template, reply.effect) == ("menu", Effect.NONE)


@pytest.mark.parametrize("text", ["sarak band hai barf se", "school do din se band hai"])
def test_news_of_trouble_reaches_people(text: str) -> None:
    reply = answer(text, stranger())
    assert (reply.template, reply.effect) == ("received", Effect.TO_INBOX)


@pytest.mark.parametrize("text", ["YES", "12", "21", "B7 1"])
def test_what_answers_nothing_that_is_open_goes_to_the_office(text: str) -> None:
    assert answer(text, member("ur-Latn")).effect is Effect.TO_INBOX


def test_short_words_that_nobody_knows_reach_people_beside_the_menu() -> None:
    reply = answer("sarak kab banegi", member("en"))
    assert (reply.template, reply.effect) == ("menu", Effect.TO_INBOX)


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("KARWAI", Certainty.EXACT),
        ("karwaye", Certainty.FOLDED),
        ("minuttes", Certainty.FOLDED),
        ("meetinng", Certainty.FOLDED),
        ("کارروائیں", Certainty.FUZZY),
        ("zzzz", Certainty.NONE),
    ],
)
def test_certainty_tells_how_a_word_was_known(text: str, certainty: Certainty) -> None:
    assert understand(text, vocabulary()).certainty is certainty


def test_the_writing_of_a_text_is_told_by_its_words_and_else_by_its_letters() -> None:
    languages = {
        text: understand(text, vocabulary()).language for text in ("minits", "1", "karwai")
    }
    assert languages == {"minits": "en", "1": "", "karwai": "ur-Latn"}
    assert understand("اسلم کل نہیں آیا گھر پر", vocabulary()).language == "ur"
    assert understand("گڏجاڻي", vocabulary()).language == "sd"


def test_every_reply_that_can_be_given_has_a_text_in_three_writings() -> None:
    lacking = {tag for tag, _ in catalogue().missing()}
    assert lacking.isdisjoint({"en", "ur-Latn", "ur"})
