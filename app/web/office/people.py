"""People: finding them, and one person with phones, consent and posts."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.domain.errors import Refusal
from app.domain.handles import KINDS
from app.domain.institution import TIERS
from app.domain.permissions import Act
from app.domain.unit_names import called
from app.services.change_address import (
    WHOSE,
    NewAddress,
    add_address,
    change_link,
    confirm_number,
    mark_wrong,
    take_away,
)
from app.services.change_person import remove_person
from app.services.find_people import FoundPage, find_people
from app.services.forget_number import forget_number
from app.services.record_consent import STANDING_AFTER, ConsentForm, record_consent
from app.services.show_attendance import attendance_of_person
from app.services.show_measure import show_measures
from app.services.show_number import show_number
from app.services.show_person import show_person
from app.store import addresses
from app.web.door import Visit, go, visits
from app.web.office import _person_form, _person_merge
from app.web.office._person_form import PEOPLE, Editor, id_in
from app.web.office.today import noon
from app.web.told import Id

router = APIRouter(include_in_schema=False)
LONGEST = 200

Looker = Annotated[Visit, Depends(visits(Act.LOOK))]
Caller = Annotated[Visit, Depends(visits(Act.SEE_NUMBERS))]
Keeper = Annotated[Visit, Depends(visits(Act.KEEP))]

router.include_router(_person_form.router)
router.include_router(_person_merge.router)


@router.get(PEOPLE + "/find")
async def find(visit: Looker) -> Response:
    """Show whom the words fit."""
    query = visit.request.query_params
    words, after = query.get("q", "").strip()[:LONGEST], id_in(query.get("after", ""))
    page, fault = FoundPage((), None, 0), None
    try:
        page = await find_people(
            visit.runtime.database, visit.network.id, words, after=after or None
        )
    except Refusal as wrong:
        fault = wrong
    return visit.render(
        "person_find.html",
        status=422 if fault else 200,
        page=page,
        words=words,
        is_first=not after,
        more=f"{PEOPLE}/find?{urlencode({'q': words, 'after': page.next or 0})}",
        first=f"{PEOPLE}/find?{urlencode({'q': words})}",
        fault=fault.said(visit.speech.say) if fault else "",
    )


@router.get(PEOPLE + "/{person_id}")
async def person(person_id: Id, visit: Looker) -> Response:
    """Show one person."""
    return await _page(visit, person_id)


@router.post(PEOPLE + "/{person_id}")
async def act(person_id: Id, visit: Editor) -> Response:
    """Change how somebody is reached, what they agreed to, or take them out."""
    address_id = id_in(visit.fields.get("address_id", ""))
    try:
        if visit.fields.get("do", "") == "remove":
            await _remove(visit, person_id)
            return go(PEOPLE)
        await _change(visit, person_id, address_id)
    except Refusal as fault:
        if fault.code in {"not_found", "do"}:
            raise
        return await _page(visit, person_id, fault=fault)
    return go(f"{PEOPLE}/{person_id}#phones")


@router.post(PEOPLE + "/{person_id}/number")
async def number(person_id: Id, visit: Caller) -> Response:
    """Show a whole number to whoever has to call; the journal keeps who looked."""
    address_id = await _phone_of(visit, person_id)
    shown = await show_number(
        visit.runtime.database,
        visit.network.id,
        address_id,
        by=visit.officer.name,
        now=visit.now,
    )
    return await _page(visit, person_id, whole={address_id: shown})


@router.post(PEOPLE + "/{person_id}/forget")
async def forget(person_id: Id, visit: Keeper) -> Response:
    """Forget a number of this person for good."""
    if visit.fields.get("sure") != "yes":
        unsure = Refusal("sure", "Nothing was forgotten. Tick that you are sure, then press again.")
        return await _page(visit, person_id, fault=unsure)
    database, network_id = visit.runtime.database, visit.network.id
    address_id = await _phone_of(visit, person_id)
    msisdn = await database.read(addresses.number_of, network_id, address_id)
    if msisdn is None:
        raise Refusal("not_found", "There is no such phone on the list.")
    by, now = visit.officer.name, visit.now
    try:
        await forget_number(database, msisdn, network_id=network_id, by=by, now=now)
    except Refusal as fault:
        return await _page(visit, person_id, fault=fault)
    return go(PEOPLE)


async def _phone_of(visit: Visit, person_id: int) -> int:
    """The phone that a form names; raises Refusal unless it is one of this person's."""
    address_id = id_in(visit.fields.get("address_id", ""))
    shown = await show_person(visit.runtime.database, visit.network.id, person_id)
    if address_id not in {one.id for one in shown.addresses}:
        raise Refusal("not_found", "This person has no such phone.")
    return address_id


async def _remove(visit: Visit, person_id: int) -> None:
    if visit.fields.get("sure") != "yes":
        raise Refusal("sure", "Nobody was taken out. Tick that you are sure, then press again.")
    database, by = visit.runtime.database, visit.officer.name
    await remove_person(database, visit.network.id, person_id, by=by, now=visit.now)


async def _change(visit: Visit, person_id: int, address_id: int) -> None:
    """What a button of the page says."""
    fields, database, network_id = visit.fields, visit.runtime.database, visit.network.id
    by, now = visit.officer.name, visit.now
    whose, is_private = fields.get("whose", ""), fields.get("private") == "yes"
    match fields.get("do", ""):
        case "phone":
            new = NewAddress(fields.get("raw", ""), fields.get("kind", "msisdn"), whose)
            await add_address(database, network_id, person_id, new, by=by, now=now)
        case "link":
            await change_link(
                database,
                network_id,
                person_id,
                address_id,
                whose=whose,
                is_private=is_private,
                by=by,
                now=now,
            )
        case "unlink":
            await take_away(database, network_id, person_id, address_id, by=by, now=now)
        case "wrong":
            await _phone_of(visit, person_id)
            await mark_wrong(database, network_id, address_id, by=by, now=now)
        case "confirm":
            await _phone_of(visit, person_id)
            await confirm_number(database, network_id, address_id, by=by, now=now)
        case "consent":
            await _phone_of(visit, person_id)
            form = ConsentForm(
                fields.get("choice", ""), fields.get("basis", ""), fields.get("signed") == "yes"
            )
            await record_consent(database, network_id, address_id, form, by=by, now=now)
        case _:
            raise Refusal("do", "It is not clear what to do. Press one of the buttons.")


async def _page(
    visit: Visit,
    person_id: int,
    *,
    fault: Refusal | None = None,
    whole: dict[int, str] | None = None,
) -> Response:
    shown = await show_person(
        visit.runtime.database,
        visit.network.id,
        person_id,
        sees_health=visit.officer.may(Act.SEE_HEALTH),
    )
    phones = [one.id for one in shown.addresses if one.kind != "email"]
    measures = await show_measures(visit.runtime.database, visit.network.id, phones, now=visit.now)
    return visit.render(
        "person.html",
        status=422 if fault else 200,
        person=shown,
        measures=measures,
        whole=whole or {},
        shares=await attendance_of_person(
            visit.runtime.database, visit.network.id, person_id, now=visit.now
        ),
        fault=fault.said(visit.speech.say) if fault else "",
        kept=visit.fields if fault else {},
        whose=WHOSE,
        kinds=KINDS,
        choices=tuple(STANDING_AFTER),
        noon=lambda day: noon(day, visit.speech.zone),
        called=called,
        tiers=TIERS,
    )
