"""Texts that go again by a rule: kept by one officer, agreed to by another, stopped by any."""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.domain.broadcast import Kind
from app.domain.errors import Refusal
from app.domain.permissions import ALLOWED, Act
from app.domain.recurrence import rule_in_words
from app.domain.written_dates import read_date
from app.services.keep_standing import (
    Consenter,
    Wish,
    approve_standing,
    keep_standing,
    leave_out_next,
    stop_standing,
)
from app.services.plan_broadcast import Draft
from app.services.preview_broadcast import Preview, preview_broadcast
from app.services.show_standing import (
    ItemShown,
    StandingText,
    list_items,
    list_standing,
    read_standing,
)
from app.store import accounts
from app.web.door import Visit, go, visits
from app.web.office import _awareness
from app.web.office._field_ways import day_words
from app.web.office._word_fields import (
    Approving,
    Looker,
    Planner,
    languages_of,
    words_in,
    writer_of,
)
from app.web.office.today import noon
from app.web.told import Id

router = APIRouter(include_in_schema=False)
router.include_router(_awareness.router)

STANDING = "/office/standing"
LINES = ("name", "audience", "rule", "clock", "series", "kind", "starts_on", "ends_on")
FIELD_OF = {
    "name": "name",
    "rule": "rule",
    "which_day": "rule",
    "two_ways": "rule",
    "hour": "clock",
    "ends": "ends_on",
    "series": "series",
}
"""The field that a Refusal is about, by its code."""
EMPTY = {**dict.fromkeys(LINES, ""), "clock": "10:00", "kind": Kind.NOTICE.value}

Canceller = Annotated[Visit, Depends(visits(Act.CANCEL))]


@router.get(STANDING)
async def texts(visit: Looker) -> Response:
    """Show all of them: those that run first."""
    found = await list_standing(visit.runtime.database, visit.network.id, now=visit.now)
    return visit.render("standing_list.html", texts=found, **_ways(visit))


@router.get(STANDING + "/new")
async def blank(visit: Planner) -> Response:
    """A form for a new one."""
    return await _form(visit, {**EMPTY, "texts": {}})


@router.post(STANDING + "/new")
async def add(visit: Planner) -> Response:
    """Keep a new one."""
    return await _keep(visit, None)


@router.get(STANDING + "/{standing_id}")
async def text(standing_id: Id, visit: Looker) -> Response:
    """Show one: its words, whom it reaches today, its days, what came of the last ones."""
    return await _page(visit, standing_id)


@router.get(STANDING + "/{standing_id}/change")
async def changing(standing_id: Id, visit: Planner) -> Response:
    """The form with what stands now."""
    known, _ = await _read(visit, standing_id)
    told: dict[str, Any] = {name: getattr(known, name) for name in LINES}
    told |= {"rule": rule_in_words(known.rule, visit.speech.tag), "clock": f"{known.clock:%H:%M}"}
    told |= {name: day_words(getattr(known, name)) for name in ("starts_on", "ends_on")}
    return await _form(visit, {**told, "texts": known.texts}, known=known)


@router.post(STANDING + "/{standing_id}/change")
async def change(standing_id: Id, visit: Planner) -> Response:
    """Keep what was changed; somebody has to agree again."""
    known, _ = await _read(visit, standing_id)
    return await _keep(visit, known)


@router.post(STANDING + "/{standing_id}/approval")
async def agree(standing_id: Id, visit: Approving) -> Response:
    """Agree to the text as it was shown."""
    by = Consenter(visit.officer.name, visit.officer.id, visit.fields.get("hash", ""))
    try:
        await approve_standing(
            visit.runtime.database, visit.network.id, standing_id, by=by, now=visit.now
        )
    except Refusal as fault:
        return await _page(visit, standing_id, fault)
    return go(f"{STANDING}/{standing_id}")


@router.post(STANDING + "/{standing_id}/stop")
async def stop(standing_id: Id, visit: Canceller) -> Response:
    """Let it go no more."""
    await stop_standing(
        visit.runtime.database,
        visit.network.id,
        standing_id,
        by=visit.officer.name,
        now=visit.now,
    )
    return go(f"{STANDING}/{standing_id}")


@router.post(STANDING + "/{standing_id}/left-out")
async def leave_out(standing_id: Id, visit: Canceller) -> Response:
    """Leave the next day out."""
    try:
        on = date.fromisoformat(visit.fields.get("on", ""))
    except ValueError:
        raise Refusal("date", "This is no day. Go back and press the button again.") from None
    try:
        await leave_out_next(
            visit.runtime.database,
            visit.network.id,
            standing_id,
            on,
            by=visit.officer.name,
            now=visit.now,
        )
    except Refusal as fault:
        return await _page(visit, standing_id, fault)
    return go(f"{STANDING}/{standing_id}")


async def _read(visit: Visit, standing_id: int) -> tuple[StandingText, Any]:
    return await read_standing(visit.runtime.database, visit.network.id, standing_id, now=visit.now)


async def _keep(visit: Visit, known: StandingText | None) -> Response:
    told: dict[str, Any] = {name: visit.fields.get(name, "").strip()[:500] for name in LINES}
    told["kind"] = told["kind"] or Kind.NOTICE.value
    texts = words_in(visit, "texts")
    try:
        days = {name: read_date(told[name], visit.today) for name in ("starts_on", "ends_on")}
        made = await keep_standing(
            visit.runtime.database,
            visit.network.id,
            Wish(**{**told, **days}, texts=texts),
            catalogue=visit.runtime.desk.catalogue,
            by=writer_of(visit),
            now=visit.now,
            standing_id=known.id if known else None,
        )
    except Refusal as fault:
        return await _form(visit, {**told, "texts": texts}, known=known, fault=fault)
    return go(f"{STANDING}/{made}")


async def _form(
    visit: Visit,
    told: Mapping[str, Any],
    *,
    known: StandingText | None = None,
    fault: Refusal | None = None,
) -> Response:
    items = await list_items(visit.runtime.database, visit.network.id, now=visit.now)
    return visit.render(
        "standing_form.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK,
        known=known,
        told=told,
        fault=fault,
        at=_place(fault, told, visit.today) if fault else "",
        languages=languages_of(visit),
        series=sorted({one.series for one in items if one.stands != "retired"}),
    )


def _place(fault: Refusal, told: Mapping[str, Any], today: date) -> str:
    """The field that a fault is about; of two days the one that cannot be read."""
    if fault.code.startswith("audience_"):
        return "audience"
    if fault.code != "date":
        return FIELD_OF.get(fault.code, "")
    try:
        read_date(told["starts_on"], today)
    except Refusal:
        return "starts_on"
    return "ends_on"


async def _page(visit: Visit, standing_id: int, fault: Refusal | None = None) -> Response:
    known, runs = await _read(visit, standing_id)
    items: tuple[ItemShown, ...] = ()
    if known.series:
        found = await list_items(visit.runtime.database, visit.network.id, now=visit.now)
        items = tuple(one for one in found if one.series == known.series)
    return visit.render(
        "standing.html",
        status=HTTPStatus.CONFLICT if fault else HTTPStatus.OK,
        text=known,
        runs=runs,
        items=items,
        preview=await _preview(visit, known, items),
        fault=fault,
        is_author=known.author_id is not None and known.author_id == visit.officer.id,
        approvers=await _approvers(visit, known.author_id),
        **_ways(visit),
    )


async def _preview(visit: Visit, known: StandingText, items: Any) -> Preview:
    """Whom it would reach if it went today, and what that would cost."""
    texts = known.texts or next((one.texts for one in items if one.stands == "reviewed"), {})
    draft = Draft(
        audience=known.audience,
        texts=texts,
        kind=Kind(known.kind),
        author="",
        author_id=None,
        network=visit.network.slug,
        send_at=known.next_at,
    )
    catalogue = visit.runtime.desk.catalogue
    return await preview_broadcast(
        visit.runtime.database, draft, catalogue=catalogue, now=visit.now
    )


async def _approvers(visit: Visit, author_id: int | None) -> list[tuple[str, str]]:
    """Names and posts of those who may agree."""
    may = {post.value for post in ALLOWED[Act.APPROVE]}
    officers = await visit.runtime.database.read(accounts.of_network, visit.network.id)
    return [(one.name, one.post) for one in officers if one.post in may and one.id != author_id]


def _ways(visit: Visit) -> dict[str, Any]:
    """How templates say rules and days."""
    return {
        "rule_words": lambda rule: rule_in_words(rule, visit.speech.tag),
        "noon": lambda day: noon(day, visit.speech.zone),
    }
