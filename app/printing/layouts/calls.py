"""The call list: what to read out on top, under it whom to call and room to tick the answer."""

from collections.abc import Iterator

from app.domain.sheets import CallPart, CallSheet
from app.printing.blocks import Block, LaidOut, Para, Table, Title
from app.printing.layouts._parts import head_of, meeting_facts
from app.printing.words import SheetWords


def lay_out(sheet: CallSheet, say: SheetWords) -> LaidOut:
    """One script, with the list under it where there is one."""
    is_list = sheet.calls is not None
    title = say("meeting_of", body=sheet.body, no=sheet.label)
    return LaidOut(
        layout="calls",
        tag=sheet.tag,
        direction=say.direction,
        name=f"{'calls' if is_list else 'aloud'}-{sheet.code}-{sheet.label}-{sheet.tag}",
        title=title,
        dated=sheet.dated,
        blocks=tuple(_blocks(sheet, say, title)),
        page=say("page"),
    )


def _blocks(sheet: CallSheet, say: SheetWords, title: str) -> Iterator[Block]:
    yield head_of(sheet.head, say)
    yield Title(title)
    yield meeting_facts(sheet, say)
    yield Title(say("read_aloud"), 2)
    yield Para(sheet.script, "lead")
    yield Para(say("read_slowly", seconds=sheet.seconds), "note")
    if sheet.calls is None:
        return
    yield Title(say("call_list"), 2)
    if not sheet.calls:
        yield Para(say("nobody_to_call"))
        return
    yield Para(say("call_how"), "note")
    heads = ("no", "name", "lso", "phone", "why", "coming_yes", "coming_no")
    comma = "، " if say.direction == "rtl" else ", "
    rows = tuple(_row(no, one, comma) for no, one in enumerate(sheet.calls, 1))
    yield Table(tuple(map(say, heads)), rows, (0, 11, 8, 8, 6, 3, 3))


def _row(no: int, one: CallPart, comma: str) -> tuple[str, ...]:
    name = comma.join(part for part in (one.name, one.post) if part)
    return (str(no), name, one.unit, one.phone, one.why, "", "")
