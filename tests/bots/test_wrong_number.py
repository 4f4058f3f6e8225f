"""Conversations about a wrong number, as people hold them."""

import pytest

from bots.ask import Effect
from tests.bots.script import answer, member, play, said, stranger


def test_who_reads_english_gets_one_confirmation_that_names_the_way_back() -> None:
    script = """
    > WRONG NUMBER
    < Thank you. No more messages will come to this number. If this was a mistake send 9 or START
    """
    play(script, stranger("en"))


def test_who_reads_roman_urdu_gets_it_in_that_writing() -> None:
    script = """
    > galat number
    < Shukriya. Is number par ab koi message nahi aayega. Ghalti se bheja ho to 9 ya START bhejen
    """
    play(script, member("ur-Latn"))


def test_who_reads_urdu_gets_it_in_that_writing() -> None:
    script = """
    > غلط نمبر
    < شکریہ۔ اس نمبر پر اب پیغام نہیں آئے گا۔ غلطی ہوئی ہو تو 9 بھیجیں
    """
    play(script, member("ur"))


@pytest.mark.parametrize(
    "text", ["GALAT", "ghalat no", "Wrong!", "wrong number hai", "غلط", "ye number galat hai"]
)
def test_members_and_strangers_alike_may_say_it(text: str) -> None:
    for who in (member("en"), stranger("en")):
        assert answer(text, who).effect is Effect.WRONG_NUMBER


@pytest.mark.parametrize(
    "text", ["galat faisla", "ye galat hai", "wrong minutes", "galat khabar mili", "galatfehmi"]
)
def test_what_is_wrong_about_something_else_stops_nothing(text: str) -> None:
    assert answer(text, member("ur-Latn")).effect is not Effect.WRONG_NUMBER


def test_every_confirmation_names_nine() -> None:
    for tag in ("en", "ur-Latn", "ur", "sd", "ps"):
        assert "9" in said(answer("GALAT", member(tag)))
