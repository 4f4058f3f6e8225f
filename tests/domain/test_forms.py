"""The short form of minutes: one segment whatever is decided, nothing cut in half."""

import re
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from app.domain.forms import Line, fit, fits, shortened

TOKENS = [
    *("road", "سڑک", "letter", "کو", "to", "DC", "Rs", "500", "20", "Oct"),
    *("31/12", "UC-3", "0300-1234567", "خط", "school", "[x]", "😀", "14/2"),
]
WORDS = st.lists(
    st.sampled_from(TOKENS),
    max_size=40,
).map(" ".join)
LINES = st.lists(
    st.tuples(st.integers(1, 99), WORDS, st.sampled_from(["", "President", "صدر"])), max_size=25
).map(lambda rows: [Line(str(no), words, owner) for no, words, owner in rows])


def write(variant: int, lines: Sequence[Line]) -> str:
    points = " ".join(
        f"{one.code} {one.words}: {one.owner}" if one.owner else f"{one.code} {one.words}".strip()
        for one in lines
    )
    details = " Details: D1 D2" if variant == 0 else ""
    return f"Mirkhai: Minutes 14. {points}.{details} Ref 41"


@given(LINES)
def test_it_is_one_segment_with_name_and_ref_whatever_was_decided(lines: list[Line]) -> None:
    text = fit(lines, write, 2)
    assert fits(text)
    assert text.startswith("Mirkhai: Minutes 14.")
    assert text.endswith("Ref 41")


@given(LINES)
def test_every_decision_is_there_or_counted(lines: list[Line]) -> None:
    text = fit(lines, write, 2)
    points = text.removeprefix("Mirkhai: Minutes 14. ").removesuffix(" Ref 41")
    more = re.search(r"\+(\d+)\.", points)
    told = _told(points, lines)
    assert told + (int(more[1]) if more else 0) == len(lines) or told == len(lines)


def _told(points: str, lines: Sequence[Line]) -> int:
    """How many lines stand in it, in their order."""
    at = told = 0
    for line in lines:
        found = re.compile(rf"(?:^| ){line.code}(?=[ .:]|$)").search(points, at)
        if found is None:
            break
        at, told = found.end(), told + 1
    return told


@given(WORDS)
def test_a_number_keeps_the_words_on_both_its_sides(words: str) -> None:
    shorter = shortened(words)
    if not shorter:
        return
    kept, whole = shorter.removesuffix("...").split(), words.split()
    if not kept:
        return
    following = whole[len(kept)]
    assert not any(letter.isdigit() for letter in kept[-1] + following)


@given(WORDS)
def test_shortening_ends(words: str) -> None:
    steps = 0
    while words:
        words, steps = shortened(words), steps + 1
    assert steps <= 45


def test_owners_are_left_out_before_words_are_cut() -> None:
    lines = [Line(str(no), "Road letter to the DC", "General Secretary") for no in range(1, 5)]
    text = fit(lines, write, 2)
    assert "Secretary" not in text
    assert text.count("Road letter to the DC") == 4


def test_the_longest_line_is_cut_first() -> None:
    lines = [Line("1", "Road"), Line("2", "very " * 40 + "long"), Line("3", "Fee Rs 500 by 31 Oct")]
    text = fit(lines, write, 2)
    assert "1 Road 2 very" in text
    assert "3 Fee Rs 500 by 31 Oct." in text


def test_without_decisions_it_is_still_a_text() -> None:
    assert fit([], write, 2) == "Mirkhai: Minutes 14. . Details: D1 D2 Ref 41"
