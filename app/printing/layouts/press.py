"""The press note: half a page, the dateline first, the demands listed, whom to ask."""

from app.domain.sheets import PressSheet
from app.printing.blocks import Block, Facts, LaidOut, Para, Points, Title
from app.printing.layouts._parts import head_of, paragraphs_in
from app.printing.words import SheetWords


def lay_out(sheet: PressSheet, say: SheetWords) -> LaidOut:
    """One press note."""
    texts = list(paragraphs_in(sheet.paragraphs)) or [""]
    dateline = say("dateline", place=sheet.place, date=say.day(sheet.dated))
    texts[0] = f"{dateline} {texts[0]}".strip()
    blocks: list[Block] = [
        head_of(sheet.head, say),
        Para(say("press_note"), "mark"),
        Title(sheet.title),
        *(Para(text) for text in texts),
    ]
    if sheet.demands:
        blocks += [Para(say("demands")), Points(sheet.demands)]
    blocks.append(Para(say("closing", who=sheet.issuer or sheet.head.network)))
    facts = (
        (say("contact"), sheet.contact),
        (say("caption"), sheet.caption),
        (say("ref"), sheet.ref),
    )
    if any(value for _, value in facts):
        blocks.append(Facts(tuple(fact for fact in facts if fact[1])))
    return LaidOut(
        layout="press",
        tag=sheet.tag,
        direction=say.direction,
        name=f"press-{sheet.ref or sheet.dated.isoformat()}-{sheet.tag}",
        title=sheet.title,
        dated=sheet.dated,
        blocks=tuple(blocks),
        page=say("page"),
    )
