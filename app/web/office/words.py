"""Words that nobody understood, by likeness, and the meanings that officers give them."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.domain.errors import Refusal
from app.domain.language import tag_of
from app.domain.permissions import Act
from app.services._act import Deed
from app.services.group_unknown import LONGEST, MOST_TEXTS, group_unknown
from app.services.keep_synonym import (
    LANGUAGES,
    Teaching,
    Trial,
    Words,
    keep_synonym,
    list_synonyms,
    retire_synonym,
    teachable,
    try_synonym,
)
from app.web.door import Visit, go, visits

router = APIRouter(include_in_schema=False)

WORDS = "/office/words"
SHOWN = 40
"""So many groups stand on the page."""

Looker = Annotated[Visit, Depends(visits(Act.LOOK))]
Answerer = Annotated[Visit, Depends(visits(Act.ANSWER))]


@router.get(WORDS)
async def words(visit: Looker) -> Response:
    """Show what nobody understood and the words that have a meaning here."""
    return await _page(visit)


@router.get(WORDS + "/try")
async def try_word(visit: Answerer) -> Response:
    """Show what a word would change if it had that meaning; changes nothing."""
    asked = visit.request.query_params
    if not asked.get("intent"):
        return _form(visit, asked)
    try:
        trial = await try_synonym(
            visit.runtime.database,
            visit.network.id,
            _teaching(asked),
            words=_words(visit),
            now=visit.now,
        )
    except Refusal as fault:
        return _form(visit, asked, fault=fault)
    return _form(visit, asked, trial=trial)


@router.post(WORDS)
async def keep(visit: Answerer) -> Response:
    """Let a word have a meaning from the next text on."""
    try:
        await keep_synonym(
            visit.runtime.database, _deed(visit), _teaching(visit.fields), words=_words(visit)
        )
    except Refusal as fault:
        return _form(visit, visit.fields, fault=fault)
    return go(f"{WORDS}#taught")


@router.post(WORDS + "/{synonym_id}/retirement")
async def retire(synonym_id: int, visit: Answerer) -> Response:
    """Take a word's meaning away again."""
    await retire_synonym(visit.runtime.database, _deed(visit), synonym_id)
    return go(f"{WORDS}#taught")


async def _page(visit: Visit) -> Response:
    database, network_id = visit.runtime.database, visit.network.id
    groups = await group_unknown(database, network_id, now=visit.now)
    taught = await list_synonyms(database, network_id)
    return visit.render(
        "words.html",
        groups=groups[:SHOWN],
        left_out=len(groups[SHOWN:]),
        most=MOST_TEXTS,
        longest=LONGEST,
        in_use=[one for one in taught if one.retired_at is None],
        retired=[one for one in taught if one.retired_at is not None],
        tag_of=tag_of,
    )


def _form(
    visit: Visit,
    asked: Mapping[str, str],
    *,
    trial: Trial | None = None,
    fault: Refusal | None = None,
) -> Response:
    word = asked.get("word", "")
    context: dict[str, Any] = {
        "word": word,
        "intent": asked.get("intent", ""),
        "language": asked.get("language", "") or tag_of(word) or "ur-Latn",
        "intents": teachable(visit.runtime.desk.vocabulary),
        "languages": sorted(LANGUAGES),
        "trial": trial,
        "fault": fault.said(visit.speech.say) if fault else "",
        "tag_of": tag_of,
    }
    return visit.render("words_try.html", status=422 if fault else 200, **context)


def _teaching(told: Mapping[str, str]) -> Teaching:
    return Teaching(told.get("word", ""), told.get("intent", ""), told.get("language", ""))


def _words(visit: Visit) -> Words:
    return Words.of(visit.runtime.desk.catalogue, visit.runtime.desk.vocabulary)


def _deed(visit: Visit) -> Deed:
    return Deed(visit.network.id, visit.officer.name, visit.now)
