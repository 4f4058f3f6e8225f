"""An Android phone with a local SIM: sends by the SMS Gate app, hears it, looks after the phone.

Follows https://docs.sms-gate.app: the app's local server, and its own (private) server, whose
base_url ends in /3rdparty/v1. The app tells of no calls: a missed call reaches us by other wires.
"""

import asyncio
import hashlib
import ipaddress
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

from android_sms_gateway import AsyncAPIClient, Message, TextMessage
from android_sms_gateway.enums import MessagePriority
from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from app.channels._pacing import Pacing
from app.channels._smsgate_hook import HookReader
from app.channels._smsgate_http import AlreadyThereError, NotThereError, PhoneHttp
from app.channels._smsgate_watch import Watch
from app.domain.errors import Busy, SendError, Transient, Uncertain
from app.domain.messages import Heard, Hook, HookAnswer, Mt, Sent, State
from app.domain.ports import Advice, Capability, Take

# A SIM is cut off at 200 equal texts in 15 minutes: half of that, in small bursts.
PACING = Pacing(burst=6, per_window=90, window_s=900, per_day=400, in_flight=2, currency="PKR")

STATES = {
    "Delivered": State.DELIVERED,
    "Failed": State.UNDELIVERED,
    "Cancelled": State.CANCELLED,
}
"""What the app says of a message that it has; every other word means: accepted."""
HOME_OF_PHONES = "deploy/phone.md"


class Options(BaseModel):
    """The phone, its user, the key of its webhooks, the SIM, and how long to wait for what."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    base_url: str
    user: str = Field(min_length=1, max_length=64)
    password: SecretStr = Field(min_length=1)
    hook_key: SecretStr = SecretStr("")
    sim: int | None = Field(default=None, ge=1, le=3)
    timeout_s: float = Field(default=15.0, gt=0, le=120)
    lookup_after_s: float = Field(default=60.0, ge=0)
    look_s: float = Field(default=300.0, ge=0, le=86_400)
    """How often its health and its webhooks are looked after; 0: never."""
    clock_skew_s: float = Field(default=900.0, ge=30, le=86_400)
    """How far the phone's clock may be from ours."""

    @field_validator("base_url")
    @classmethod
    def _is_address(cls, value: str) -> str:
        parts = urlsplit(value)
        named = bool(parts.hostname and parts.hostname.encode("idna")) and parts.port != 0
        if parts.scheme not in ("http", "https") or not named or parts.username:
            raise ValueError("must look like http://192.168.1.20:8080")
        return value.rstrip("/")


def open(name: str, options: Options, *, public_url: str) -> "SmsGate":
    """A phone under this name; without a public address it only sends."""
    return SmsGate(name, options, public_url)


class SmsGate:
    """One SIM in one phone: sends, hears, reconciles, and looks after the phone."""

    def __init__(self, name: str, options: Options, public_url: str) -> None:
        key = options.hook_key.get_secret_value()
        self.name = name
        self.lookup_after_s = options.lookup_after_s
        self._options, self._public_url = options, public_url
        reaches = {"real", "test"} if _is_loopback(options.base_url) else {"real"}
        can_hear = bool(key) and _may_be_called(public_url)
        self.capability = Capability(frozenset(reaches), reports=can_hear, looks_up=True)
        self._hooks = HookReader(name, key, options.sim, options.clock_skew_s)
        self._http = PhoneHttp(options.timeout_s)
        password = options.password.get_secret_value()
        self._client: Any = AsyncAPIClient(
            options.user, password, base_url=options.base_url, http_client=self._http
        )
        hook = f"{public_url}/hooks/{quote(name)}" if can_hear else ""
        self._watch = Watch(name, self._http, self._client, hook)

    async def send(self, mt: Mt) -> Sent:
        """Hand one text over under an id of ours; the app takes an id only once."""
        own_id = id_of(mt)
        try:
            state = await self._client.send(self._message(mt, own_id))
        except SendError:
            raise
        except AlreadyThereError:
            return Sent(own_id)
        except Exception as error:
            # The request was answered with a 2xx: whatever cannot be read may mean "accepted".
            raise Uncertain("The phone's answer cannot be read.", type(error).__name__) from None
        if state.id != own_id:
            raise Uncertain("The phone's answer names another message.", "other id")
        return _sent(state)

    def _message(self, mt: Mt, own_id: str) -> Message:
        return Message(
            phone_numbers=[mt.to],
            text_message=TextMessage(mt.text),
            sim_number=self._options.sim,
            # Relative, so that it holds whatever the clock of the phone says.
            ttl=None if mt.valid_for_s is None else max(mt.valid_for_s, 1),
            priority=MessagePriority.BYPASS_THRESHOLD if mt.is_urgent else None,
            with_delivery_report=True,
            id=own_id,
        )

    async def find(self, mt: Mt, *, since: datetime, known: frozenset[str]) -> Sent | None:
        """The message with our id, whenever it was taken; None when the app never had it."""
        del since
        own_id = id_of(mt)
        if own_id in known:
            return None
        try:
            return _sent(await self._client.get_state(own_id))
        except SendError:
            raise
        except NotThereError:
            return None
        except Exception as error:
            raise Transient("The phone's answer cannot be read.", type(error).__name__) from None

    def read(self, hook: Hook) -> Sequence[Heard]:
        """What one webhook tells; raises Untrusted, then Unreadable."""
        return self._hooks.read(hook)

    def answer(self) -> HookAnswer:
        """Any 2xx ends the repeats; our replies go by `send`."""
        return HookAnswer(204)

    async def run(self, take: Take) -> None:
        """Look after the phone: ask it for the webhooks that are missing, and how it is.

        It is not asked for its inbox: it keeps what it could not deliver and repeats it for two
        days, and texts of the inbox come under new ids, so that all would be answered once more.
        """
        if not self._options.look_s:
            await asyncio.Event().wait()
        while True:
            pulse = await self._watch.look(self._hooks.wrong_clock_s)
            # A look that could not be kept is no loss: the next one tells it all again.
            with suppress(Busy):
                await take((pulse,))
            await asyncio.sleep(self._options.look_s)

    def advice(self) -> Sequence[Advice]:
        """What keeps members' texts from arriving, by the configuration alone."""
        found = []
        if not self._options.hook_key.get_secret_value():
            cure = f"Copy the signing key of the app (Settings, Webhooks): {HOME_OF_PHONES}"
            found.append(Advice("no text can arrive: hook_key is missing", cure))
        if not self._public_url:
            cure = (
                "Set MUNADI_PUBLIC_URL to an https address of this computer that the phone reaches "
                f"in the local network, such as https://192.168.1.10: {HOME_OF_PHONES}"
            )
            found.append(Advice("no text can arrive: there is no public address", cure))
        elif not _may_be_called(self._public_url):
            cure = f"Give this computer an https address in the local network: {HOME_OF_PHONES}"
            found.append(Advice("no text can arrive: the app calls only https addresses", cure))
        return found

    async def close(self) -> None:
        """Give back the sockets; safe to call twice."""
        await self._http.close()


def id_of(mt: Mt) -> str:
    """Our id of a text: the same at every try, and no other text's, also after a restored copy.

    At most 36 signs, as the app's server wants it; the ref is cut where it would be longer.
    """
    ref = mt.ref.partition(".")[0][:23]
    seal = hashlib.sha256("\0".join((ref, mt.to, mt.text)).encode()).hexdigest()[:12]
    return f"{ref}-{seal}"


def _sent(state: Any) -> Sent:
    return Sent(state.id, STATES.get(state.state.value, State.SENT))


def _may_be_called(public_url: str) -> bool:
    """The app calls https addresses, and without encryption only 127.0.0.1 (a wire to itself)."""
    parts = urlsplit(public_url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname == "127.0.0.1")


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
