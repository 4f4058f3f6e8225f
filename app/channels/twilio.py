"""Twilio: sends by its REST API, hears its webhooks, polls for missed ones, looks up lost answers.

Follows the Messages resource of Twilio's REST API of 2010-04-01.
"""

import asyncio
import ipaddress
import re
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from urllib.parse import quote, urlencode, urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator
from twilio.rest import Client

from app.channels._pacing import Pacing
from app.channels._twilio_hook import STATES, HookReader, storable
from app.channels._twilio_http import TimedHttpClient
from app.domain.errors import Busy, SendError, Transient, Uncertain
from app.domain.messages import Dlr, Hook, HookAnswer, Mo, Mt, Sent, State
from app.domain.ports import Capability, Take

PACING = Pacing(per_second=10.0, burst=10, in_flight=20, currency="USD")

LONGEST_VALIDITY_S = 36_000
PAGE = 100
TAKEN_AT_ONCE = 100
POLL_OVERLAP = timedelta(minutes=10)
LONGEST_PAUSE_S = 900.0
CLOCK_SKEW = timedelta(minutes=10)
WRONG_CLOCK = timedelta(hours=26)
TRIAL_NOTE = "Sent from your Twilio trial account - "

Line = Annotated[str, Field(min_length=1, max_length=64)]


class Options(BaseModel):
    """The account, the sender, and how long to wait for what."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    account_sid: str = Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")
    auth_token: SecretStr = Field(min_length=1)
    sender: Line | None = Field(default=None, alias="from")
    messaging_service_sid: Line | None = None
    base_url: str = "https://api.twilio.com"
    timeout_s: float = Field(default=10.0, gt=0, le=120)
    lookup_after_s: float = Field(default=60.0, ge=0)
    poll_s: float = Field(default=60.0, ge=0, le=86_400)
    poll_back_h: float = Field(default=72.0, ge=0, le=9_600)

    @field_validator("base_url")
    @classmethod
    def _is_address(cls, value: str) -> str:
        parts = urlsplit(value)
        named = bool(parts.hostname and parts.hostname.encode("idna")) and parts.port != 0
        if parts.scheme not in ("http", "https") or not named:
            raise ValueError("must look like https://api.twilio.com")
        return value.rstrip("/")

    @field_validator("sender")
    @classmethod
    def _as_twilio_writes_it(cls, value: str | None) -> str | None:
        """A number in E.164, else polls and look-ups would compare it in vain; names stay."""
        bare = re.sub(r"[\s().-]", "", value or "")
        return re.sub(r"^(\+|00)?(?=[0-9]{7,15}$)", "+", bare) if _is_number(bare) else value

    @model_validator(mode="after")
    def _has_sender(self) -> "Options":
        if not self.sender and not self.messaging_service_sid:
            raise ValueError("from is missing (or messaging_service_sid)")
        return self


def open(name: str, options: Options, *, public_url: str) -> "Twilio":
    """A Twilio sender under this name; without a public address it only sends and polls."""
    return Twilio(name, options, public_url)


class Twilio:
    """One sender of one account; sends, hears, listens by polling, and reconciles."""

    def __init__(self, name: str, options: Options, public_url: str) -> None:
        token = options.auth_token.get_secret_value()
        self.name = name
        self.lookup_after_s = options.lookup_after_s
        self._options = options
        self._callback = _callback(name, options.base_url, public_url)
        self.capability = _capability(options.base_url, reports=bool(self._callback))
        self._hooks = HookReader(name, token, public_url)
        self._http = TimedHttpClient(options.account_sid, token, options.timeout_s)
        self._messages = _messages(options, token, self._http)
        self._since: datetime | None = None
        self._handed: frozenset[str] = frozenset()

    async def send(self, mt: Mt) -> Sent:
        """Hand one text over; our ref comes back in the address of its receipts."""
        try:
            accepted = await self._messages.create_async(to=mt.to, **self._request(mt))
        except SendError:
            raise
        except Exception as error:
            # The request was answered with a 2xx: whatever cannot be read may mean "accepted".
            raise Uncertain("Twilio's answer cannot be read.", type(error).__name__) from None
        if not isinstance(accepted.sid, str) or not accepted.sid:
            raise Uncertain("Twilio's answer names no message.", "no sid")
        return _sent(accepted)

    def _request(self, mt: Mt) -> dict[str, object]:
        # Texts are counted before they are sent, so nobody may rewrite them afterwards.
        request: dict[str, object] = {"body": mt.text, "smart_encoded": False}
        if self._options.sender:
            request["from_"] = self._options.sender
        if self._options.messaging_service_sid:
            request["messaging_service_sid"] = self._options.messaging_service_sid
        if self._callback:
            request["status_callback"] = f"{self._callback}?{urlencode({'ref': mt.ref})}"
        if mt.valid_for_s is not None:
            request["validity_period"] = min(max(mt.valid_for_s, 1), LONGEST_VALIDITY_S)
        return request

    async def find(self, mt: Mt, *, since: datetime, known: frozenset[str]) -> Sent | None:
        """The oldest unknown text of ours with this number and body since `since`.

        An identical unknown text from before leaves it open whose clock is wrong: Uncertain.
        """
        floor = since - WRONG_CLOCK
        twins = [
            message
            async for message in self._listed_since(floor, to=mt.to)
            if message.sid not in known and self._is_twin(message, mt)
        ]
        fitting = [twin for twin in twins if _age_key(twin) >= since - CLOCK_SKEW]
        if not fitting and twins:
            raise Uncertain("An older text with the same words is at Twilio.", "older twin")
        return _sent(min(fitting, key=_age_key)) if fitting else None

    def _is_twin(self, message: Any, mt: Mt) -> bool:
        """The same text of ours; only blanks may differ, which Twilio may trim."""
        if message.to != mt.to or message.direction == "inbound":
            return False
        body = (message.body or "").removeprefix(TRIAL_NOTE)
        return body.split() == mt.text.split() and self._is_ours(message)

    def _is_ours(self, message: Any) -> bool:
        sender, service = self._options.sender, self._options.messaging_service_sid
        by_sender = sender is not None and message.from_ == sender
        return by_sender or (service is not None and message.messaging_service_sid == service)

    async def _listed_since(self, floor: datetime, **asked: Any) -> AsyncGenerator[Any, None]:
        """The newest first, until a whole page is older than `floor`.

        Not by Twilio's DateSent filter: a text that waits in Twilio's queue has no such date,
        and would look as if it had never been accepted.
        """
        stale = 0
        async with aclosing(self._listed(**asked)) as listed:
            async for message in listed:
                stale = stale + 1 if _age_key(message) < floor else 0
                if stale >= PAGE:
                    return
                if not stale:
                    yield message

    async def _listed(self, limit: int | None = None, **asked: Any) -> AsyncGenerator[Any, None]:
        try:
            stream = await self._messages.stream_async(
                page_size=min(limit or PAGE, PAGE), limit=limit, **asked
            )
            async for message in stream:
                yield message
        except SendError:
            raise
        except Exception as error:
            raise Transient("Twilio's list cannot be read.", type(error).__name__) from None

    def read(self, hook: Hook) -> Sequence[Mo | Dlr]:
        """One text or one receipt; raises Untrusted, then Unreadable."""
        return (self._hooks.read(hook),)

    def answer(self) -> HookAnswer:
        """An empty TwiML document: our replies go by REST."""
        return HookAnswer(200, b'<?xml version="1.0" encoding="UTF-8"?><Response/>', "text/xml")

    async def run(self, take: Take) -> None:
        """Ask for inbound texts every `poll_s` seconds, so that a missed webhook loses nothing."""
        if not self._hears_texts():
            await asyncio.Event().wait()
        failures = 0
        while True:
            try:
                await self._poll(take)
                failures = 0
            except (SendError, Busy):
                failures = min(failures + 1, 10)
            await asyncio.sleep(self._pause_s(failures))

    def _hears_texts(self) -> bool:
        """A sender that is a name ("LSON") cannot be answered, so there is nothing to ask for."""
        sender = self._options.sender
        return bool(self._options.poll_s) and (sender is None or _is_number(sender))

    def _pause_s(self, failures: int) -> float:
        poll_s = self._options.poll_s
        return max(poll_s, min(poll_s * 2.0**failures, LONGEST_PAUSE_S))

    async def _poll(self, take: Take) -> None:
        asked_at = self._http.provider_clock or await self._ask_clock()
        since = self._since or asked_at - timedelta(hours=self._options.poll_back_h)
        filters: dict[str, Any] = {"to": self._options.sender} if self._options.sender else {}
        listed = [
            message
            async for message in self._listed(date_sent_after=since, **filters)
            if message.direction == "inbound" and message.sid
        ]
        fresh = [message for message in listed if message.sid not in self._handed]
        heard = [self._text(message) for message in sorted(fresh, key=_age_key)]
        for start in range(0, len(heard), TAKEN_AT_ONCE):
            await take(heard[start : start + TAKEN_AT_ONCE])
        self._handed = frozenset(message.sid for message in listed)
        self._since = asked_at - POLL_OVERLAP

    async def _ask_clock(self) -> datetime:
        """Twilio's own time, by which alone its dates may be compared."""
        _ = [message async for message in self._listed(limit=1)]
        if self._http.provider_clock is None:
            raise Transient("Twilio's answer has no date.", "no date")
        return self._http.provider_clock

    def _text(self, message: Any) -> Mo:
        return Mo(
            channel=self.name,
            external_id=message.sid,
            sender=message.from_ or "",
            recipient=message.to or "",
            text=storable(message.body or ""),
            raw={"NumSegments": str(message.num_segments), "Heard": "poll"},
        )

    async def close(self) -> None:
        """Give back the sockets; safe to call twice."""
        await self._http.close()


def _messages(options: Options, token: str, http: TimedHttpClient) -> Any:
    # A non-empty environment of our own: else the SDK would read TWILIO_REGION of the process.
    client = Client(options.account_sid, token, http_client=http, environment={"TWILIO_EDGE": ""})
    client.api.base_url = options.base_url
    return client.messages


def _capability(base_url: str, *, reports: bool) -> Capability:
    """Test numbers belong to nobody for sure only as long as nothing leaves this machine."""
    reaches = {"real", "test"} if _is_loopback(base_url) else {"real"}
    return Capability(reaches=frozenset(reaches), reports=reports, looks_up=True)


def _callback(name: str, base_url: str, public_url: str) -> str:
    """Where Twilio reports; nowhere when it would be its own loopback (its error 21609)."""
    if not public_url or (_is_loopback(public_url) and not _is_loopback(base_url)):
        return ""
    return f"{public_url}/hooks/{quote(name)}"


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_number(sender: str) -> bool:
    return re.fullmatch(r"\+?[0-9]{3,15}", sender) is not None


def _sent(message: Any) -> Sent:
    return Sent(message.sid, STATES.get(message.status, State.SENT))


def _age_key(message: Any) -> datetime:
    """When Twilio took the text; a text that says nothing of it counts as new."""
    created: datetime | None = message.date_created or message.date_sent
    return created or datetime.max.replace(tzinfo=UTC)
