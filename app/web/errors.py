"""Errors as people and programs read them: RFC 9457 problem details in plain words."""

import logging
import re
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.errors import Busy, Phrase, Refusal, Unreadable, Untrusted
from app.web.pages import the_pages

log = logging.getLogger(__name__)

STATUS_OF = {
    "not_found": HTTPStatus.NOT_FOUND,
    "not_allowed": HTTPStatus.FORBIDDEN,
    "own_text": HTTPStatus.FORBIDDEN,
    "taken": HTTPStatus.CONFLICT,
    "plan_changed": HTTPStatus.CONFLICT,
    "changed_meanwhile": HTTPStatus.CONFLICT,
    "not_planned": HTTPStatus.CONFLICT,
}
RETRY_AFTER_S = "2"
NO_SUCH_PAGE = Phrase("There is no such page.")
FIELD = re.compile("[a-z_]{1,20}")


def problem(
    status: int, code: str, sentence: str, headers: dict[str, str] | None = None
) -> JSONResponse:
    """An error answer: `code` for programs, `detail` for people."""
    content = {"type": f"urn:munadi:{code}", "title": HTTPStatus(status).phrase, "status": status}
    return JSONResponse(
        {**content, "detail": sentence, "code": code},
        status_code=status,
        headers=headers,
        media_type="application/problem+json",
    )


def install(app: FastAPI) -> None:
    """Turn every error of the inner layers into an answer; nothing else reaches a stranger."""

    async def refused(request: Request, error: Exception) -> Response:
        code = getattr(error, "code", "refused")
        return told(request, STATUS_OF.get(code, HTTPStatus.UNPROCESSABLE_ENTITY), code, error)

    async def busy(request: Request, error: Exception) -> Response:
        headers = {"Retry-After": RETRY_AFTER_S}
        return told(request, HTTPStatus.SERVICE_UNAVAILABLE, "busy", error, headers)

    async def untrusted(_request: Request, _error: Exception) -> Response:
        return problem(HTTPStatus.FORBIDDEN, "untrusted", "The signature is missing or wrong.")

    async def unreadable(_request: Request, _error: Exception) -> Response:
        return problem(HTTPStatus.BAD_REQUEST, "unreadable", "This request cannot be read.")

    async def invalid(request: Request, error: Exception) -> Response:
        if is_page(request.url.path):
            return told(request, HTTPStatus.NOT_FOUND, "not_found", NO_SUCH_PAGE)
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", _said(error))

    async def http(request: Request, error: Exception) -> Response:
        status = getattr(error, "status_code", 500)
        headers = getattr(error, "headers", None)
        code = getattr(error, "code", HTTPStatus(status).name.lower())
        return told(request, status, code, _sentence(request, error), headers)

    app.add_exception_handler(Refusal, refused)
    app.add_exception_handler(Busy, busy)
    app.add_exception_handler(Untrusted, untrusted)
    app.add_exception_handler(Unreadable, unreadable)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)
    app.add_middleware(LastResort)


def is_page(path: str) -> bool:
    """Whether a person's browser asks there, not a program."""
    return path in {"/", "/office"} or path.startswith(("/office/", "/p/", "/u/"))


def told(
    request: Request,
    status: int,
    code: str,
    error: Exception | str,
    headers: dict[str, str] | None = None,
) -> Response:
    """The error as whoever asks reads it: a page for people, problem details for programs."""
    if not is_page(request.url.path):
        return problem(status, code, str(error), headers)
    answer = the_pages().error(request, status, error)
    answer.headers.update(headers or {})
    return answer


class LastResort:
    """ASGI middleware that answers 500 in plain words and keeps the error's own out of the log.

    A database error's text holds the values of its statement, which may be a member's.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the app."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the app answer; answer for it when it fails before it began to."""
        has_begun = scope["type"] != "http"

        async def watched(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            if has_begun:
                raise
            log.error("unexpected %s at %s", type(error).__name__, _door(scope["path"]))
            sentence = "Something went wrong here. Nothing was changed."
            failed = HTTPStatus.INTERNAL_SERVER_ERROR
            answer: Response = problem(failed, "unexpected", sentence)
            if is_page(scope["path"]):
                # Without a template: the fault may lie there.
                answer = HTMLResponse(f"<title>Munadi</title><p>{sentence}</p>", failed)
            await answer(scope, receive, send)


def _door(path: str) -> str:
    return "/".join(path.split("/")[:4])


def _named(part: object) -> str:
    """A field's name as our own models spell it; a key that the caller chose is not repeated."""
    known = isinstance(part, int) or FIELD.fullmatch(str(part))
    return str(part) if known else "…"


def _sentence(request: Request, error: Any) -> str:
    """What the framework has no plain words for, said to people; its own detail otherwise."""
    plain = {
        HTTPStatus.NOT_FOUND: NO_SUCH_PAGE,
        HTTPStatus.METHOD_NOT_ALLOWED: Phrase(
            "This page cannot be asked for that way. Open it anew and go on from there."
        ),
    }
    if is_page(request.url.path) and error.status_code in plain:
        return plain[error.status_code]
    return str(getattr(error, "detail", "")) or HTTPStatus(error.status_code).phrase


def _said(error: Any) -> str:
    """The faults of a request by field, without the values, which may be a member's."""
    faults = []
    for fault in error.errors()[:5]:
        where = ".".join(map(_named, fault["loc"][1:]))
        faults.append(f"{where or 'the request'}: {fault['msg']}")
    return "; ".join(faults) + "."
