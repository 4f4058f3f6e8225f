"""Two records of one person made one, and the welcome of those who were never texted."""

from fastapi import APIRouter
from starlette.responses import Response

from app.domain.errors import Refusal
from app.services.find_people import Found, find_people
from app.services.merge_people import merge_people, plan_merge
from app.services.plan_welcome import plan_welcome
from app.services.show_person import show_person
from app.services.welcome_people import Host, welcome_people
from app.web.door import Visit, go
from app.web.office._person_form import PEOPLE, Editor, id_in
from app.web.told import Id

router = APIRouter(include_in_schema=False)

SHOWN = 20
LONGEST = 200


@router.get(PEOPLE + "/welcome")
async def welcome(visit: Editor) -> Response:
    """Show how many were never texted, what they would read, and what that costs."""
    return await _welcome_page(visit)


@router.post(PEOPLE + "/welcome")
async def welcome_all(visit: Editor) -> Response:
    """Queue their one text."""
    try:
        done = await welcome_people(
            visit.runtime.database,
            visit.network.id,
            catalogue=visit.runtime.desk.catalogue,
            by=Host(visit.officer.name, visit.officer.id),
            now=visit.now,
        )
    except Refusal as fault:
        return await _welcome_page(visit, fault)
    visit.runtime.dispatcher.wake()
    if done.broadcast_id is None:
        return go(f"{PEOPLE}/welcome")
    return go(f"/office/broadcasts/{done.broadcast_id}")


@router.get(PEOPLE + "/{person_id}/merge")
async def merging(person_id: Id, visit: Editor) -> Response:
    """Look for the other record, or show what a merge with it would do."""
    return await _merge_page(visit, person_id, visit.request.query_params.get("other", ""))


@router.post(PEOPLE + "/{person_id}/merge")
async def merge(person_id: Id, visit: Editor) -> Response:
    """Make the two one."""
    other = visit.fields.get("other", "")
    try:
        await merge_people(
            visit.runtime.database,
            visit.network.id,
            person_id,
            id_in(other),
            by=visit.officer.name,
            now=visit.now,
        )
    except Refusal as fault:
        if fault.code == "not_found":
            raise
        return await _merge_page(visit, person_id, other, fault)
    return go(f"{PEOPLE}/{person_id}")


async def _welcome_page(visit: Visit, fault: Refusal | None = None) -> Response:
    planned = await plan_welcome(
        visit.runtime.database, visit.network.id, catalogue=visit.runtime.desk.catalogue
    )
    return visit.render(
        "person_welcome.html",
        status=422 if fault else 200,
        planned=planned,
        fault=fault.said(visit.speech.say) if fault else "",
    )


async def _merge_page(
    visit: Visit, person_id: int, other: str, fault: Refusal | None = None
) -> Response:
    database, network_id = visit.runtime.database, visit.network.id
    person = await show_person(database, network_id, person_id)
    query = visit.request.query_params.get("q", person.name)[:LONGEST]
    planned = theirs = None
    found: tuple[Found, ...] = ()
    if other:
        planned = await plan_merge(database, network_id, person_id, id_in(other))
        theirs = await show_person(database, network_id, planned.other_id)
    else:
        try:
            page = await find_people(database, network_id, query, limit=SHOWN)
            found = tuple(one for one in page.people if one.id != person_id)
        except Refusal as wrong:
            fault = fault or wrong
    clash = planned.clash if planned is not None else None
    return visit.render(
        "person_merge.html",
        status=422 if fault else 200,
        person=person,
        other=theirs,
        planned=planned,
        clash=clash.said(visit.speech.say) if clash else "",
        query=query,
        found=found,
        fault=fault.said(visit.speech.say) if fault else "",
    )
