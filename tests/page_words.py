"""The sentences of the pages, as templates and code have them, and what a catalogue lacks.

For translators: `python -m tests.page_words` writes the messages that app/web/locale/ur.po does
not have yet, or has without words, as a .po file to standard output. Fill it in and put its
entries into the catalogue; `pytest tests/test_words_of_pages.py` says what is wrong with them.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "app" / "web" / "templates"
CATALOGUE = ROOT / "app" / "web" / "locale" / "ur.po"
TEMPLATE_OPTIONS = {
    "extensions": "jinja2.ext.do",
    "newstyle_gettext": "true",
    "silent": "false",
    "trimmed": "true",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
}
"""As app/web/pages.py reads its templates; a fault in one of them is told, not skipped."""
REFUSALS: Mapping[str, Any] = {"Refusal": (2,), "Phrase": (1,), "told": (1,), "gettext": None}
DOOR: Mapping[str, Any] = {**REFUSALS, "HTTPException": (2,), "told": (4,), "say": (1,)}
"""What pages say themselves, without a refusal from further in."""
COMMAND_LINE = (
    "app/cli/",
    "app/channels/",
    "app/settings.py",
    "app/services/backup_office.py",
    "app/services/restore_office.py",
    "app/store/backup.py",
    "app/store/pg_backup.py",
)
"""What only commands say, in English."""
NOTHING_TO_SAY = re.compile(r"(\{[a-z_]+\})?")


@dataclass(slots=True)
class Words:
    """One message: English, with its plural if it has one, and where it stands."""

    id: str | tuple[str, ...]
    context: str | None = None
    places: list[tuple[str, int]] = field(default_factory=list)
    is_markup: bool = True
    """Whether every place shows it as HTML; a refusal is shown as text."""

    @property
    def forms(self) -> tuple[str, ...]:
        """The one sentence, or singular and plural."""
        return self.id if isinstance(self.id, tuple) else (self.id,)


Key = tuple[str, str | None]


def key_of(message: Words | Message) -> Key:
    """What one message is known by."""
    first = message.id if isinstance(message.id, str) else message.id[0]
    return first, message.context


@cache
def wanted() -> Mapping[Key, Words]:
    """Every message that pages may show, looked for once."""
    found: dict[Key, Words] = {}
    for path in sorted(TEMPLATES.rglob("*.html")):
        _take(path, "jinja2.ext.babel_extract", DEFAULT_KEYWORDS, found)
    for path in sorted((ROOT / "app").rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        if not place.startswith(COMMAND_LINE):
            keywords = DOOR if place.startswith("app/web/") else REFUSALS
            _take(path, "python", keywords, found)
    return found


def _take(path: Path, method: str, keywords: Mapping[str, Any], found: dict[Key, Words]) -> None:
    place = path.relative_to(ROOT).as_posix()
    options = TEMPLATE_OPTIONS if method != "python" else {}
    with path.open("rb") as file:
        for line, id_, _comments, context in extract(method, file, keywords, options=options):
            if NOTHING_TO_SAY.fullmatch(id_ if isinstance(id_, str) else id_[0]):
                continue
            words = found.setdefault(key_of(new := Words(id_, context)), new)
            if isinstance(id_, tuple):
                words.id = id_
            words.places.append((place, line))
            words.is_markup &= method != "python"


def catalogue() -> Catalog:
    """The Urdu catalogue as it stands."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="ur", abort_invalid=True)


def entries(held: Catalog) -> Iterator[Message]:
    """Its messages without the head."""
    return (message for message in held if message.id)


def forms_of(message: Message) -> tuple[str, ...]:
    """Its translation, or both forms of it."""
    return message.string if isinstance(message.string, tuple) else (message.string,)


def missing(held: Catalog) -> list[Words]:
    """What the catalogue has not, or has without words or marked as a guess."""
    done = {
        key_of(one): len(forms_of(one))
        for one in entries(held)
        if all(forms_of(one)) and not one.fuzzy
    }
    return [words for key, words in wanted().items() if done.get(key, 0) < len(words.forms)]


def skeleton() -> bytes:
    """The missing messages, ready to be filled in."""
    new = Catalog(locale="ur", project="Munadi", charset="utf-8")
    for words in missing(catalogue()):
        comment = () if words.is_markup else ("shown as text: no tags",)
        new.add(words.id, locations=words.places, context=words.context, auto_comments=comment)
    written = BytesIO()
    write_po(written, new, width=100, omit_header=True)
    return written.getvalue()


if __name__ == "__main__":
    sys.stdout.buffer.write(skeleton())
