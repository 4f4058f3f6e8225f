"""Sign in and out: the only office pages that need nobody to be signed in."""

import json
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import unquote

from fastapi import APIRouter, Depends, FastAPI, Request
from starlette.responses import Response

from app.domain.errors import Refusal
from app.domain.permissions import Act
from app.domain.storable import storable
from app.services.sign_in import TERMS, sign_in, sign_out
from app.web.door import (
    COOKIE,
    SIGN_IN,
    Resume,
    SignInFirst,
    Visit,
    go,
    refuse_strangers,
    seal_of,
    sign_in_address,
    visits,
)
from app.web.pages import the_pages
from app.web.runtime import runtime_of

router = APIRouter(include_in_schema=False)

FIRST_PAGE = "/office/today"
TOO_MANY = "too_many_tries"


@router.get("/")
@router.get("/office")
@router.get("/office/")
async def first_page() -> Response:
    """Go to the first page."""
    return go(FIRST_PAGE)


@router.get(SIGN_IN)
async def door(request: Request) -> Response:
    """Show the door."""
    return door_page(request, {"next": request.query_params.get("next", "")})


def door_page(
    request: Request, typed: dict[str, str], *, fault: Refusal | None = None, status: int = 200
) -> Response:
    """The door, with what was typed before and what was wrong with it."""
    pages = the_pages()
    speech = pages.speech(request)
    return pages.render(
        request,
        speech,
        "sign_in.html",
        status=status,
        next=_within(typed.get("next", "")),
        kept=typed.get("kept", ""),
        name=typed.get("name", ""),
        fault=fault.said(speech.say) if fault else "",
    )


@router.post(SIGN_IN)
async def enter(request: Request) -> Response:
    """Let an officer in; a form that waited for it is shown again."""
    refuse_strangers(request)
    form = await request.form(max_files=0, max_fields=10)
    typed = {name: storable(value) for name, value in form.items() if isinstance(value, str)}
    runtime = runtime_of(request)
    place = request.client.host if request.client else ""
    try:
        token = await sign_in(
            runtime.database,
            typed.get("name", ""),
            typed.get("password", ""),
            place=place,
            now=runtime.clock(),
        )
    except Refusal as fault:
        is_flood = fault.code == TOO_MANY
        status = HTTPStatus.TOO_MANY_REQUESTS if is_flood else HTTPStatus.UNAUTHORIZED
        return door_page(request, typed, fault=fault, status=status)
    path = _within(typed.get("next", ""))
    kept = _kept(typed.get("kept", ""))
    answer = resume_page(request, path, kept, token) if kept else go(path)
    answer.set_cookie(
        COOKIE,
        token,
        max_age=round(TERMS.longest.total_seconds()),
        path="/office",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return answer


def resume_page(request: Request, path: str, kept: dict[str, str], token: str) -> Response:
    """What was typed before, ready to be sent once more."""
    pages = the_pages()
    return pages.render(
        request,
        pages.speech(request),
        "resume.html",
        status=HTTPStatus.CONFLICT,
        action=path,
        kept_fields=kept,
        seal=seal_of(token),
    )


@router.post("/office/sign-out")
async def leave(request: Request, visit: Annotated[Visit, Depends(visits(Act.LOOK))]) -> Response:
    """End the session."""
    await sign_out(visit.runtime.database, request.cookies.get(COOKIE, ""))
    answer = go(SIGN_IN)
    answer.delete_cookie(COOKIE, path="/office")
    return answer


def install(app: FastAPI) -> None:
    """Show the door to whoever is not signed in, and keep what they sent."""

    async def sign_in_first(request: Request, _error: Exception) -> Response:
        return go(sign_in_address(request))

    async def resume(request: Request, error: Exception) -> Response:
        fields = dict(getattr(error, "fields", {}))
        if getattr(error, "is_signed_in", False):
            token = request.cookies.get(COOKIE, "")
            return resume_page(request, request.url.path, fields, token)
        typed = {"next": request.url.path, "kept": json.dumps(fields)}
        return door_page(request, typed, status=HTTPStatus.UNAUTHORIZED)

    app.add_exception_handler(SignInFirst, sign_in_first)
    app.add_exception_handler(Resume, resume)


def _within(path: str) -> str:
    """The path if it is a page of the office: nobody is sent elsewhere from the door."""
    plain = unquote(path.partition("?")[0])
    is_page = plain.startswith("/office/") and not plain.startswith(SIGN_IN)
    climbs = "\\" in plain or any(part in {"", ".", ".."} for part in plain.split("/")[1:-1])
    is_plain = plain.isascii() and path.isascii() and path.isprintable() and plain.isprintable()
    return path if is_page and is_plain and not climbs and ".." not in plain else FIRST_PAGE


def _kept(words: str) -> dict[str, str]:
    """The fields of the form that waited; none when they are not ours."""
    try:
        fields: Any = json.loads(words) if words else {}
    except (ValueError, RecursionError):
        return {}
    if not isinstance(fields, dict):
        return {}
    return {
        storable(name): storable(value) for name, value in fields.items() if isinstance(value, str)
    }
