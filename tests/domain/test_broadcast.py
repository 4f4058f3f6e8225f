"""A text that we start: its name, its Ref, its length, and the hash of what was approved."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import gsm
from app.domain.broadcast import MOST_SEGMENTS, Kind, Total, Worded, plan_hash, worded
from app.domain.errors import Refusal
from app.domain.messages import Lane


def body(text: str, network: str = "Mirkhai") -> str:
    return worded(text, "en", network=network, ref=41).body


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Meeting on Sunday.", "Mirkhai: Meeting on Sunday. Ref 41"),
        ("  Meeting.\n", "Mirkhai: Meeting. Ref 41"),
        ("Mirkhai: meeting.", "Mirkhai: meeting. Ref 41"),
        ("From MIRKHAI: meeting. REF 41", "From MIRKHAI: meeting. REF 41"),
        ("{network} meets, Ref{ref}", "Mirkhai meets, Ref41"),
        ("Ref 411 was false.", "Mirkhai: Ref 411 was false. Ref 41"),
        ("Rs 5 { or } 6", "Mirkhai: Rs 5 { or } 6 Ref 41"),
    ],
)
def test_a_text_names_the_network_first_and_carries_its_ref_once(text: str, expected: str) -> None:
    if "{ or }" in text:
        with pytest.raises(Refusal, match="or"):
            body(text)
    else:
        assert body(text) == expected


@pytest.mark.parametrize("text", ["{name}", "Dear { Name },", "{}", "{network.__class__}"])
def test_an_unknown_placeholder_is_refused_by_name(text: str) -> None:
    with pytest.raises(Refusal, match=r"Known are \{network\}, \{ref\}") as refused:
        body(text)
    assert refused.value.code == "unknown_placeholder"


def test_a_network_name_with_braces_is_words_and_nothing_else() -> None:
    assert body("{network}", "{ref}") == "{ref} Ref 41"


@pytest.mark.parametrize("text", ["", "  ", "\n\t", "\x00"])
def test_an_empty_text_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="empty"):
        body(text)


@pytest.mark.parametrize(("letter", "most"), [("x", 612), ("ک", 268)])
def test_four_segments_are_the_most_with_name_and_ref(letter: str, most: int) -> None:
    room = most - len("Mirkhai:  Ref 41")
    fits = worded(letter * room, "en", network="Mirkhai", ref=41)
    assert (fits.segments, fits.encoding) == (4, "GSM-7" if letter == "x" else "UCS-2")
    with pytest.raises(Refusal, match="needs 5 segments"):
        body(letter * (room + 1))


@given(st.text(max_size=300), st.integers(1, 10**6))
def test_every_text_that_goes_out_is_counted_named_and_referred(text: str, ref: int) -> None:
    try:
        found = worded(text, "en", network="Mirkhai", ref=ref)
    except Refusal:
        return
    assert gsm.count(found.body) == found.segments <= MOST_SEGMENTS
    assert "mirkhai" in found.body.casefold()[:40]
    assert str(ref) in found.body


def test_each_kind_has_its_lane() -> None:
    assert [kind.lane for kind in Kind] == [Lane.URGENT, Lane.NORMAL, Lane.BULK]


TEXT = Worded("en", "Mirkhai: hello Ref 1", "GSM-7", 1)
TOTAL = Total("en", "sim", 10, 1, 25)


def test_the_hash_is_the_same_whatever_the_order() -> None:
    texts, totals = [TEXT, replace(TEXT, language="ur")], [TOTAL, replace(TOTAL, language="ur")]
    one = plan_hash("ec", Kind.NOTICE, texts, totals)
    assert one == plan_hash("ec", Kind.NOTICE, texts[::-1], totals[::-1])
    assert len(one) == 16


def test_any_change_of_what_was_shown_changes_the_hash() -> None:
    hashes = [
        plan_hash(*shown)
        for shown in (
            ("ec", Kind.NOTICE, [TEXT], [TOTAL]),
            ("gb", Kind.NOTICE, [TEXT], [TOTAL]),
            ("ec", Kind.URGENT, [TEXT], [TOTAL]),
            ("ec", Kind.NOTICE, [replace(TEXT, body="Mirkhai: hullo Ref 1")], [TOTAL]),
            ("ec", Kind.NOTICE, [TEXT], [replace(TOTAL, addresses=11)]),
            ("ec", Kind.NOTICE, [TEXT], [replace(TOTAL, price_micro=26)]),
            ("ec", Kind.NOTICE, [TEXT], [replace(TOTAL, route="twilio")]),
        )
    ]
    assert len(set(hashes)) == len(hashes)
