"""Groups: made, changed, and who is put in with what is known of them."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.domain.errors import Refusal
from app.domain.institution import BLOOD_GROUPS, GROUP_KINDS
from app.domain.permissions import Act
from app.domain.storable import LARGEST_ID
from app.domain.written_dates import read_date
from app.services._deed import Deed
from app.services.find_people import find_people
from app.services.keep_group import (
    GroupFacts,
    MemberFacts,
    add_group,
    change_group,
    end_health_consent,
    put_in_group,
    take_out_of_group,
)
from app.services.show_group import show_group
from app.store.groups import DONORS
from app.web.door import Visit, go, visits
from app.web.office.today import noon
from app.web.told import Id

router = APIRouter(include_in_schema=False)

GROUPS = "/office/groups"
MOST_FOUND = 10
Looker = Annotated[Visit, Depends(visits(Act.LOOK))]
Editor = Annotated[Visit, Depends(visits(Act.EDIT))]


@router.get(GROUPS + "/new")
async def blank(visit: Editor) -> Response:
    """Show the form of a new group."""
    return _form(visit, {})


@router.post(GROUPS + "/new")
async def add(visit: Editor) -> Response:
    """Make a group."""
    try:
        facts = _facts(visit)
        group_id = await add_group(
            visit.runtime.database, facts, _deed(visit), sees_health=_sees(visit)
        )
    except Refusal as fault:
        return _form(visit, dict(visit.fields), fault)
    return go(f"{GROUPS}/{group_id}")


@router.get(GROUPS + "/{group_id}")
async def show(group_id: Id, visit: Looker) -> Response:
    """Show a group and who is in it."""
    return await _page(visit, group_id)


@router.post(GROUPS + "/{group_id}")
async def change(group_id: Id, visit: Editor) -> Response:
    """Let a group be as the form says."""
    try:
        facts = _facts(visit)
        await change_group(
            visit.runtime.database, group_id, facts, _deed(visit), sees_health=_sees(visit)
        )
    except Refusal as fault:
        return await _page(visit, group_id, fault=fault)
    return go(f"{GROUPS}/{group_id}")


@router.post(GROUPS + "/{group_id}/members")
async def put(group_id: Id, visit: Editor) -> Response:
    """Put a person in; several of one name are shown to choose from."""
    database, said = visit.runtime.database, visit.fields
    try:
        choices: list[Any] = []
        person_id = _person_id(said.get("person_id", ""))
        if person_id is None:
            choices = await _choices(visit, said.get("who", ""))
            person_id = choices[0].id if len(choices) == 1 else None
        if person_id is None:
            return await _page(visit, group_id, choices=choices)
        facts = MemberFacts(
            person_id,
            skill=said.get("skill", ""),
            place=said.get("place", ""),
            blood_group=said.get("blood_group", ""),
            last_on=read_date(said.get("last_on", ""), visit.today, is_past=True),
            basis=said.get("basis", ""),
        )
        await put_in_group(database, group_id, facts, _deed(visit), sees_health=_sees(visit))
    except Refusal as fault:
        return await _page(visit, group_id, fault=fault)
    return go(f"{GROUPS}/{group_id}#members")


@router.post(GROUPS + "/{group_id}/members/{person_id}")
async def take(group_id: Id, person_id: Id, visit: Editor) -> Response:
    """Take a person out, or keep their blood group no longer."""
    database, deed, sees = visit.runtime.database, _deed(visit), _sees(visit)
    if visit.fields.get("do") == "blank":
        await show_group(database, deed.network_slug, group_id, now=visit.now, sees_health=sees)
        await end_health_consent(database, person_id, deed, basis="said at the office")
    else:
        await take_out_of_group(database, group_id, person_id, deed, sees_health=sees)
    return go(f"{GROUPS}/{group_id}#members")


async def _choices(visit: Visit, words: str) -> list[Any]:
    """The people whom these words may mean; raises Refusal when there are none, or too many."""
    if not words.strip():
        raise Refusal("person", "Write the name or the number of the person.")
    found = await find_people(
        visit.runtime.database, visit.network.id, words[:200], limit=MOST_FOUND
    )
    if not found.people:
        raise Refusal("person", "Nobody is called {words}.", words=repr(words[:80]))
    return list(found.people)


async def _page(
    visit: Visit, group_id: int, *, fault: Refusal | None = None, choices: list[Any] | None = None
) -> Response:
    after = visit.request.query_params.get("after", "")
    shown = await show_group(
        visit.runtime.database,
        visit.network.slug,
        group_id,
        now=visit.now,
        sees_health=_sees(visit),
        after=int(after) if after.isdecimal() and len(after) < 8 else 0,
    )
    said = dict(visit.fields)
    return visit.render(
        "group.html",
        status=422 if fault else 200,
        shown=shown,
        group=shown.group,
        is_donors=shown.group.kind == DONORS,
        fault=fault,
        choices=choices or [],
        said=said,
        kinds=_kinds(visit),
        bloods=BLOOD_GROUPS,
        noon=noon,
        after=after,
    )


def _form(visit: Visit, said: dict[str, str], fault: Refusal | None = None) -> Response:
    status = 422 if fault else 200
    return visit.render(
        "group_new.html", status=status, said=said, fault=fault, kinds=_kinds(visit)
    )


def _kinds(visit: Visit) -> list[str]:
    """The kinds that this officer may make."""
    return [kind for kind in GROUP_KINDS if kind != DONORS or _sees(visit)]


def _facts(visit: Visit) -> GroupFacts:
    said = visit.fields
    return GroupFacts(
        name=said.get("name", ""),
        local_name=said.get("local_name", ""),
        kind=said.get("kind", "other"),
        ends_on=read_date(said.get("ends_on", ""), visit.today),
    )


def _person_id(said: str) -> int | None:
    is_id = said.isdecimal() and len(said) < 19 and 0 < int(said) <= LARGEST_ID
    return int(said) if is_id else None


def _deed(visit: Visit) -> Deed:
    return Deed(visit.network.slug, visit.officer.name, visit.now)


def _sees(visit: Visit) -> bool:
    return visit.officer.may(Act.SEE_HEALTH)
