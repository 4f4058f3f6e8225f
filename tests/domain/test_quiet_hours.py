"""When members are left in peace, in every zone and on the nights when clocks are changed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.quiet_hours import QuietHours, is_quiet, next_allowed

KARACHI = "Asia/Karachi"
USUAL = QuietHours()
RAMADAN = QuietHours(
    ramadan=((date(2026, 2, 18), date(2026, 3, 19)),),
    ramadan_starts=time(17, 30),
    ramadan_ends=time(10, 0),
    closed_days=(date(2026, 3, 20), date(2026, 3, 21)),
)

clocks = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
profiles = st.builds(
    QuietHours,
    starts=clocks,
    ends=clocks,
    friday_from=clocks,
    friday_until=clocks,
    ramadan=st.just(((date(2026, 3, 1), date(2026, 4, 2)),)),
    ramadan_starts=st.none() | clocks,
    ramadan_ends=st.none() | clocks,
    closed_days=st.lists(st.dates(date(2026, 3, 1), date(2026, 4, 20)), max_size=4).map(tuple),
)


def _minutes_of(first: datetime, days: int) -> st.SearchStrategy[datetime]:
    return st.integers(0, days * 1440).map(lambda minutes: first + timedelta(minutes=minutes))


# Around the nights on which clocks are changed in spring and in autumn.
moments = _minutes_of(datetime(2026, 3, 20, tzinfo=UTC), 20) | _minutes_of(
    datetime(2026, 10, 20, tzinfo=UTC), 15
)
zones = st.sampled_from([KARACHI, "Europe/London", "America/St_Johns", "Australia/Lord_Howe"])


def karachi(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(KARACHI))


@pytest.mark.parametrize(
    ("at", "quiet"),
    [
        (karachi(2026, 11, 22, 8, 59), True),
        (karachi(2026, 11, 22, 9, 0), False),
        (karachi(2026, 11, 22, 19, 59), False),
        (karachi(2026, 11, 22, 20, 0), True),
        (karachi(2026, 11, 27, 12, 29), False),
        (karachi(2026, 11, 27, 12, 30), True),
        (karachi(2026, 11, 27, 14, 30), False),
        (karachi(2026, 11, 26, 13, 0), False),
    ],
)
def test_the_night_and_fridays_prayer_are_quiet(at: datetime, quiet: bool) -> None:
    assert is_quiet(at, KARACHI, USUAL) is quiet


@pytest.mark.parametrize(
    ("at", "allowed"),
    [
        (karachi(2026, 11, 22, 21, 40), karachi(2026, 11, 23, 9, 0)),
        (karachi(2026, 11, 27, 13, 0), karachi(2026, 11, 27, 14, 30)),
        (karachi(2026, 11, 22, 10, 0), karachi(2026, 11, 22, 10, 0)),
    ],
)
def test_a_text_waits_until_the_quiet_ends(at: datetime, allowed: datetime) -> None:
    assert next_allowed(at, KARACHI, USUAL) == allowed
    assert next_allowed(at, KARACHI, USUAL).tzinfo is UTC


def test_ramadan_has_its_own_evening_and_morning() -> None:
    assert is_quiet(karachi(2026, 3, 1, 17, 45), KARACHI, RAMADAN)
    assert not is_quiet(karachi(2026, 4, 1, 17, 45), KARACHI, RAMADAN)
    assert next_allowed(karachi(2026, 3, 1, 18, 0), KARACHI, RAMADAN) == karachi(2026, 3, 2, 10, 0)


def test_days_of_eid_are_quiet_as_a_whole() -> None:
    assert next_allowed(karachi(2026, 3, 19, 18, 0), KARACHI, RAMADAN) == karachi(2026, 3, 22, 9, 0)


def test_equal_times_mean_no_quiet_night() -> None:
    always = QuietHours(time(0), time(0), friday_from=time(0), friday_until=time(0))
    assert not is_quiet(karachi(2026, 11, 27, 3, 0), KARACHI, always)


def test_a_quiet_that_ends_in_the_lost_hour_ends_when_clocks_jump() -> None:
    hours = QuietHours(starts=time(20), ends=time(1, 30))
    at = datetime(2026, 3, 29, 0, 15, tzinfo=UTC)
    assert next_allowed(at, "Europe/London", hours) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        is_quiet(datetime(2026, 11, 22, 9, 0), KARACHI, USUAL)  # noqa: DTZ001


@given(moments, zones, profiles)
def test_the_next_allowed_moment_is_never_quiet_and_never_before(
    at: datetime, zone: str, hours: QuietHours
) -> None:
    allowed = next_allowed(at, zone, hours)
    assert allowed >= at
    assert not is_quiet(allowed, zone, hours)


@given(moments, zones, profiles)
def test_nothing_earlier_would_have_been_allowed(
    at: datetime, zone: str, hours: QuietHours
) -> None:
    allowed = next_allowed(at, zone, hours)
    step = timedelta(minutes=7)
    between = at
    for _ in range(300):
        if between >= allowed:
            break
        assert is_quiet(between, zone, hours)
        between += step
    if allowed > at:
        assert is_quiet(allowed - timedelta(microseconds=1), zone, hours)
