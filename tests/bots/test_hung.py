"""Conversations about sheets on notice boards, as those hold them who look after a board."""

from dataclasses import replace

from bots.ask import Effect
from bots.sample_register import PEOPLE
from tests.bots.script import answer, member, play, stranger


def keeper(language: str):
    return replace(member(language), people=PEOPLE[:1])


def test_who_reads_english_proves_that_a_sheet_hangs() -> None:
    script = """
    > HUNG 12
    < Noted: sheet 12 hangs. Board: 1 2. Take it down after 31 Oct
    > HUNG
    < Which sheet hangs? Send the number on it too, as in HUNG 12
    > HUNG 99
    < There is no sheet 99. Send the number on the sheet, as in HUNG 12
    > HUNG 13
    < Thank you. Sheet 13 is not on a board of this phone. Your text went to the office
    """
    play(script, keeper("en"))


def test_who_reads_roman_urdu_gets_it_in_that_writing() -> None:
    script = """
    > LAGA DIYA 12
    < Likh liya: parcha 12 lag gaya. Board: 1 2. 31 Oct ke baad utaren
    > laga diya
    < Kaun sa parcha lagaya? Us par likha number bhi bhejen, jaise LAGA DIYA 12
    """
    play(script, keeper("ur-Latn"))


def test_who_reads_urdu_gets_it_in_that_writing() -> None:
    script = """
    > لگا دیا 12
    < لکھ لیا: پرچہ 12 لگ گیا۔ بورڈ: 1 2۔ 31 اکتوبر کے بعد اتاریں
    > لگا دیا
    < کون سا پرچہ؟ نمبر بھی بھیجیں، جیسے لگا دیا 12
    """
    play(script, keeper("ur"))


def test_the_proof_names_where_it_hangs_and_who_says_so() -> None:
    reply = answer("12 lag gaya", keeper("ur-Latn"))
    assert (reply.effect, reply.about) == (Effect.SHEET_HANGS, (7, 8))
    assert reply.told_by == PEOPLE[0].id


def test_strangers_prove_nothing_and_learn_no_numbers() -> None:
    for text in ("HUNG 12", "HUNG 99"):
        reply = answer(text, stranger("en"))
        assert (reply.template, reply.effect) == ("hung_thanks", Effect.TO_INBOX)
