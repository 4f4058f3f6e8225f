"""Texts as the fonts need them: numbers in order, words whole, letters that fonts have."""

import pytest

from app.printing.coverage import NASKH, NASTALIQ, letters_of, missing_letters
from app.printing.runs import clean, direction_of, runs_of

LRI, PDI, LRM = "\u2066", "\u2069", "\u200e"
ALPHABETS = {
    "ur": "ءآأؤئابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھۂیےۓ،۔؟٪ﷺ",
    "sd": "ابٻڀتٿٽثٺپجڄجھڃچڇحخدڌڏڊڍذرڙزسشصضطظعغفڦقڪکگڳگھڱلمنڻوهءي۽۾",
    "ps": "ابپتټثجځچڅحخدډذرړزژږسشښصضطظعغفقکګلمنڼوهءیيېۍئ",
    "khw": "ݯݮڵݱݰ",
}


@pytest.mark.parametrize("tag", ["ur", "sd", "ps"])
@pytest.mark.parametrize(
    "number",
    ["0300-1234567", "0300 1234567", "+923001234567", "15-12-2026", "10:30-12:00", "Rs. 2,500"],
)
def test_numbers_keep_their_order_inside_right_to_left_text(tag, number):
    runs = runs_of(f"فون {number} پر", tag, "rtl")
    latin = "".join(part for kind, part in runs if kind == "latin")
    assert latin.strip(LRI + PDI) == number
    whole = "".join(part for _, part in runs)
    assert number.isdigit() or f"{LRI}{number}{PDI}" in whole or ":" not in number


def test_a_hyphen_number_is_isolated_for_the_printer():
    assert ("latin", f"{LRI}0300-1234567{PDI}") in runs_of("فون 0300-1234567 پر", "ur", "rtl")


def test_latin_words_leave_nastaliq_whole_with_their_blanks():
    runs = runs_of("دفتر LSO Roshni Shahi میں", "ur", "rtl")
    assert ("latin", f"{LRI}LSO Roshni Shahi{PDI}") in runs


def test_a_word_that_nastaliq_lacks_a_letter_of_goes_to_naskh_whole():
    assert runs_of("آج ڪراچي میں", "ur", "rtl") == (("", "آج "), ("naskh", "ڪراچي"), ("", " میں"))
    assert runs_of("آج ڪراچي ۾", "sd", "rtl") == (("", "آج ڪراچي ۾"),)


def test_text_without_right_to_left_letters_is_one_run():
    assert runs_of("Meeting at 10:30-12:00", "en", "ltr") == (("", "Meeting at 10:30-12:00"),)
    assert runs_of("12", "ur", "rtl") == (("latin", f"{LRI}12{PDI}"),)


@pytest.mark.parametrize("tag", ["en", "ur-Latn"])
def test_arabic_words_among_latin_ones_are_one_run_with_the_blanks_between_them(tag):
    assert runs_of("Minutes · ایگزیکٹو کمیٹی (EC)", tag, "ltr") == (
        ("latin", f"{LRM}Minutes{LRM}"),
        ("", " · "),
        ("arabic", "ایگزیکٹو کمیٹی"),
        ("", " "),
        ("latin", f"{LRM}(EC){LRM}"),
    )


def test_numbers_keep_their_order_between_arabic_words_of_a_latin_text():
    runs = runs_of("The committee said سڑک کے لیے 0300-1234567 پر and went on", "en", "ltr")
    assert ("latin", f"{LRI}0300-1234567{PDI}") in runs
    assert [part for kind, part in runs if kind == "arabic"] == ["سڑک کے لیے", "پر"]


def test_brackets_of_an_urdu_text_on_a_latin_sheet_stay_with_its_words():
    runs = runs_of("فیس (فیصلہ 14/2) اور (سڑک)", "en", "ltr")
    assert [part for kind, part in runs if kind == "arabic"] == ["فیس (فیصلہ ", " اور (سڑک)"]


@pytest.mark.parametrize("name", ALPHABETS)
def test_naskh_has_every_letter_of_the_languages(name):
    assert set(ALPHABETS[name]) - letters_of(NASKH) == set()


def test_nastaliq_has_urdu_but_not_all_of_sindhi_and_khowar():
    nastaliq = letters_of(NASTALIQ)
    assert set(ALPHABETS["ur"]) <= nastaliq
    assert {"ڪ", "۽", "۾", "ڵ"}.isdisjoint(nastaliq)


def test_letters_in_no_font_are_named_and_steering_marks_are_not():
    assert missing_letters(["ab न", "😀\u200d\u200f \u2066\n"]) == ("न", "😀")


def test_the_rupee_sign_that_no_font_has_is_written_out():
    assert clean("₨ 500") == "Rs 500"


def test_letters_in_two_parts_become_one():
    assert clean("ی\u0654 ا\u0653") == "ی\u0654 آ"


@pytest.mark.parametrize(
    ("text", "sheet", "way"),
    [
        ("14/R1 سڑک کا اجلاس", "rtl", "rtl"),
        ("LSO Roshni دفتر", "rtl", "ltr"),
        ("LSO روشنی", "rtl", "rtl"),
        ("12/3", "rtl", "rtl"),
        ("", "ltr", "ltr"),
        ("Write to the DC", "rtl", "ltr"),
        ("The word پانی", "ltr", "ltr"),
        ("پانی کا نلکا (tap)", "ltr", "rtl"),
    ],
)
def test_a_text_runs_the_way_of_its_sheet_unless_most_of_it_does_not(text, sheet, way):
    assert direction_of(text, sheet) == way


def test_a_hostile_text_costs_no_more_than_its_length():
    import time

    begun = time.perf_counter()
    runs_of("ا " + "1-" * 20_000 + " ڪ" * 20_000 + "a " * 20_000, "ur", "rtl")
    assert time.perf_counter() - begun < 3
