"""Make a sheet into a file: PDF, PNG, DOCX or plain text. Runs for long: call it on a thread.

Every text goes the same way: cleaned, letters that no font has left out and named, then set.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime, time
from typing import Any, TypeVar

from app.domain.sheets import Form, Paper, Sheet
from app.printing.blocks import Block, LaidOut, Title
from app.printing.coverage import missing_letters
from app.printing.layouts import lay_out
from app.printing.picture import in_greys
from app.printing.plain_file import texts_in, write_plain
from app.printing.runs import IN_NASTALIQ, LRI, PDI, RLI, clean, direction_of, runs_of, without

MEDIA_TYPES: dict[Form, str] = {
    "pdf": "application/pdf",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain; charset=utf-8",
}
MOST_LETTERS_OF_A_PAGE = 12_000
"""A picture shows the first page; what can only stand behind it is not set."""

_not_in_names = re.compile(r"[^A-Za-z0-9]+").sub
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Printed:
    """A sheet as a file; `missing` are the letters that no font has: they were left out."""

    content: bytes
    media_type: str
    name: str
    """What to call the file: `minutes-EC-14-ur.pdf`."""
    missing: tuple[str, ...] = ()


def render(sheet: Sheet, form: Form, *, paper: Paper = "a4") -> Printed:
    """The sheet in that form; a PNG shows its first page, plain text keeps every letter."""
    laid = _each_text(lay_out(sheet), clean)
    missing: tuple[str, ...] = ()
    if form != "txt":
        missing = missing_letters(texts_in(laid))
        if missing:
            gone = frozenset(missing)
            laid = _each_text(laid, lambda text: without(text, gone))
    name = f"{_not_in_names('-', laid.name).strip('-')}.{form}"
    return Printed(_made(laid, form, paper), MEDIA_TYPES[form], name, missing)


def _made(laid: LaidOut, form: Form, paper: Paper) -> bytes:
    if form == "txt":
        return write_plain(laid).encode()
    # typst and python-docx are 40 MB that only those need who print.
    if form == "docx":
        from app.printing.word_file import write_docx

        return write_docx(laid)
    from app.printing.typeset import set_first_page, set_pdf

    if form == "png":
        return in_greys(set_first_page(laid.layout, _data(_beginning(laid), paper)))
    return set_pdf(laid.layout, _data(laid, paper), datetime.combine(laid.dated, time()))


def _beginning(laid: LaidOut) -> LaidOut:
    letters = 0
    for index, block in enumerate(laid.blocks):
        letters += _letters(block)
        if letters > MOST_LETTERS_OF_A_PAGE:
            return replace(laid, blocks=laid.blocks[: index + 1])
    return laid


def _data(laid: LaidOut, paper: Paper) -> dict[str, Any]:
    """What the layout file reads."""
    script = "latn" if laid.direction == "ltr" else "arab"
    return {
        "dir": laid.direction,
        "lang": laid.tag.split("-")[0],
        "script": script,
        "hand": "nastaliq" if laid.tag in IN_NASTALIQ else "naskh",
        "paper": paper,
        "title": laid.title.strip() or "-",
        "text": write_plain(laid),
        "page": _set(laid.page, laid),
        "blocks": [_block(_headed(block), laid) for block in laid.blocks],
    }


def _block(block: Block, laid: LaidOut) -> dict[str, Any]:
    data: dict[str, Any] = {"kind": type(block).__name__, "letters": _letters(block)}
    for one in fields(block):
        data[one.name.removeprefix("is_")] = _value(getattr(block, one.name), one.name, laid)
    return data


def _value(value: Any, name: str, laid: LaidOut) -> Any:
    if isinstance(value, str):
        return value if name == "role" else _set(value, laid, is_head=name == "lines")
    if isinstance(value, tuple):
        return [_value(part, name, laid) for part in value]
    if is_dataclass(value):
        return {one.name: _value(getattr(value, one.name), one.name, laid) for one in fields(value)}
    return value


def _set(text: str, laid: LaidOut, *, is_head: bool = False) -> Any:
    """A text as the layout sets it: as it is, or in lines of runs with its own direction.

    A head says names, numbers and addresses with our words between: it runs as the sheet does.
    """
    own = laid.direction if is_head else direction_of(text, laid.direction)
    lines = [list(runs_of(line, laid.tag, laid.direction, own)) for line in text.split("\n")]
    if own != laid.direction:
        opens = RLI if own == "rtl" else LRI
        lines = [[("", opens), *line, ("", PDI)] for line in lines]
    elif len(lines) == 1 and len(lines[0]) == 1 and not lines[0][0][0]:
        return lines[0][0][1]
    return {"dir": own, "lines": lines}


def _headed(block: Block) -> Block:
    """A heading must say something (ISO 14289-1); one whose letters were all left out is a dash."""
    return (
        replace(block, text="-") if isinstance(block, Title) and not block.text.strip() else block
    )


def _letters(block: Block) -> int:
    count = 0

    def counted(text: str) -> str:
        nonlocal count
        count += len(text)
        return text

    _each_text(block, counted)
    return count


_NOT_TEXT = frozenset({"role", "layout", "tag", "direction", "name_of_file"})


def _each_text(value: T, change: Callable[[str], str]) -> T:
    """The same blocks with every text changed."""
    if isinstance(value, str):
        return change(value)  # type: ignore[return-value]  # a str is T here
    if isinstance(value, tuple):
        return tuple(_each_text(part, change) for part in value)  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            one.name: _each_text(getattr(value, one.name), change)
            for one in fields(value)
            if one.name not in _NOT_TEXT
        }
        return replace(value, **changed)
    return value
