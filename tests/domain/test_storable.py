"""What any database can keep of a text from outside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.storable import storable

anything = st.text(st.characters(codec=None, categories=None))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("KARWAI", "KARWAI"),
        ("کارروائی 😀", "کارروائی 😀"),
        ("a\x00b", "ab"),
        ("\x00😀", "😀"),
        ("a\ud83db", "ab"),
        ("\ud83d\ude00", "😀"),
        ("\ude00\ud83d", ""),
    ],
)
def test_only_nul_and_half_characters_are_left_out(text: str, kept: str) -> None:
    assert storable(text) == kept


@given(anything)
def test_what_is_kept_can_be_written_anywhere_and_stays(text: str) -> None:
    kept = storable(text)
    assert kept.encode().decode() == kept == storable(kept)
    assert "\x00" not in kept


@given(st.text())
def test_whole_characters_are_never_lost(text: str) -> None:
    assert storable(text) == text.replace("\x00", "")
