"""Words that nobody understood, over the API, and the meanings that officers give them."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field

from app.domain.permissions import Act
from app.services._act import Deed
from app.services.group_unknown import group_unknown
from app.services.keep_synonym import (
    Teaching,
    Words,
    keep_synonym,
    list_synonyms,
    retire_synonym,
    try_synonym,
)
from app.web.runtime import Runtime, runtime_of
from app.web.told import Id, NetworkIn
from app.web.who import Officer, allowed, asked_network

router = APIRouter(prefix="/api/v1", tags=["inbox"])

Looker = Annotated[Officer, Depends(allowed(Act.LOOK))]
Answerer = Annotated[Officer, Depends(allowed(Act.ANSWER))]


class WordIn(NetworkIn):
    """Which word shall ask for what."""

    word: str = Field(max_length=200)
    intent: str = Field(max_length=20)
    language: str = Field(default="ur-Latn", max_length=20)


@router.get("/unknown")
async def unknown(
    query: Annotated[NetworkIn, Query()], request: Request, who: Looker
) -> dict[str, Any]:
    """Short texts of the last 90 days that nobody understood, those that are alike together."""
    runtime = runtime_of(request)
    network = await asked_network(request, who, query.network)
    groups = await group_unknown(runtime.database, network.id, now=runtime.clock())
    return {"items": [asdict(one) for one in groups]}


@router.get("/synonyms")
async def synonyms(
    query: Annotated[NetworkIn, Query()], request: Request, who: Looker
) -> dict[str, Any]:
    """The words that got a meaning here, newest first, also those retired."""
    network = await asked_network(request, who, query.network)
    found = await list_synonyms(runtime_of(request).database, network.id)
    return {"items": [asdict(one) for one in found]}


@router.post("/synonyms/trial")
async def try_word(body: WordIn, request: Request, who: Answerer) -> dict[str, Any]:
    """What a word would change; nothing is kept."""
    runtime = runtime_of(request)
    network = await asked_network(request, who, body.network)
    trial = await try_synonym(
        runtime.database,
        network.id,
        _teaching(body),
        words=_words(runtime),
        now=runtime.clock(),
    )
    return asdict(trial)


@router.post("/synonyms")
async def keep(body: WordIn, request: Request, who: Answerer) -> dict[str, Any]:
    """Let a word have a meaning from the next text on."""
    runtime = runtime_of(request)
    deed = await _deed(request, who, body.network)
    made = await keep_synonym(runtime.database, deed, _teaching(body), words=_words(runtime))
    return {"id": made}


@router.post("/synonyms/{synonym_id}/retirement")
async def retire(
    synonym_id: Id, body: NetworkIn, request: Request, who: Answerer
) -> dict[str, Any]:
    """Take a word's meaning away again."""
    deed = await _deed(request, who, body.network)
    await retire_synonym(runtime_of(request).database, deed, synonym_id)
    return {"id": synonym_id}


def _teaching(body: WordIn) -> Teaching:
    return Teaching(body.word, body.intent, body.language)


def _words(runtime: Runtime) -> Words:
    return Words.of(runtime.desk.catalogue, runtime.desk.vocabulary)


async def _deed(request: Request, who: Officer, network: str) -> Deed:
    asked = await asked_network(request, who, network)
    return Deed(asked.id, who.name, runtime_of(request).clock())
