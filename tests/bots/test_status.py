"""R27: what is told of a report, to whom, and what a second text adds."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.gsm import count
from bots.ask import Effect
from bots.notes import TicketNote
from bots.sample_register import NOW, SampleRegister
from tests.bots.script import answer, member, play, said

NOTE = TicketNote(
    no=27,
    on=date(2025, 10, 6),
    short="Pump kharab, Laspa",
    status="jawab baqi hai",
    owner="Naib Sadar",
    answer="",
    due=date(2025, 10, 20),
    is_protected=False,
)


class Holding(SampleRegister):
    """Knows R27, for phone 5 or person 1."""

    def __init__(self, note: TicketNote = NOTE) -> None:
        self.note = note

    def ticket(
        self, no: int, phone: int, people: Sequence[int], language: str
    ) -> TicketNote | None:
        del language
        return self.note if no == self.note.no and (phone == 5 or 1 in people) else None


PHONE = replace(member("ur-Latn"), phone=5)


def test_the_status_names_the_owner_and_the_day() -> None:
    play(
        """
        > R27
        < R27 (6 Oct): jawab baqi hai. Jawab Naib Sadar se 20 Oct tak. Mazeed batane ke liye R27
          aur apni baat bhejen
        """,
        PHONE,
        Holding(),
    )


@pytest.mark.parametrize("text", ["R27", "r 27", "R-27", "r27 ka kya hua", "R27 haalat"])
def test_a_number_asks_and_adds_nothing(text: str) -> None:
    assert answer(text, PHONE, Holding()).effect is Effect.NONE


def test_a_late_one_says_that_the_president_knows() -> None:
    late = replace(NOTE, due=NOW.date() - timedelta(days=1))
    assert answer("R27", PHONE, Holding(late)).template == "status_late"


def test_an_answer_is_told_with_the_way_back() -> None:
    done = replace(NOTE, status="jawab diya gaya", answer="Pump theek ho gaya.", due=None)
    text = said(answer("R27", PHONE, Holding(done)))
    assert "Pump theek ho gaya. Hal nahi hua? R27" in text
    assert count(text) == 1


@pytest.mark.parametrize("language", ["en", "ur", "ur-Latn"])
@pytest.mark.parametrize("answered", ["", "Tehsil daftar ko likh diya hai, agle hafte ayenge " * 4])
@pytest.mark.parametrize("due", [None, date(2025, 10, 1), date(2025, 10, 20)])
@pytest.mark.parametrize("is_protected", [False, True])
def test_every_status_is_one_segment_with_its_number(
    language: str, answered: str, due: date | None, is_protected: bool
) -> None:
    note = replace(NOTE, answer=answered, due=due, is_protected=is_protected, no=1027)
    text = said(answer("R1027", replace(member(language), phone=5), Holding(note)))
    assert count(text) == 1
    assert text.count("R1027") == 2
    assert not (language == "ur" and text[0].isascii()), "a phone turns by the first letter"


@pytest.mark.parametrize("text", ["R27", "R28", "R27 abhi tak kharab hai"])
def test_to_every_other_phone_there_is_no_such_report(text: str) -> None:
    other = replace(member("ur-Latn"), phone=6)
    reply = answer(text, other, Holding())
    assert reply.template == "status_none"
    assert reply.effect is Effect.NONE


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("R27 abhi tak kharab hai", "abhi tak kharab hai"),
        ("r 27, Still broken since Monday", "Still broken since Monday"),
        ("R27 پمپ اب بھی خراب ہے", "پمپ اب بھی خراب ہے"),
    ],
)
def test_words_behind_the_number_add_to_it(text: str, note: str) -> None:
    reply = answer(text, PHONE, Holding())
    assert (reply.effect, reply.about, reply.note) == (Effect.REPORT, (27,), note)
    assert reply.template == "report_added"


def test_of_a_protected_one_nothing_is_named_and_all_is_hidden() -> None:
    private = replace(NOTE, is_protected=True, short="")
    reply = answer("R27", PHONE, Holding(private))
    assert reply.is_hidden
    assert said(reply) == "R27: jawab baqi hai. Mazeed batane ke liye R27 aur apni baat bhejen"
    added = answer("R27 ab bhi wahi masla", PHONE, Holding(private))
    assert (added.template, added.is_hidden) == ("report_added_private", True)


def test_words_of_abuse_added_to_a_report_protect_it() -> None:
    reply = answer("R27 woh larkiyon ko tang karta hai", PHONE, Holding())
    assert (reply.is_protected, reply.is_hidden, reply.about) == (True, True, (27,))
    assert reply.template == "report_added_private"


def test_without_a_number_it_says_how_to_ask() -> None:
    assert answer("haalat", PHONE, Holding()).template == "status_which"
