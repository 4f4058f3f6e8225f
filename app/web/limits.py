"""How large a request may be, enforced while it is read, before anything looks at it."""

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.errors import problem

MOST_BYTES = (("/hooks/", 64_000), ("/api/v1/imports", 20_500_000), ("", 1_000_000))
"""The first prefix that fits a path decides."""


class TooLarge(HTTPException):
    """The body passed its limit; an HTTPException, because the framework lets no other through."""

    code = "too_large"

    def __init__(self, most: int) -> None:
        """`most`: the bytes that are allowed."""
        sentence = f"This is larger than the {most:,} bytes allowed here. Nothing was stored."
        super().__init__(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, sentence)


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
            told = TooLarge(most)
            await problem(told.status_code, told.code, told.detail)(scope, receive, send)
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


def _declared(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0
