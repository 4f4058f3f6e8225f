"""Stories: written, agreed to by a second officer, held back."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from app.domain.errors import Refusal
from app.services.approve_story import approve_story, hold_story
from app.services.keep_story import StoryFacts, keep_story
from app.services.pick_unit import pick_unit
from app.services.show_stories import StoryLine, list_stories, read_story
from app.store.turned_texts import STORY
from app.web.door import Visit, go
from app.web.office._thread import sources_of
from app.web.office._word_fields import (
    Approving,
    Looker,
    Planner,
    agreeing_of,
    all_words_in,
    languages_of,
    whole_number,
    writer_of,
)
from app.web.told import Id

router = APIRouter(include_in_schema=False)

STORIES = "/office/stories"
WORDS = ("titles", "texts", "captions")


@router.get(STORIES)
async def stories(visit: Looker) -> Response:
    """Show all stories, newest first."""
    before = whole_number(visit.request.query_params.get("before", ""))
    page = await list_stories(visit.runtime.database, visit.network.id, before=before)
    return visit.render("stories.html", page=page, is_first=before is None)


@router.get(STORIES + "/new")
async def blank(visit: Planner) -> Response:
    """A form for a new story."""
    return _form(visit, {**{name: {} for name in WORDS}, "topics": "", "unit": ""})


@router.post(STORIES + "/new")
async def add(visit: Planner) -> Response:
    """Keep a new story."""
    return await _keep(visit, None)


@router.get(STORIES + "/{story_id}")
async def story(story_id: Id, visit: Looker) -> Response:
    """Show one story, with the form to change it where that may be done."""
    return await _page(visit, story_id)


@router.post(STORIES + "/{story_id}")
async def change(story_id: Id, visit: Planner) -> Response:
    """Keep new words of a story."""
    return await _keep(visit, await read_story(visit.runtime.database, visit.network.id, story_id))


@router.post(STORIES + "/{story_id}/approval")
async def agree(story_id: Id, visit: Approving) -> Response:
    """Agree to a story as it was seen."""
    try:
        await approve_story(
            visit.runtime.database,
            visit.network.id,
            story_id,
            by=agreeing_of(visit),
            now=visit.now,
        )
    except Refusal as fault:
        return await _page(visit, story_id, fault)
    return go(f"{STORIES}/{story_id}")


@router.post(STORIES + "/{story_id}/hold")
async def hold(story_id: Id, visit: Planner) -> Response:
    """Hold a story back."""
    await hold_story(
        visit.runtime.database, visit.network.id, story_id, by=visit.officer.name, now=visit.now
    )
    return go(f"{STORIES}/{story_id}")


async def _keep(visit: Visit, known: StoryLine | None) -> Response:
    told: dict[str, Any] = dict(all_words_in(visit, WORDS))
    told |= {name: visit.fields.get(name, "").strip()[:200] for name in ("topics", "unit")}
    try:
        unit = told["unit"]
        facts = StoryFacts(
            **all_words_in(visit, WORDS),
            topics=tuple(told["topics"].replace(",", " ").split()),
            unit_id=await pick_unit(visit.runtime.database, visit.network.id, unit)
            if unit
            else None,
        )
        story_id = await keep_story(
            visit.runtime.database,
            visit.network.id,
            facts,
            languages=visit.runtime.desk.catalogue.languages,
            by=writer_of(visit),
            now=visit.now,
            story_id=known.id if known else None,
            version=whole_number(visit.fields.get("version", "")) if known else None,
        )
    except Refusal as fault:
        return _form(visit, told, known=known, fault=fault)
    return go(f"{STORIES}/{story_id}")


async def _page(visit: Visit, story_id: int, fault: Refusal | None = None) -> Response:
    known = await read_story(visit.runtime.database, visit.network.id, story_id)
    told = {name: getattr(known, name) for name in WORDS}
    told |= {"topics": " ".join(known.topics), "unit": str(known.unit_id or "")}
    told["sources"] = await sources_of(visit, STORY, story_id)
    return _form(visit, told, known=known, fault=fault, status=HTTPStatus.CONFLICT)


def _form(
    visit: Visit,
    told: Mapping[str, Any],
    *,
    known: StoryLine | None = None,
    fault: Refusal | None = None,
    status: int = HTTPStatus.UNPROCESSABLE_ENTITY,
) -> Response:
    return visit.render(
        "story.html",
        status=status if fault else HTTPStatus.OK,
        story=known,
        told=told,
        fault=fault,
        languages=languages_of(visit),
        is_own=known is not None and known.author_id == visit.officer.id,
    )
