"""How large a request may be, enforced while it is read, before anything looks at it."""

from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from typing import Any

from app.web.errors import problem

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

MOST_BYTES = (("/hooks/", 64_000), ("/api/v1/imports", 20_500_000), ("", 1_000_000))
"""The first prefix that fits a path decides."""


class _TooLarge(Exception):
    """The body passed its limit."""


class LimitBody:
    """ASGI middleware that answers 413 to a body above its path's limit."""

    def __init__(self, app: App) -> None:
        """Wrap the app."""
        self._app = app

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Count the body on its way in."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = next(limit for prefix, limit in MOST_BYTES if scope["path"].startswith(prefix))
        if _declared(scope) > most:
            await _refuse(scope, receive, send, most)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise _TooLarge
            return message

        try:
            await self._app(scope, counted, send)
        except _TooLarge:
            await _refuse(scope, receive, send, most)


def _declared(scope: MutableMapping[str, Any]) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0


async def _refuse(scope: MutableMapping[str, Any], receive: Receive, send: Send, most: int) -> None:
    sentence = f"This is larger than the {most:,} bytes allowed here. Nothing was stored."
    await problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", sentence)(scope, receive, send)
