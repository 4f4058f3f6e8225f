"""The newsletter: two columns of decisions, stories and days to come."""

from collections.abc import Iterator

from app.domain.sheets import NewsletterSheet
from app.printing.blocks import Block, Facts, Head, LaidOut, Para, Title
from app.printing.layouts._parts import paragraphs_in
from app.printing.words import SheetWords


def lay_out(sheet: NewsletterSheet, say: SheetWords) -> LaidOut:
    """One issue."""
    return LaidOut(
        layout="newsletter",
        tag=sheet.tag,
        direction=say.direction,
        name=f"newsletter-{sheet.no}-{sheet.tag}",
        title=sheet.title or say("newsletter"),
        dated=sheet.dated,
        blocks=tuple(_blocks(sheet, say)),
        page=say("page"),
    )


def _blocks(sheet: NewsletterSheet, say: SheetWords) -> Iterator[Block]:
    yield Head(sheet.head.network, tuple(part for part in (sheet.head.place,) if part))
    yield Title(sheet.title or say("newsletter"))
    issue = (
        (say("issue"), sheet.no),
        (say("date"), say.both(sheet.dated, sheet.head.hijri_offset)),
    )
    facts = (*issue, (say("ref"), sheet.ref))
    yield Facts(tuple(fact for fact in facts if fact[1]), is_strip=True)
    yield from (Para(text, "lead") for text in paragraphs_in((sheet.lead,)))
    yield from _told(sheet, say)
    yield from _coming(sheet, say)
    if sheet.head.phone:
        yield Para(say("missed_call", phone=sheet.head.phone), "foot")


def _told(sheet: NewsletterSheet, say: SheetWords) -> Iterator[Block]:
    if sheet.decisions:
        yield Title(say("decided"), 2)
    for decision in sheet.decisions:
        due = say.day(decision.due) if decision.due else ""
        yield Para(f"{decision.code} {decision.text}")
        tail = " · ".join(part for part in (decision.owner, due, decision.state) if part)
        if tail:
            yield Para(tail, "note")
    if sheet.stories:
        yield Title(say("stories"), 2)
    for story in sheet.stories:
        yield Title(story.title, 3)
        if story.unit:
            yield Para(story.unit, "note")
        yield from (Para(text) for text in paragraphs_in(story.paragraphs))


def _coming(sheet: NewsletterSheet, say: SheetWords) -> Iterator[Block]:
    if sheet.coming:
        yield Title(say("coming"), 2)
    for one in sheet.coming:
        yield Para(one.what)
        parts = (say.weekday(one.on), one.time, one.venue)
        yield Para(" · ".join(part for part in parts if part), "note")
