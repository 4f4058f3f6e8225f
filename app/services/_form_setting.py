"""What all forms of a publication are written with, and what is told of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.catalogue import Catalogue
from app.domain.language import chain, choose
from app.domain.minutes import DecisionEntry, Minutes, Words
from app.domain.offices import WORDS
from app.domain.sheets import Form as FileForm
from app.domain.sheets import Letterhead, Sheet
from app.printing.render import Printed, render
from app.services._paper_desk import is_local
from app.store.networks import NetworkInfo
from bots.values import Entry, Value

Printer = Callable[[Sheet, FileForm], Printed]
CODES = 3
"""Decisions that a text names for asking."""


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing, or is not what was written: the author mends it or knows it.

    `reason`: `missing` (`detail` is the language read instead), `partial` (some words in another
    language), `too_long` (the hand-written text with name and Ref), `letters` (`detail`: no font
    has them), `too_large` (the PDF is not attached), `restricted`, `no_readers` (of `text` or
    `mail`).
    """

    form: str
    language: str
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One form in one language: words, and the file where there is one."""

    form: str
    language: str
    body: str = ""
    file: Printed | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What the forms of one publication are written with."""

    network: NetworkInfo
    catalogue: Catalogue
    ref: int
    """Of the texts, and of everything on paper."""
    mail_ref: int
    today: date
    body_names: Words = field(default_factory=dict)
    head: Letterhead = field(default_factory=lambda: Letterhead(""))
    local_name: str = ""
    """What the network is called in its own script."""
    old_ref: int | None = None
    """Of what went out before and holds no longer."""
    old_mail_ref: int | None = None
    is_latest: bool = True
    """Whether `D1` means this meeting."""
    texts: Words = field(default_factory=dict)
    """Words of the texts that the author wrote for this publication."""
    printer: Printer = render

    def tags(self, tag: str) -> tuple[str, ...]:
        """The languages to look for instead of that one, itself first."""
        return chain(tag, self.catalogue.languages, self.network.language)

    def said(self, words: Words, tag: str) -> str:
        """Words in that language or the next best; "" where there are none at all."""
        there = {one: text.strip() for one, text in words.items() if text.strip()}
        found = choose(there, self.tags(tag))
        return there[found] if found else next(iter(there.values()), "")

    def head_in(self, tag: str) -> Letterhead:
        """The head of a sheet, the name of the network in the script of that language."""
        if self.local_name and is_local(tag):
            return replace(self.head, network=self.local_name)
        return self.head

    def body(self, code: str, tag: str) -> str:
        """What the body is called in that language, in Latin letters where those are its own."""
        names = self.body_names
        if not names.get(tag, "").strip() and not is_local(tag):
            names = {one: name for one, name in names.items() if not is_local(one)} or names
        return self.said(names, tag) or code

    def post(self, post: str, tag: str) -> str:
        """What an office is called in that language."""
        words = {one: names[post] for one, names in WORDS.items() if post in names}
        return self.said({"en": post, **words}, tag)

    def line(self, template: str, tag: str, values: Mapping[str, Value], form: str = "mail") -> str:
        """A template filled and never cut; `text` is the form of what goes to phones."""
        return self.catalogue.render(template, values, tag, form).text

    def local(self, at: datetime) -> datetime:
        """A moment on the network's clocks."""
        return at.astimezone(ZoneInfo(self.network.tz))

    def written_tags(self, minutes: Minutes) -> list[str]:
        """The languages that every decision which may be told is written in; one at least."""
        told = public_decisions(minutes)
        tags = sorted(self.catalogue.languages)
        full = [tag for tag in tags if told and all(one.texts.get(tag, "").strip() for one in told)]
        return full or [self.base(minutes)]

    def base(self, minutes: Minutes) -> str:
        """The language that is always written: the record's own, else the network's."""
        first = (minutes.record.language, self.network.language, "en")
        return next(tag for tag in first if tag in self.catalogue.languages)

    def facts(self, minutes: Minutes, tag: str) -> dict[str, Value]:
        """The values that every template about a meeting may name."""
        told = public_decisions(minutes)
        prefix = "D" if self.is_latest else f"D{minutes.no}/"
        return {
            "network": self.network.short_name(self.tags(tag)),
            "label": (Entry(minutes.label),),
            "body": minutes.body,
            "on": self.local(minutes.at).date(),
            "present": minutes.present or "",
            "women": minutes.women or "",
            "codes": tuple(Entry(f"{prefix}{one.no}") for one in told[:CODES]),
            "ref": self.ref,
            "old": self.old_ref or "",
        }


def public_decisions(minutes: Minutes) -> list[DecisionEntry]:
    """The decisions that may be told to many."""
    return [one for one in minutes.record.decisions if not one.restricted]
