"""Days on which a network keeps other hours: Ramadan, festivals, days of mourning."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class DayKind(StrEnum):
    """What such days are; of festivals and mourning each day is quiet as a whole."""

    RAMADAN = "ramadan"
    FESTIVAL = "festival"
    MOURNING = "mourning"


@dataclass(frozen=True, slots=True)
class SpecialDays:
    """Days from `first` to `last`, both among them, and what they are called."""

    kind: DayKind
    first: date
    last: date
    name: str = ""


def read(stored: Iterable[Mapping[str, str]]) -> tuple[SpecialDays, ...]:
    """What `written` wrote, the earliest first."""
    days = (
        SpecialDays(
            DayKind(one["kind"]),
            date.fromisoformat(one["first"]),
            date.fromisoformat(one["last"]),
            one.get("name", ""),
        )
        for one in stored
    )
    return tuple(sorted(days, key=lambda one: (one.first, one.last, one.kind)))


def written(days: Iterable[SpecialDays]) -> list[dict[str, str]]:
    """In a form that can be stored."""
    return [
        {
            "kind": one.kind.value,
            "first": one.first.isoformat(),
            "last": one.last.isoformat(),
            "name": one.name,
        }
        for one in days
    ]


def ramadan(days: Sequence[SpecialDays]) -> tuple[tuple[date, date], ...]:
    """First and last day of each Ramadan among them."""
    return tuple((one.first, one.last) for one in days if one.kind is DayKind.RAMADAN)


def closed(days: Sequence[SpecialDays]) -> tuple[date, ...]:
    """Every day among them on which no routine text goes out."""
    found = {day for one in days if one.kind is not DayKind.RAMADAN for day in _each(one)}
    return tuple(sorted(found))


def _each(one: SpecialDays) -> Iterator[date]:
    for number in range((one.last - one.first).days + 1):
        yield one.first + timedelta(days=number)
