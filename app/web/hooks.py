"""The hook of every wire: one route; the wire checks who calls and reads what it says."""

from http import HTTPStatus

from fastapi import Request
from starlette.responses import Response
from starlette.routing import Route

from app.domain.messages import Hook
from app.domain.ports import Thanks
from app.web.errors import problem
from app.web.runtime import runtime_of


async def hear(request: Request) -> Response:
    """Take what a provider tells; a 2xx is sent only after the commit."""
    runtime = runtime_of(request)
    channel = runtime.hears.get(request.path_params["name"])
    if channel is None:
        return problem(HTTPStatus.NOT_FOUND, "not_found", "There is no such hook.")
    with runtime.right_of_way.taken():
        hook = Hook(
            method=request.method,
            url=str(request.url),
            headers=dict(request.headers),
            body=await request.body(),
            at=runtime.clock(),
        )
        heard = channel.read(hook)
        await runtime.take(heard)
    if isinstance(channel, Thanks):
        channel.thank(heard)
    answer = channel.answer()
    return Response(answer.body, status_code=answer.status, media_type=answer.media_type or None)


# A plain route: FastAPI's look at parameters would cost as much as the signature.
route = Route("/hooks/{name}", hear, methods=["GET", "POST"], include_in_schema=False)
# Starlette lets HEAD in wherever GET is; a mere look must never store anything.
route.methods = {"GET", "POST"}
