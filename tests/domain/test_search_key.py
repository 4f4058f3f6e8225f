"""Plain words and keys: all writings of a word meet, words that differ stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.search_key import keys, likeness, normal, word_keys, words_asked


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("مُحَمَّد", "محمد"),
        ("رحمٰن", "رحمن"),
        ("پـــانی", "پانی"),
        ("پائپ\u200cلائن", "پایپلاین"),
        ("\u202bكيا\u202c", "کیا"),
        ("ى ې ۍ ئ ے", "ی ی ی ی ی"),
        ("ه ھ ة ۃ ۂ ۀ", "ہ ہ ہ ہ ہ ہ"),
        ("أ إ آ ٱ", "ا ا ا ا"),
        ("ڪ ؤ جزء", "ک و جز"),
        ("۱۴/٢", "14 2"),
        ("٪50", "50"),
        ("DEO (Female), Réshun", "deo female reshun"),
        ("ma'ashi", "maashi"),
        ("ﷺ ﻻ", "صلی اللہ علیہ وسلم لا"),
        ("ڏيڻ ۽ وٺڻ", "ڏیڻ وٺڻ"),
        ("", ""),
        ("!؟ 😀", ""),
    ],
)
def test_every_writing_of_a_word_becomes_one(written: str, plain: str) -> None:
    assert normal(written) == plain


@pytest.mark.parametrize(
    "words",
    ["faisla fesla faysla faislah فیصلہ فيصله", "khwateen khawateen khavatin خواتین",
     "sihat sehat صحت", "qarardad karardad قرارداد", "sarak sarrak سڑک", "sadak سڑک",
     "school skool iskool سکول اسکول", "road rod روڈ", "committee kameti کمیٹی",
     "zameen jamin زمین",
     "phone fon فون", "chardiwari chaardeewari چاردیواری", "rupees rupay روپے"],
)  # fmt: skip
def test_words_that_sound_alike_have_a_key_in_common(words: str) -> None:
    every = [set(word_keys(normal(word))) for word in words.split()]
    assert set.intersection(*every)


@pytest.mark.parametrize(
    "words", ["pani bijli", "سڑک پانی", "school hospital", "bank bunk2", "a aa"]
)
def test_other_words_have_none(words: str) -> None:
    one, other = words.split()
    assert not set(word_keys(normal(one))) & set(word_keys(normal(other)))


def test_numbers_and_letters_alone_have_no_key() -> None:
    assert keys("500 a pay 14b ٻوڏ") == ""
    assert keys("pani pani پانی") == "pn"


def test_small_words_are_left_out_unless_there_are_no_others() -> None:
    assert words_asked("What was decided about the road?", 8) == ("decided", "road")
    assert words_asked("پانی کے بارے میں", 8) == ("پانی", "باری")
    assert words_asked("ka ki", 8) == ("ka", "ki")
    assert words_asked("a1 b1 c1 b1", 2) == ("a1", "b1")


def test_likeness_is_that_of_pg_trgm() -> None:
    # SELECT similarity('pipline', 'pipeline'), similarity('word', 'two words')
    assert likeness("pipline", ["pipeline"]) == pytest.approx(0.5454545)
    assert likeness("word", ["two", "words"]) == pytest.approx(0.5714286)
    assert (likeness("pani", ["pani", "x"]), likeness("pani", []), likeness("a", ["b"])) == (
        1,
        0,
        0,
    )


@given(st.text(max_size=80))
def test_no_text_is_too_odd(text: str) -> None:
    plain = normal(text)
    assert normal(plain) == plain
    assert all(letter == " " or letter.isalnum() for letter in plain)
    assert all(key.isalpha() and key.isascii() for key in keys(plain).split())
