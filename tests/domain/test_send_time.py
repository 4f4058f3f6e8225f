"""When a text is to go: what people and programs write, in the zone of the network."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.errors import Refusal
from app.domain.send_time import day_has_passed, read_send_time

KARACHI, LONDON = "Asia/Karachi", "Europe/London"
NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
"""A Sunday, 11:00 in Karachi."""


@pytest.mark.parametrize(
    ("words", "there"),
    [
        ("25 Nov, 18:30", "2026-11-25 18:30"),
        ("25 Nov 18.30", "2026-11-25 18:30"),
        ("25 Nov 2026، 18:30", "2026-11-25 18:30"),
        ("۲۵ نومبر، ۱۸:۳۰", "2026-11-25 18:30"),
        ("2026-11-25 18:30", "2026-11-25 18:30"),
        ("2026-11-25T18:30", "2026-11-25 18:30"),
        ("18:30", "2026-11-22 18:30"),
        ("10:30", "2026-11-23 10:30"),
        ("2026-11-25T13:30:00+00:00", "2026-11-25 18:30"),
        ("2026-11-25T13:30:00Z", "2026-11-25 18:30"),
    ],
)
def test_a_day_and_an_hour_are_those_of_the_network(words: str, there: str) -> None:
    meant = datetime.fromisoformat(f"{there}+05:00")
    assert read_send_time(words, NOW, KARACHI) == meant


def test_an_empty_field_means_as_soon_as_somebody_agrees() -> None:
    assert read_send_time("  ", NOW, KARACHI) is None


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("21 Nov 2026, 18:30", "past"),
        ("22 Nov 2026, 11:00", "past"),
        ("25 Nov", "hour"),
        ("25 Nov, 24:00", "hour"),
        ("tomorrow", "hour"),
        ("31 Feb, 10:00", "date"),
        ("25 Nov 2028, 10:00", "too_far"),
        ("9999-12-31T23:59:59-12:00", "hour"),
        ("'; drop table, 10:00", "date"),
    ],
)
def test_what_is_no_moment_to_come_is_refused(words: str, code: str) -> None:
    with pytest.raises(Refusal) as told:
        read_send_time(words, NOW, KARACHI)
    assert told.value.code == code


def test_the_hour_stays_the_same_when_the_clocks_are_put_back() -> None:
    before = datetime(2026, 10, 20, 12, 0, tzinfo=UTC)
    summer = read_send_time("24 Oct, 10:00", before, LONDON)
    winter = read_send_time("26 Oct, 10:00", before, LONDON)
    assert summer is not None
    assert winter is not None
    assert winter - summer == timedelta(days=2, hours=1)


def test_agreeing_late_on_the_same_day_is_in_time_and_on_the_next_is_not() -> None:
    at = datetime.fromisoformat("2026-11-22T18:30+05:00")
    same_day, next_day = at.replace(hour=23), at + timedelta(hours=6)
    assert not day_has_passed(at, same_day, KARACHI)
    assert day_has_passed(at, next_day, KARACHI)
    assert not day_has_passed(None, next_day, KARACHI)
