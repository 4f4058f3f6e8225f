"""The words of a newsletter in one language: headline, text to copy, mail, sheet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.catalogue import Catalogue
from app.domain import gsm
from app.domain.errors import Refusal
from app.domain.language import chain, choose
from app.domain.minutes import Words
from app.domain.prose import paragraphs
from app.domain.sheets import (
    ComingPart,
    DecisionPart,
    Letterhead,
    NewsletterSheet,
    StoryPart,
)
from app.store.networks import NetworkInfo
from bots.values import Entry, Value

LARGEST_REF = 99_999
"""A Ref of so many digits still fits into the one segment of a headline."""
MOST_POINTS = 8
"""Things that a headline tries to name."""
CUT = "..."
"""What stands where words were cut."""
MOST_TELEGRAM = 4_096
"""Letters of one Telegram message."""
FORM = "page"
"""Words for paper and screens, which need not fit a segment."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One language of one network, with its fallbacks."""

    tag: str
    network: NetworkInfo
    catalogue: Catalogue

    @property
    def is_rtl(self) -> bool:
        """Whether this language is written from right to left."""
        return self.catalogue.languages[self.tag].direction == "rtl"

    @property
    def name(self) -> str:
        """What the network is called where there is room for its name."""
        short = self.network.short_names.get(self.tag, "") if self.is_rtl else ""
        return short or self.network.name

    @property
    def comma(self) -> str:
        """What stands between two things in a row."""
        return "، " if self.is_rtl else ", "

    def pick(self, words: Words) -> str:
        """The words in this language, or in the next best there is; "" for none."""
        known = {tag: text for tag, text in words.items() if text}
        best = choose(known, self._chain())
        return known[best] if best else next(iter(known.values()), "")

    def day(self, at: datetime) -> str:
        """The day of that moment where the network is, as this language says it."""
        return self.catalogue.write_date(self._local(at).date(), self.tag)

    def moment(self, at: datetime) -> str:
        """That moment as this language says it."""
        return self.catalogue.write_date(self._local(at), self.tag)

    def says(self, template: str, **values: Any) -> str:
        """Words of ours in this language."""
        return self.catalogue.render(template, values, self.tag, FORM).text

    def stop_line(self, address: str) -> str:
        """How to get no more of these mails: the last line of each."""
        return self.catalogue.render("letter_stop", {"unsubscribe": address}, self.tag, "mail").text

    def short_name(self) -> str:
        """What the network is called at the head of a text."""
        return self.network.short_name(self._chain())

    def _chain(self) -> tuple[str, ...]:
        return chain(self.tag, self.catalogue.languages, self.network.language)

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(ZoneInfo(self.network.tz))


def languages_of(items: Iterable[Any], network: NetworkInfo, catalogue: Catalogue) -> list[str]:
    """The languages in which something of an issue is written, the network's own first."""
    written = {tag for item in items for words in (item.titles, item.texts) for tag in words}
    first = [network.language] if network.language in catalogue.languages else []
    return list(dict.fromkeys([*first, *sorted(written & set(catalogue.languages))]))


def headlines_of(
    items: Sequence[Any], no: int, network: NetworkInfo, catalogue: Catalogue
) -> dict[str, str]:
    """One text of one segment in each language, without the Ref that comes behind it."""
    tags = {*languages_of(items, network, catalogue), "en", "ur", "ur-Latn"}
    return {
        tag: _headline(items, no, Reader(tag, network, catalogue))
        for tag in sorted(tags & set(catalogue.languages))
    }


def _headline(items: Sequence[Any], no: int, reader: Reader) -> str:
    """As many things as fit whole; the first one cut at a word where not even that does."""
    named = [Entry(_code(item), reader.pick(item.titles)) for item in items]
    points = [one for one in named if one.code or one.words][:MOST_POINTS]
    for most in range(len(points), 1, -1):
        text = _said(points[:most], no, reader)
        if CUT not in text:
            return text
    return _said(points[:1], no, reader)


def _said(points: Sequence[Entry], no: int, reader: Reader) -> str:
    comma = reader.comma.strip()
    listed = [Entry(one.code, f"{one.words}{comma}") for one in points[:-1]]
    values: dict[str, Value] = {"network": reader.short_name(), "no": no}
    values["points"] = (*listed, *points[-1:])
    values["ref"] = LARGEST_REF
    text = reader.catalogue.render("newsletter", values, reader.tag).text
    return text.removesuffix(f"Ref {LARGEST_REF}").rstrip()


def _code(item: Any) -> str:
    return str(item.code) if item.kind != "story" else ""


def check_headline(text: str, tag: str, network: NetworkInfo, catalogue: Catalogue) -> None:
    """Raise a Refusal when a headline with name and Ref is longer than one segment."""
    reader = Reader(tag, network, catalogue)
    name = reader.short_name()
    whole = text if name.casefold() in text.casefold()[: len(name) + 20] else f"{name}: {text}"
    needed = gsm.count(f"{whole} Ref {LARGEST_REF}")
    if needed > 1:
        raise Refusal(
            "headline_too_long",
            "The {language} headline needs {count} texts with name and Ref, not one. Shorten it.",
            language=tag,
            count=needed,
        )


def text_to_copy(row: Any, items: Sequence[Any], reader: Reader) -> str:
    """The whole issue as plain text, short enough for one message; stories give way first."""
    for are_whole in (True, False):
        text = "\n\n".join(_blocks(row, items, reader, are_whole=are_whole))
        if len(text) <= MOST_TELEGRAM:
            return text
    kept = text[: MOST_TELEGRAM - 2].rsplit("\n", 1)[0]
    return f"{kept}\n…"


def plain_text(row: Any, items: Sequence[Any], reader: Reader) -> str:
    """The whole issue as plain text, however long: the body of its mail."""
    return "\n\n".join(_blocks(row, items, reader, are_whole=True))


def name_of(row: Any, reader: Reader) -> str:
    """What the issue is called."""
    title = reader.pick(row.titles)
    name = reader.says("newsletter_name", no=row.no, name=reader.name)
    return f"{name}: {title}" if title else name


def _blocks(row: Any, items: Sequence[Any], reader: Reader, *, are_whole: bool) -> list[str]:
    blocks = [f"{name_of(row, reader)}\n{reader.day(row.approved_at or row.made_at)}"]
    lead = reader.pick(row.leads)
    blocks += [lead] if lead else []
    of = _by_kind(items)
    if of["decision"]:
        lines = [f"{one.code} {_told(one, reader)}" for one in of["decision"]]
        blocks.append("\n".join([reader.says("newsletter_decided"), *lines]))
    if of["story"]:
        blocks.append(reader.says("newsletter_stories"))
        blocks += [_story(one, reader, is_whole=are_whole) for one in of["story"]]
    if of["meeting"]:
        lines = [_coming(one, reader) for one in of["meeting"]]
        blocks.append("\n".join([reader.says("newsletter_coming"), *lines]))
    return blocks


def _by_kind(items: Sequence[Any]) -> Mapping[str, list[Any]]:
    of: dict[str, list[Any]] = {"decision": [], "story": [], "meeting": []}
    for item in items:
        of[item.kind].append(item)
    return of


def _told(item: Any, reader: Reader) -> str:
    owner = reader.pick(item.notes)
    text = reader.pick(item.texts) or reader.pick(item.titles)
    return f"{text} ({owner})" if owner else text


def _story(item: Any, reader: Reader, *, is_whole: bool) -> str:
    title = reader.pick(item.titles)
    head = f"{title} ({item.code})" if item.code else title
    return f"{head}\n{reader.pick(item.texts)}" if is_whole else head


def _coming(item: Any, reader: Reader) -> str:
    parts = [item.code, reader.moment(item.at), reader.pick(item.notes)]
    return reader.comma.join(part for part in parts if part)


def newsletter_sheet(row: Any, items: Sequence[Any], reader: Reader) -> NewsletterSheet:
    """The issue as it is printed, in two columns."""
    of = _by_kind(items)
    zone = ZoneInfo(reader.network.tz)
    return NewsletterSheet(
        tag=reader.tag,
        head=Letterhead(reader.name, hijri_offset=reader.network.hijri_offset),
        no=str(row.no),
        dated=(row.approved_at or row.made_at).astimezone(zone).date(),
        title=reader.pick(row.titles),
        lead=reader.pick(row.leads),
        decisions=tuple(
            DecisionPart(
                code=one.code,
                text=reader.pick(one.texts) or reader.pick(one.titles),
                owner=reader.pick(one.notes),
                due=one.due,
            )
            for one in of["decision"]
        ),
        stories=tuple(
            StoryPart(reader.pick(one.titles), paragraphs(reader.pick(one.texts)), one.code)
            for one in of["story"]
        ),
        coming=tuple(_coming_part(one, reader, zone) for one in of["meeting"]),
    )


def _coming_part(item: Any, reader: Reader, zone: ZoneInfo) -> ComingPart:
    local = item.at.astimezone(zone)
    return ComingPart(
        on=local.date(), what=item.code, time=f"{local:%H:%M}", venue=reader.pick(item.notes)
    )
