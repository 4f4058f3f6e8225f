"""Folding: many ways of writing become one, and nothing can break it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.fold import fold, key, respelled, skeleton

_ANY = st.text(st.characters())


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("  KaRWai!! ", "karwai"),
        ("ＳＴＯＰ", "stop"),
        ("Stöp", "stop"),
        ("کارروائی ۱۴/۱", "کارروایی 14 1"),
        ("١٤", "14"),
        ("بَــند", "بند"),
        ("كيجيے", "کیجیی"),
        ("آؤں", "اون"),
        ("کر\u200cدیں", "کردین"),
        ("ڪارروائي", "کارروایی"),
        ("\u200fبند\u200e", "بند"),
        ("band_karo-now", "band karo now"),
        ("1\ufe0f\u20e3", "1"),
        ("ﷲ", "اللہ"),
        ("\ud800stop\udfff", "stop"),
    ],
)
def test_what_people_type_becomes_one_writing(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(_ANY)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(_ANY)
def test_a_folded_text_has_no_edge_blanks_and_no_foreign_digits(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert all(letter.isascii() for letter in folded if letter.isdecimal())


@pytest.mark.parametrize(
    "spellings",
    [
        ("faisla", "fesla", "faysla", "faislay"),
        ("khwateen", "khawateen", "khwatin"),
        ("ijlas", "ajlas", "ejlaas"),
        ("karwai", "kaarvai", "karvaayi"),
    ],
)
def test_spellings_of_one_roman_word_have_one_key(spellings: tuple[str, ...]) -> None:
    assert len({key(word) for word in spellings}) == 1


def test_a_word_of_another_writing_has_no_key() -> None:
    assert key("فیصلہ") == key("m14") == key("") == ""


@pytest.mark.parametrize(
    "spellings",
    [
        ("سیلاب", "ثیلاب", "صيلاب", "سلاب"),
        ("فیصلہ", "فیسلا", "فیصله"),
        ("زلزلہ", "ذلزلہ", "ظلظلہ"),
        ("کارروایی", "کاروای", "قاررواءی"),
    ],
)
def test_letters_that_are_heard_alike_have_one_skeleton(spellings: tuple[str, ...]) -> None:
    assert len({skeleton(fold(word)) for word in spellings}) == 1


def test_a_roman_word_has_no_skeleton() -> None:
    assert skeleton("faisla") == skeleton("m14") == skeleton("") == ""


@pytest.mark.parametrize(
    ("written", "known"),
    [("abhee", "abhi"), ("baqee", "baqi"), ("donai", "done"), ("kaaise", "kaise")],
)
def test_long_vowels_are_read_as_short_ones_where_the_word_is_known(
    written: str, known: str
) -> None:
    assert respelled(written, {known}) == known
    assert respelled(written, set()) == ""


@given(_ANY)
def test_no_text_breaks_a_skeleton(text: str) -> None:
    assert all(isinstance(skeleton(word), str) for word in fold(text).split())
