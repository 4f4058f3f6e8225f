"""In which language a text is written, as far as its words tell."""

import pytest

from bots.tongue import tongue
from bots.understanding import understand
from tests.bots.script import vocabulary


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("meeting kab hai", "ur-Latn"),
        ("what is the next meeting", "en"),
        ("decision pani", "ur-Latn"),
        ("decision about water", "en"),
        ("meeting", "en"),
        ("START", ""),
        ("JOIN Shah Gul", ""),
        ("REF 41", ""),
        ("3", ""),
        ("اجلاس کب ہے", "ur"),
    ],
)
def test_a_word_that_english_has_says_less_than_one_it_has_not(text: str, language: str) -> None:
    assert tongue(text, understand(text, vocabulary()), vocabulary()) == language


@pytest.mark.parametrize(
    "text",
    ["kyun nahi aungi", "agar nahi aungi to", "pani nahi aa sakta", "meri behen nahi aa sakti"],
)
def test_not_every_sentence_with_not_coming_is_an_answer(text: str) -> None:
    assert understand(text, vocabulary()).intent == "none"
