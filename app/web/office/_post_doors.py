"""What the pages of bodies and posts share: their doors, dates and numbers as typed."""

from datetime import date
from typing import Annotated, Any

from fastapi import Depends

from app.domain.errors import Refusal
from app.domain.permissions import Act
from app.domain.storable import LARGEST_ID
from app.domain.written_dates import read_date
from app.web.door import Visit, visits
from app.web.office.today import noon

BODIES, POSTS = "/office/bodies", "/office/posts"

Looker = Annotated[Visit, Depends(visits(Act.LOOK))]
Editor = Annotated[Visit, Depends(visits(Act.EDIT))]


def day_in(visit: Visit, field: str, *, is_past: bool = False) -> date | None:
    """The day typed into a field; raises Refusal for what is none."""
    return read_date(visit.fields.get(field, ""), visit.today, is_past=is_past)


def number_in(words: str) -> int:
    """A number typed into a field, 0 for an empty one; raises Refusal for what is none."""
    told = words.strip()
    if not told:
        return 0
    if not told.isdecimal() or len(told) > 6:
        raise Refusal("number", "{words} is no number. Write digits.", words=repr(told[:40]))
    return int(told)


def id_in(words: str) -> int | None:
    """The id in a field or an address; None for what is none."""
    if not (words.isascii() and words.isdecimal()) or len(words) > 19:
        return None
    found = int(words)
    return found if 0 < found <= LARGEST_ID else None


def shown_days(visit: Visit) -> dict[str, Any]:
    """What templates need to write days."""
    return {"noon": lambda day: noon(day, visit.speech.zone)}
