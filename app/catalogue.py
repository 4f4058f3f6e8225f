"""The words of `message_templates/`, read once: what is understood, what is said, in which writing.

A language is one folder: `language.toml` (its name, direction, fallbacks and dates),
`keywords.toml` (what people send) and `<template>.<form>.txt` (what they are answered).
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from app.domain.bidi import turn_proof
from app.domain.fitting import overflow
from app.domain.gsm import Encoding, encoding_of
from app.domain.language import Language, chain
from app.domain.plain import make_plain
from bots.ask import Keyword
from bots.dates import Calendar
from bots.keywords import find_keywords
from bots.lexicon import Lexicon
from bots.menu import TEMPLATES, menu_entries
from bots.trial import Row, read_rows
from bots.values import Entry, Value
from bots.vocabulary import Vocabulary, build_vocabulary
from bots.wording import Template, fill, parse

MESSAGE_TEMPLATES = Path(__file__).resolve().parent.parent / "message_templates"
"""The words that ship with the product."""
DEFAULT = "en"
"""The language of the source texts, where every chain ends."""

TRIAL = "trial.tsv"
"""Texts of which it is known what they mean, to try new words against."""

_BUILT_IN = frozenset({"menu", "language", "languages"})
_LEXICON_TABLES = (
    *("words", "forms", "topics", "deeds", "alarms", "posts"),
    *("coming", "wishes", "besides"),
)
_LEXICON_LISTS = (
    *("names", "courtesy", "about", "fillers", "numbers", "danger", "ordinary"),
    *("protected", "nameless", "beside", "needs", "signs"),
)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text ready to send and the tag of the language that it was found in."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Starter:
    """An awareness item that ships with the product, for an office to review."""

    key: str
    texts: Mapping[str, str]
    source: str


def read_starters(folder: Path = MESSAGE_TEMPLATES) -> tuple[Starter, ...]:
    """The items of each language's `awareness.toml`, in the order of the source language."""
    files = {path.parent.name: _toml(path) for path in sorted(folder.glob("*/awareness.toml"))}
    texts: dict[str, dict[str, str]] = {key: {} for key in files.get(DEFAULT, {})}
    for tag, read in files.items():
        for key, item in read.items():
            texts[key][tag] = item["text"]
    return tuple(Starter(key, texts[key], files[DEFAULT][key]["source"]) for key in texts)


@dataclass(frozen=True, slots=True)
class _Folder:
    language: Language
    calendar: Calendar
    choice: str
    lexicon: Lexicon
    labels: Mapping[str, str]
    statuses: Mapping[str, str]
    templates: Mapping[tuple[str, str], Template]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every language and every text; build it with `Catalogue.load`."""

    languages: Mapping[str, Language]
    _folders: Mapping[str, _Folder]
    _sources: Mapping[str, Template]
    _keywords: tuple[Keyword, ...]
    _trial_file: Path = MESSAGE_TEMPLATES / TRIAL
    _chains: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path, keywords: Iterable[Keyword] | None = None) -> "Catalogue":
        """Read every language folder; `keywords` are all of `bots.keywords` unless given.

        Raises ValueError naming the file when a text cannot be read or has a placeholder that its
        source text has not.
        """
        known = tuple(find_keywords() if keywords is None else keywords)
        paths = sorted(path.parent for path in folder.glob("*/language.toml"))
        folders = {path.name: _read_folder(path) for path in paths}
        if DEFAULT not in folders:
            raise ValueError(f"{folder} has no folder '{DEFAULT}' with a language.toml")
        sources = _sources(known, folders[DEFAULT])
        for tag, read in folders.items():
            _check(folder / tag, read, sources)
        languages = {tag: read.language for tag, read in folders.items()}
        return cls(languages, folders, sources, known, folder / TRIAL)

    @property
    def lexicons(self) -> dict[str, Lexicon]:
        """The words of each language; those with the fewest fallbacks come first."""
        order = sorted(self._folders, key=lambda tag: (len(self._chain(tag)), tag))
        return {tag: self._folders[tag].lexicon for tag in order}

    def vocabulary(self) -> Vocabulary:
        """What members may write, in all languages; raises ValueError when words clash.

        A word that languages share belongs to the one with the fewest fallbacks.
        """
        return build_vocabulary(self.lexicons, self._keywords)

    def trial(self) -> Sequence[Row]:
        """The texts with known meanings that ship with the words; none where there is no file."""
        if not self._trial_file.exists():
            return ()
        return read_rows(self._trial_file.read_text(encoding="utf-8"))

    def render(
        self,
        template: str,
        values: Mapping[str, Value],
        language: str,
        form: str = "sms",
        parts: int = 1,
    ) -> Rendered:
        """The text of `template` in the first language of the chain that has it.

        An "sms" fits one segment or `parts` of them: shorter variants first, then cut words.
        Raises KeyError for an unknown template or a missing value.
        """
        tag, found = self._find(template, language, form)
        words = self._folders[tag]
        if not _BUILT_IN.isdisjoint(found.names):
            values = {**self._built_in(tag, language), **values}
        if form != "sms":
            return Rendered(fill(found, values, words.calendar, lambda _: 0), tag)
        plain = {name: _plain(value) for name, value in values.items() if name in found.names}
        text = fill(found, plain, words.calendar, lambda it: overflow(it, parts))
        return Rendered(turn_proof(text), tag)

    def write_date(self, when: date, language: str) -> str:
        """A date or an aware datetime as that language says it."""
        return self._folders[self._chain(language)[0]].calendar.write(when)

    def status(self, name: str, language: str) -> str:
        """How that language says where a decision stands; the name itself where none says it."""
        said = (self._folders[tag].statuses.get(name) for tag in self._chain(language))
        return next((words for words in said if words), name)

    def missing(self) -> list[tuple[str, str]]:
        """(language tag, template name) of every text that shows in a fallback instead."""
        wanted = [name for name, source in sorted(self._sources.items()) if source.has_words]
        return [
            (tag, name)
            for tag, read in sorted(self._folders.items())
            for name in wanted
            if all(known != name for known, _ in read.templates)
        ]

    def _chain(self, tag: str) -> tuple[str, ...]:
        if tag not in self._chains:
            tags = chain(tag, self.languages, DEFAULT)
            self._chains[tag] = tuple(known for known in tags if known in self._folders)
        return self._chains[tag]

    def _find(self, template: str, language: str, form: str) -> tuple[str, Template]:
        for wanted in dict.fromkeys((form, "sms")):
            for tag in self._chain(language):
                found = self._folders[tag].templates.get((template, wanted))
                if found is not None:
                    return tag, found
        source = self._sources[template]
        return DEFAULT if source.has_words else self._chain(language)[0], source

    def _built_in(self, tag: str, chosen: str) -> dict[str, Value]:
        """What any text may say: the menu, the name of the chosen language, all the choices."""
        language = self.languages.get(chosen, self.languages[tag])
        return {
            "menu": self._menu(tag),
            "language": language.name,
            "languages": tuple(Entry(read.choice) for read in self._folders.values()),
        }

    def _menu(self, tag: str) -> tuple[Entry, ...]:
        labels: dict[str, str] = {}
        for fallback in reversed(self._chain(tag)):
            labels.update(self._folders[fallback].labels)
        return menu_entries(self._keywords, labels)


def _plain(value: Value) -> Value:
    if isinstance(value, str):
        return _plain_words(value)
    if isinstance(value, tuple):
        return tuple(Entry(entry.code, _plain_words(entry.words)) for entry in value)
    return value


def _plain_words(words: str) -> str:
    """GSM-7 words are plain already; asking is far cheaper than rewriting."""
    return words if encoding_of(words) is Encoding.GSM7 else make_plain(words)


def _read_folder(path: Path) -> _Folder:
    about = _toml(path / "language.toml")
    keywords = path / "keywords.toml"
    spoken = _toml(keywords) if keywords.exists() else {}
    try:
        return _Folder(
            language=_language(path.name, about),
            calendar=_calendar(about),
            choice=about["choice"],
            lexicon=_lexicon(spoken),
            labels=spoken.get("menu", {}),
            statuses=about.get("status", {}),
            templates=dict(_read_template(file) for file in sorted(path.glob("*.*.txt"))),
        )
    except KeyError as missing:
        raise ValueError(f"{path / 'language.toml'} does not say {missing}") from None


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ValueError(f"{path} cannot be read: {fault}") from fault


def _language(tag: str, about: Mapping[str, Any]) -> Language:
    if about["direction"] not in ("ltr", "rtl"):
        raise ValueError(f"the direction of {tag} must be ltr or rtl, not {about['direction']}")
    return Language(tag, about["name"], about["direction"], tuple(about["fallback"]))


def _calendar(about: Mapping[str, Any]) -> Calendar:
    return Calendar(
        months=about["months"],
        weekdays=about["weekdays"],
        parts=[(hour, name) for hour, name in about["parts"]],
        day_form=about["day_form"],
        moment_form=about["moment_form"],
    )


def _lexicon(spoken: Mapping[str, Any]) -> Lexicon:
    tables: dict[str, Mapping[str, Sequence[str]]] = {
        name: spoken.get(name, {}) for name in _LEXICON_TABLES
    }
    lists: dict[str, Sequence[str]] = {name: spoken.get(name, ()) for name in _LEXICON_LISTS}
    return Lexicon(**tables, **lists)  # type: ignore[arg-type]


def _read_template(file: Path) -> tuple[tuple[str, str], Template]:
    name, form, _ = file.name.split(".", 2)
    return (name, form), _parsed(make_plain(file.read_text(encoding="utf-8")), str(file))


def _parsed(source: str, where: str) -> Template:
    try:
        return parse(source)
    except ValueError as fault:
        raise ValueError(f"{where}: {fault}") from fault


def _sources(keywords: Iterable[Keyword], default: _Folder) -> dict[str, Template]:
    """Code carries the source texts; a text that no keyword owns has its source in English."""
    sources: dict[str, Template] = {}
    for (name, _), template in default.templates.items():
        sources.setdefault(name, template)
    for keyword in keywords:
        for name, source in keyword.templates.items():
            sources[name] = _parsed(source, f"the text '{name}' of {keyword.intent}")
    for name, source in TEMPLATES.items():
        sources[name] = parse(source)
    return sources


def _check(path: Path, folder: _Folder, sources: Mapping[str, Template]) -> None:
    for (name, form), template in folder.templates.items():
        file = path / f"{name}.{form}.txt"
        if name not in sources:
            raise ValueError(f"{file} translates a text that does not exist")
        for unknown in sorted(template.names - sources[name].names - _BUILT_IN):
            raise ValueError(f"{file} has the unknown placeholder {{{unknown}}}")
