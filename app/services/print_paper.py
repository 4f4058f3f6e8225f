"""Print what there is: a notice, minutes, a letter, a press note, a newsletter."""

from dataclasses import dataclass
from datetime import date

from app.catalogue import Catalogue
from app.domain.errors import Refusal
from app.domain.storable import LARGEST_ID
from app.printing.render import Printed
from app.services.print_letter import print_letter
from app.services.print_meeting import KINDS as MEETING_KINDS
from app.services.print_meeting import Moment, print_meeting
from app.services.print_minutes import print_minutes
from app.services.print_notice import NoticeWords, print_hung, print_notice
from app.services.print_sheet import Order, print_sheet
from app.services.show_newsletters import sheet_of
from app.services.show_press_notes import press_sheet_of
from app.store.database import Database

KINDS = ("notice", "minutes", "letter", "press", "newsletter", *MEETING_KINDS)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants on paper.

    `of` is the meeting (`EC 14`), the id of the resolution, press note or newsletter, or the
    number of a sheet for the boards; a notice without one is made of its `words`.
    """

    kind: str
    of: str
    order: Order
    words: NoticeWords | None = None
    sees_drafts: bool = False
    """Whether who asks may read minutes before they are published."""


async def print_paper(
    database: Database, network_id: int, asked: Asked, *, catalogue: Catalogue, today: date
) -> Printed:
    """The sheet as a file; raises Refusal: kind, of, not_found, and what each kind refuses."""
    order = asked.order
    if asked.kind not in KINDS:
        raise Refusal("kind", "What can be printed: {kinds}.", kinds=", ".join(KINDS))
    if asked.kind == "notice" and asked.words is not None:
        return await print_notice(database, network_id, asked.words, order, today=today)
    if asked.kind == "minutes":
        return await print_minutes(
            database, network_id, asked.of, order, sees_drafts=asked.sees_drafts
        )
    if asked.kind in MEETING_KINDS:
        moment = Moment(catalogue, today)
        return await print_meeting(database, network_id, (asked.kind, asked.of), order, moment)
    number = _number(asked)
    if asked.kind == "notice":
        return await print_hung(database, network_id, number, order)
    if asked.kind == "letter":
        return await print_letter(database, network_id, number, order, today=today)
    sheet = await (sheet_of if asked.kind == "newsletter" else press_sheet_of)(
        database, network_id, number, order.tag, catalogue=catalogue
    )
    return await print_sheet(sheet, order)


def _number(asked: Asked) -> int:
    text = asked.of.strip()
    if not (text.isascii() and text.isdigit() and 0 < int(text[:20]) <= LARGEST_ID):
        raise Refusal(
            "of",
            "Say by its number which {kind} is meant, not {told}.",
            kind=asked.kind,
            told=repr(text[:40]),
        )
    return int(text)
