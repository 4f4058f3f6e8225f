"""The gist of a text: what it was about in a few whole words."""

import pytest

from app.domain.digest import gist


@pytest.mark.parametrize(
    ("body", "room", "expected"),
    [
        ("Khas: Audit camp on Sunday. Ref 12", 40, "Audit camp on Sunday"),
        ("KHAS audit camp Ref 12.", 40, "audit camp"),
        ("Audit camp (Khas) (Ref 12)", 40, "Audit camp (Khas)"),
        ("Khas: Audit camp on Sunday. Ref 12", 12, "Audit camp"),
        # A cut number says something else.
        ("Khas: Pay Rs 5,000 by Friday Ref 12", 13, "Pay Rs"),
        ("Khas: Ref 7 of last week was wrong. Ref 12", 60, "Ref 7 of last week was wrong"),
        ("خاص: اتوار کو آڈٹ کیمپ۔ Ref 12", 40, "خاص: اتوار کو آڈٹ کیمپ"),
        ("Khas: " + "x" * 300, 10, "x" * 10),
        ("Khas: Ref 12", 10, ""),
        ("", 10, ""),
        ("Khas: Camp {a}\n\n b", 20, "Camp (a) b"),
    ],
)
def test_the_first_words_tell_what_it_was_about(body: str, room: int, expected: str) -> None:
    assert gist(body, 12, "Khas", room) == expected
