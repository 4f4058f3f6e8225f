"""The words that stand on sheets by themselves, and dates in both calendars.

They are `message_templates/<tag>/sheets.toml`, beside the other words of the language; what a
language lacks comes from the languages that its `language.toml` names.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from app.domain.language import Language, chain
from app.domain.moon import MoonDate, moon_date

FOLDER = Path(__file__).resolve().parent.parent.parent / "message_templates"
DEFAULT = "en"


@dataclass(frozen=True, slots=True)
class SheetWords:
    """The words of one language, gaps filled."""

    tag: str
    direction: Literal["ltr", "rtl"]
    _words: Mapping[str, str]
    _months: tuple[str, ...]
    _moons: tuple[str, ...]
    _days: tuple[str, ...]

    def __call__(self, name: str, **values: object) -> str:
        """The words called that, with the values in their places; KeyError where none are."""
        return self._words[name].format(**values)

    @property
    def comma(self) -> str:
        """What stands between the things of a list, with its blank."""
        return "، " if self.direction == "rtl" else ", "

    def day(self, when: date) -> str:
        """A date with its year: 12 October 2026."""
        return f"{when.day} {self._months[when.month - 1]} {when.year}"

    def weekday(self, when: date) -> str:
        """A date that people shall come on: Sunday, 12 October 2026."""
        return self("on_weekday", weekday=self._days[when.weekday()], date=self.day(when))

    def weekday_both(self, when: date, offset: int = 0) -> str:
        """A date that people shall come on, in both calendars."""
        weekday = self._days[when.weekday()]
        return self("on_weekday", weekday=weekday, date=self.both(when, offset))

    def both(self, when: date, offset: int = 0) -> str:
        """A date in both calendars; the moon was sighted `offset` days after Umm al-Qura's.

        Outside the years that the tables of the moon know (1924 to 2077) it stands alone.
        """
        moon = moon_date(when, offset)
        if moon is None:
            return self.day(when)
        return self("both_calendars", date=self.day(when), moon=self.moon(moon))

    def moon(self, moon: MoonDate) -> str:
        """A date by the moon with its year: 19 Rabi al-Thani 1448."""
        return f"{moon.day} {self._moons[moon.month - 1]} {moon.year}"


@cache
def words_of(tag: str) -> SheetWords:
    """The words of a language; one that is not known has those of the default."""
    known = languages()
    tags = [one for one in chain(tag, known, DEFAULT) if (FOLDER / one).is_dir()]
    tables = [_table(one) for one in tags if _table(one)]
    words: dict[str, str] = {}
    for table in reversed(tables):
        words.update(table.get("words", {}))
    return SheetWords(
        tag,
        known[tag].direction if tag in known else "ltr",
        words,
        *(
            tuple(next(table[name] for table in tables if name in table))
            for name in ("months", "moons", "weekdays")
        ),
    )


@cache
def languages() -> dict[str, Language]:
    """The languages that there is a folder for, by tag."""
    found = {}
    for path in FOLDER.glob("*/language.toml"):
        about = _read(path)
        found[path.parent.name] = Language(
            path.parent.name, about["name"], about["direction"], tuple(about["fallback"])
        )
    return found


@cache
def _table(tag: str) -> dict[str, Any]:
    path = FOLDER / tag / "sheets.toml"
    return _read(path) if path.exists() else {}


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
