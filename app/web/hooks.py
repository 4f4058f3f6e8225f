"""The hook of every wire: one route; the wire checks who calls and reads what it says."""

from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.domain.messages import Hook
from app.domain.ports import Hears
from app.web.errors import problem
from app.web.runtime import runtime_of

router = APIRouter()


@router.api_route("/hooks/{name}", methods=["GET", "POST"], include_in_schema=False)
async def hear(name: str, request: Request) -> Response:
    """Take what a provider tells; a 2xx is sent only after the commit."""
    runtime = runtime_of(request)
    channel = runtime.channels.get(name)
    if not isinstance(channel, Hears):
        return problem(HTTPStatus.NOT_FOUND, "not_found", "There is no such hook.")
    with runtime.right_of_way.taken():
        hook = Hook(
            method=request.method,
            url=str(request.url),
            headers=dict(request.headers),
            body=await request.body(),
        )
        await runtime.take(channel.read(hook))
    answer = channel.answer()
    return Response(answer.body, status_code=answer.status, media_type=answer.media_type or None)
