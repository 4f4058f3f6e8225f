"""Folding: many ways of writing become one, and nothing can break it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.fold import fold, key

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
