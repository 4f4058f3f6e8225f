"""Stories over the API."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import Field

from app.services.approve_story import approve_story, hold_story
from app.services.keep_story import StoryFacts, keep_story
from app.services.show_stories import list_stories, read_story
from app.web._news_desk import (
    Approving,
    Asks,
    Desk,
    Line,
    Looker,
    Planner,
    SeenIn,
    Text,
    desk_of,
)
from app.web.told import Id, NetworkIn, Slug, SomeId, Version

router = APIRouter()


class StoryIn(NetworkIn):
    """A story; words by language tag, the unit as people call it."""

    titles: dict[str, Line]
    texts: dict[str, Text] = Field(default_factory=dict)
    captions: dict[str, Line] = Field(default_factory=dict)
    topics: list[Annotated[str, Field(max_length=60)]] = Field(default_factory=list, max_length=20)
    unit_id: SomeId | None = None
    unit: Line = ""
    version: Version | None = None


@router.get("/stories")
async def stories(query: Annotated[Asks, Query()], request: Request, who: Looker) -> dict[str, Any]:
    """A page of stories, newest first."""
    desk = await desk_of(request, who, query.network)
    page = await list_stories(
        desk.database, desk.network.id, before=query.cursor, state=query.state
    )
    return {"stories": [asdict(one) for one in page.lines], "next": page.next}


@router.get("/stories/{story_id}")
async def story(story_id: Id, request: Request, who: Looker, network: Slug = "") -> dict[str, Any]:
    """One story."""
    desk = await desk_of(request, who, network)
    return asdict(await read_story(desk.database, desk.network.id, story_id))


async def _kept(desk: Desk, body: StoryIn, story_id: int | None = None) -> int:
    facts = StoryFacts(
        titles=body.titles,
        texts=body.texts,
        captions=body.captions,
        topics=tuple(body.topics),
        unit_id=await desk.unit(body.unit_id, body.unit),
    )
    return await keep_story(
        desk.database,
        desk.network.id,
        facts,
        languages=desk.catalogue.languages,
        by=desk.by,
        now=desk.now,
        story_id=story_id,
        version=body.version,
    )


@router.post("/stories", status_code=201)
async def add_story(body: StoryIn, request: Request, who: Planner) -> dict[str, int]:
    """Write a story; it waits for a second officer."""
    desk = await desk_of(request, who, body.network)
    return {"id": await _kept(desk, body)}


@router.post("/stories/{story_id}")
async def change_story(
    story_id: Id, body: StoryIn, request: Request, who: Planner
) -> dict[str, int]:
    """Keep new words of a story; it waits for a second officer again."""
    desk = await desk_of(request, who, body.network)
    return {"id": await _kept(desk, body, story_id)}


@router.post("/stories/{story_id}/approval")
async def agree_to_story(
    story_id: Id, body: SeenIn, request: Request, who: Approving
) -> dict[str, int]:
    """Agree to a story as it was seen."""
    desk = await desk_of(request, who, body.network)
    by = desk.agreeing(body.version)
    await approve_story(desk.database, desk.network.id, story_id, by=by, now=desk.now)
    return {"id": story_id}


@router.post("/stories/{story_id}/hold")
async def hold(story_id: Id, body: NetworkIn, request: Request, who: Planner) -> dict[str, int]:
    """Hold a story back."""
    desk = await desk_of(request, who, body.network)
    await hold_story(desk.database, desk.network.id, story_id, by=who.name, now=desk.now)
    return {"id": story_id}
