"""How large a request may be, enforced while it is read, before anything looks at it."""

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.errors import Refusal
from app.web.errors import is_page, problem, told

MOST_BYTES = (
    ("/hooks/", 1_000_000),
    ("/api/v1/imports", 20_500_000),
    ("/office/imports/", 1_000_000),
    ("/office/imports", 20_500_000),
    ("", 1_000_000),
)
"""The first prefix that fits a path decides."""
MEGABYTE = 1_000_000
SWALLOWED = 200_000_000
"""Of what a browser sends too much: it reads no answer before it has sent it all."""


class TooLarge(HTTPException):
    """The body passed its limit; an HTTPException, because the framework lets no other through."""

    code = "too_large"

    def __init__(self, most: int) -> None:
        """`most`: the bytes that are allowed."""
        size = f"{most // MEGABYTE} MB" if most >= MEGABYTE else f"{most:,} bytes"
        self.refusal = Refusal(
            self.code, "This is larger than the {most} allowed here. Nothing was stored.", most=size
        )
        super().__init__(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, str(self.refusal))


class LimitBody:
    """ASGI middleware that answers 413 to a body above its path's limit."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the app."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count the body on its way in."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = next(limit for prefix, limit in MOST_BYTES if scope["path"].startswith(prefix))
        if _declared(scope) > most:
            await _refuse(TooLarge(most), scope, receive, send)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise TooLarge(most)
            return message

        await self._app(scope, counted, send)


async def _refuse(large: TooLarge, scope: Scope, receive: Receive, send: Send) -> None:
    """Say it as a page to a person, once their browser has sent all; to a program at once."""
    if not is_page(scope["path"]):
        await problem(large.status_code, large.code, large.detail)(scope, receive, send)
        return
    left, more = SWALLOWED, True
    while more and left > 0:
        message = await receive()
        left -= len(message.get("body", b""))
        more = message.get("more_body", False)
    answer = told(Request(scope), large.status_code, large.code, large.refusal)
    await answer(scope, receive, send)


def _declared(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0
