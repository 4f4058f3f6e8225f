"""Audiences: whom a text is for, put together by choosing, counted with reasons, saved."""

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.domain.audience import MOST_LETTERS
from app.domain.errors import Refusal
from app.domain.institution import CABINET, OUTSIDE, TIERS
from app.domain.permissions import Act
from app.services._deed import Deed
from app.services.count_audience import Count, Question, count_audience
from app.services.save_audience import (
    list_audiences,
    remove_audience,
    rename_audience,
    save_audience,
)
from app.services.show_group import list_groups
from app.store import audience_names
from app.web.door import Visit, go, visits
from app.web.office import _groups
from app.web.told import Id

router = APIRouter(include_in_schema=False)
router.include_router(_groups.router)

HOME = "/office/audiences"
OFFICES = (*CABINET, "Manager", "Activist")
LANGUAGES = {"ur": "urdu", "ur-Latn": "roman", "sd": "sindhi", "ps": "pashto", "en": "english"}
MONTHS = ("3", "6", "12", "24")
PARTS = ("sex", "language", "office", "body", "outside", "skill", "group", "quiet", "unit")
JOINTS = {"less": " but not "}

Looker = Annotated[Visit, Depends(visits(Act.LOOK))]
Writer = Annotated[Visit, Depends(visits(Act.PLAN))]


@router.get(HOME)
async def home(visit: Looker) -> Response:
    """Show the builder, and whom its words reach."""
    return await _page(visit, _words(visit.request.query_params))


@router.post(HOME)
async def save(visit: Writer) -> Response:
    """Keep the words under a name."""
    name, words = visit.fields.get("name", ""), visit.fields.get("words", "")[:MOST_LETTERS]
    try:
        sees = visit.officer.may(Act.SEE_HEALTH)
        await save_audience(visit.runtime.database, name, words, deed_of(visit), sees_health=sees)
    except Refusal as fault:
        return await _page(visit, words, fault=fault, name=name)
    return go(f"{HOME}?{urlencode({'words': words})}#saved")


@router.post(HOME + "/{audience_id}")
async def change(audience_id: Id, visit: Writer) -> Response:
    """Rename a saved audience, or take it away."""
    database, deed = visit.runtime.database, deed_of(visit)
    if visit.fields.get("do") == "remove":
        await remove_audience(database, audience_id, deed)
    else:
        await rename_audience(database, audience_id, visit.fields.get("name", ""), deed)
    return go(f"{HOME}#saved")


def deed_of(visit: Visit) -> Deed:
    """What this officer does now, for their network."""
    return Deed(visit.network.slug, visit.officer.name, visit.now)


def _words(asked: Mapping[str, str]) -> str:
    """The words typed, joined by those that the choices mean."""
    typed = " ".join(asked.get("words", "").split())
    chosen = _composed(asked)
    if not chosen:
        return typed
    joint = JOINTS.get(asked.get("do", ""), ", ")
    return f"{typed}{joint}{chosen}" if typed or joint != ", " else chosen


def _composed(asked: Mapping[str, str]) -> str:
    """The choices as words; what is no choice of ours is left out."""
    said = {part: " ".join(asked.get(part, "").replace(",", " ").split()) for part in PARTS}
    words = [
        said["sex"] if said["sex"] in {"women", "men"} else "",
        said["language"] if said["language"] in LANGUAGES.values() else "",
        said["office"].casefold() if said["office"] in OFFICES else "",
        said["body"],
        said["outside"] if said["outside"] in {"outside", *OUTSIDE} else "",
        f"skill {said['skill']}" if said["skill"] else "",
        f"group {said['group']}" if said["group"] else "",
        f"quiet {said['quiet']}" if said["quiet"] in MONTHS else "",
        f"under {said['unit']}" if said["unit"] else "",
    ]
    return " ".join(word for word in words if word)[:MOST_LETTERS]


async def _page(
    visit: Visit, words: str, *, fault: Refusal | None = None, name: str = ""
) -> Response:
    database, sees = visit.runtime.database, visit.officer.may(Act.SEE_HEALTH)
    count: Count | None = None
    wrong: Refusal | None = None
    if words:
        question = Question(visit.network.slug, words, sees_health=sees)
        try:
            count = await count_audience(database, question, now=visit.now)
        except Refusal as refusal:
            wrong = refusal
    slug = visit.network.slug
    return visit.render(
        "audiences.html",
        status=422 if fault else 200,
        words_said=words,
        count=count,
        wrong=wrong,
        fault=fault,
        name=name,
        write_to=f"/office/write?{urlencode({'to': words})}",
        saved=await list_audiences(database, slug),
        link_to=lambda said: f"{HOME}?{urlencode({'words': said})}",
        groups=await list_groups(database, slug, now=visit.now, sees_health=sees),
        skills=await database.read(audience_names.skill_names, visit.network.id),
        bodies=await database.read(audience_names.body_names, visit.network.id),
        tiers=TIERS,
        offices=OFFICES,
        outside=OUTSIDE,
        languages=LANGUAGES,
        months=MONTHS,
    )
