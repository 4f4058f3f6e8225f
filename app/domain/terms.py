"""Terms of office: how long one lasts, and when its end is said beforehand."""

from calendar import monthrange
from datetime import date

LEADS = (60, 30)
"""So many days before its last day the end of a term is said, the longest first."""


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the month's last one where it has no such day."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def lead_of(days_left: int) -> int | None:
    """Which notice is due so many days before the end: the nearest lead that has been reached."""
    if days_left < 0:
        return None
    return min((lead for lead in LEADS if days_left <= lead), default=None)
