"""The script of a meeting's notice: 20 seconds, to read out on the phone or before the prayer."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from app.catalogue import Catalogue
from app.domain.aloud import SECONDS, seconds_to_read
from bots.values import Value

TEMPLATES = {"cancelled": "aloud_off", "postponed": "aloud_postponed", "moved": "aloud_moved"}
"""By what there is to say; every other meeting is one to be called to."""
MOST_LETTERS = 600
"""Of an agenda or a place: more of it is never read out."""
_clauses = re.compile(r"\s*[,;،؛\n]\s*").split


@dataclass(frozen=True, slots=True)
class AloudFacts:
    """What a script says, in the words of its language; `at` is on the clocks there."""

    network: str
    body: str
    label: str
    at: datetime
    venue: str = ""
    agenda: str = ""
    ref: str = ""
    what: str = ""
    """A key of TEMPLATES, or "" for a meeting that people are called to."""


@dataclass(frozen=True, slots=True)
class Script:
    """What is read out, and how many seconds that takes."""

    text: str
    language: str
    seconds: int


def script_of(facts: AloudFacts, tag: str, catalogue: Catalogue) -> Script:
    """The fullest script that can be read in 20 seconds; the agenda gives way before the place."""
    template = TEMPLATES.get(facts.what, "aloud_meeting")
    for venue, agenda in _shorter(facts):
        values: Mapping[str, Value] = {
            "network": facts.network,
            "body": facts.body,
            "label": facts.label,
            "at": facts.at,
            "venue": venue,
            "agenda": agenda,
            "ref": facts.ref,
        }
        said = catalogue.render(template, values, tag, "page")
        seconds = seconds_to_read(said.text, said.language)
        if seconds <= SECONDS:
            break
    return Script(said.text, said.language, ceil(seconds))


def _shorter(facts: AloudFacts) -> Iterator[tuple[str, str]]:
    """Place and agenda, each time with a little less of them, till nothing is left."""
    venue, agenda = _parts(facts.venue), _parts(facts.agenda)
    comma = "، " if "،" in facts.agenda + facts.venue else ", "
    for kept in range(len(agenda), 0, -1):
        yield comma.join(venue), comma.join(agenda[:kept])
    for kept in range(len(venue), 0, -1):
        yield comma.join(venue[:kept]), ""
    words = venue[0].split() if venue else []
    for kept in range(len(words) - 1, 0, -1):
        yield " ".join(words[:kept]), ""
    yield "", ""


def _parts(text: str) -> Sequence[str]:
    return [part for part in _clauses(text[:MOST_LETTERS].strip(" .۔")) if part]
