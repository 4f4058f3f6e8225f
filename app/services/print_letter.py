"""Print a resolution as the letter in which it goes out."""

from datetime import date

from app.domain.sheets import LetterSheet, Signer
from app.printing.render import Printed
from app.printing.words import words_of
from app.services._paper_desk import PaperDesk, paper_desk
from app.services.print_sheet import Order, print_sheet
from app.services.show_resolutions import ResolutionLine, read_resolution
from app.store.database import Database


async def print_letter(
    database: Database, network_id: int, resolution_id: int, order: Order, *, today: date
) -> Printed:
    """The letter of that resolution; raises Refusal (not_found)."""
    line = await read_resolution(database, network_id, resolution_id, today=today)
    desk = await database.read(paper_desk, network_id, order.tag, order.phone)
    return await print_sheet(sheet_from(line, desk, today), order)


def sheet_from(line: ResolutionLine, desk: PaperDesk, today: date) -> LetterSheet:
    """The letter: dated as it was sent, today while it was not."""
    say = words_of(desk.tag)
    return LetterSheet(
        tag=desk.tag,
        head=desk.head,
        no=line.letter_no or line.code,
        dated=line.sent_on or today,
        addressee=desk.said(line.addressee),
        subject=desk.said(line.titles) or line.code,
        paragraphs=(desk.said(line.texts),),
        reply_due=line.reply_due,
        signers=(Signer(say("president")), Signer(say("general_secretary"))),
    )
