"""Awareness items: brought in, written, reviewed once a year, retired."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.catalogue import read_starters
from app.domain.errors import Refusal
from app.domain.permissions import Act
from app.services.keep_awareness import (
    STARTERS,
    ItemWords,
    Reviewer,
    add_starters,
    keep_item,
    retire_item,
    review_item,
)
from app.services.show_standing import ItemShown, list_items, read_item
from app.web.door import Visit, go, visits
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

ITEMS = "/office/awareness"
LINES = ("series", "key", "source")

Canceller = Annotated[Visit, Depends(visits(Act.CANCEL))]


@router.get(ITEMS)
async def items(visit: Looker) -> Response:
    """Show all items by series, and which of them may go out."""
    found = await list_items(visit.runtime.database, visit.network.id, now=visit.now)
    known = {one.key for one in found if one.series == STARTERS}
    missing = sum(one.key not in known for one in read_starters())
    return visit.render("awareness.html", items=found, missing=missing, **_ways(visit))


@router.post(ITEMS + "/starters")
async def bring_in(visit: Planner) -> Response:
    """Bring in what ships with the product."""
    await add_starters(
        visit.runtime.database,
        visit.network.id,
        read_starters(),
        by=visit.officer.name,
        now=visit.now,
    )
    return go(ITEMS)


@router.get(ITEMS + "/new")
async def blank(visit: Planner) -> Response:
    """A form for a new item."""
    return _form(visit, {"series": STARTERS, "key": "", "source": "", "texts": {}})


@router.post(ITEMS + "/new")
async def add(visit: Planner) -> Response:
    """Keep a new item."""
    return await _keep(visit, None)


@router.get(ITEMS + "/{item_id}")
async def item(item_id: Id, visit: Looker) -> Response:
    """Show one item, to be reviewed or changed."""
    return await _page(visit, item_id)


@router.post(ITEMS + "/{item_id}")
async def change(item_id: Id, visit: Planner) -> Response:
    """Keep new words; they have to be reviewed again."""
    known = await read_item(visit.runtime.database, visit.network.id, item_id, now=visit.now)
    return await _keep(visit, known)


@router.post(ITEMS + "/{item_id}/review")
async def review(item_id: Id, visit: Approving) -> Response:
    """Say that the words that were shown are true today."""
    by = Reviewer(visit.officer.name, visit.officer.id, visit.fields.get("seen", ""))
    try:
        await review_item(visit.runtime.database, visit.network.id, item_id, by=by, now=visit.now)
    except Refusal as fault:
        return await _page(visit, item_id, fault)
    return go(f"{ITEMS}#item-{item_id}")


@router.post(ITEMS + "/{item_id}/retire")
async def retire(item_id: Id, visit: Canceller) -> Response:
    """Let an item go out no more."""
    await retire_item(
        visit.runtime.database, visit.network.id, item_id, by=visit.officer.name, now=visit.now
    )
    return go(f"{ITEMS}#item-{item_id}")


async def _keep(visit: Visit, known: ItemShown | None) -> Response:
    told: dict[str, Any] = {name: visit.fields.get(name, "").strip()[:200] for name in LINES}
    texts = words_in(visit, "texts")
    try:
        made = await keep_item(
            visit.runtime.database,
            visit.network.id,
            ItemWords(told["key"], texts, told["source"], told["series"]),
            catalogue=visit.runtime.desk.catalogue,
            by=writer_of(visit),
            now=visit.now,
            item_id=known.id if known else None,
        )
    except Refusal as fault:
        return _form(visit, {**told, "texts": texts}, known=known, fault=fault)
    return go(f"{ITEMS}/{made}")


async def _page(visit: Visit, item_id: int, fault: Refusal | None = None) -> Response:
    known = await read_item(visit.runtime.database, visit.network.id, item_id, now=visit.now)
    told = {name: getattr(known, name) for name in (*LINES, "texts")}
    return _form(visit, told, known=known, fault=fault, status=HTTPStatus.CONFLICT)


def _form(
    visit: Visit,
    told: Mapping[str, Any],
    *,
    known: ItemShown | None = None,
    fault: Refusal | None = None,
    status: int = HTTPStatus.UNPROCESSABLE_ENTITY,
) -> Response:
    return visit.render(
        "awareness_item.html",
        status=status if fault else HTTPStatus.OK,
        item=known,
        told=told,
        fault=fault,
        at=_place(fault, told) if fault else "",
        languages=languages_of(visit),
        is_writer=known is not None
        and known.writer_id is not None
        and known.writer_id == visit.officer.id,
        **_ways(visit),
    )


def _place(fault: Refusal, told: Mapping[str, Any]) -> str:
    """The field that a fault is about."""
    if fault.code == "name":
        return "series" if told["key"] else "key"
    return {"source": "source", "twice": "key"}.get(fault.code, "")


def _ways(visit: Visit) -> dict[str, Any]:
    return {"noon": lambda day: noon(day, visit.speech.zone)}
