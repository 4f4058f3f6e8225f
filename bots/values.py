"""What a template may be filled with."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list: the code is never cut, the words may be."""

    code: str
    words: str = ""


Value = str | int | date | datetime | tuple[Entry, ...]
"""What a template may be filled with; only words may be cut, never numbers, dates and codes."""
