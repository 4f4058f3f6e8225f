"""How long a text takes to be read out: words, long words, numbers and letters said one by one."""

import pytest

from app.domain.aloud import seconds_to_read


def test_twenty_two_words_of_urdu_take_ten_seconds() -> None:
    assert seconds_to_read(" ".join(["سڑک"] * 22), "ur") == pytest.approx(10)
    assert seconds_to_read(" ".join(["road"] * 25), "en") == pytest.approx(10)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0), ("- / .", 0), ("road", 1), ("14", 1), ("10:30", 2), ("2026", 4),
        ("03901234567", 11), ("LSON", 2), ("constitutional", 2), ("سڑک", 1),
    ],
)  # fmt: skip
def test_what_is_said_sign_by_sign_takes_longer(text: str, words: float) -> None:
    assert seconds_to_read(text, "en") == pytest.approx(words / 2.5)


def test_a_language_that_was_not_measured_is_read_slowly() -> None:
    assert seconds_to_read("one two", "sd") == seconds_to_read("one two", "ur-Latn")
    assert seconds_to_read("one two", "sd") > seconds_to_read("one two", "en")
