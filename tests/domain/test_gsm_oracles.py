"""Our count beside that of two programs that others wrote, and why we differ where we do."""

import json
import re
from pathlib import Path
from typing import NamedTuple

import pytest
import smsutil
from hypothesis import given
from hypothesis import strategies as st

from app.domain.gsm import Encoding, count, encoding_of, segments, units

# sms-segments-calculator keeps what a reader sees as one sign (a flag, a skin tone, a family)
# in one segment and so bills more. 3GPP TS 23.040 (9.2.3.24.1) counts octets, and 23.038 knows
# UCS-2 units only: the network cuts between the characters of such a sign.
_CLUSTER = re.compile("[\U0001f1e6-\U0001f1ff]{2}|[\U0001f3fb-\U0001f3ff]|\u200d|[\u0300-\u036f]")


class Answer(NamedTuple):
    text: str
    encoding: str
    units: int
    count: int


def _answers() -> list[Answer]:
    table = json.loads((Path(__file__).parent / "npm_segments.json").read_text("utf-8"))
    return [Answer(**answer) for answer in table["answers"]]


@pytest.mark.parametrize("answer", _answers(), ids=lambda answer: ascii(answer.text[:20]))
def test_the_npm_calculator_agrees_on_encoding_and_units(answer: Answer) -> None:
    assert (encoding_of(answer.text), units(answer.text)) == (answer.encoding, answer.units)


@pytest.mark.parametrize("answer", _answers(), ids=lambda answer: ascii(answer.text[:20]))
def test_the_npm_calculator_agrees_on_the_count_or_bills_more_for_clusters(answer: Answer) -> None:
    if count(answer.text) != answer.count:
        assert _CLUSTER.search(answer.text)
        assert answer.count > count(answer.text)


def test_the_table_holds_both_agreements_and_explained_differences() -> None:
    answers = _answers()
    differing = [answer for answer in answers if answer.count != count(answer.text)]
    assert len(answers) >= 120
    assert 1 <= len(differing) <= 5


ALPHABET = "aÇç€[\fس😀\u200c`\n🏽"


@given(
    st.lists(st.tuples(st.sampled_from(ALPHABET), st.integers(1, 170)), min_size=1, max_size=8).map(
        lambda parts: "".join(character * times for character, times in parts)
    )
)
def test_smsutil_cuts_every_text_where_we_cut_it(text: str) -> None:
    theirs = smsutil.split(text)
    assert [part.content for part in theirs.parts] == [piece.text for piece in segments(text)]
    assert (theirs.encoding == "gsm0338") is (encoding_of(text) is Encoding.GSM7)


def test_smsutil_takes_a_bare_escape_for_a_letter_and_the_standard_does_not() -> None:
    # 23.038, table 1: code 0x1B is the escape to the extension table and has no character.
    assert smsutil.split("\x1b").encoding == "gsm0338"
    assert encoding_of("\x1b") is Encoding.UCS2


def test_smsutil_calls_an_empty_text_ucs_2_and_we_call_it_gsm_7() -> None:
    # 23.038, section 4: the default alphabet is coding group 0, used where nothing asks for more.
    assert smsutil.split("").encoding == "utf_16_be"
    assert encoding_of("") is Encoding.GSM7
