"""The door of the office: who is signed in here, and whether they sent this form themselves."""

import hashlib
import hmac
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from app.domain.errors import Refusal
from app.domain.permissions import Act, require
from app.domain.storable import storable
from app.services.sign_in import who_is_signed_in
from app.store import inbound, networks
from app.store.database import Connection
from app.store.networks import NetworkInfo
from app.web.pages import the_pages
from app.web.runtime import Runtime, runtime_of
from app.web.speech import Speech
from app.web.who import Officer, officer_from

COOKIE = "munadi_session"
SIGN_IN = "/office/sign-in"
MOST_FIELDS = 200
MOST_LETTERS = 200
"""Of a file's name."""
SEAL = "seal"
"""The hidden field that proves that a form was made for this very session."""


class Resume(Exception):
    """A form came without a good session or seal; its fields are kept and shown again."""

    def __init__(self, fields: Mapping[str, str], *, is_signed_in: bool) -> None:
        """Keep what was typed."""
        super().__init__()
        self.fields = fields
        self.is_signed_in = is_signed_in


class SignInFirst(Exception):
    """Nobody is signed in: show the door, and come back to this page afterwards."""


def seal_of(token: str) -> str:
    """What the forms of a session carry; nobody can reckon it without the session's cookie."""
    return hmac.new(token.encode(), b"form", hashlib.sha256).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a form: what its owner calls it, and what is in it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of a signed-in officer, with all that a page needs."""

    request: Request
    officer: Officer
    network: NetworkInfo
    speech: Speech
    seal: str
    waiting: int
    fields: Mapping[str, str]
    upload: Upload | None = None
    """The file that came with the form, on the few routes that take one."""

    @property
    def runtime(self) -> Runtime:
        """The running office."""
        return runtime_of(self.request)

    @property
    def now(self) -> datetime:
        """This moment."""
        return self.runtime.clock()

    @property
    def today(self) -> date:
        """The day that it is where the network is."""
        return self.network.day_at(self.now)

    def render(self, name: str, /, *, status: int = 200, **context: Any) -> Response:
        """A page of the office."""
        return the_pages().render(
            self.request, self.speech, name, status=status, **self._context(), **context
        )

    def fragment(self, name: str, /, **context: Any) -> str:
        """A part of a page, to put into one that stands open."""
        return the_pages().fragment(self.speech, name, **self._context(), **context)

    def _context(self) -> dict[str, Any]:
        return {
            "visit": self,
            "officer": self.officer,
            "network": self.network,
            "network_name": network_name(self.network, self.speech),
            "seal": self.seal,
            "waiting": self.waiting,
            "Act": Act,
        }


def network_name(network: NetworkInfo, speech: Speech) -> str:
    """The network's name as a page's head shows it."""
    return network.short_names.get(speech.tag, network.name) if speech.is_urdu else network.name


def go(path: str) -> Response:
    """Send the browser to a page, so that going back or renewing repeats nothing."""
    return RedirectResponse(path, HTTPStatus.SEE_OTHER)


def visits(
    act: Act, *, takes_file: bool = False, most_fields: int = MOST_FIELDS
) -> Callable[[Request], Awaitable[Visit]]:
    """A dependency that lets officers in whose post allows that.

    `takes_file`: the route's form may bring one file; any other form with a file is refused.
    Raises SignInFirst, Resume for a form that cannot be trusted, Refusal for another post.
    """

    async def visit(request: Request) -> Visit:
        token = request.cookies.get(COOKIE, "")
        runtime = runtime_of(request)
        row = (
            await who_is_signed_in(runtime.database, token, now=runtime.clock()) if token else None
        )
        if row is None and (takes_file or request.method != "POST"):
            # A file is not kept while somebody signs in, nor read before.
            raise SignInFirst
        fields, upload = await _form(request, int(takes_file), most_fields)
        if row is None:
            raise Resume(fields, is_signed_in=False)
        if request.method == "POST" and not hmac.compare_digest(
            fields.get(SEAL, "").encode(), seal_of(token).encode()
        ):
            raise Resume(fields, is_signed_in=True)
        officer = officer_from(row)
        require(officer.post, act)
        network, waiting = await runtime.database.read(_network_of, officer)
        return Visit(
            request=request,
            officer=officer,
            network=network,
            speech=the_pages().speech(request, network.tz),
            seal=seal_of(token),
            waiting=waiting,
            fields=fields,
            upload=upload,
        )

    visit.act = act  # type: ignore[attr-defined]  # read by the test that walks all routes
    return visit


async def _form(
    request: Request, files: int, most_fields: int
) -> tuple[Mapping[str, str], Upload | None]:
    """The fields of a form, only what a database can hold, and its file where one is taken.

    Raises Refusal for another site's form.
    """
    if request.method != "POST":
        return {}, None
    refuse_strangers(request)
    async with request.form(max_files=files, max_fields=most_fields) as form:
        fields = {name: storable(value) for name, value in form.items() if isinstance(value, str)}
        file = next((one for one in form.values() if isinstance(one, UploadFile)), None)
        if file is None or not (file.filename or file.size):
            return fields, None
        return fields, Upload(storable(file.filename or "")[:MOST_LETTERS], await file.read())


def refuse_strangers(request: Request) -> None:
    """Raise a Refusal when the form stands on another site's page."""
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None:
        is_ours = site in {"same-origin", "none"}
    else:
        is_ours = origin is None or urlsplit(origin).netloc == request.headers.get("host")
    if not is_ours:
        raise Refusal(
            "not_allowed", "This form stood on a page that is not ours. Nothing was done."
        )


def _network_of(conn: Connection, officer: Officer) -> tuple[NetworkInfo, int]:
    if officer.network_id is not None:
        network = networks.by_id(conn, officer.network_id)
    else:
        network = networks.named(conn, "")
    return network, inbound.waiting_count(conn, network.id)


def sign_in_address(request: Request) -> str:
    """The door, with the way back to this page."""
    back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return f"{SIGN_IN}?next={quote(back, safe='/')}"
