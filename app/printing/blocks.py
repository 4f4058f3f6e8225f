"""What a sheet is made of: blocks that any form (PDF, DOCX, plain text) can set."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.domain.sheets import Signer

Role = Literal["", "lead", "note", "foot", "mark", "place"]
"""How a paragraph is meant: the first of a story, a note, the foot, a stamp like DRAFT, a date."""


@dataclass(frozen=True, slots=True)
class Head:
    """Who speaks, and under it where to find them."""

    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Title:
    """A heading: 1 is the sheet's own, 2 a part's, 3 an item's."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Facts:
    """Short facts with their labels; `is_strip` sets them beside each other."""

    pairs: tuple[tuple[str, str], ...]
    is_strip: bool = False


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; its own line ends stay."""

    text: str
    role: Role = ""


@dataclass(frozen=True, slots=True)
class Points:
    """Things that are counted: demands, copies."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads; `shares` are the widths of the columns against each other, 0 as needed."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Signatures:
    """Room to sign, and for the stamp."""

    signers: tuple[Signer, ...]
    word: str
    stamp: str = ""


Block = Head | Title | Facts | Para | Points | Table | Signatures


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A sheet as blocks, with what a file says of itself."""

    layout: str
    """The name of the layout file."""
    tag: str
    direction: Literal["ltr", "rtl"]
    name: str
    """The stem of the file name."""
    title: str
    dated: date
    blocks: tuple[Block, ...]
    page: str = ""
    """The word before the number of a page."""
