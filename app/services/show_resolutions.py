"""Show resolutions: to whom, by which letter, and whether an answer came."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.domain.errors import Refusal
from app.store import resolutions
from app.store.database import Database

_code = re.compile(r"(?:d ?)?([a-z]{0,3}\d{1,6}) ?/ ?r ?(\d{1,6})", re.IGNORECASE).fullmatch
"""The code of a resolution, in digits of any script."""


@dataclass(frozen=True, slots=True)
class ResolutionLine:
    """One resolution; words by language tag."""

    id: int
    code: str
    """As people say it: `14/R1`."""
    meeting_id: int
    body: str
    label: str
    no: int
    at: datetime
    """When the meeting was."""
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    addressee: Mapping[str, str]
    seat_id: int | None
    letter_no: str
    sent_on: date | None
    diary_no: str
    reply_due: date | None
    replied_on: date | None
    reply: str
    days_late: int
    """How long the answer is overdue; 0 when it came, is not due, or nothing was sent."""


async def list_resolutions(
    database: Database,
    network_id: int,
    *,
    today: date,
    meeting_id: int | None = None,
    public: bool = False,
) -> tuple[ResolutionLine, ...]:
    """Resolutions of published minutes, newest meeting first; those of one meeting when named.

    `public` leaves those of restricted minutes out.
    """
    rows = await database.read(resolutions.standing, network_id, meeting_id, public=public)
    return tuple(_line(row, today) for row in rows)


async def find_resolutions(
    database: Database, network_id: int, asked: str, *, today: date
) -> tuple[ResolutionLine, ...]:
    """Those with the code that was asked for, `14/R1` in any spelling; none for other words."""
    code = _code(" ".join(asked.split()))
    if code is None:
        return ()
    label = "".join(str(int(one)) if one.isdecimal() else one for one in code[1])
    rows = await database.read(resolutions.numbered, network_id, label, int(code[2]))
    return tuple(_line(row, today) for row in rows)


async def read_resolution(
    database: Database, network_id: int, resolution_id: int, *, today: date
) -> ResolutionLine:
    """One resolution; raises Refusal (not_found) when this network has no such one."""
    row = await database.read(resolutions.get, network_id, resolution_id)
    if row is None:
        raise Refusal("not_found", "There is no such resolution. Look for it in the list.")
    return _line(row, today)


def _line(row: Any, today: date) -> ResolutionLine:
    is_late = row.sent_on is not None and row.replied_on is None and row.reply_due is not None
    return ResolutionLine(
        id=row.id,
        code=f"{row.label}/R{row.no}",
        meeting_id=row.meeting_id,
        body=row.body,
        label=row.label,
        no=row.no,
        at=row.at,
        titles=row.titles,
        texts=row.texts,
        addressee=row.addressee,
        seat_id=row.seat_id,
        letter_no=row.letter_no,
        sent_on=row.sent_on,
        diary_no=row.diary_no,
        reply_due=row.reply_due,
        replied_on=row.replied_on,
        reply=row.reply,
        days_late=max(0, (today - row.reply_due).days) if is_late else 0,
    )
