"""Lists to take away as a file or to print."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.domain.permissions import Act
from app.services.export_list import Asked, export_list
from app.services.print_list import list_choices, print_list
from app.web.door import Visit, visits
from app.web.lists import as_file

router = APIRouter(include_in_schema=False)

PLACE = "/office/lists"
Looker = Annotated[Visit, Depends(visits(Act.LOOK))]


@router.get(PLACE)
async def lists(visit: Looker) -> Response:
    """What can be taken away and printed."""
    choices = await list_choices(visit.runtime.database, visit.network.id)
    return visit.render("lists.html", choices=choices)


@router.post(PLACE)
async def take(visit: Looker) -> Response:
    """A list as a file; that somebody took it is written down."""
    fields = visit.fields
    asked = Asked(
        kind=fields.get("kind", ""),
        by=visit.officer.name,
        post=visit.officer.post,
        form=fields.get("format", ""),
        with_numbers=fields.get("numbers") == "yes",
        group=fields.get("group", "") if fields.get("kind") == "groups" else "",
    )
    network = visit.network.slug
    return as_file(await export_list(visit.runtime.database, network, asked, now=visit.now))


@router.get(PLACE + "/print")
async def paper(visit: Looker) -> Response:
    """A list as it is printed: names, posts, masked numbers, room to sign."""
    query = visit.request.query_params
    printed = await print_list(
        visit.runtime.database, visit.network.id, query.get("list", ""), query.get("of", "")
    )
    return visit.render("lists_print.html", printed=printed)
