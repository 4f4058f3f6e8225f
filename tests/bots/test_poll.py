"""Conversations of those who answer a question that is not open."""

import pytest

from bots.ask import Effect
from tests.bots.script import answer, member, play


@pytest.mark.parametrize("text", ["21", "22", "23", "A", "b", "C", "۲۱"])
def test_an_answer_to_no_open_question_is_told_so_and_read_by_people(text: str) -> None:
    reply = answer(text, member("en"))
    assert (reply.template, reply.effect) == ("poll_none", Effect.TO_INBOX)


def test_it_is_told_in_three_writings() -> None:
    play(
        "> 21\n< No question is open now. Your message reached the office. Menu: HELP",
        member("en"),
    )
    play(
        "> 22\n< Abhi koi sawal khula nahi. Aap ka paigham daftar ko mil gaya. Fehrist: MADAD",
        member("ur-Latn"),
    )
    play(
        "> 23\n< ابھی کوئی سوال کھلا نہیں۔ پیغام دفتر کو مل گیا۔ فہرست: مدد",
        member("ur"),
    )
