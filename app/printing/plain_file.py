"""A sheet as plain text: what is attached inside the PDF, and what old programs can read."""

from collections.abc import Iterator
from functools import singledispatch

from app.domain.sheets import Signer
from app.printing.blocks import Block, Facts, Head, LaidOut, Para, Points, Signatures, Table, Title


def write_plain(laid: LaidOut) -> str:
    """The words of the sheet in reading order; a blank line between its parts."""
    parts = ("\n".join(_lines(block)) for block in laid.blocks)
    return "\n\n".join(part for part in parts if part.strip()) + "\n"


def texts_in(laid: LaidOut) -> Iterator[str]:
    """Every text of the sheet, for looking whether fonts have its letters."""
    yield laid.title
    yield laid.page
    for block in laid.blocks:
        yield from _lines(block)


@singledispatch
def _lines(block: Block) -> Iterator[str]:
    raise TypeError(f"no lines for {type(block).__name__}")


@_lines.register
def _(block: Head) -> Iterator[str]:
    yield block.name
    yield from block.lines


@_lines.register
def _(block: Title) -> Iterator[str]:
    yield block.text


@_lines.register
def _(block: Para) -> Iterator[str]:
    yield block.text


@_lines.register
def _(block: Facts) -> Iterator[str]:
    for label, value in block.pairs:
        yield f"{label}: {value}"


@_lines.register
def _(block: Points) -> Iterator[str]:
    for no, item in enumerate(block.items, 1):
        yield f"{no}. {item}"


@_lines.register
def _(block: Table) -> Iterator[str]:
    yield " | ".join(block.heads)
    for row in block.rows:
        yield " | ".join(row)


@_lines.register
def _(block: Signatures) -> Iterator[str]:
    for signer in block.signers:
        yield f"{block.word}: ____________ {_named(signer)}".rstrip()
    if block.stamp:
        yield f"{block.stamp}: ____________"


def _named(signer: Signer) -> str:
    return ", ".join(part for part in (signer.name, signer.post) if part)
