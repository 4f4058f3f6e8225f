"""Newsletters: what goes in, the preview, who agrees, the issues that went out."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from app.domain.errors import Refusal
from app.domain.written_dates import read_date
from app.services.approve_newsletter import approve_newsletter
from app.services.change_newsletter import (
    NewsletterChange,
    change_newsletter,
    drop_newsletter,
    leave_out,
)
from app.services.make_newsletter import Period, Wish, gather, make_newsletter
from app.services.pick_unit import pick_unit
from app.services.plan_newsletter import plan_newsletter, take_back_plan
from app.services.repeat_newsletters import keep_rule, list_rules
from app.services.show_newsletters import list_newsletters, read_newsletter
from app.web.door import Visit, go
from app.web.office import _stories
from app.web.office._word_fields import (
    Approving,
    Looker,
    Planner,
    agreeing_of,
    languages_of,
    whole_number,
    words_in,
    writer_of,
)
from app.web.office.today import noon
from app.web.told import Id

router = APIRouter(include_in_schema=False)
router.include_router(_stories.router)

NEWS = "/office/newsletters"
FIELDS = ("period", "topics", "unit", "since", "audience")
PERIODS: Mapping[str, Period] = {"weekly": "weekly", "monthly": "monthly"}


@router.get(NEWS)
async def newsletters(visit: Looker) -> Response:
    """Show what the next one would hold, and those that there are."""
    return await _home(visit, dict.fromkeys(FIELDS, ""))


@router.post(NEWS)
async def make(visit: Planner) -> Response:
    """Make one, or keep by what rule they are made."""
    told = {name: visit.fields.get(name, "").strip()[:500] for name in FIELDS}
    try:
        wish = await _wish(visit, told)
        if visit.fields.get("do") == "rule":
            await keep_rule(
                visit.runtime.database,
                visit.network.id,
                wish,
                by=writer_of(visit),
                now=visit.now,
            )
            return go(f"{NEWS}#rules")
        newsletter_id = await make_newsletter(
            visit.runtime.database,
            visit.network.id,
            wish,
            catalogue=visit.runtime.desk.catalogue,
            by=writer_of(visit),
            now=visit.now,
        )
    except Refusal as fault:
        return await _home(visit, told, fault)
    return go(f"{NEWS}/{newsletter_id}")


async def _wish(visit: Visit, told: Mapping[str, str]) -> Wish:
    unit = told["unit"]
    today = visit.today
    return Wish(
        period=PERIODS.get(told["period"], "hand"),
        topics=tuple(told["topics"].replace(",", " ").split()),
        unit_id=await pick_unit(visit.runtime.database, visit.network.id, unit) if unit else None,
        since=read_date(told["since"], today, is_past=True),
        audience=told["audience"],
    )


async def _home(visit: Visit, told: Mapping[str, str], fault: Refusal | None = None) -> Response:
    database, network_id = visit.runtime.database, visit.network.id
    before = whole_number(visit.request.query_params.get("before", ""))
    return visit.render(
        "newsletters.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK,
        page=await list_newsletters(database, network_id, before=before),
        waiting_items=await gather(database, network_id, Wish(), now=visit.now),
        rules=await list_rules(database, network_id),
        told=told,
        fault=fault,
        is_first=before is None,
        noon=lambda day: noon(day, visit.speech.zone),
    )


@router.get(NEWS + "/{newsletter_id}")
async def newsletter(newsletter_id: Id, visit: Looker) -> Response:
    """Show one: what stands in it, its texts, how it goes out."""
    return await _page(visit, newsletter_id)


@router.post(NEWS + "/{newsletter_id}")
async def change(newsletter_id: Id, visit: Planner) -> Response:
    """Keep the editor's words, and whom it goes to."""
    told: dict[str, Any] = {
        name: words_in(visit, name) for name in ("titles", "leads", "headlines")
    }
    told["audience"] = visit.fields.get("audience", "").strip()
    version = whole_number(visit.fields.get("version", ""))
    try:
        await change_newsletter(
            visit.runtime.database,
            visit.network.id,
            newsletter_id,
            NewsletterChange(version=-1 if version is None else version, **told),
            catalogue=visit.runtime.desk.catalogue,
            by=writer_of(visit),
            now=visit.now,
        )
    except Refusal as fault:
        return await _page(visit, newsletter_id, fault, told)
    return go(f"{NEWS}/{newsletter_id}")


@router.post(NEWS + "/{newsletter_id}/plan")
async def plan(newsletter_id: Id, visit: Planner) -> Response:
    """Plan how it goes out, or take the plan back."""
    database, network_id = visit.runtime.database, visit.network.id
    try:
        if visit.fields.get("do") == "back":
            await take_back_plan(
                database, network_id, newsletter_id, by=writer_of(visit), now=visit.now
            )
        else:
            await plan_newsletter(
                database,
                network_id,
                newsletter_id,
                catalogue=visit.runtime.desk.catalogue,
                by=writer_of(visit),
                now=visit.now,
            )
    except Refusal as fault:
        return await _page(visit, newsletter_id, fault)
    return go(f"{NEWS}/{newsletter_id}#out")


@router.post(NEWS + "/{newsletter_id}/items/{item_id}/removal")
async def leave(newsletter_id: Id, item_id: Id, visit: Planner) -> Response:
    """Leave one thing out."""
    try:
        await leave_out(
            visit.runtime.database,
            visit.network.id,
            newsletter_id,
            item_id,
            catalogue=visit.runtime.desk.catalogue,
            by=writer_of(visit),
            now=visit.now,
        )
    except Refusal as fault:
        return await _page(visit, newsletter_id, fault)
    return go(f"{NEWS}/{newsletter_id}")


@router.post(NEWS + "/{newsletter_id}/approval")
async def agree(newsletter_id: Id, visit: Approving) -> Response:
    """Agree to it as it was seen."""
    try:
        await approve_newsletter(
            visit.runtime.database,
            visit.network.id,
            newsletter_id,
            catalogue=visit.runtime.desk.catalogue,
            by=agreeing_of(visit),
            now=visit.now,
        )
    except Refusal as fault:
        return await _page(visit, newsletter_id, fault)
    visit.runtime.dispatcher.wake()
    return go(f"{NEWS}/{newsletter_id}")


@router.post(NEWS + "/{newsletter_id}/removal")
async def drop(newsletter_id: Id, visit: Planner) -> Response:
    """Throw away one that nobody agreed to."""
    try:
        await drop_newsletter(
            visit.runtime.database,
            visit.network.id,
            newsletter_id,
            by=writer_of(visit),
            now=visit.now,
        )
    except Refusal as fault:
        return await _page(visit, newsletter_id, fault)
    return go(NEWS)


async def _page(
    visit: Visit,
    newsletter_id: int,
    fault: Refusal | None = None,
    told: Mapping[str, Any] | None = None,
) -> Response:
    issue = await read_newsletter(
        visit.runtime.database,
        visit.network.id,
        newsletter_id,
        catalogue=visit.runtime.desk.catalogue,
    )
    words = {name: getattr(issue, name) for name in ("titles", "leads", "headlines", "audience")}
    return visit.render(
        "newsletter.html",
        status=HTTPStatus.CONFLICT if fault else HTTPStatus.OK,
        issue=issue,
        told={**words, **(told or {})},
        fault=fault,
        languages=languages_of(visit),
        is_own=issue.author_id == visit.officer.id,
        noon=lambda day: noon(day, visit.speech.zone),
        is_planned=bool(issue.text_id or issue.mail_id),
    )
