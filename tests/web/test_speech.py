"""How pages write numbers, money and times, in English and in Urdu."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Catalog

from app.web import speech
from app.web.speech import LANGUAGES, Speech, translations

KARACHI = ZoneInfo("Asia/Karachi")
NOON = datetime(2026, 10, 9, 7, 0, tzinfo=UTC)
ENGLISH = Speech("en", translations("en"), KARACHI)
URDU = Speech("ur", translations("ur"), KARACHI)
BOTH = [ENGLISH, URDU]


def bare(markup: str) -> str:
    return re.sub(r"</?bdi>", "", markup)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 10, 9, hour, minute, tzinfo=KARACHI)


def test_numbers_have_western_digits_with_their_thousands_apart() -> None:
    assert ENGLISH.number(1_234_567) == "1,234,567"
    assert URDU.number(1_234_567) == "<bdi>1,234,567</bdi>"
    assert bare(URDU.number(0)) == ENGLISH.number(0) == "0"


@pytest.mark.parametrize(
    ("micro", "english", "urdu"),
    [
        (190_800_000, "Rs 190.80", "190.80 روپے"),
        (2_000_000_000, "Rs 2,000", "2,000 روپے"),
        (0, "Rs 0", "0 روپے"),
    ],
)
def test_rupees_stand_before_the_number_or_after_it(micro: int, english: str, urdu: str) -> None:
    assert ENGLISH.money(micro, "PKR") == english
    assert bare(URDU.money(micro, "PKR")) == urdu


def test_money_of_other_countries_keeps_its_code() -> None:
    for one in BOTH:
        assert "USD" in bare(one.money(1_500_000, "USD"))
        assert "1.50" in bare(one.money(1_500_000, "USD"))
        assert bare(one.money(1_500_000, "")) == "1.50"


@pytest.mark.parametrize(
    ("hour", "minute", "english", "urdu"),
    [
        (0, 0, "00:00", "رات 12:00"),
        (3, 59, "03:59", "رات 3:59"),
        (4, 0, "04:00", "صبح 4:00"),
        (11, 59, "11:59", "صبح 11:59"),
        (12, 0, "12:00", "دوپہر 12:00"),
        (15, 59, "15:59", "دوپہر 3:59"),
        (16, 5, "16:05", "شام 4:05"),
        (20, 0, "20:00", "رات 8:00"),
        (21, 44, "21:44", "رات 9:44"),
    ],
)
def test_urdu_says_the_part_of_the_day_before_a_clock_of_twelve_hours(
    hour: int, minute: int, english: str, urdu: str
) -> None:
    assert ENGLISH.clock(at(hour, minute)) == english
    assert bare(URDU.clock(at(hour, minute))) == urdu


def test_times_are_those_of_the_networks_zone() -> None:
    late = datetime(2026, 10, 8, 22, 30, tzinfo=UTC)
    assert ENGLISH.clock(late) == "03:30"
    assert ENGLISH.day(late) == "Friday 9 October"
    elsewhere = Speech("en", translations("en"), ZoneInfo("America/New_York"))
    assert elsewhere.day(late) == "Thursday 8 October"


def test_days_are_written_as_words() -> None:
    assert ENGLISH.date(NOON) == "9 October 2026"
    assert ENGLISH.short_day(NOON) == "9 Oct"
    assert bare(URDU.date(NOON)) == "9 اکتوبر 2026"
    assert "جمعہ" in URDU.day(NOON)


def test_a_time_of_another_day_has_its_day_and_of_another_year_its_year() -> None:
    assert ENGLISH.when(at(9), at(23)) == "09:00"
    assert ENGLISH.when(at(9) - timedelta(days=1), at(0)) == "8 Oct 09:00"
    assert ENGLISH.when(at(9) - timedelta(days=365), at(9)) == "9 October 2025 09:00"
    late = datetime(2026, 10, 8, 20, 0, tzinfo=UTC)
    assert ENGLISH.when(late, at(9)) == "01:00"


@pytest.mark.parametrize(
    ("seconds", "english"),
    [
        (0, "1 second"),
        (1, "1 second"),
        (89, "89 seconds"),
        (90, "2 minutes"),
        (48 * 60, "48 minutes"),
        (5369, "89 minutes"),
        (5400, "2 hours"),
        (30 * 3600, "30 hours"),
    ],
)
def test_a_length_of_time_is_told_as_people_tell_it(seconds: float, english: str) -> None:
    assert ENGLISH.length(seconds) == english
    assert re.search("[\u0600-\u06ff]", URDU.length(seconds))


def test_nothing_that_is_shown_has_digits_other_than_western_ones() -> None:
    shown = [
        f"{one.number(987)}{one.money(10**9, 'PKR')}{one.clock(NOON)}{one.date(NOON)}"
        f"{one.day(NOON)}{one.length(4000)}"
        for one in BOTH
    ]
    assert not [text for text in shown if re.search("[\u0660-\u0669\u06f0-\u06f9]", text)]


def test_each_language_knows_its_direction() -> None:
    assert (ENGLISH.direction, URDU.direction) == ("ltr", "rtl")
    assert set(LANGUAGES) == {"en", "ur"}


def test_a_sentence_without_translation_stays_as_it_is() -> None:
    for one in BOTH:
        assert one.say("No catalogue has this sentence.") == "No catalogue has this sentence."


def test_a_catalogue_is_read_as_it_stands_in_the_repository() -> None:
    assert (speech.LOCALE / "ur.po").is_file()
    assert Catalog(locale="ur").num_plurals == 2
    assert translations("ur").ngettext("%(n)s drum", "%(n)s drums", 2) == "%(n)s drums"
