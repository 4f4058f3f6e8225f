"""An answer to a call to meet counts in a person's own words, and nobody else's does."""

import pytest

from bots.fold import lettered
from bots.understanding import understand
from tests.bots.script import vocabulary


@pytest.mark.parametrize("stem", ["aa", "aaa", "a"])
@pytest.mark.parametrize("verb", ["sakti hun", "skti", "sakun gi", "sakungi", "jaungi", "skta hun"])
def test_every_spelling_of_coming_says_yes_and_with_a_denial_no(stem: str, verb: str) -> None:
    assert understand(f"main {stem} {verb}", vocabulary()).intent == "yes"
    for denial in ("nahi", "nai", "nhi", "nahin"):
        assert understand(f"{denial} {stem} {verb}", vocabulary()).intent == "no"
        assert understand(f"main {stem} {denial} {verb}", vocabulary()).intent == "no"


@pytest.mark.parametrize(
    "text",
    [
        *("kya main aa sakti hun", "main aa sakti hun?", "gari nahi aa sakti"),
        *("doctor nahi aa sakta", "main nahi aa saki thi", "agar gari mili to aungi"),
        *(
            "wo ayenge",
            "wo zaroor ayen ge",
            "wo nahi aa sakti",
            "meri behan nahi aa sakti",
            "میری بہن نہیں آ سکتی",
        ),
        *("kal 3 baje aungi", "3 بجے آؤں گی"),
        *("kal teen baje aungi", "bazar se register le aungi", "bijli nahi aa rahi"),
        *("کیا میں آ سکتی ہوں", "وہ نہیں آ سکتی", "اوبه نه راځي", "پاڻي نٿو اچي"),
    ],
)
def test_a_question_another_person_the_past_and_an_if_are_for_people(text: str) -> None:
    assert understand(text, vocabulary()).intent == "none"


def test_a_reason_neither_unmakes_a_no_nor_is_taken_for_a_name() -> None:
    for text in ("nahi aa sakti bachi bimar hai", "بخښنه غواړم نه راځم ماشوم ناروغه دی"):
        ask = understand(text, vocabulary())
        assert (ask.intent, ask.argument) == ("no", None)


@pytest.mark.parametrize("text", ["nahi aa sakti ghar me aag lag gai", "nahi aungi selab aa gaya"])
def test_danger_behind_a_no_is_seen_by_people(text: str) -> None:
    ask = understand(text, vocabulary())
    assert (ask.intent, ask.is_danger) == ("none", True)


@pytest.mark.parametrize(
    ("text", "tag"), [("ڳوٺ", "sd"), ("ښه", "ps"), ("سلام", ""), ("ڳوٺ ښه", ""), ("salam", "")]
)
def test_letters_of_one_language_tell_it(text: str, tag: str) -> None:
    assert lettered(text) == tag


def test_words_that_languages_share_are_answered_in_the_language_of_the_letters() -> None:
    assert understand("صدر جو نمبر ڏيو", vocabulary()).language == "sd"
    assert understand("ماشوم ښوونځي ته ځي", vocabulary()).language == "ps"


def test_a_time_of_day_is_no_item_of_the_menu() -> None:
    assert understand("3 baje meeting hai?", vocabulary()).intent == "meeting"
    assert understand("3 pani", vocabulary()).intent == "decision"
    report = understand("6 kal 3 baje bijli gayi", vocabulary())
    assert (report.intent, report.note) == ("report", "kal 3 baje bijli gayi")
