"""Newsletters over the API; stories and press notes stand beside them."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import Field

from app.services.approve_newsletter import approve_newsletter
from app.services.change_newsletter import (
    NewsletterChange,
    change_newsletter,
    drop_newsletter,
    leave_out,
)
from app.services.make_newsletter import gather, make_newsletter
from app.services.plan_newsletter import plan_newsletter, take_back_plan
from app.services.repeat_newsletters import keep_rule, list_rules
from app.services.show_newsletters import list_newsletters, read_newsletter
from app.web import press, stories
from app.web._news_desk import (
    Approving,
    Asks,
    Line,
    Looker,
    Planner,
    SeenIn,
    Text,
    WishIn,
    desk_of,
)
from app.web.told import Id, NetworkIn, Slug

router = APIRouter(prefix="/api/v1", tags=["newsletters"])
router.include_router(stories.router)
router.include_router(press.router)


class ChangeIn(SeenIn):
    """The editor's words, and whom it goes to."""

    titles: dict[str, Line] = Field(default_factory=dict)
    leads: dict[str, Text] = Field(default_factory=dict)
    headlines: dict[str, Line] = Field(default_factory=dict)
    audience: Annotated[str, Field(max_length=500)] = ""


@router.get("/newsletters")
async def newsletters(
    query: Annotated[Asks, Query()], request: Request, who: Looker
) -> dict[str, Any]:
    """A page of newsletters, newest first."""
    desk = await desk_of(request, who, query.network)
    page = await list_newsletters(desk.database, desk.network.id, before=query.cursor)
    return {"newsletters": [asdict(one) for one in page.lines], "next": page.next}


@router.get("/newsletters/{newsletter_id}")
async def newsletter(
    newsletter_id: Id, request: Request, who: Looker, network: Slug = ""
) -> dict[str, Any]:
    """One newsletter with its plans and its text to copy."""
    desk = await desk_of(request, who, network)
    found = await read_newsletter(
        desk.database, desk.network.id, newsletter_id, catalogue=desk.catalogue
    )
    return asdict(found)


@router.post("/newsletters/preview")
async def preview(body: WishIn, request: Request, who: Looker) -> dict[str, Any]:
    """What a newsletter made now would hold."""
    desk = await desk_of(request, who, body.network)
    wish = await desk.wish(body)
    found = await gather(desk.database, desk.network.id, wish, now=desk.now)
    return {"items": [asdict(one) for one in found]}


@router.post("/newsletters", status_code=201)
async def make(body: WishIn, request: Request, who: Planner) -> dict[str, int]:
    """Make a newsletter; refused while there is nothing new."""
    desk = await desk_of(request, who, body.network)
    made = await make_newsletter(
        desk.database,
        desk.network.id,
        await desk.wish(body),
        catalogue=desk.catalogue,
        by=desk.by,
        now=desk.now,
    )
    return {"id": made}


@router.post("/newsletters/{newsletter_id}")
async def change(
    newsletter_id: Id, body: ChangeIn, request: Request, who: Planner
) -> dict[str, int]:
    """Keep the editor's words."""
    desk = await desk_of(request, who, body.network)
    told = NewsletterChange(**body.model_dump(exclude={"network"}))
    await change_newsletter(
        desk.database,
        desk.network.id,
        newsletter_id,
        told,
        catalogue=desk.catalogue,
        by=desk.by,
        now=desk.now,
    )
    return {"id": newsletter_id}


@router.post("/newsletters/{newsletter_id}/items/{item_id}/removal")
async def leave(
    newsletter_id: Id, item_id: Id, body: NetworkIn, request: Request, who: Planner
) -> dict[str, int]:
    """Leave one thing out of it."""
    desk = await desk_of(request, who, body.network)
    await leave_out(
        desk.database,
        desk.network.id,
        newsletter_id,
        item_id,
        catalogue=desk.catalogue,
        by=desk.by,
        now=desk.now,
    )
    return {"id": newsletter_id}


@router.post("/newsletters/{newsletter_id}/plan")
async def plan(
    newsletter_id: Id, body: NetworkIn, request: Request, who: Planner
) -> dict[str, Any]:
    """Plan its headline by text and all of it by mail."""
    desk = await desk_of(request, who, body.network)
    made = await plan_newsletter(
        desk.database,
        desk.network.id,
        newsletter_id,
        catalogue=desk.catalogue,
        by=desk.by,
        now=desk.now,
    )
    return {"text": made.text_id, "mail": made.mail_id, "told": [str(one) for one in made.faults]}


@router.post("/newsletters/{newsletter_id}/plan/removal")
async def take_back(
    newsletter_id: Id, body: NetworkIn, request: Request, who: Planner
) -> dict[str, int]:
    """Take its plan back."""
    desk = await desk_of(request, who, body.network)
    await take_back_plan(desk.database, desk.network.id, newsletter_id, by=desk.by, now=desk.now)
    return {"id": newsletter_id}


@router.post("/newsletters/{newsletter_id}/approval")
async def agree(
    newsletter_id: Id, body: SeenIn, request: Request, who: Approving
) -> dict[str, int]:
    """Agree to a newsletter as it was seen: it goes out and into the archive."""
    desk = await desk_of(request, who, body.network)
    no = await approve_newsletter(
        desk.database,
        desk.network.id,
        newsletter_id,
        catalogue=desk.catalogue,
        by=desk.agreeing(body.version),
        now=desk.now,
    )
    desk.wake()
    return {"id": newsletter_id, "no": no}


@router.post("/newsletters/{newsletter_id}/removal")
async def remove(
    newsletter_id: Id, body: NetworkIn, request: Request, who: Planner
) -> dict[str, int]:
    """Throw away a newsletter that nobody agreed to."""
    desk = await desk_of(request, who, body.network)
    await drop_newsletter(desk.database, desk.network.id, newsletter_id, by=desk.by, now=desk.now)
    return {"id": newsletter_id}


@router.get("/newsletter-rules")
async def rules(request: Request, who: Looker, network: Slug = "") -> dict[str, Any]:
    """Which newsletters are made by themselves."""
    desk = await desk_of(request, who, network)
    found = await list_rules(desk.database, desk.network.id)
    return {"rules": [asdict(one) for one in found]}


@router.post("/newsletter-rules")
async def rule(body: WishIn, request: Request, who: Planner) -> dict[str, str]:
    """Make a newsletter of that choice every week or month, or no more (`hand`)."""
    desk = await desk_of(request, who, body.network)
    wish = await desk.wish(body)
    await keep_rule(desk.database, desk.network.id, wish, by=desk.by, now=desk.now)
    return {"period": body.period}
