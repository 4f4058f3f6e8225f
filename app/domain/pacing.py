"""How fast a wire may be driven: the generic cell rate algorithm (GCRA) on one stored number.

`tat_us`, the theoretical arrival time in microseconds, is all that a route keeps; it is read and
written in the transaction that claims the texts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

_MICRO = 1_000_000
_DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class Pace:
    """One text every `interval_us` microseconds, after a `burst` of so many at once.

    An interval of zero or less means no limit.
    """

    interval_us: int
    burst: int


def window_pace(per_window: int, window_s: float, burst: int) -> Pace:
    """The pace at which no window of `window_s` seconds ever holds more than `per_window` texts.

    Any window can catch a whole burst, so the steady rate is what the window has left beside it:
    (per_window - burst) / window_s. A burst above the window's number is cut to it. Zero or less
    in either number of the window means no limit.
    """
    window_us = round(window_s * _MICRO)
    if per_window <= 0 or window_us <= 0:
        return Pace(0, 1)
    burst = min(max(burst, 1), per_window)
    beside = per_window - burst
    return Pace(-(-window_us // beside) if beside else window_us + 1, burst)


def grant(pace: Pace, tat_us: int, now_us: int, wanted: int) -> tuple[int, int]:
    """How many of the `wanted` texts may go now, and the route's new `tat_us`.

    Never more than burst + elapsed / interval in any span of time, over all workers together.
    """
    if pace.interval_us <= 0:
        return max(wanted, 0), tat_us
    start = max(tat_us, now_us - pace.burst * pace.interval_us)
    granted = max(min(wanted, (now_us - start) // pace.interval_us), 0)
    return granted, start + granted * pace.interval_us if granted else tat_us


def ready_at_us(pace: Pace, tat_us: int) -> int:
    """The first microsecond at which `grant` gives one text."""
    return tat_us + max(pace.interval_us, 0)


def duration_s(texts: int, paces: Sequence[Pace], per_day: int = 0) -> float:
    """Seconds from the first to the last of so many texts over an idle route (an estimate).

    The slowest pace decides; `per_day` (0: no limit) adds whole days of waiting.
    """
    if texts <= 0:
        return 0.0
    full_days = (texts - 1) // per_day if per_day > 0 else 0
    last_day = texts - full_days * per_day if full_days else texts
    return full_days * _DAY_S + max((_seconds(last_day, pace) for pace in paces), default=0.0)


def _seconds(texts: int, pace: Pace) -> float:
    return max(texts - pace.burst, 0) * max(pace.interval_us, 0) / _MICRO
