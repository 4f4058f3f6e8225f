"""Keys of names: the many ways of writing one name are one, different names stay different."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.names import name_key

WRITTEN = st.text(
    st.one_of(
        st.characters(max_codepoint=0x24F, exclude_categories=["Cs"]),
        st.characters(min_codepoint=0x600, max_codepoint=0x6FF),
        st.characters(min_codepoint=0x750, max_codepoint=0x77F),
        st.characters(min_codepoint=0xFB50, max_codepoint=0xFEFC),
    )
)
"""What names are written with here."""
LATIN = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz "))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dosti", "DOSTI"),
        ("  Naya   Din ", "naya din"),
        ("Naya-Din", "naya din"),
        ("Gul, Rukh", "gul rukh"),
        ("José", "jose"),
        ("علي", "علی"),
        ("موسى", "موسی"),
        ("كرم", "کرم"),
        ("شاه", "شاہ"),
        ("فاطمة", "فاطمہ"),
        ("رحمۃ", "رحمہ"),
        ("أحمد", "احمد"),
        ("آمنہ", "امنہ"),
        ("مؤمن", "مومن"),
        ("دوســتی", "دوستی"),
        ("مُحَمَّد", "محمد"),
        ("ﻋﻠﯽ", "علی"),
        ("Ⅳ", "iv"),
    ],
)
def test_ways_of_writing_one_name_are_one(one: str, other: str) -> None:
    assert name_key(one) == name_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("Dosti", "Dost"), ("Gul Rukh", "Gulrukh"), ("علی", "عالی"), ("VO 1", "VO 11"), ("پل", "بل")],
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize("name", ["", "   ", "!!!", "—", "\u200f", "ـ"])
def test_what_has_no_letter_has_no_key(name: str) -> None:
    assert name_key(name) == ""


@given(WRITTEN)
def test_the_key_of_a_key_is_itself(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


@pytest.mark.parametrize("name", ["𝑨li", "ᴬli", "ϒ"])
def test_even_of_letters_that_hide_a_capital(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


@given(st.text())
def test_a_key_has_single_blanks_and_none_at_its_ends(name: str) -> None:
    key = name_key(name)
    assert key == " ".join(key.split())


@given(LATIN)
def test_capitals_and_blanks_make_no_difference(name: str) -> None:
    assert name_key(f" {name.upper()}  ") == name_key(name)
