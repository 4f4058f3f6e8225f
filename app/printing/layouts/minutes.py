"""The minutes of one meeting, as the Minutes Book wants them."""

from collections.abc import Iterator
from datetime import date

from app.domain.sheets import GroupCount, MinutesSheet, ResolutionPart
from app.printing.blocks import Block, Facts, LaidOut, Para, Table, Title
from app.printing.layouts._parts import (
    decisions_table,
    head_of,
    paragraphs_in,
    signatures,
)
from app.printing.words import SheetWords


def lay_out(sheet: MinutesSheet, say: SheetWords) -> LaidOut:
    """The pages of one meeting."""
    title = say("minutes", no=sheet.label)
    return LaidOut(
        layout="minutes",
        tag=sheet.tag,
        direction=say.direction,
        name=f"minutes-{sheet.code}-{sheet.label}-{sheet.tag}",
        title=f"{sheet.body}: {title}" if sheet.body else title,
        dated=sheet.held_on,
        blocks=tuple(_blocks(sheet, say)),
        page=say("page"),
    )


def _blocks(sheet: MinutesSheet, say: SheetWords) -> Iterator[Block]:
    yield head_of(sheet.head, say)
    if sheet.is_draft:
        yield Para(say("draft"), "mark")
    yield Title(" · ".join(part for part in (sheet.body, say("minutes", no=sheet.label)) if part))
    yield Facts(_facts(sheet, say))
    yield from _attendance(sheet, say)
    if sheet.confirms:
        yield Para(say("confirms", no=sheet.confirms))
    yield from _middle(sheet, say)
    yield from _end(sheet, say)


def _middle(sheet: MinutesSheet, say: SheetWords) -> Iterator[Block]:
    """What was spoken about, decided and demanded."""
    if sheet.items:
        yield Title(say("items"), 2)
        for no, item in enumerate(sheet.items, 1):
            yield Title(f"{no}. {item.title}", 3)
            for text in paragraphs_in((item.said,)):
                yield Para(text)
    if sheet.decisions:
        yield Title(say("decisions"), 2)
        yield decisions_table(sheet.decisions, say, with_state=True)
    if sheet.resolutions:
        yield Title(say("resolutions"), 2)
        for one in sheet.resolutions:
            yield from _resolution(one, say)


def _facts(sheet: MinutesSheet, say: SheetWords) -> tuple[tuple[str, str], ...]:
    came = sum(one.women + one.men for one in sheet.counts) or len(sheet.present)
    quorum = f"{sheet.quorum} ({say('present')}: {came})" if sheet.quorum else ""
    held = say.both(sheet.held_on, sheet.head.hijri_offset)
    facts = [
        (say("held_on"), held),
        (say("time"), sheet.time),
        (say("venue"), sheet.venue),
        (say("chair"), sheet.chair),
        (say("recitation"), sheet.recitation),
        (say("quorum"), quorum),
    ]
    return tuple(fact for fact in facts if fact[1])


def _attendance(sheet: MinutesSheet, say: SheetWords) -> Iterator[Block]:
    if sheet.counts or sheet.present or sheet.guests:
        yield Title(say("attendance"), 2)
    if sheet.counts:
        heads = ("lso", "women", "men", "present", "excused", "absent")
        rows = [_count_row(one.name, one) for one in sheet.counts]
        if len(rows) > 1:
            whole = GroupCount(
                say("total"),
                *(
                    sum(getattr(one, part) for one in sheet.counts)
                    for part in ("women", "men", "excused", "absent")
                ),
            )
            rows.append(_count_row(whole.name, whole))
        yield Table(tuple(map(say, heads)), tuple(rows), (4, 1, 1, 1, 1, 1))
    if sheet.present:
        names = tuple((one.name, one.post, one.unit) for one in sheet.present)
        yield Table((say("name"), say("post"), say("lso")), names, (3, 3, 3))
    if sheet.guests:
        yield Facts(((say("guests"), say.comma.join(sheet.guests)),))


def _count_row(name: str, one: GroupCount) -> tuple[str, ...]:
    figures = (one.women, one.men, one.women + one.men, one.excused, one.absent)
    return (name, *map(str, figures))


def _resolution(one: ResolutionPart, say: SheetWords) -> Iterator[Block]:
    yield Title(f"{one.code} {one.title}".strip(), 3)
    for text in paragraphs_in((one.text,)):
        yield Para(text)
    due = say.day(one.reply_due) if one.reply_due else ""
    facts = ((say("addressed_to"), one.addressee), (say("reply_due"), due))
    if any(value for _, value in facts):
        yield Facts(tuple(fact for fact in facts if fact[1]))


def _end(sheet: MinutesSheet, say: SheetWords) -> Iterator[Block]:
    if sheet.finance:
        yield Title(say("finance"), 2)
        yield from (Para(text) for text in paragraphs_in((sheet.finance,)))
    if sheet.next_on:
        yield Title(say("next_meeting"), 2)
        parts = (say.weekday(sheet.next_on), sheet.next_time, sheet.next_venue)
        yield Para(" · ".join(part for part in parts if part))
    if sheet.thanks:
        yield Facts(((say("thanks"), sheet.thanks),))
    yield Facts(((say("confirmed_on"), _confirmed(sheet.confirmed_on, say)),))
    yield signatures(sheet.signers, say, has_stamp=True)


def _confirmed(on: date | None, say: SheetWords) -> str:
    return say.day(on) if on else say("not_confirmed")
