"""Adding, changing, moving and removing units, each with its form."""

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.responses import Response

from app.domain.errors import Refusal
from app.domain.institution import KINDS, MEMBERS, OUTSIDE, STATUSES, TIERS
from app.domain.unit_names import called
from app.services.add_units import NewUnit, add_unit
from app.services.change_unit import change_unit, remove_unit
from app.services.move_unit import move_unit
from app.services.pick_unit import pick_unit
from app.services.show_unit import ShownUnit
from app.web.door import Visit, go
from app.web.office._unit_doors import PEOPLE, UNITS, Editor, unit_of
from app.web.office._unit_form import Fault, as_typed, fault_of, read_form
from app.web.told import Id

router = APIRouter(include_in_schema=False)


@router.get(UNITS + "/new")
async def blank(visit: Editor) -> Response:
    """Show the form for a new unit."""
    query = visit.request.query_params
    fields = {name: query.get(name, "") for name in ("under", "kind")}
    if fields["under"].isdecimal() and not fields["kind"]:
        fields["kind"] = await _kind_below(visit, fields["under"])
    return await _new_page(visit, fields)


@router.post(UNITS + "/new")
async def add(visit: Editor) -> Response:
    """Add a unit, or show the form again with what is wrong."""
    fields = visit.fields
    try:
        parent = await _parent(visit, fields.get("under", ""))
        facts = read_form(fields, visit.today)
        new = NewUnit(kind=fields.get("kind", ""), parent=parent, **facts)
        unit_id = await add_unit(
            visit.runtime.database, visit.network.slug, new, by=visit.officer.name, now=visit.now
        )
    except Refusal as error:
        return await _new_page(visit, fields, fault_of(error, visit.speech.say))
    return go(f"{UNITS}/{unit_id}")


@router.get(UNITS + "/{unit_id}/change")
async def changing(unit_id: Id, visit: Editor) -> Response:
    """Show the form with what is known of a unit."""
    unit = await unit_of(visit, unit_id)
    return _form(visit, as_typed(unit), unit=unit)


@router.post(UNITS + "/{unit_id}/change")
async def change(unit_id: Id, visit: Editor) -> Response:
    """Change a unit, or show the form again with what is wrong."""
    unit = await unit_of(visit, unit_id)
    try:
        facts = read_form(visit.fields, visit.today)
        await change_unit(
            visit.runtime.database,
            visit.network.slug,
            unit_id,
            facts,
            by=visit.officer.name,
            now=visit.now,
        )
    except Refusal as error:
        fault = fault_of(error, visit.speech.say)
        return _form(visit, visit.fields, unit=unit, fault=fault)
    return go(f"{UNITS}/{unit_id}")


@router.get(UNITS + "/{unit_id}/move")
async def moving(unit_id: Id, visit: Editor) -> Response:
    """Ask under which unit this one is to stand."""
    return await _place_page(visit, unit_id, "unit_move.html")


@router.post(UNITS + "/{unit_id}/move")
async def move(unit_id: Id, visit: Editor) -> Response:
    """Move a unit with all that is under it."""
    try:
        under = await _parent(visit, visit.fields.get("under", ""))
        if under is None:
            raise Refusal("under", "Name the unit under which this one is to stand.")
        await move_unit(
            visit.runtime.database,
            visit.network.slug,
            unit_id,
            under,
            by=visit.officer.name,
            now=visit.now,
        )
    except Refusal as error:
        return await _place_page(visit, unit_id, "unit_move.html", error)
    return go(f"{UNITS}/{unit_id}")


@router.get(UNITS + "/{unit_id}/removal")
async def removing(unit_id: Id, visit: Editor) -> Response:
    """Ask once more before a unit goes away."""
    return await _place_page(visit, unit_id, "unit_removal.html")


@router.post(UNITS + "/{unit_id}/removal")
async def removal(unit_id: Id, visit: Editor) -> Response:
    """Take away a unit that nothing hangs on."""
    unit = await unit_of(visit, unit_id)
    try:
        await remove_unit(
            visit.runtime.database,
            visit.network.slug,
            unit_id,
            by=visit.officer.name,
            now=visit.now,
        )
    except Refusal as error:
        return await _place_page(visit, unit_id, "unit_removal.html", error)
    return go(f"{UNITS}/{unit.way[-1].id}" if unit.way else PEOPLE)


async def _kind_below(visit: Visit, parent_id: str) -> str:
    """The tier that usually stands under that unit; "" where there is none."""
    try:
        parent = await unit_of(visit, await pick_unit(
            visit.runtime.database, visit.network.id, parent_id
        ))  # fmt: skip
    except Refusal:
        return ""
    lower = TIERS[TIERS.index(parent.kind) + 1 :] if parent.kind in TIERS else ()
    return lower[0] if lower else ""


async def _parent(visit: Visit, words: str) -> int | None:
    """The unit that these words name; None for no words. Raises Refusal for none or several."""
    if not words.strip():
        return None
    try:
        return await pick_unit(visit.runtime.database, visit.network.id, words)
    except Refusal as error:
        if error.code != "which_unit":
            error.code = "under"
            raise
        raise Refusal(
            "under",
            "Several units bear this name: {units}. Write the one above before it, as in "
            "Roshni/Dosti.",
            units=error.values["units"],
        ) from None


async def _new_page(
    visit: Visit, fields: Mapping[str, str], fault: Fault | None = None
) -> Response:
    under = fields.get("under", "")
    above: ShownUnit | None = None
    if under.isdecimal():
        try:
            above = await unit_of(visit, await pick_unit(
                visit.runtime.database, visit.network.id, under
            ))  # fmt: skip
        except Refusal:
            above = None
    return _form(visit, fields, above=above, fault=fault)


def _form(
    visit: Visit,
    fields: Mapping[str, str],
    *,
    unit: ShownUnit | None = None,
    above: ShownUnit | None = None,
    fault: Fault | None = None,
) -> Response:
    kind = unit.kind if unit else fields.get("kind", "")
    return visit.render(
        "unit_form.html",
        status=422 if fault else 200,
        unit=unit,
        above=above,
        fields=fields,
        kind=kind,
        fault=fault,
        kinds=KINDS,
        members=MEMBERS,
        statuses=STATUSES,
        tiers=TIERS,
        outside=OUTSIDE,
        called=called,
    )


async def _place_page(
    visit: Visit, unit_id: int, template: str, error: Refusal | None = None
) -> Response:
    unit = await unit_of(visit, unit_id)
    return visit.render(
        template,
        status=422 if error else 200,
        unit=unit,
        fault=fault_of(error, visit.speech.say) if error else None,
        typed=visit.fields.get("under", ""),
        called=called,
        tiers=TIERS,
    )
