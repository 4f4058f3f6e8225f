"""Days that come again: what people write, which days it gives, how it is said again."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from icalendar import vRecur

from app.domain.errors import Refusal
from app.domain.recurrence import check_rule, days_between, read_rule, rule_in_words

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
SAID = {
    "FREQ=MONTHLY;BYDAY=2SU": (
        "second Sunday",
        "2nd sunday of every month",
        "every month on the second Sunday",
        "every second Sunday of the month",
        "mahine ka doosra itwar",
        "har mahine ke dusre itwaar ko",
        "har mahine doosra itwar",
        "مہینے کا دوسرا اتوار",
        "ہر مہینے کے دوسرے اتوار کو",
        "2 Sunday",
    ),
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU": (
        "every two weeks on Sunday",
        "every other Sunday",
        "every second Sunday",
        "fortnightly on sunday",
        "every 2 Sundays",
        "har doosra itwar",
        "har do hafte baad itwar ko",
        "ek chhor kar itwar",
        "ہر دوسرا اتوار",
        "ہر دو ہفتے بعد اتوار",
        "ہر ۲ ہفتے اتوار",
    ),
    "FREQ=WEEKLY;INTERVAL=2": (
        "every two weeks",
        "every second week",
        "fortnightly",
        "har doosre hafte",
        "har do hafte",
        "ہر دو ہفتے",
    ),
    "FREQ=MONTHLY;BYDAY=-1FR": (
        "last Friday",
        "the last friday of each month",
        "mahine ka aakhri juma",
        "آخری جمعہ",
    ),
    "FREQ=MONTHLY;BYDAY=1FR": ("first Friday", "pehla juma", "پہلا جمعہ", "every first Friday"),
    "FREQ=MONTHLY;BYDAY=1MO,3MO": (
        "1st and 3rd Monday",
        "first & third monday",
        "pehla aur teesra peer",
        "پہلا اور تیسرا پیر",
    ),
    "FREQ=MONTHLY;BYDAY=1TH,3TU": ("third Tuesday and first Thursday",),
    "FREQ=MONTHLY;BYDAY=1MO,1TH": ("first Monday and Thursday",),
    "FREQ=MONTHLY;BYMONTHDAY=15": (
        "every month on 15",
        "15th of every month",
        "15 of each month",
        "day 15 of every month",
        "monthly on the 15th",
        "har mahine ki 15 tareekh",
        "ہر مہینے کی ۱۵ تاریخ",
    ),
    "FREQ=MONTHLY;BYMONTHDAY=1": ("first of every month", "first day of the month"),
    "FREQ=MONTHLY;BYMONTHDAY=1,15": ("every month on 1 and 15", "har mahine ki 1 aur 15 tareekh"),
    "FREQ=MONTHLY;BYMONTHDAY=-1": (
        "last day of the month",
        "mahine ka aakhri din",
        "ہر مہینے کا آخری دن",
    ),
    "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1": ("31 of every month",),
    "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO": (
        "first Monday of every two months",
        "every other month on the first Monday",
        "har do mahine baad pehla peer",
    ),
    "FREQ=MONTHLY;INTERVAL=3;BYDAY=2SU": ("quarterly, second Sunday", "سہ ماہی دوسرا اتوار"),
    "FREQ=MONTHLY;BYDAY=2SA": ("mahine ka doosra hafta", "دوسرا ہفتہ", "second Saturday"),
    "FREQ=WEEKLY;BYDAY=SA": ("har hafte ko", "ہر ہفتے کو", "every Saturday"),
    "FREQ=WEEKLY;BYDAY=WE": ("every Wednesday", "Wednesday", "har budh", "har hafte budh ko"),
    "FREQ=WEEKLY;BYDAY=MO,TH": ("Monday and Thursday", "every week on Monday, Thursday"),
    "FREQ=WEEKLY": ("weekly", "har hafte", "ہفتہ وار"),
    "FREQ=DAILY": ("daily", "every day", "rozana", "ہر روز"),
    "FREQ=DAILY;INTERVAL=10": ("every 10 days", "har das din baad"),
    "FREQ=DAILY;INTERVAL=3": ("every third day", "every 3rd day"),
    "FREQ=YEARLY;BYMONTH=8;BYDAY=4SU": (
        "fourth Sunday of August",
        "august ka chautha itwar",
        "ہر سال اگست کا چوتھا اتوار",
    ),
    "FREQ=YEARLY;BYMONTH=2,8;BYDAY=1SU": ("first Sunday of February and August",),
    "FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=14": ("every year on 14 August", "ہر سال 14 اگست"),
}
NO_RULES = (
    ("", "rule"),
    ("   ", "rule"),
    ("whenever the road is open", "rule"),
    ("second Sunday at ten", "rule"),
    ("every month", "which_day"),
    ("har mahine itwar", "which_day"),
    ("every third Friday", "two_ways"),
    ("har teesra juma", "two_ways"),
    ("sixth Sunday of every month", "rule"),
    ("15", "rule"),
    ("24 August", "rule"),
    ("every 30 February", "rule"),
    ("every year on 30 February", "rule"),
    ("32 of every month", "rule"),
    ("0 of every month", "rule"),
    ("every 0 weeks", "rule"),
    ("every 99 weeks", "rule"),
    ("every 2 weeks on the second Sunday", "rule"),
    ("every week and every month", "rule"),
    ("Sunday and 15 of every month", "rule"),
    ("every other Sunday of the month", "rule"),
    ("every other", "rule"),
    ("second week", "rule"),
    ("every August", "rule"),
    ("every 2 days every 2 weeks", "rule"),
    ("first Sunday of August every 2 months", "rule"),
    ("15 and 31 of every month", "rule"),
    ("x" * 5000, "rule"),
    ("every " * 60, "rule"),
    ("<b>second</b> \x00 Sunday", "rule"),
    ("FREQ=HOURLY", "rule"),
    ("FREQ=DAILY;COUNT=3", "rule"),
    ("FREQ=DAILY;UNTIL=20300101", "rule"),
    ("FREQ=DAILY;FREQ=DAILY", "rule"),
    ("FREQ=WEEKLY;BYDAY=2SU", "rule"),
    ("FREQ=MONTHLY;BYDAY=SU", "rule"),
    ("FREQ=MONTHLY;BYMONTHDAY=31", "rule"),
    ("FREQ=MONTHLY;BYMONTHDAY=15,30", "rule"),
    ("FREQ=MONTHLY;BYMONTHDAY=5;BYSETPOS=-1", "rule"),
    ("FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=1", "rule"),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "rule"),
    ("FREQ=YEARLY;BYMONTH=13;BYMONTHDAY=3", "rule"),
    ("FREQ=YEARLY;BYMONTHDAY=3", "rule"),
    ("FREQ=YEARLY", "rule"),
    ("FREQ=DAILY;INTERVAL=99999999999", "rule"),
    ("FREQ=DAILY;INTERVAL=²", "rule"),
    ("FREQ=DAILY;WKST=SU", "rule"),
    ("FREQ=", "rule"),
    ("FREQ=DAILY;" + "BYDAY=MO," * 400, "rule"),
)


def _mixed(nths: st.SearchStrategy[int]) -> st.SearchStrategy[str]:
    pair = st.tuples(nths, st.sampled_from(WEEKDAYS)).map(lambda one: f"{one[0] or ''}{one[1]}")
    return st.lists(pair, min_size=1, max_size=3, unique=True).map(",".join)


counted = st.sampled_from([1, 2, 3, 4, 5, -1])
sure_days = st.lists(st.integers(1, 28) | st.just(-1), min_size=1, max_size=3, unique=True)
months = st.lists(st.integers(1, 12), min_size=1, max_size=3, unique=True)
each = {"DAILY": 366, "WEEKLY": 52, "MONTHLY": 24, "YEARLY": 10}


def _every(unit: str) -> st.SearchStrategy[str]:
    return st.integers(1, each[unit]).map(
        lambda n: f"FREQ={unit};INTERVAL={n}" if n > 1 else f"FREQ={unit}"
    )


def _with(unit: str, *parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(_every(unit), *parts).map(lambda found: ";".join(filter(None, found)))


by_day = _mixed(counted).map("BYDAY={}".format)
by_month_day = sure_days.map(lambda days: f"BYMONTHDAY={','.join(map(str, days))}")
late_day = st.integers(29, 31).map(
    lambda day: f"BYMONTHDAY={','.join(map(str, range(28, day + 1)))};BYSETPOS=-1"
)
by_month = months.map(lambda found: f"BYMONTH={','.join(map(str, found))}")
rules = st.one_of(
    _every("DAILY"),
    _with("WEEKLY", st.just("") | _mixed(st.just(0)).map("BYDAY={}".format)),
    _with("MONTHLY", by_day | by_month_day | late_day),
    _with("YEARLY", by_month, by_day | by_month_day),
).map(check_rule)
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize("rule", SAID)
def test_what_people_say_is_that_rule(rule: str) -> None:
    assert {words: read_rule(words) for words in SAID[rule]} == dict.fromkeys(SAID[rule], rule)


def test_what_is_no_rule_is_refused_in_plain_words() -> None:
    for words, code in NO_RULES:
        with pytest.raises(Refusal) as refused:
            read_rule(words)
        assert refused.value.code == code, words
        assert len(str(refused.value)) < 400


@given(rules, st.sampled_from(["en", "ur", "ur-Latn", "sd", "ps", "xx"]))
def test_a_rule_said_in_words_is_read_as_the_same_rule(rule: str, language: str) -> None:
    assert read_rule(rule_in_words(rule, language)) == rule


@given(rules)
def test_a_rule_is_one_of_the_standard_and_stays_as_it_is_written(rule: str) -> None:
    vRecur.from_ical(rule)
    assert check_rule(rule) == rule
    assert len(rule) <= 200


@settings(max_examples=60)
@given(rules, days, st.integers(0, 800), st.integers(0, 800))
def test_days_of_a_rule_are_those_that_a_reckoning_by_hand_gives(
    rule: str, starts_on: date, before: int, length: int
) -> None:
    first = starts_on + timedelta(days=before - 400)
    last = first + timedelta(days=length)
    found = days_between(rule, starts_on, first, last)
    span = (last - first).days + 1
    by_hand = [
        day for n in range(span) if _is_of(rule, starts_on, day := first + timedelta(days=n))
    ]
    assert list(found) == by_hand
    skipped = found[::2]
    assert set(days_between(rule, starts_on, first, last, skipped)) == set(found) - set(skipped)


def _is_of(rule: str, starts_on: date, day: date) -> bool:
    """The standard's rule again, asked of one day at a time."""
    named = dict(part.split("=") for part in rule.split(";"))
    every = int(named.get("INTERVAL", "1"))
    if day < starts_on or _apart(named["FREQ"], starts_on, day) % every:
        return False
    if "BYMONTH" in named and str(day.month) not in named["BYMONTH"].split(","):
        return False
    length = monthrange(day.year, day.month)[1]
    if "BYSETPOS" in named:
        return day.day == min(length, int(named["BYMONTHDAY"].split(",")[-1]))
    if "BYMONTHDAY" in named:
        return {str(day.day), str(day.day - length - 1)} & set(
            named["BYMONTHDAY"].split(",")
        ) != set()
    if "BYDAY" in named:
        name = WEEKDAYS[day.weekday()]
        forms = {name} if named["FREQ"] == "WEEKLY" else {f"{(day.day - 1) // 7 + 1}{name}"}
        if named["FREQ"] != "WEEKLY" and day.day + 7 > length:
            forms.add(f"-1{name}")
        return bool(forms & set(named["BYDAY"].split(",")))
    return named["FREQ"] == "DAILY" or day.weekday() == starts_on.weekday()


def _apart(unit: str, start: date, day: date) -> int:
    if unit == "DAILY":
        return (day - start).days
    if unit == "WEEKLY":
        monday = start - timedelta(days=start.weekday())
        return (day - monday).days // 7
    if unit == "MONTHLY":
        return (day.year - start.year) * 12 + day.month - start.month
    return day.year - start.year


@given(st.text(max_size=140))
def test_any_text_is_a_rule_or_refused(words: str) -> None:
    try:
        rule = read_rule(words)
    except Refusal:
        return
    assert check_rule(rule) == rule


@given(
    st.lists(
        st.sampled_from(sorted({w for s in SAID.values() for t in s for w in t.split()})),
        max_size=7,
    )
)
def test_any_words_of_rules_are_a_rule_or_refused(words: list[str]) -> None:
    try:
        rule = read_rule(" ".join(words))
    except Refusal:
        return
    assume(rule)
    assert check_rule(rule) == rule


def test_rules_are_said_as_people_say_them() -> None:
    for rule, words in {
        "FREQ=MONTHLY;BYDAY=-1FR": (
            "last Friday of every month",
            "ہر مہینے کا آخری جمعہ",
            "har mahine ka aakhri Juma",
        ),
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=1TH": (
            "first Thursday of every 2 months",
            "ہر 2 مہینے بعد پہلی جمعرات",
            "har 2 mahine baad pehli Jumerat",
        ),
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU": (
            "every 2 weeks on Sunday",
            "ہر 2 ہفتے بعد اتوار کو",
            "har 2 hafte baad Itwar ko",
        ),
        "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1": (
            "day 31 of every month (or its last day)",
            "ہر مہینے کی 31 تاریخ (کم ہوں تو آخری دن)",
            "har mahine ki 31 tareekh (kam hon to aakhri din)",
        ),
        "FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=14": (
            "14 August every year",
            "ہر سال اگست کی 14 تاریخ",
            "har saal August ki 14 tareekh",
        ),
    }.items():
        assert tuple(rule_in_words(rule, tag) for tag in ("en", "ur", "ur-Latn")) == words


def test_the_demo_year_has_its_second_sundays() -> None:
    year = days_between(
        read_rule("second Sunday"), date(2025, 7, 1), date(2025, 7, 1), date(2026, 6, 30)
    )
    assert [f"{day:%d.%m}" for day in year] == [
        *("13.07", "10.08", "14.09", "12.10", "09.11", "14.12"),
        *("11.01", "08.02", "08.03", "12.04", "10.05", "14.06"),
    ]


def test_the_thirty_first_is_the_last_day_of_a_shorter_month() -> None:
    rule = read_rule("31 of every month")
    found = days_between(rule, date(2026, 1, 1), date(2026, 1, 1), date(2026, 4, 30))
    assert [day.day for day in found] == [31, 28, 31, 30]
