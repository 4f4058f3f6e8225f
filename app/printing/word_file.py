"""A sheet as DOCX, for newspapers: right-to-left as Word and LibreOffice both want it.

Each paragraph, run and table says its direction (`w:bidi`, `w:rtl`, `w:bidiVisual`); numbers and
Latin words are runs of their own, after a mark that keeps them from turning round.
"""

import io
import zipfile
from datetime import UTC, datetime, time
from functools import singledispatchmethod
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from app.printing.blocks import Block, Facts, Head, LaidOut, Para, Points, Signatures, Table, Title
from app.printing.runs import IN_NASTALIQ, LRM, direction_of, runs_of

_SIZES = {1: 18, 2: 14, 3: 12}
_BODY = 12
CENTRE = WD_ALIGN_PARAGRAPH.CENTER
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The oldest that a ZIP can say: the same words give the same bytes."""


def write_docx(laid: LaidOut) -> bytes:
    """The sheet as a document to change."""
    document = Document()
    about = document.core_properties
    about.title, about.author, about.comments = laid.title, "", ""
    about.created = about.modified = datetime.combine(laid.dated, time(), tzinfo=UTC)
    about.language = laid.tag
    writer = _Writer(document, laid)
    for block in laid.blocks:
        writer.write(block)
    return _settled(document)


def _settled(document: Any) -> bytes:
    """The file with the time of its parts taken out."""
    made, settled = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as to:
        for name in source.namelist():
            to.writestr(zipfile.ZipInfo(name, _FIRST_DAY), source.read(name), zipfile.ZIP_DEFLATED)
    return settled.getvalue()


class _Writer:
    """Writes blocks into one document."""

    def __init__(self, document: Any, laid: LaidOut) -> None:
        self._document = document
        self._laid = laid
        self._font = "Noto Nastaliq Urdu" if laid.tag in IN_NASTALIQ else "Scheherazade New"

    @singledispatchmethod
    def write(self, block: Block) -> None:
        """Add one block at the end."""
        raise TypeError(f"no words for {type(block).__name__}")

    @write.register
    def _(self, block: Head) -> None:
        for no, text in enumerate((block.name, *block.lines)):
            paragraph = self._paragraph(self._laid.direction)
            paragraph.alignment = CENTRE
            self._runs(paragraph, text, 10 if no else 16, bold=not no)

    @write.register
    def _(self, block: Title) -> None:
        style = f"Heading {block.level}"
        self._put(block.text, size=_SIZES[block.level], bold=True, style=style)

    @write.register
    def _(self, block: Para) -> None:
        self._put(
            block.text,
            size=10 if block.role in {"note", "foot"} else _BODY,
            bold=block.role in {"mark", "lead", "place"},
            centre=block.role == "mark",
        )

    @write.register
    def _(self, block: Facts) -> None:
        for label, value in block.pairs:
            paragraph = self._paragraph(self._laid.direction)
            self._runs(paragraph, f"{label}: ", _BODY, bold=True)
            self._runs(paragraph, value, _BODY, bold=False)

    @write.register
    def _(self, block: Points) -> None:
        for no, item in enumerate(block.items, 1):
            self._put(f"{no}. {item}")

    @write.register
    def _(self, block: Table) -> None:
        table = self._document.add_table(rows=0, cols=len(block.heads))
        table.style = "Table Grid"
        if self._laid.direction == "rtl":
            _add(table._tbl.tblPr, "w:bidiVisual")
        for index, row in enumerate((block.heads, *block.rows)):
            for cell, text in zip(table.add_row().cells, row, strict=True):
                paragraph = cell.paragraphs[0]
                self._turn(paragraph, self._laid.direction)
                self._runs(paragraph, text, 10, bold=index == 0)
        self._document.add_paragraph()

    @write.register
    def _(self, block: Signatures) -> None:
        for signer in block.signers:
            said = "، " if self._laid.direction == "rtl" else ", "
            self._put(f"{block.word}: ____________________")
            self._put(said.join(part for part in (signer.name, signer.post) if part), bold=True)
        if block.stamp:
            self._put(f"{block.stamp}:")

    def _put(
        self,
        text: str,
        *,
        size: int = _BODY,
        bold: bool = False,
        centre: bool = False,
        style: str | None = None,
    ) -> None:
        paragraph = self._paragraph(direction_of(text, self._laid.direction), style)
        if centre:
            paragraph.alignment = CENTRE
        for index, line in enumerate(text.split("\n")):
            if index:
                paragraph.add_run().add_break()
            self._runs(paragraph, line, size, bold=bold)

    def _paragraph(self, direction: str, style: str | None = None) -> Any:
        paragraph = self._document.add_paragraph(style=style)
        self._turn(paragraph, direction)
        return paragraph

    def _turn(self, paragraph: Any, direction: str) -> None:
        if direction == "rtl":
            _add(paragraph._p.get_or_add_pPr(), "w:bidi")

    def _runs(self, paragraph: Any, text: str, size: int, *, bold: bool) -> None:
        for _, part in runs_of(text, self._laid.tag, self._laid.direction):
            plain = part.replace("\u2066", "").replace("\u2069", "")
            if plain != part:
                plain = LRM + plain + LRM
            if plain:
                self._run(paragraph, plain, size, bold=bold)

    def _run(self, paragraph: Any, text: str, size: int, *, bold: bool) -> None:
        run = paragraph.add_run(text)
        run.bold = bold
        run.font.size = Pt(size)
        run.font.name = "Scheherazade New"
        properties = run._r.get_or_add_rPr()
        properties.rFonts.set(_name("w:cs"), self._font)
        _add(properties, "w:szCs", val=str(2 * size))
        if bold:
            _add(properties, "w:bCs")
        is_rtl = direction_of(text, "ltr") == "rtl"
        if is_rtl:
            _add(properties, "w:rtl")
        language = self._laid.tag.split("-")[0]
        _add(properties, "w:lang", **({"bidi": language} if is_rtl else {"val": "en-GB"}))


_BEFORE = {
    "w:bidi": ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr"),
    "w:bidiVisual": ("w:tblStyleRowBandSize", "w:tblW", "w:jc", "w:tblLayout", "w:tblLook"),
    "w:szCs": ("w:highlight", "w:u", "w:rtl", "w:lang"),
    "w:bCs": ("w:i", "w:color", "w:sz", "w:szCs", "w:rtl", "w:lang"),
}
"""What must stand behind an element: the schema (ISO 29500) knows one order."""


def _add(parent: Any, tag: str, **values: str) -> None:
    element = OxmlElement(tag)
    for key, value in values.items():
        element.set(_name(f"w:{key}"), value)
    behind = {_name(tag) for tag in _BEFORE.get(tag, ())}
    place = next((index for index, one in enumerate(parent) if one.tag in behind), len(parent))
    parent.insert(place, element)


def _name(tag: str) -> str:
    return str(qn(tag))
