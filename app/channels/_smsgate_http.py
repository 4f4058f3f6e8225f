"""What the SMS Gate app and its server answer, in the words of this house.

Follows the local server of the app (MessagesRoutes, WebService), the API of its own server
(/3rdparty/v1) and the error dictionary of both: `{"message": …}` beside the HTTP status.
"""

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import (
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    InvalidURL,
    TCPConnector,
)

from app.channels._http import NEVER_LEFT, wait_s
from app.domain.errors import Misconfigured, Refused, SendError, Throttled, Transient, Uncertain

QUEUE_WAIT_S = 60.0
HEALTH = "/health"

STATUSES: Mapping[int, tuple[type[SendError], str]] = {
    401: (Misconfigured, "it does not accept the user or the password"),
    403: (Misconfigured, "it denies this user the access"),
    404: (Misconfigured, "base_url does not lead to the app or to its server"),
    405: (Misconfigured, "base_url does not lead to the app or to its server"),
    413: (Refused, "the text is longer than it takes"),
    429: (Throttled, "it asks to send more slowly"),
}
"""What a status means whatever stands beside it."""

WORDS: tuple[tuple[str, type[SendError], str], ...] = (
    ("device", Misconfigured, "no phone is registered at the server"),
    ("simnumber", Misconfigured, "the phone has no such SIM"),
    ("phone", Refused, "this is no phone number"),
    ("expired", Transient, "the text was too late for it"),
)
"""What a refusal (400, 422) speaks of, the first word that it holds; else it is the text."""


class AlreadyThereError(Exception):
    """The app has a message with this id: it took ours before."""


class NotThereError(Exception):
    """The app has no such message."""


class PhoneHttp:
    """The HTTP client that the official API client is given: timed, without redirect or retry.

    It raises a SendError of this house unless the answer is a 2xx. The official one loses the
    headers (Retry-After) and follows redirects with the password.
    """

    def __init__(self, timeout_s: float) -> None:
        self._timeout = ClientTimeout(total=timeout_s)
        self._session: ClientSession | None = None

    async def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Any:
        """Ask; what is lost may be asked again."""
        status, told, text = await self._call("GET", url, headers, None)
        if 200 <= status < 300 or (url.endswith(HEALTH) and _is_health(text)):
            return _read(text, Transient)
        if status == 404:
            raise NotThereError
        raise error_of(status, text, told, Transient)

    async def post(
        self, url: str, payload: Mapping[str, Any], *, headers: Mapping[str, str] | None = None
    ) -> Any:
        """Hand over; when the answer is lost nobody knows whether it was taken."""
        status, told, text = await self._call("POST", url, headers, payload)
        if 200 <= status < 300:
            return _read(text, Uncertain)
        if status == 409:
            raise AlreadyThereError
        raise error_of(status, text, told, Uncertain)

    async def _call(
        self, method: str, url: str, headers: Mapping[str, str] | None, payload: Any
    ) -> tuple[int, Mapping[str, str], str]:
        lost = Uncertain if method == "POST" else Transient
        # The causes are dropped: some of aiohttp's errors carry the request with its secrets.
        try:
            async with self._opened().request(
                method, url, headers=headers, json=payload, allow_redirects=False
            ) as response:
                return response.status, response.headers, await _text(response)
        except NEVER_LEFT as error:
            raise Transient("The phone cannot be reached.", type(error).__name__) from None
        except InvalidURL as error:
            raise Misconfigured("base_url is no address.", type(error).__name__) from None
        except (ClientError, OSError, ValueError) as error:
            raise lost("The phone's answer was lost.", type(error).__name__) from None

    def _opened(self) -> ClientSession:
        """Made at the first call, inside the loop."""
        if self._session is None:
            self._session = ClientSession(
                connector=TCPConnector(limit=0),
                cookie_jar=DummyCookieJar(),
                timeout=self._timeout,
            )
        return self._session

    async def close(self) -> None:
        """Give the sockets back; a later call would open new ones."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()


def error_of(
    status: int, text: str, headers: Mapping[str, str], lost: type[SendError]
) -> SendError:
    """What an answer that is no 2xx means; `lost` is for those after which nobody knows."""
    said = _message(text)
    if status == 503 and "queue limits" in said:
        return Throttled("The phone's queue is full (503).", "503", after_s=QUEUE_WAIT_S)
    if status >= 500:
        return lost(f"The phone or its server is in trouble ({status}).", str(status))
    kind, sentence = STATUSES.get(status) or _unknown(status, said)
    told = f"SMS Gate ({status}): {sentence}."
    if kind is Throttled:
        return Throttled(told, str(status), after_s=wait_s(headers))
    return kind(told, str(status))


def _unknown(status: int, said: str) -> tuple[type[SendError], str]:
    if status in (400, 422) and said:
        for word, kind, sentence in WORDS:
            if word in said:
                return kind, sentence
        return Refused, "it does not take this text"
    # Redirects and bare 4xx come from something between us and the phone, which may pass.
    return Transient, "the answer is not the app's own"


def _message(text: str) -> str:
    told = _json(text)
    said = told.get("message") if isinstance(told, dict) else None
    return said.lower() if isinstance(said, str) else ""


def _is_health(text: str) -> bool:
    """The app tells with a 500 that it is not well: that too is an answer."""
    told = _json(text)
    return isinstance(told, dict) and isinstance(told.get("checks"), dict)


def _read(text: str, lost: type[SendError]) -> Any:
    told = _json(text) if text else {}
    if told is None:
        raise lost("The phone's answer cannot be read.", "no JSON")
    return told


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


async def _text(response: ClientResponse) -> str:
    return (await response.read()).decode("utf-8", "replace")
