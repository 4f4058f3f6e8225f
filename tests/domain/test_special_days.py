"""What holds for Ramadan, festivals and mourning days, whatever days a network writes down."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.special_days import DayKind, SpecialDays, closed, ramadan, read, written

_days = st.dates(date(2020, 1, 1), date(2040, 1, 1))
_spans = st.builds(
    lambda kind, first, length, name: SpecialDays(kind, first, first + timedelta(length), name),
    st.sampled_from(DayKind),
    _days,
    st.integers(0, 40),
    st.text(max_size=20),
)


@given(st.lists(_spans, max_size=8))
def test_what_is_written_down_is_read_again_the_earliest_first(spans: list[SpecialDays]) -> None:
    kept = read(written(spans))
    assert sorted(map(repr, kept)) == sorted(map(repr, spans))
    assert [one.first for one in kept] == sorted(one.first for one in spans)


@given(st.lists(_spans, max_size=8), _days)
def test_a_day_is_closed_just_when_a_festival_or_mourning_holds_it(
    spans: list[SpecialDays], day: date
) -> None:
    holds = any(one.kind is not DayKind.RAMADAN and one.first <= day <= one.last for one in spans)
    assert (day in closed(spans)) is holds


@given(st.lists(_spans, max_size=8))
def test_only_ramadan_changes_the_night(spans: list[SpecialDays]) -> None:
    fasting = [(one.first, one.last) for one in spans if one.kind is DayKind.RAMADAN]
    assert list(ramadan(spans)) == fasting
