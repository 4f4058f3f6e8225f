"""Twilio's answers in the words of this house: what surely failed, and what nobody knows.

Follows the Messages resource and the error dictionary of Twilio's REST API of 2010-04-01.
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiohttp import (
    ClientError,
    ClientSession,
    DummyCookieJar,
    InvalidURL,
    TCPConnector,
)
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.http.response import Response

from app.channels._http import NEVER_LEFT, date_of, wait_s
from app.domain.errors import Misconfigured, Refused, SendError, Throttled, Transient, Uncertain

CODES: Mapping[str, tuple[type[SendError], str]] = {
    "14107": (Throttled, "Twilio asks to send more slowly"),
    "20429": (Throttled, "Twilio asks to send more slowly"),
    "21611": (Throttled, "Twilio's queue for our number is full"),
    "30001": (Throttled, "Twilio's queue for our number is full"),
    "63038": (Throttled, "the account has used up its texts of the day"),
    "10001": (Misconfigured, "the Twilio account is not active"),
    "20003": (Misconfigured, "Twilio does not accept the account or its token"),
    "20005": (Misconfigured, "the Twilio account is not active"),
    "20006": (Misconfigured, "Twilio denies the account access"),
    "20008": (Misconfigured, "these are Twilio's test credentials"),
    "20404": (Misconfigured, "Twilio does not know the account"),
    "21212": (Misconfigured, "the sender is not valid"),
    "21408": (Misconfigured, "the account may not send to this country"),
    "21603": (Misconfigured, "the sender is missing"),
    "21606": (Misconfigured, "the sender is not a number of this account that can text"),
    "21608": (Misconfigured, "a trial account reaches only numbers that Twilio has verified"),
    "21609": (Misconfigured, "Twilio cannot use the public address for receipts"),
    "21659": (Misconfigured, "the sender is not a Twilio number"),
    "21660": (Misconfigured, "the sender belongs to another account"),
    "21661": (Misconfigured, "the sender cannot text"),
    "21701": (Misconfigured, "Twilio does not know the messaging service"),
    "21703": (Misconfigured, "the messaging service has no number"),
    "21705": (Misconfigured, "the messaging service is not valid"),
    "30002": (Misconfigured, "the Twilio account is suspended"),
    "90010": (Misconfigured, "the Twilio account is not active"),
    "21211": (Refused, "this is no phone number"),
    "21214": (Refused, "this number cannot be reached"),
    "21217": (Refused, "this is no phone number"),
    "21610": (Refused, "this number has sent STOP to Twilio"),
    "21612": (Refused, "this number cannot be reached from our sender"),
    "21614": (Refused, "this is no mobile number"),
    "21617": (Refused, "the text is longer than Twilio takes"),
    "21635": (Refused, "this is a landline"),
}

STATUSES: Mapping[int, tuple[type[SendError], str]] = {
    401: (Misconfigured, "Twilio does not accept the account or its token"),
    403: (Misconfigured, "Twilio denies the account access"),
    404: (Misconfigured, "Twilio does not know the account, or base_url is wrong"),
    405: (Misconfigured, "base_url does not lead to Twilio"),
    429: (Throttled, "Twilio asks to send more slowly"),
}


class TimedHttpClient(AsyncTwilioHttpClient):  # type: ignore[misc]  # the SDK is untyped
    """The SDK's client with a time-out on every call, no retry, no log, and errors of this house.

    Errors are told apart here because here alone the headers (Retry-After) are still at hand.
    """

    def __init__(self, account_sid: str, auth_token: str, timeout_s: float) -> None:
        super().__init__(pool_connections=False, timeout=timeout_s)
        # Made here, not by the SDK: its way is one that aiohttp has given notice to.
        credentials = f"{account_sid}:{auth_token}".encode()
        self._authorization = f"Basic {b64encode(credentials).decode()}"
        self.session: ClientSession | None = None
        self.provider_clock: datetime | None = None

    async def request(self, method: str, url: str, **asked: Any) -> Response:
        """One call; raises a SendError unless the answer is a 2xx."""
        lost = Uncertain if method.upper() == "POST" else Transient
        response = await self._answered(method, url, asked, lost)
        headers = response.headers or {}
        self.provider_clock = date_of(headers.get("Date")) or self.provider_clock
        if not 200 <= response.status_code < 300:
            raise error_of(response.status_code, response.text, headers, lost)
        return response

    async def _answered(
        self, method: str, url: str, asked: Mapping[str, Any], lost: type[SendError]
    ) -> Response:
        headers = {**(asked.get("headers") or {}), "Authorization": self._authorization}
        timed = {**asked, "headers": headers, "auth": None, "timeout": self.timeout}
        # The causes are dropped: some of aiohttp's errors carry the request with its secrets.
        try:
            self._open_session()
            return await super().request(method, url, **timed)
        except NEVER_LEFT as error:
            raise Transient("Twilio cannot be reached.", type(error).__name__) from None
        except InvalidURL as error:
            raise Misconfigured("base_url is no address.", type(error).__name__) from None
        except (ClientError, OSError, ValueError) as error:
            raise lost("Twilio's answer was lost.", type(error).__name__) from None

    def _open_session(self) -> None:
        """Made at the first call, inside the loop; the dispatcher bounds the calls in flight."""
        if self.session is None:
            connector = TCPConnector(limit=0)
            self.session = ClientSession(connector=connector, cookie_jar=DummyCookieJar())

    def log_request(self, kwargs: dict[str, Any]) -> None:
        """Nothing: the SDK would log the members' numbers."""

    def log_response(self, status_code: int, response: Any) -> None:
        """Nothing, for the same reason."""

    async def close(self) -> None:
        """Give the sockets back; a later call would open new ones."""
        session, self.session = self.session, None
        if session is not None:
            await session.close()


def error_of(
    status: int, text: str, headers: Mapping[str, str], lost: type[SendError]
) -> SendError:
    """What an answer that is no 2xx means; `lost` is for those after which nobody knows."""
    if status >= 500:
        return lost(f"Twilio is in trouble ({status}).", str(status))
    code = _twilio_code(text)
    kind, sentence = CODES.get(code) or STATUSES.get(status) or _unknown(status, code)
    told = f"Twilio ({code or status}): {sentence}."
    if kind is Throttled:
        return Throttled(told, code or str(status), after_s=wait_s(headers))
    return kind(told, code or str(status))


def _unknown(status: int, code: str) -> tuple[type[SendError], str]:
    if 400 <= status < 500 and code:
        return Refused, "it does not take this text for this number"
    # Redirects and bare 4xx come from something between us and Twilio, which may pass.
    return Transient, "the answer is not Twilio's own"


def _twilio_code(text: str) -> str:
    try:
        code = json.loads(text)["code"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""
    return str(code) if isinstance(code, int) and not isinstance(code, bool) else ""
