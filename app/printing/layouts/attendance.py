"""The attendance sheet: everybody of the body with a number and room to sign."""

from app.domain.sheets import AttendanceSheet
from app.printing.blocks import Block, Head, LaidOut, Para, Table, Title
from app.printing.layouts._parts import meeting_facts, signatures
from app.printing.words import SheetWords

GUESTS = 2
"""Lines without a name, for those who come besides."""


def lay_out(sheet: AttendanceSheet, say: SheetWords) -> LaidOut:
    """One attendance sheet."""
    title = say("meeting_of", body=sheet.body, no=sheet.label)
    heads = ("no", "name", "post", "lso", "signature")
    rows = [(str(no), one.name, one.post, one.unit, "") for no, one in enumerate(sheet.people, 1)]
    spare = [("", "", "", "", "")] * GUESTS
    blocks: list[Block] = [
        Head(sheet.head.network),
        Title(f"{say('attendance_sheet')} · {title}"),
        meeting_facts(sheet, say),
        Table(tuple(map(say, heads)), (*rows, *spare), (0, 4, 3, 4, 4)),
    ]
    quorum = f"{say('quorum')}: {sheet.quorum}" if sheet.quorum else ""
    texts = say("host_texts", phone=sheet.head.phone) if sheet.head.phone else ""
    if quorum or texts:
        blocks.append(Para(" · ".join(part for part in (quorum, texts) if part), "note"))
    blocks.append(signatures((), say, has_stamp=False))
    return LaidOut(
        layout="attendance",
        tag=sheet.tag,
        direction=say.direction,
        name=f"attendance-{sheet.code}-{sheet.label}-{sheet.tag}",
        title=title,
        dated=sheet.dated,
        blocks=tuple(blocks),
        page=say("page"),
    )
