"""Words typed or pasted into a field: plain text, in the characters that every phone has."""

from app.domain.pasted import clean_lines
from app.domain.plain import make_plain

MOST_LETTERS = 20_000
"""Of one field; nobody types so much into one."""


def plain_text(told: str) -> str:
    """The lines of a field without tags and without what Word slips in."""
    return make_plain(clean_lines(told[:MOST_LETTERS])).strip()


def plain_line(told: str) -> str:
    """The same in one line."""
    return " ".join(plain_text(told).split())
