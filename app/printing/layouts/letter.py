"""A letter to an office outside: a resolution on its way."""

from app.domain.sheets import LetterSheet
from app.printing.blocks import Block, Facts, LaidOut, Para, Points, Title
from app.printing.layouts._parts import head_of, paragraphs_in, signatures
from app.printing.words import SheetWords


def lay_out(sheet: LetterSheet, say: SheetWords) -> LaidOut:
    """One letter."""
    strip = (
        (say("letter_no"), sheet.no),
        (say("date"), say.both(sheet.dated, sheet.head.hijri_offset)),
        (say("ref"), sheet.ref),
    )
    blocks: list[Block] = [
        head_of(sheet.head, say),
        Facts(tuple(pair for pair in strip if pair[1]), is_strip=True),
        Para(say("letter_to"), "place"),
        Para(sheet.addressee),
        Title(f"{say('subject')}: {sheet.subject}"),
        *(Para(text) for text in paragraphs_in(sheet.paragraphs)),
    ]
    if sheet.reply_due:
        blocks.append(Para(say("answer_please", date=say.day(sheet.reply_due))))
    blocks.append(signatures(sheet.signers, say, has_stamp=True))
    if sheet.copies:
        blocks += [Para(say("copies"), "place"), Points(sheet.copies)]
    return LaidOut(
        layout="letter",
        tag=sheet.tag,
        direction=say.direction,
        name=f"letter-{sheet.no or sheet.dated.isoformat()}-{sheet.tag}",
        title=sheet.subject,
        dated=sheet.dated,
        blocks=tuple(blocks),
        page=say("page"),
    )
