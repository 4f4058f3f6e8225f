"""What a press secretary may rely on when she presses "make it plain"."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.gsm import Encoding, count, encoding_of
from app.domain.plain import changes, make_plain

TRAPS = "–—‘’“”«»`´\t\u00a0\u2009\u3000…•·₨\u200b\u200c\u200d\ufeff\u200e\u2066\u2069۱٣٬٫؍\u2011"
mixed = st.text(st.sampled_from(TRAPS + "aZ 019'-\n€[سکا😀ç") | st.characters(), max_size=300)

EXAMPLES = [
    ("EC ijlas – subah 10 baje", "EC ijlas - subah 10 baje"),
    ("“Aaj” hi, don’t wait", '"Aaj" hi, don\'t wait'),
    ("it`s", "it's"),
    ("1\tKarwai\u00a02\u2009Ijlas", "1 Karwai 2 Ijlas"),
    ("aur…", "aur..."),
    ("• sarak • pani", "* sarak * pani"),
    ("•5 log", "*5 log"),
    ("₨ 500 / ₨500", "Rs 500 / Rs500"),
    ("Ref\u200b 41\ufeff", "Ref 41"),
    ("nam\u200dak", "namak"),
    ("۱۲ Oct, ٣ baje", "12 Oct, 3 baje"),
    ("Rs ۲٬۵۰۰", "Rs 2,500"),
    ("\u2066LSON\u2069\u200e 41", "LSON 41"),
]


@pytest.mark.parametrize(("text", "plain"), EXAMPLES)
def test_what_word_slipped_in_is_put_back(text: str, plain: str) -> None:
    assert make_plain(text) == plain
    assert encoding_of(plain) is Encoding.GSM7


def test_urdu_keeps_its_joiners_marks_and_quotes_and_gets_western_digits() -> None:
    text = "کتاب\u200cها “فیصلہ” ۱۴/۱ – \u200e+92…\u00a0\ufeff۲٬۵۰۰"
    assert make_plain(text) == "کتاب\u200cها “فیصلہ” 14/1 – \u200e+92… 2,500"


def test_what_would_lengthen_a_text_is_done_only_where_it_makes_it_cheaper() -> None:
    assert make_plain("Kal… 😀") == "Kal… 😀"
    assert make_plain("…" * 70) == "…" * 70


def test_a_family_of_emoji_stays_together() -> None:
    assert make_plain("👨\u200d👩\u200d👧") == "👨\u200d👩\u200d👧"


@pytest.mark.parametrize(
    "text", ["12-10-2026", "15/12/2026", "Rs. 2,500", "café Æ", "D14/1", "½ ²"]
)
def test_letters_numbers_and_dates_stay_as_they_are(text: str) -> None:
    assert make_plain(text) == text


def test_each_change_is_named_once_in_the_order_of_the_text() -> None:
    assert changes("“a” – “b” …") == (("“", '"'), ("”", '"'), ("–", "-"), ("…", "..."))
    assert changes("a\u200bb۱٬۲") == (("\u200b", ""), ("۱", "1"), ("٬", ","), ("۲", "2"))
    assert changes("a\u200db کتاب\u200cها") == (("\u200d", ""),)
    assert changes("plain text") == ()


@given(mixed)
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert make_plain(make_plain(text)) == make_plain(text)


@given(mixed)
def test_plain_text_never_needs_more_segments(text: str) -> None:
    assert count(make_plain(text)) <= count(text)


@given(mixed)
def test_letters_and_the_values_of_digits_are_never_changed(text: str) -> None:
    assert _words(make_plain(text)) == _words(text)


@given(mixed)
def test_a_text_changes_exactly_when_changes_are_named(text: str) -> None:
    assert bool(changes(text)) is (make_plain(text) != text)


@given(st.text(st.sampled_from("aZ 019'-\n€[@£Δ"), max_size=200))
def test_a_gsm_7_text_is_never_touched(text: str) -> None:
    assert make_plain(text) == text


def _words(text: str) -> str:
    text = re.sub("₨", "Rs", text)
    return "".join(
        str(unicodedata.decimal(c)) if c in "۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩" else c
        for c in text
        if unicodedata.category(c)[0] in "LN"
    )
