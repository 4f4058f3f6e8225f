"""The notice for the boards: number, both calendars, until when, Ref, office, stamp."""

from app.domain.sheets import NoticeSheet
from app.printing.blocks import Block, Facts, Head, LaidOut, Para, Title
from app.printing.layouts._parts import paragraphs_in, signatures
from app.printing.words import SheetWords


def lay_out(sheet: NoticeSheet, say: SheetWords) -> LaidOut:
    """One notice."""
    head, offset = sheet.head, sheet.head.hijri_offset
    strip = [(say("no"), sheet.no), (say("ref"), sheet.ref)]
    dates = [(say("date"), say.both(sheet.dated, offset))]
    if sheet.valid_until:
        dates.append((say("valid_until"), say.both(sheet.valid_until, offset)))
    blocks: list[Block] = [
        Head(head.network, (head.place,) if head.place else ()),
        Facts(tuple(pair for pair in strip if pair[1]), is_strip=True),
        Facts(tuple(dates)),
        Title(sheet.title),
        *(Para(text) for text in paragraphs_in(sheet.paragraphs)),
        signatures((sheet.signer,), say, has_stamp=True),
    ]
    if head.phone:
        blocks.append(Para(say("missed_call", phone=head.phone), "foot"))
        if sheet.ref:
            blocks.append(Para(say("ask_ref", ref=sheet.ref, phone=head.phone), "foot"))
    if sheet.valid_until:
        blocks.append(Para(say("take_down"), "foot"))
    return LaidOut(
        layout="notice",
        tag=sheet.tag,
        direction=say.direction,
        name=f"notice-{sheet.no}-{sheet.tag}",
        title=sheet.title,
        dated=sheet.dated,
        blocks=tuple(blocks),
        page=say("page"),
    )
