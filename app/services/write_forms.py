"""Write the forms of minutes: text, letter, sheet, picture, press note, in each language."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.broadcast import Worded
from app.domain.letters import Letter
from app.domain.minutes import Minutes
from app.domain.sheets import Form as FileForm
from app.domain.sheets import Sheet
from app.printing.render import Printed
from app.services._form_setting import Form, Gap, Setting
from app.services._letter_page import letter_of
from app.services._minutes_sheets import minutes_sheet, notice_sheet, paragraphs, press_sheet
from app.services._short_texts import missing, short_texts

MOST_PDF = 300_000
"""Bytes of an attachment: more is slow on a village line."""


@dataclass(frozen=True, slots=True)
class Written:
    """All that is made of one meeting."""

    texts: tuple[Worded, ...]
    letters: Mapping[str, Letter]
    """By language; empty for restricted minutes, which go to phones only."""
    forms: tuple[Form, ...]
    gaps: tuple[Gap, ...]


def write_forms(minutes: Minutes, setting: Setting) -> Written:
    """Make every form in every language that the minutes are written in.

    Takes long (it prints): call it on a thread. Restricted minutes become the text and the page
    for the book only. Raises Refusal when words that the author wrote for the text do not fit.
    """
    gaps: list[Gap] = []
    texts = short_texts(minutes, setting, gaps)
    forms, letters = [], {}
    restricted = minutes.record.restricted
    tags = setting.written_tags(minutes)
    for tag in tags:
        pdf = _print(minutes_sheet(minutes, setting, tag), "pdf", gaps, setting)
        forms.append(Form("minutes", tag, file=pdf))
        if not restricted:
            letters[tag] = letter_of(minutes, setting, tag, _small(pdf, tag, gaps))
            forms += _public(minutes, setting, tag, gaps)
    if restricted:
        gaps.append(Gap("mail", "", "restricted", restricted))
    else:
        gaps += missing("mail", dict.fromkeys(tags), setting)
    return Written(texts, letters, tuple(forms), tuple(dict.fromkeys(gaps)))


def _public(minutes: Minutes, setting: Setting, tag: str, gaps: list[Gap]) -> list[Form]:
    """What hangs on boards, goes to the press and is shown to anybody."""
    sheet = notice_sheet(minutes, setting, tag)
    note = press_sheet(minutes, setting, tag)
    chat = "\n\n".join([sheet.title, *paragraphs(minutes, setting, tag), f"Ref {setting.ref}"])
    return [
        Form("sheet", tag, file=_print(sheet, "pdf", gaps, setting)),
        Form("picture", tag, file=_print(sheet, "png", gaps, setting)),
        Form("telegram", tag, body=chat),
        Form("press", tag, body="\n\n".join([note.title, *note.paragraphs, *note.demands])),
    ]


def _print(sheet: Sheet, form: FileForm, gaps: list[Gap], setting: Setting) -> Printed:
    made = setting.printer(sheet, form)
    if made.missing:
        gaps.append(Gap("sheet", sheet.tag, "letters", " ".join(made.missing)[:80]))
    return made


def _small(pdf: Printed, tag: str, gaps: list[Gap]) -> Printed | None:
    if len(pdf.content) <= MOST_PDF:
        return pdf
    gaps.append(Gap("mail", tag, "too_large", str(len(pdf.content) // 1000)))
    return None
