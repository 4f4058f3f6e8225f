"""Conversations about joining, as people hold them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.ask import Effect, Fellow
from bots.conversation import understand
from bots.names import LONGEST_NAME
from tests.bots.script import answer, catalogue, member, play, said, stranger, vocabulary

_GUL = Fellow(1, "Gul Bibi", "گل بی بی")


def test_a_stranger_is_asked_for_a_name_and_told_who_decides() -> None:
    script = """
    > JOIN
    < To join send JOIN and your name, for example JOIN Zarmina Wafa
    > JOIN Zarmina Wafa
    < We have written: Zarmina Wafa. The General Secretary decides and you will get an answer.
      To change the name send JOIN and the name
    """
    play(script, stranger("en"))


def test_who_reads_roman_urdu_is_answered_in_that_writing() -> None:
    script = """
    > SHAMIL
    < Shamil hone ke liye JOIN aur apna naam bhejen, jaise JOIN Zarmina Wafa
    > NAAM Zarmina Wafa
    < Likh liya: Zarmina Wafa. Faisla General Secretary ka hai, jawab aayega. Naam badalna ho to
      dobara JOIN aur naam bhejen
    """
    play(script, stranger())


def test_who_reads_urdu_is_answered_in_that_writing() -> None:
    script = """
    > شامل
    < شامل ہونے کے لیے نام کے ساتھ بھیجیں، جیسے: شامل زرمینہ وفا
    > شامل زرمینہ وفا
    < لکھ لیا: زرمینہ وفا۔ فیصلہ جنرل سیکرٹری کا ہے، جواب آئے گا
    """
    play(script, stranger("ur"))


def test_a_phone_on_the_list_is_told_so_and_may_add_somebody_else() -> None:
    script = """
    > JOIN
    < This phone is on our list already: Gul Bibi. To add someone else send JOIN and the name
    > JOIN gul
    < This phone is on our list already: Gul Bibi. To add someone else send JOIN and the name
    > JOIN Naz
    < We have written: Naz. The General Secretary decides and you will get an answer. To change
      the name send JOIN and the name
    """
    play(script, replace(member("en"), people=(_GUL,)))


def test_a_phone_that_stopped_is_told_that_it_stays_so() -> None:
    reply = answer("JOIN Naz", replace(stranger("en"), is_stopped=True))
    assert reply.effect is Effect.ASK_TO_JOIN
    assert "9 or START" in said(reply)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("join zarmina wafa", "Zarmina Wafa"),
        ("JOIN ZARMINA WAFA 0390-1234567", "Zarmina Wafa"),
        ("JOIN Zarmina Wafa 12345-1234567-1", "Zarmina Wafa"),
        ("JOIN-Zarmina:Wafa", "Zarmina Wafa"),
        ("join2zarmina", "Zarmina"),
        ("JOIN O'Neil-Khan", "O'Neil-Khan"),
        ("naam Zarmina d/o Gul", "Zarmina d/o Gul"),
        ("JOIN http://a.pk/x Zarmina", "Zarmina"),
        ("JOIN Zarmina www.money.pk", "Zarmina"),
        ("mera naam Gul Bibi hai", "Gul Bibi"),
        ("AOA join McDonald please", "McDonald"),
        ("شامل: زرمینہ وفا۔", "زرمینہ وفا"),
        ("میرا نام زرمینہ ہے", "زرمینہ"),
        ("JOIN \u202ezarmina\u200f", "Zarmina"),
        ("JOIN NAME Zarmina", "Zarmina"),
    ],
)
def test_a_name_is_written_as_its_owner_wrote_it_without_what_is_no_name(
    text: str, name: str
) -> None:
    reply = answer(text, stranger())
    assert (reply.effect, reply.name) == (Effect.ASK_TO_JOIN, name)


@pytest.mark.parametrize("text", ["JOIN 12345-1234567-1", "JOIN 5", "JOIN x", "JOIN www.a.pk/b"])
def test_a_number_or_a_link_is_no_name_and_that_is_said_kindly(text: str) -> None:
    reply = answer(text, stranger("en"))
    assert (reply.template, reply.effect) == ("join_unread", Effect.NONE)


@pytest.mark.parametrize(
    "text",
    [
        "JOIN STOP",
        "join band karo",
        "naam bund toot gaya",
        "mera naam nahi aaya list mein",
        "join us all at the river today we all go there",
    ],
)
def test_what_stands_where_a_name_belongs_and_is_none_reaches_people(text: str) -> None:
    reply = answer(text, stranger())
    assert (reply.template, reply.effect) == ("received", Effect.TO_INBOX)


def test_a_name_longer_than_a_list_takes_is_cut_and_still_fits_one_text() -> None:
    reply = answer("JOIN " + "x" * 400, stranger())
    assert len(reply.name) == LONGEST_NAME
    assert said(reply)


@given(st.text(st.characters(), max_size=300))
def test_any_name_can_be_stored_and_never_stops_anything(words: str) -> None:
    text = f"JOIN {words}"
    assert understand(text, vocabulary()).intent not in {"stop", "start", "alerts"}
    reply = answer(text, stranger())
    assert reply.effect in {Effect.ASK_TO_JOIN, Effect.TO_INBOX, Effect.NONE}
    assert len(reply.name) <= LONGEST_NAME
    assert not any(letter.isdigit() for letter in reply.name)
    assert (reply.effect is Effect.ASK_TO_JOIN) == bool(reply.name)
    assert said(reply)


def test_the_answer_to_a_request_can_be_said_in_every_writing() -> None:
    for tag in ("en", "ur-Latn", "ur", "sd", "ps"):
        for template in ("join_approved", "join_refused"):
            values = {"name": "Zarmina", "network": "Mirkhai"}
            assert "Zarmina" in catalogue().render(template, values, tag).text
