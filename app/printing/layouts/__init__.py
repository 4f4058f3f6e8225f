"""The sheets that can be printed: for each a layout file (`.typ`) and the function beside it.

A new sheet is its dataclass in `app.domain.sheets`, one of each here, and one line below.
"""

from collections.abc import Callable
from typing import Any

from app.domain.sheets import (
    AttendanceSheet,
    CallSheet,
    LetterSheet,
    MinutesSheet,
    NewsletterSheet,
    NoticeSheet,
    PressSheet,
    Sheet,
)
from app.printing.blocks import LaidOut
from app.printing.layouts import (
    attendance,
    calls,
    letter,
    minutes,
    newsletter,
    notice,
    press,
)
from app.printing.words import words_of

LAYOUTS: dict[type, Callable[[Any, Any], LaidOut]] = {
    NoticeSheet: notice.lay_out,
    MinutesSheet: minutes.lay_out,
    PressSheet: press.lay_out,
    NewsletterSheet: newsletter.lay_out,
    LetterSheet: letter.lay_out,
    CallSheet: calls.lay_out,
    AttendanceSheet: attendance.lay_out,
}


def lay_out(sheet: Sheet) -> LaidOut:
    """The sheet as blocks, with the words of its language."""
    return LAYOUTS[type(sheet)](sheet, words_of(sheet.tag))
