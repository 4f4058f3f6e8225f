"""What anyone who pays for texts may rely on when they are counted and cut."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Refusal
from app.domain.gsm import (
    Encoding,
    Segment,
    count,
    encoding_of,
    headers,
    octets,
    segments,
    units,
)

TELLING = "aZ@Δ€[~\f\nçس\u200c😀🏽\ud800\udc00\x1b`"
any_text = st.text(st.sampled_from(TELLING) | st.characters(), max_size=500) | st.builds(
    "".join,
    st.lists(st.sampled_from(TELLING).flatmap(lambda c: st.integers(1, 160).map(c.__mul__))),
)
reference_bits = st.sampled_from([8, 16])

BORDERS = [
    ("", 0, 1),
    ("a" * 160, 160, 1),
    ("a" * 161, 161, 2),
    ("a" * 306, 306, 2),
    ("a" * 307, 307, 3),
    ("€" * 80, 160, 1),
    ("€" * 81, 162, 2),
    ("a" * 159 + "€", 161, 2),
    ("س" * 70, 70, 1),
    ("س" * 71, 71, 2),
    ("س" * 134, 134, 2),
    ("س" * 135, 135, 3),
    ("😀" * 35, 70, 1),
    ("😀" * 36, 72, 2),
    ("😀" * 67, 134, 3),
    ("ç", 1, 1),
    ("\f", 2, 1),
    ("\ud800", 1, 1),
]


@pytest.mark.parametrize(("text", "size", "billed"), BORDERS)
def test_the_borders_of_the_standard_are_met_to_the_unit(text: str, size: int, billed: int) -> None:
    assert (units(text), count(text), len(segments(text))) == (size, billed, billed)


def test_capital_c_cedilla_is_gsm_7_and_the_small_one_is_not() -> None:
    assert encoding_of("Ç") is Encoding.GSM7
    assert encoding_of("ç") is Encoding.UCS2


@pytest.mark.parametrize("character", "^{}\\[~]|€\f")
def test_each_extension_character_costs_two_septets(character: str) -> None:
    assert segments(character) == (Segment(character, 2),)


@pytest.mark.parametrize("character", ["–", "’", "`", "\t", "\u00a0", "\u200d", "₨", "😀", "۱"])
def test_one_character_from_outside_makes_the_whole_text_ucs_2(character: str) -> None:
    assert encoding_of("a" * 50 + character) is Encoding.UCS2


def test_an_escape_is_a_code_and_no_letter_of_gsm_7() -> None:
    assert encoding_of("\x1b") is Encoding.UCS2


def test_an_escape_pair_moves_whole_into_the_next_segment() -> None:
    text = "a" * 152 + "€" + "b" * 100
    assert [piece.units for piece in segments(text)] == [152, 102]
    assert segments(text)[1].text.startswith("€")


def test_a_surrogate_pair_moves_whole_into_the_next_segment() -> None:
    text = "س" * 66 + "😀" + "م" * 10
    assert [piece.units for piece in segments(text)] == [66, 12]
    assert segments(text)[1].text.startswith("😀")


def test_two_surrogates_that_came_apart_are_not_parted_further() -> None:
    text = "س" * 66 + "\ud83d" + "\ude00" + "م" * 10
    assert [piece.units for piece in segments(text)] == [66, 12]


def test_a_16_bit_reference_leaves_152_septets_or_66_units() -> None:
    assert [piece.units for piece in segments("a" * 200, reference_bits=16)] == [152, 48]
    assert [piece.units for piece in segments("س" * 80, reference_bits=16)] == [66, 14]


@given(any_text, reference_bits)
def test_the_segments_joined_are_the_text_and_none_is_over_its_limit(text: str, bits: int) -> None:
    pieces = segments(text, reference_bits=bits)
    assert "".join(piece.text for piece in pieces) == text
    assert len(pieces) == count(text, reference_bits=bits)
    limit = _limit(encoding_of(text), len(pieces), bits)
    assert all(piece.units <= limit for piece in pieces)
    assert sum(piece.units for piece in pieces) == units(text)


@given(any_text, reference_bits)
def test_no_segment_could_have_taken_the_first_character_of_the_next(text: str, bits: int) -> None:
    encoding = encoding_of(text)
    pieces = segments(text, reference_bits=bits)
    for piece, following in pairwise(pieces):
        first = following.text[:1]
        cost = (
            2
            if ord(first) > 0xFFFF or (encoding is Encoding.GSM7 and first in "^{}\\[~]|€\f")
            else 1
        )
        apart = "\ud800" <= first <= "\udbff" and "\udc00" <= following.text[1:2] <= "\udfff"
        assert piece.units + cost + apart > _limit(encoding, len(pieces), bits)


@given(any_text)
def test_no_border_parts_a_surrogate_pair(text: str) -> None:
    pieces = [piece.text for piece in segments(text)]
    for piece, following in pairwise(pieces):
        parted = "\ud800" <= piece[-1] <= "\udbff" and "\udc00" <= following[0] <= "\udfff"
        assert not parted


@given(any_text, reference_bits, st.integers(0, 0xFFFF))
def test_every_segment_fits_the_140_octets_of_the_air(text: str, bits: int, name: int) -> None:
    encoding = encoding_of(text)
    pieces = segments(text, reference_bits=bits)
    for piece, sent in zip(pieces, octets(text, reference=name, reference_bits=bits), strict=True):
        header = 0 if len(pieces) == 1 else sent[0] + 1
        body = len(sent) - header
        assert body == piece.units * (1 if encoding is Encoding.GSM7 else 2)
        bits_used = header * 8 + body * (7 if encoding is Encoding.GSM7 else 8)
        assert bits_used <= 1120


def test_a_single_segment_goes_out_without_header() -> None:
    assert octets("a€@", reference=None) == (b"\x61\x1b\x65\x00",)
    assert octets("سلام", reference=None) == ("سلام".encode("utf-16-be"),)


def test_several_segments_name_their_text_their_number_and_their_place() -> None:
    first, second = octets("a" * 161, reference=0x1A7)
    assert first == bytes([5, 0, 3, 0xA7, 2, 1]) + b"a" * 153
    assert second == bytes([5, 0, 3, 0xA7, 2, 2]) + b"a" * 8
    wide = octets("س" * 71, reference=0x1A7, reference_bits=16)
    assert wide[1] == bytes([6, 8, 4, 0x01, 0xA7, 2, 2]) + ("س" * 5).encode("utf-16-be")


def test_several_segments_without_a_reference_are_refused() -> None:
    with pytest.raises(ValueError, match="reference"):
        octets("a" * 161, reference=None)


def test_a_text_that_no_header_can_count_is_refused_in_plain_words() -> None:
    assert len(headers(255, 1)) == 255
    with pytest.raises(Refusal, match="255 at most"):
        octets("a" * (153 * 255 + 1), reference=1)


def test_a_lone_surrogate_goes_out_as_the_replacement_character() -> None:
    assert octets("\ud800ا", reference=None) == ("\ufffdا".encode("utf-16-be"),)


def _limit(encoding: Encoding, pieces: int, bits: int) -> int:
    gsm7, ucs2 = (160, 70) if pieces == 1 else {8: (153, 67), 16: (152, 66)}[bits]
    return gsm7 if encoding is Encoding.GSM7 else ucs2
