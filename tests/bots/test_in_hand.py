"""Conversations about decisions that are being worked on, as owners hold them."""

from dataclasses import replace

from bots.ask import Effect
from bots.sample_register import PEOPLE
from tests.bots.script import answer, member, play


def owner(language: str):
    return replace(member(language), people=PEOPLE[:1])


def test_who_reads_english_is_told_how_to_go_on() -> None:
    script = """
    > 14/1 IN HAND
    < Noted: 14/1 is in hand. The General Secretary reads it. When it is done send 14/1 DONE
    > in hand
    < Which decision is in hand? Send its number too, as in 14/2 IN HAND
    """
    play(script, owner("en"))


def test_who_reads_roman_urdu_gets_it_in_that_writing() -> None:
    script = """
    > 14/1 JARI
    < Likh liya: 14/1 jari hai. General Secretary parhenge. Kaam ho jaye to 14/1 HO GAYA bhejen
    > ho raha hai
    < Kaun sa faisla jari hai? Number bhi bhejen, jaise 14/2 JARI
    """
    play(script, owner("ur-Latn"))


def test_who_reads_urdu_gets_it_in_that_writing() -> None:
    script = """
    > 14/1 جاری
    < لکھ لیا: 14/1 جاری۔ ہو جائے تو 14/1 ہو گیا بھیجیں
    """
    play(script, owner("ur"))


def test_jari_alone_still_starts_messages() -> None:
    assert answer("JARI", owner("ur-Latn")).effect is Effect.OPT_IN
