"""Naming somebody for a post, renewing a term, handing over, leaving: each with its form."""

from collections.abc import Mapping
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.responses import Response

from app.domain.errors import Refusal
from app.domain.offices import NAMES
from app.services.appoint import Appointment, appoint
from app.services.end_seat import Leaving, Renewal, end_seat, renew_seat
from app.services.find_candidates import (
    Candidate,
    PostPlace,
    find_candidates,
    show_candidate,
    show_place,
)
from app.services.hand_over import Handover, hand_over
from app.services.pick_unit import pick_unit
from app.services.show_posts import PostLine, show_seat
from app.web.door import Visit, go
from app.web.office._post_doors import (
    BODIES,
    POSTS,
    Editor,
    day_in,
    id_in,
    shown_days,
)
from app.web.told import Id

router = APIRouter(include_in_schema=False)

ASKED = ("unit", "body", "post", "person", "q", "where")
"""What an address of the form may say: unit and person by id, `where` a unit in words."""
OF_ITS_OWN = ("GB", "EC")


@router.get(POSTS + "/new")
async def blank(visit: Editor) -> Response:
    """Ask for whom and for which post."""
    query = visit.request.query_params
    return await _new_page(visit, {name: query.get(name, "")[:200] for name in ASKED})


@router.post(POSTS + "/new")
async def name(visit: Editor) -> Response:
    """Name somebody for a post, or show the form again with what is wrong."""
    fields = visit.fields
    try:
        place = await _place(visit, fields)
        new = Appointment(
            person_id=id_in(fields.get("person", "")) or 0,
            unit_id=place.unit_id,
            post=fields.get("post", ""),
            body=place.code,
            local_post=fields.get("local_post", ""),
            starts_on=day_in(visit, "starts_on", is_past=True),
            ends_on=day_in(visit, "ends_on"),
        )
        await appoint(
            visit.runtime.database, visit.network.id, new, by=visit.officer.name, now=visit.now
        )
    except Refusal as error:
        if error.code == "not_found":
            raise
        return await _new_page(visit, fields, error)
    return go(_address_of(place.code, place.unit_id, is_of_network=bool(place.body_name)))


@router.get(POSTS + "/{seat_id}")
async def show(seat_id: Id, visit: Editor) -> Response:
    """Show one seat and what can be done with it."""
    return await _seat_page(visit, seat_id, visit.request.query_params)


@router.post(POSTS + "/{seat_id}/end")
async def end(seat_id: Id, visit: Editor) -> Response:
    """Write down that the holder left."""
    line = await _line(visit, seat_id)
    try:
        leaving = Leaving(seat_id, day_in(visit, "left_on", is_past=True))
        await end_seat(
            visit.runtime.database, visit.network.id, leaving, by=visit.officer.name, now=visit.now
        )
    except Refusal as error:
        return await _seat_page(visit, seat_id, visit.fields, error)
    return go(_home_of(line))


@router.post(POSTS + "/{seat_id}/renewal")
async def renewal(seat_id: Id, visit: Editor) -> Response:
    """Begin a new term of the same person."""
    await _line(visit, seat_id)
    try:
        told = Renewal(seat_id, ends_on=day_in(visit, "ends_on"))
        made = await renew_seat(
            visit.runtime.database, visit.network.id, told, by=visit.officer.name, now=visit.now
        )
    except Refusal as error:
        return await _seat_page(visit, seat_id, visit.fields, error)
    return go(f"{POSTS}/{made}")


@router.post(POSTS + "/{seat_id}/handover")
async def handover(seat_id: Id, visit: Editor) -> Response:
    """Give the post to somebody else."""
    await _line(visit, seat_id)
    fields = visit.fields
    try:
        change = Handover(
            seat_id,
            id_in(fields.get("person", "")) or 0,
            on=day_in(visit, "on", is_past=True),
            is_new_term=fields.get("new_term") == "yes",
        )
        done = await hand_over(
            visit.runtime.database, visit.network.id, change, by=visit.officer.name, now=visit.now
        )
    except Refusal as error:
        if error.code == "not_found":
            raise
        return await _seat_page(visit, seat_id, fields, error)
    return go(f"{POSTS}/{done.seat_id}")


async def _line(visit: Visit, seat_id: int) -> PostLine:
    return await show_seat(visit.runtime.database, visit.network.id, seat_id, today=visit.today)


async def _place(visit: Visit, fields: Mapping[str, str]) -> PostPlace:
    """Where the post is, by the unit's id or by what it is called."""
    database, network_id = visit.runtime.database, visit.network.id
    unit_id = id_in(fields.get("unit", ""))
    if unit_id is None and fields.get("where", "").strip():
        try:
            unit_id = await pick_unit(database, network_id, fields["where"])
        except Refusal as error:
            if error.code != "not_found":
                raise
            raise Refusal(
                "no_unit",
                "There is no unit called {name}. Write it as in the list of units.",
                name=fields["where"][:120],
            ) from None
    return await show_place(database, network_id, unit_id, fields.get("body", ""))


async def _new_page(
    visit: Visit, fields: Mapping[str, str], fault: Refusal | None = None
) -> Response:
    try:
        place: PostPlace | None = await _place(visit, fields)
    except Refusal as error:
        if error.code == "not_found":
            raise
        place, fault = None, fault or error
    found, chosen = await _people(visit, fields)
    return visit.render(
        "post_form.html",
        status=422 if fault else 200,
        place=place,
        fields=fields,
        found=found,
        chosen=chosen,
        offices=NAMES,
        fault=fault.said(visit.speech.say) if fault else "",
        again=lambda **new: _again(fields, new),
    )


async def _people(
    visit: Visit, fields: Mapping[str, str]
) -> tuple[tuple[Candidate, ...], Candidate | None]:
    """Those whose name was looked for, and the one who was chosen."""
    database, network_id = visit.runtime.database, visit.network.id
    found = await find_candidates(database, network_id, fields.get("q", ""))
    person_id = id_in(fields.get("person", ""))
    if person_id is None:
        return found, None
    return found, await show_candidate(database, network_id, person_id)


def _again(fields: Mapping[str, str], new: Mapping[str, object]) -> str:
    """The form's own address with other words in it."""
    kept = {name: fields.get(name, "") for name in ASKED if fields.get(name)}
    return f"{POSTS}/new?{urlencode({**kept, **new})}"


async def _seat_page(
    visit: Visit, seat_id: int, fields: Mapping[str, str], fault: Refusal | None = None
) -> Response:
    line = await _line(visit, seat_id)
    found, chosen = await _people(visit, fields)
    return visit.render(
        "post.html",
        status=422 if fault else 200,
        line=line,
        fields=fields,
        found=found,
        chosen=chosen,
        home=_home_of(line),
        fault=fault.said(visit.speech.say) if fault else "",
        again=lambda **new: f"{POSTS}/{seat_id}?{urlencode(new)}#handover",
        **shown_days(visit),
    )


def _home_of(line: PostLine) -> str:
    return _address_of(
        line.body, line.unit_id, is_of_network=line.body not in (line.unit_kind, "OUT")
    )


def _address_of(code: str, unit_id: int | None, *, is_of_network: bool) -> str:
    """The page that lists a post: of its body, else of its unit."""
    return f"{BODIES}/{code}" if is_of_network else f"/office/units/{unit_id}"
