"""Words by language as the fields of a form, one field a language, and back."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from fastapi import Depends

from app.domain.permissions import Act
from app.services.approve_story import Agreeing
from app.services.keep_story import Writer
from app.web.door import Visit, visits

MAIN_LANGUAGES = ("en", "ur", "ur-Latn")
"""Always shown; the others open on demand."""
MOST_DIGITS = 9

Looker = Annotated[Visit, Depends(visits(Act.LOOK))]
Planner = Annotated[Visit, Depends(visits(Act.PLAN))]
Approving = Annotated[Visit, Depends(visits(Act.APPROVE))]


def languages_of(visit: Visit) -> tuple[list[Any], list[Any]]:
    """The languages to write in: those always shown, and the others."""
    known = visit.runtime.desk.catalogue.languages
    main = [known[tag] for tag in MAIN_LANGUAGES if tag in known]
    return main, [one for tag, one in sorted(known.items()) if tag not in MAIN_LANGUAGES]


def words_in(visit: Visit, name: str) -> dict[str, str]:
    """The words of one field in each language that has any."""
    found = {}
    for tag in visit.runtime.desk.catalogue.languages:
        words = visit.fields.get(f"{name}_{tag}", "").replace("\r\n", "\n").strip()
        if words:
            found[tag] = words
    return found


def all_words_in(visit: Visit, names: Iterable[str]) -> dict[str, Mapping[str, str]]:
    """The words of these fields, by field and language."""
    return {name: words_in(visit, name) for name in names}


def whole_number(words: str) -> int | None:
    """A number as a form or an address brings it; None for anything else."""
    told = words.strip()
    return int(told) if told.isascii() and told.isdigit() and len(told) <= MOST_DIGITS else None


def writer_of(visit: Visit) -> Writer:
    """Who writes."""
    return Writer(visit.officer.name, visit.officer.id)


def agreeing_of(visit: Visit) -> Agreeing:
    """Who agrees, to the words of the page that the form stood on."""
    version = whole_number(visit.fields.get("version", ""))
    return Agreeing(visit.officer.name, visit.officer.id, -1 if version is None else version)
