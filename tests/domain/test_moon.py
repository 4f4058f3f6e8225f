"""Dates by the moon beside ours."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.moon import MoonDate, day_of, moon_date

known = st.dates(date(1930, 1, 1), date(2070, 1, 1))
offsets = st.integers(-3, 3)


def test_the_moon_of_known_days() -> None:
    assert moon_date(date(2026, 2, 18)) == MoonDate(1, 9, 1447)
    assert moon_date(date(2026, 2, 19), 1) == MoonDate(1, 9, 1447)
    assert moon_date(date(2026, 5, 27)) == MoonDate(10, 12, 1447)
    assert day_of(MoonDate(10, 12, 1447), 1) == date(2026, 5, 28)


@given(known, offsets)
def test_a_day_comes_back_from_its_moon(day: date, offset: int) -> None:
    moon = moon_date(day, offset)
    assert moon is not None
    assert day_of(moon, offset) == day


@given(known, offsets)
def test_a_later_sighting_moves_each_day_by_as_much(day: date, offset: int) -> None:
    assert moon_date(day, offset) == moon_date(day - timedelta(days=offset))


def test_what_no_table_knows_has_no_moon() -> None:
    for day in (date(1900, 1, 1), date(2099, 1, 1), date.min, date.max):
        assert moon_date(day, 3) is None
    for moon in (MoonDate(30, 2, 1447), MoonDate(1, 13, 1447), MoonDate(1, 1, 9999)):
        assert day_of(moon) is None
