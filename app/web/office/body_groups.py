"""The group of a body in the messenger: a code that links it, and the end of that."""

from fastapi import APIRouter
from starlette.responses import Response

from app.services.link_chat import make_group_code, unlink_group
from app.web.door import go
from app.web.office._body_page import body_page
from app.web.office._post_doors import BODIES, Editor, id_in

router = APIRouter(include_in_schema=False)


@router.post(BODIES + "/{code}/group-code")
async def group_code(code: str, visit: Editor) -> Response:
    """Make a code for the body's group and show it this once."""
    made = await make_group_code(
        visit.runtime.database, visit.network.id, code, by=visit.officer.name, now=visit.now
    )
    return await body_page(visit, code, group_code=made)


@router.post(BODIES + "/{code}/group-removal")
async def group_removal(code: str, visit: Editor) -> Response:
    """Take a group away from its body."""
    body = await unlink_group(
        visit.runtime.database,
        visit.network.id,
        code,
        id_in(visit.fields.get("group", "")) or 0,
        by=visit.officer.name,
        now=visit.now,
    )
    return go(f"{BODIES}/{body}")
