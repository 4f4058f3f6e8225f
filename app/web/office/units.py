"""The tree of units: looking, adding, changing, moving."""

from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.responses import Response

from app.domain.institution import OUTSIDE, TIERS
from app.domain.unit_names import called
from app.domain.year_days import LEAP_YEAR
from app.services.show_posts import show_unit_posts
from app.services.show_tree import Asked, Tree, UnitPage, find_units, show_children, show_tree
from app.services.show_unit import PEOPLE_SHOWN
from app.web.door import Visit
from app.web.office import _unit_changes
from app.web.office._unit_doors import PEOPLE, UNITS, Looker, unit_of
from app.web.office.today import noon
from app.web.told import Id

router = APIRouter(include_in_schema=False)
# First, so that /new is not taken for the id of a unit.
router.include_router(_unit_changes.router)


@router.get(PEOPLE)
async def home(visit: Looker) -> Response:
    """Show who the network is: its figures and the top of its tree."""
    query, database = visit.request.query_params, visit.runtime.database
    after, today = query.get("after", ""), visit.today
    tree = await show_tree(database, visit.network.id, today=today, after=after)
    opened = _opened(tree, query.get("open", ""))
    inner: UnitPage | None = None
    if opened is not None:
        asked = Asked(parent_id=opened)
        inner = await show_children(database, visit.network.id, asked, today=today)
    return visit.render(
        "people_home.html",
        tree=tree,
        opened=opened,
        inner=inner,
        here=f"{PEOPLE}?{urlencode({'after': after})}&" if after else f"{PEOPLE}?",
        more=f"{PEOPLE}?{urlencode({'after': tree.top.next or ''})}",
        is_first=not after,
        called=called,
        tiers=TIERS,
    )


def _opened(tree: Tree, asked: str) -> int | None:
    """The unit of the top that stands open, if that is one of them."""
    known = {str(line.id): line.id for line in (*tree.top.lines, *tree.loose)}
    return known.get(asked)


@router.get(UNITS)
async def listing(visit: Looker) -> Response:
    """List the units of one kind that stand at the top, or those whose name is looked for."""
    query, database = visit.request.query_params, visit.runtime.database
    kind, words, after = (query.get(name, "") for name in ("kind", "q", "after"))
    if words:
        page = await find_units(
            database, visit.network.id, words[:200], today=visit.today, after=after
        )
    else:
        kinds = (kind,) if kind in OUTSIDE else OUTSIDE
        asked = Asked(kinds=kinds, after=after)
        page = await show_children(database, visit.network.id, asked, today=visit.today)
    asked_for = {"q": words} if words else {"kind": kind}
    return visit.render(
        "units.html",
        page=page,
        kind=kind if kind in OUTSIDE else "",
        words_asked=words,
        more=f"{UNITS}?{urlencode({**asked_for, 'after': page.next or ''})}",
        is_first=not after,
        first=f"{UNITS}?{urlencode(asked_for)}",
        called=called,
        tiers=TIERS,
    )


@router.get(UNITS + "/{unit_id}")
async def show(unit_id: Id, visit: Looker) -> Response:
    """Show one unit: facts, way, officers, what is under it, its people."""
    after = visit.request.query_params.get("after", "")
    unit = await unit_of(visit, unit_id, after)
    lines = await show_unit_posts(
        visit.runtime.database, visit.network.id, unit_id, today=visit.today
    )
    return visit.render(
        "unit.html",
        unit=unit,
        lines=lines,
        called=called,
        tiers=TIERS,
        outside=OUTSIDE,
        noon=lambda day: noon(day, visit.speech.zone),
        year_day=lambda number: _year_day(visit, number),
        more=f"{UNITS}/{unit_id}?{urlencode({'after': unit.children.next or ''})}",
        is_first=not after,
        people_shown=PEOPLE_SHOWN,
    )


def _year_day(visit: Visit, number: int) -> str:
    """1 Dec, as the page's language writes it."""
    day = date(LEAP_YEAR, number // 100, number % 100)
    return visit.speech.short_day(noon(day, visit.speech.zone))
