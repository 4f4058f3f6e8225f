"""Days of every year: read as people write them, nonsense refused, winters over New Year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Refusal
from app.domain.year_days import (
    check_stretch,
    is_within,
    is_year_day,
    read_year_day,
    year_day_words,
)

DAYS = [date(2024, 1, 1) + timedelta(days=n) for n in range(366)]
NUMBERS = [day.month * 100 + day.day for day in DAYS]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("1 Dec", 1201),
        ("31 mar", 331),
        ("1 December", 1201),
        ("Dec 1", 1201),
        ("1Dec", 1201),
        (" 29  feb ", 229),
        ("15 Sept.", 915),
        ("1 دسمبر", 1201),
        ("۳۱ مارچ", 331),
        ("", 0),
        ("  ", 0),
    ],
)
def test_a_day_is_read_as_people_write_it(words: str, number: int) -> None:
    assert read_year_day(words) == number


@pytest.mark.parametrize(
    "words",
    ["31 Feb", "0 Dec", "32 Jan", "Dec", "12", "1 Dez", "31.4", "1 Dec 2026", "x" * 500, "² Dec"],
)
def test_what_is_no_day_is_refused_with_what_to_write(words: str) -> None:
    with pytest.raises(Refusal, match=r"as in 1 Dec") as refused:
        read_year_day(words)
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize("number", NUMBERS)
def test_every_day_is_read_back_from_its_words(number: int) -> None:
    assert is_year_day(number)
    assert read_year_day(year_day_words(number)) == number


@pytest.mark.parametrize("number", [-1, 0, 1, 100, 132, 230, 1301, 99999])
def test_other_numbers_are_no_days(number: int) -> None:
    assert not is_year_day(number)
    assert year_day_words(number) == ""


@pytest.mark.parametrize(("first", "last"), [(1201, 0), (0, 331), (1301, 331), (1201, 231)])
def test_a_stretch_needs_two_real_days(first: int, last: int) -> None:
    with pytest.raises(Refusal):
        check_stretch(first, last)


@pytest.mark.parametrize(
    ("day", "is_cut"),
    [
        (date(2026, 11, 30), False),
        (date(2026, 12, 1), True),
        (date(2027, 1, 1), True),
        (date(2027, 3, 31), True),
        (date(2027, 4, 1), False),
    ],
)
def test_a_winter_goes_over_the_end_of_the_year(day: date, is_cut: bool) -> None:
    check_stretch(1201, 331)
    assert is_within(day, 1201, 331) is is_cut


@given(st.sampled_from(DAYS), st.sampled_from(NUMBERS), st.sampled_from(NUMBERS))
def test_a_stretch_and_the_rest_of_the_year_have_each_day_once(
    day: date, first: int, last: int
) -> None:
    before = NUMBERS[NUMBERS.index(first) - 1]
    after = NUMBERS[(NUMBERS.index(last) + 1) % len(NUMBERS)]
    if after != first:
        assert is_within(day, first, last) != is_within(day, after, before)
    assert not is_within(day, 0, 0)
