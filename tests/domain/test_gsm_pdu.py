"""Octets that a modem takes and gives: packed septets and their way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.gsm import Encoding, encoding_of, letters, segments
from app.domain.gsm_pdu import (
    bits_to_fill,
    decode_gsm7,
    pack_septets,
    unpack_septets,
    user_data,
)
from app.domain.gsm_tables import SEPTETS

gsm7_text = st.text(st.sampled_from(sorted(SEPTETS)), max_size=400)


@pytest.mark.parametrize(
    ("text", "packed"),
    [
        ("hellohello", "E8329BFD4697D9EC37"),
        ("hello", "E8329BFD06"),
        ("Test", "D4F29C0E"),
        ("€", "9B32"),
        ("", ""),
    ],
)
def test_known_texts_have_their_known_octets(text: str, packed: str) -> None:
    assert pack_septets(letters(text, Encoding.GSM7), fill_bits=0) == bytes.fromhex(packed)


@given(
    st.binary(max_size=160).map(lambda octets: bytes(o & 0x7F for o in octets)), st.integers(0, 6)
)
def test_what_is_packed_unpacks_to_the_same(septets: bytes, fill: int) -> None:
    packed = pack_septets(septets, fill_bits=fill)
    assert unpack_septets(packed, count=len(septets), fill_bits=fill) == septets


@given(gsm7_text)
def test_a_gsm_7_text_comes_back_from_its_septets(text: str) -> None:
    assert decode_gsm7(letters(text, Encoding.GSM7)) == text


@given(st.binary(max_size=200))
def test_any_octets_give_a_text(octets: bytes) -> None:
    assert isinstance(decode_gsm7(octets), str)


def test_unknown_escapes_show_what_the_standard_says() -> None:
    assert decode_gsm7(b"\x1b\x41") == "A"
    assert decode_gsm7(b"\x1b\x1b") == " "
    assert decode_gsm7(b"a\x1b") == "a "
    assert decode_gsm7(b"\xff\x1b\x80") == "\ufffd\ufffd"


def test_a_header_is_filled_up_to_the_next_septet() -> None:
    assert [bits_to_fill(octets) for octets in (0, 6, 7)] == [0, 1, 0]


@given(gsm7_text | st.text(max_size=200), st.sampled_from([8, 16]))
def test_every_segment_can_be_read_back_from_its_user_data(text: str, bits: int) -> None:
    parts = user_data(text, reference=41, reference_bits=bits)
    texts = []
    for part in parts:
        assert len(part.octets) <= 140
        header = part.octets[0] + 1 if part.has_header else 0
        if part.dcs == 0x08:
            assert part.length == len(part.octets)
            texts.append(part.octets[header:].decode("utf-16-be"))
        else:
            fill = bits_to_fill(header)
            taken = (header * 8 + fill) // 7
            septets = unpack_septets(
                part.octets[header:], count=part.length - taken, fill_bits=fill
            )
            assert part.length <= 160
            texts.append(decode_gsm7(septets))
    assert texts == [piece.text for piece in segments(text, reference_bits=bits)]
    assert {part.dcs for part in parts} == {0 if encoding_of(text) is Encoding.GSM7 else 8}
