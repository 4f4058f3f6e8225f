"""Unsubscribing from mail without a log-in: looking changes nothing, posting acts (RFC 8058)."""

from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.services.unsubscribe import Subscription, show_subscription, unsubscribe
from app.web.pages import the_pages
from app.web.runtime import runtime_of

router = APIRouter(prefix="/u", include_in_schema=False)

NEVER_KEPT = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


@router.get("/{token}")
async def look(request: Request, token: str) -> Response:
    """Show whose mail this stops, with the button; a mail program's look-ahead stops nothing."""
    runtime = runtime_of(request)
    address_id = runtime.unsubscribe_pages.address_id(token)
    found = address_id and await show_subscription(runtime.database, address_id)
    return _page(request, found or None)


@router.post("/{token}")
async def stop(request: Request, token: str) -> Response:
    """Stop the address; the body says nothing that the token does not."""
    runtime = runtime_of(request)
    address_id = runtime.unsubscribe_pages.address_id(token)
    if address_id is None:
        return _page(request, None)
    done = await unsubscribe(runtime.database, address_id, now=runtime.clock())
    return _page(request, done)


def _page(request: Request, found: Subscription | None) -> Response:
    pages = the_pages()
    speech = pages.speech(request, found.tz) if found else pages.speech(request)
    if found is None:
        answer = pages.render(
            request, speech, "unsubscribe_unknown.html", status=HTTPStatus.NOT_FOUND
        )
    else:
        answer = pages.render(
            request,
            speech,
            "unsubscribe.html",
            network_name=found.network,
            shown=found.shown,
            is_stopped=found.is_stopped,
        )
    answer.headers.update(NEVER_KEPT)
    return answer
