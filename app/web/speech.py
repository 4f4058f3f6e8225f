"""How pages speak: the language of a visit, and numbers, money and times as it writes them."""

import gettext
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_timedelta
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from markupsafe import Markup, escape
from starlette.requests import Request

from app.domain.money import MICRO, Money

LOCALE = Path(__file__).parent / "locale"
COOKIE = "munadi_language"
SOURCE = "en"
"""The language in which templates and refusals are written."""
LANGUAGES: Mapping[str, str] = {"en": "English", "ur": "اردو"}
_LOCALES = {"en": Locale("en", "GB"), "ur": Locale("ur", "PK")}
_PARTS_OF_DAY = ((4, "رات"), (12, "صبح"), (16, "دوپہر"), (20, "شام"), (24, "رات"))
"""Until which hour each lasts: Urdu says the part of the day before a twelve-hour clock."""


def translations(tag: str) -> gettext.NullTranslations:
    """The catalogue of a language; the source language has none."""
    if tag == SOURCE:
        return gettext.NullTranslations()
    with (LOCALE / f"{tag}.po").open("rb") as file:
        catalogue = read_po(file, locale=tag)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def language_of(request: Request) -> str:
    """The language of a visit: asked for in the address, remembered, or the browser's own."""
    for wanted in (request.query_params.get("lang", ""), request.cookies.get(COOKIE, "")):
        if wanted in LANGUAGES:
            return wanted
    for one in request.headers.get("accept-language", "").split(","):
        tag = one.partition(";")[0].strip().partition("-")[0].casefold()
        if tag in LANGUAGES:
            return tag
    return SOURCE


@dataclass(frozen=True, slots=True)
class Speech:
    """One language in one time zone.

    What it gives is HTML: a number that could turn round in right-to-left text comes isolated.
    """

    tag: str
    words: gettext.NullTranslations
    zone: ZoneInfo

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return "rtl" if self.is_urdu else "ltr"

    @property
    def is_urdu(self) -> bool:
        """Whether this is right-to-left Urdu."""
        return self.tag == "ur"

    @property
    def comma(self) -> str:
        """What stands between two things in a row."""
        return "، " if self.is_urdu else ", "

    @property
    def stop(self) -> str:
        """What ends a sentence."""
        return "۔" if self.is_urdu else "."

    def say(self, sentence: str) -> str:
        """A sentence of ours in this language."""
        return self.words.gettext(sentence)

    def number(self, n: int) -> Markup:
        """A whole number with its thousands apart."""
        return self._apart(f"{n:,}")

    def money(self, micro: int, currency: str) -> Markup:
        """Rs 190.80, or روپے after the number in Urdu."""
        if self.is_urdu and currency == "PKR":
            amount = f"{micro / MICRO:,.2f}".removesuffix(".00")
            return self._apart(amount) + Markup(" روپے")
        return self._apart(Money(micro, currency).shown() if currency else f"{micro / MICRO:,.2f}")

    def clock(self, at: datetime) -> Markup:
        """21:44, or رات 9:44 in Urdu."""
        local = at.astimezone(self.zone)
        if not self.is_urdu:
            return Markup(f"{local:%H:%M}")  # noqa: S704 -- digits only
        part = next(name for until, name in _PARTS_OF_DAY if local.hour < until)
        return Markup("{} ").format(part) + self._apart(f"{local.hour % 12 or 12}:{local:%M}")

    def day(self, at: datetime) -> Markup:
        """Thursday 9 October."""
        return self._date(at, "EEEE d MMMM")

    def date(self, at: datetime) -> Markup:
        """9 October 2026."""
        return self._date(at, "d MMMM yyyy")

    def short_day(self, at: datetime) -> Markup:
        """9 Oct."""
        return self._date(at, "d MMM")

    def month(self, at: datetime) -> Markup:
        """October 2026."""
        return self._date(at, "LLLL yyyy")

    def weekday(self, at: datetime) -> Markup:
        """Sun."""
        return self._date(at, "EEE")

    def when(self, at: datetime, now: datetime) -> Markup:
        """The clock; before it the day unless that is today."""
        local, today = at.astimezone(self.zone).date(), now.astimezone(self.zone).date()
        if local == today:
            return self.clock(at)
        day = self.short_day(at) if local.year == today.year else self.date(at)
        return day + Markup(" ") + self.clock(at)

    def length(self, seconds: float) -> Markup:
        """48 minutes; in seconds below a minute and a half, in minutes below an hour and a half."""
        unit = 1 if seconds < 90 else 60 if seconds < 5400 else 3600
        rounded = timedelta(seconds=max(unit, round(seconds / unit) * unit))
        return escape(format_timedelta(rounded, threshold=2, locale=_LOCALES[self.tag]))

    def _date(self, at: datetime, pattern: str) -> Markup:
        local = at.astimezone(self.zone).date()
        return escape(format_date(local, pattern, locale=_LOCALES[self.tag]))

    def _apart(self, digits: str) -> Markup:
        return Markup("<bdi>{}</bdi>").format(digits) if self.is_urdu else escape(digits)
