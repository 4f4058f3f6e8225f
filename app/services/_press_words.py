"""The words of a press note in one language: as text, as a sheet, and to be copied."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.prose import paragraphs
from app.domain.sheets import Letterhead, PressSheet
from app.services._newsletter_words import Reader

PRESS_LANGUAGES = ("en", "ur")
"""In which a note is drafted; others may be written by hand."""


def tags_of(row: Any) -> list[str]:
    """The languages in which a note has a title and a text of its own."""
    return [tag for tag in sorted(row.titles) if row.texts.get(tag)]


def demands_of(row: Any, tag: str) -> tuple[str, ...]:
    """Its demands in that language, one a line."""
    lines = row.demands.get(tag, "").split("\n")
    return tuple(line.strip(" -•") for line in lines if line.strip(" -•"))


def note_text(row: Any, reader: Reader, *, is_marked: bool = False) -> str:
    """The note as plain text; `is_marked` writes the title between stars, as WhatsApp bolds."""
    title = row.titles.get(reader.tag, "")
    blocks = [f"*{title}*" if is_marked else title, *_body(row, reader)]
    demands = demands_of(row, reader.tag)
    if demands:
        lines = [f"{no}. {text}" for no, text in enumerate(demands, 1)]
        blocks.append("\n".join([reader.says("note_demanded"), *lines]))
    blocks.append(reader.says("note_closing", name=reader.name))
    for template, name, words in (
        ("note_caption", "caption", row.captions),
        ("note_contact", "contact", row.contacts),
    ):
        if words.get(reader.tag):
            blocks.append(reader.says(template, **{name: words[reader.tag]}))
    return "\n\n".join(blocks)


def _body(row: Any, reader: Reader) -> list[str]:
    """Its paragraphs, the first behind the dateline."""
    first, *others = paragraphs(row.texts.get(reader.tag, "")) or ("",)
    return [f"{dateline(row, reader)} {first}".strip(), *others]


def dateline(row: Any, reader: Reader) -> str:
    """Place and date, as papers begin a note."""
    place = row.places.get(reader.tag, "")
    if not reader.is_rtl:
        place = place.upper()
    day = reader.catalogue.write_date(row.on, reader.tag)
    return f"{reader.comma.join(part for part in (place, day) if part)}:"


def press_sheet(row: Any, reader: Reader) -> PressSheet:
    """The note as it is printed, and as newspapers get it to open and edit."""
    tag = reader.tag
    return PressSheet(
        tag=tag,
        head=Letterhead(reader.name, hijri_offset=reader.network.hijri_offset),
        place=row.places.get(tag, ""),
        dated=row.on,
        title=row.titles.get(tag, ""),
        paragraphs=paragraphs(row.texts.get(tag, "")),
        demands=demands_of(row, tag),
        caption=row.captions.get(tag, ""),
        contact=row.contacts.get(tag, ""),
        issuer=reader.name,
        ref=str(row.no),
    )


def drafted(  # noqa: PLR0913, PLR0917 -- all that a note is drafted from
    reader: Reader,
    meeting: Any,
    body: Any,
    written: Any,
    decided: Sequence[str],
    speaker: str,
) -> str:
    """The paragraphs of a note about a meeting: what happened, who says so, each decision."""
    is_told = bool(written.present)
    zone = ZoneInfo(reader.network.tz)
    lead = reader.says(
        "note_lead",
        name=reader.name,
        body=_body_name(body, meeting, reader),
        label=meeting.label,
        on=meeting.at.astimezone(zone).date(),
        venue=reader.pick(meeting.venue),
        present=written.present if is_told else "",
        women=written.women if is_told else "",
    )
    told = [reader.says("note_decided", speaker=speaker or reader.name)] if decided else []
    return "\n\n".join([lead, *told, *decided])


def title_of(reader: Reader, meeting: Any, body: Any, points: Sequence[str]) -> str:
    """The title of a note about a meeting that demanded nothing."""
    return reader.says(
        "note_title",
        name=reader.name,
        body=_body_name(body, meeting, reader),
        points=reader.comma.join(points),
    )


def _body_name(body: Any, meeting: Any, reader: Reader) -> str:
    if body is None:
        return str(meeting.body)
    is_local = reader.is_rtl and body.local_name
    return str(body.local_name if is_local else body.name)
