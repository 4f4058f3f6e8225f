"""Adding a person and changing what is known of one, each with its form."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.domain.errors import Phrase, Refusal
from app.domain.msisdn import read_number
from app.domain.permissions import Act
from app.domain.storable import LARGEST_ID
from app.domain.unit_names import called
from app.services.change_address import WHOSE, NewAddress, add_address
from app.services.change_person import (
    PHONE_KINDS,
    READS,
    SEXES,
    NewPerson,
    add_person,
    change_person,
)
from app.services.pick_unit import pick_unit
from app.services.record_consent import ConsentForm, record_consent
from app.services.show_person import PersonPage, show_person
from app.services.show_unit import show_unit
from app.web.door import Visit, go, visits
from app.web.told import Id

router = APIRouter(include_in_schema=False)

PEOPLE = "/office/people"
WORDS = ("name", "local_name", "sex", "language", "reads", "phone_kind", "notes")
FIELD_OF = {
    "notes_cnic": "notes",
    "not_found": "unit",
    "which_unit": "unit",
    "number": "phone",
}
"""Which field a refusal is about, where its code does not say."""

Editor = Annotated[Visit, Depends(visits(Act.EDIT))]


@router.get(PEOPLE + "/new")
async def blank(visit: Editor) -> Response:
    """Show the form for a new person, of a unit where one is named."""
    asked = visit.request.query_params.get("unit", "")
    fields = {}
    if unit_id := id_in(asked):
        today = visit.today
        unit = await show_unit(visit.runtime.database, visit.network.id, unit_id, today=today)
        name = called(unit.kind, unit.name)
        fields = {"unit": name, "unit_was": name, "unit_id": asked}
    return _form(visit, fields)


@router.post(PEOPLE + "/new")
async def add(visit: Editor) -> Response:
    """Add a person with their phone, or show the form again with what is wrong."""
    fields, database = visit.fields, visit.runtime.database
    by, now, network_id = visit.officer.name, visit.now, visit.network.id
    phone, basis = fields.get("phone", "").strip(), fields.get("basis", "").strip()
    try:
        new = await _told(visit, NewPerson(""))
        if phone:
            _check_number(phone)
        languages = visit.runtime.desk.catalogue.languages
        person_id = await add_person(database, network_id, new, languages=languages, by=by, now=now)
    except Refusal as fault:
        return _form(visit, fields, fault=fault)
    if phone:
        whose = fields.get("whose", "")
        link = NewAddress(phone, whose=whose if whose in WHOSE else "")
        linked = await add_address(database, network_id, person_id, link, by=by, now=now)
        if basis:
            form = ConsentForm("all", basis[:200])
            try:
                await record_consent(database, network_id, linked.address_id, form, by=by, now=now)
            except Refusal as fault:
                return go(f"{PEOPLE}/{person_id}?told={fault.code}")
    return go(f"{PEOPLE}/{person_id}")


@router.get(PEOPLE + "/{person_id}/change")
async def changing(person_id: Id, visit: Editor) -> Response:
    """Show the form with what is known of a person."""
    person = await _person(visit, person_id)
    fields = {name: getattr(person, name) for name in WORDS}
    if person.way:
        name = called(person.way[-1].kind, person.way[-1].name)
        fields |= {"unit": name, "unit_was": name, "unit_id": str(person.unit_id)}
    return _form(visit, fields, person=person)


@router.post(PEOPLE + "/{person_id}/change")
async def change(person_id: Id, visit: Editor) -> Response:
    """Change a person, or show the form again with what is wrong."""
    person = await _person(visit, person_id)
    try:
        await change_person(
            visit.runtime.database,
            visit.network.id,
            person_id,
            await _told(visit, NewPerson("")),
            languages=visit.runtime.desk.catalogue.languages,
            by=visit.officer.name,
            now=visit.now,
        )
    except Refusal as fault:
        return _form(visit, visit.fields, person=person, fault=fault)
    return go(f"{PEOPLE}/{person_id}")


async def _told(visit: Visit, known: NewPerson) -> NewPerson:
    """The person as typed; raises Refusal for a unit that is not there."""
    fields = visit.fields
    words = {name: fields.get(name, "") for name in WORDS}
    unit = fields.get("unit", "").strip()
    unit_id: int | None = None
    if unit and unit == fields.get("unit_was", "").strip():
        unit_id = id_in(fields.get("unit_id", ""))
    elif unit:
        unit_id = await pick_unit(visit.runtime.database, visit.network.id, unit)
    return replace(known, **words, unit_id=unit_id)


def _check_number(raw: str) -> None:
    number = read_number(raw)
    if number.msisdn is None:
        problem = Phrase(number.problem or "This is no telephone number.")
        raise Refusal("number", "{problem}", problem=problem)


def id_in(word: str) -> int:
    """The id that a field holds; 0, which names nobody, when it holds none."""
    is_id = word.isascii() and word.isdecimal() and len(word) <= len(str(LARGEST_ID))
    return int(word) if is_id and int(word) <= LARGEST_ID else 0


async def _person(visit: Visit, person_id: int) -> PersonPage:
    return await show_person(visit.runtime.database, visit.network.id, person_id)


def _form(
    visit: Visit,
    fields: Mapping[str, str],
    *,
    person: PersonPage | None = None,
    fault: Refusal | None = None,
) -> Response:
    known = visit.runtime.desk.catalogue.languages
    return visit.render(
        "person_form.html",
        status=422 if fault else 200,
        person=person,
        fields=fields,
        at_fault=FIELD_OF.get(fault.code, fault.code) if fault else "",
        fault=fault.said(visit.speech.say) if fault else "",
        languages=sorted({*known, *filter(None, [fields.get("language", "")])}),
        sexes=SEXES,
        reads=READS,
        phone_kinds=PHONE_KINDS,
        whose=WHOSE,
    )
