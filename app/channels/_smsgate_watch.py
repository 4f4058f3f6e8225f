"""Looks after the phone behind the SMS Gate app: its webhooks, its health, its signs of life."""

import hashlib
from dataclasses import replace
from typing import Any

from android_sms_gateway.domain import Webhook
from android_sms_gateway.enums import WebhookEvent

from app.channels._smsgate_health import pulse_of, tells_of_phone
from app.channels._smsgate_hook import EVENTS, NEWER_EVENTS
from app.channels._smsgate_http import HEALTH, AlreadyThereError, NotThereError, PhoneHttp
from app.domain.errors import Misconfigured, SendError, Transient
from app.domain.messages import Pulse


class Watch:
    """Asks the app and its server; `hook` is the address that the phone shall call, "" for none."""

    def __init__(self, name: str, http: PhoneHttp, client: Any, hook: str) -> None:
        self._name, self._http, self._client, self._hook = name, http, client, hook

    async def look(self, wrong_clock_s: float) -> Pulse:
        """How the phone is, its webhooks put right; raises nothing."""
        trouble = _off(wrong_clock_s) or await self._put_hooks_right()
        try:
            pulse = await self._pulse()
        except SendError as error:
            return Pulse(self._name, is_heard=False, trouble=trouble or str(error))
        return replace(pulse, trouble=trouble)

    async def _pulse(self) -> Pulse:
        """From the phone itself, or when its server last heard of it; raises SendError."""
        try:
            health = await self._http.get(self._client.base_url + HEALTH)
        except NotThereError:
            health = None
        if tells_of_phone(health):
            return pulse_of(self._name, health)
        seen = [one.last_seen for one in await self._devices() if one.last_seen is not None]
        if not seen:
            raise Transient("The server of the app has not heard of the phone yet.", "no device")
        return Pulse(self._name, seen_at=max(seen))

    async def _devices(self) -> Any:
        try:
            return await self._client.list_devices()
        except SendError:
            raise
        except Exception as error:
            raise Transient("The list of phones cannot be read.", type(error).__name__) from None

    async def _put_hooks_right(self) -> str:
        """Ask for the webhooks that are missing and touch no other; what is wrong, in words."""
        if not self._hook:
            return ""
        try:
            missing = await self._missing()
            for event in missing:
                await self._ask_for(event)
        except SendError as error:
            return f"Its webhooks could not be set: {error}"
        return ""

    async def _missing(self) -> list[str]:
        headers = self._client.headers
        try:
            told = await self._http.get(self._client.base_url + "/webhooks", headers=headers)
        except NotThereError:
            raise Misconfigured("base_url does not lead to the app or to its server.") from None
        listed = told if isinstance(told, list) else []
        there = {one.get("event") for one in listed if _is_ours(one, self._hook)}
        return [event for event in (*EVENTS, *NEWER_EVENTS) if event not in there]

    async def _ask_for(self, event: str) -> None:
        """Our own id makes it once for all, and moves it along when our address changes."""
        own_id = hashlib.sha256(f"{self._name} {event}".encode()).hexdigest()[:20]
        wanted = Webhook(f"munadi-{own_id}", self._hook, WebhookEvent(event))
        url = self._client.base_url + "/webhooks"
        try:
            await self._http.post(url, wanted.asdict(), headers=self._client.headers)
        except AlreadyThereError:
            return
        except SendError:
            # An app that does not know it yet works without it.
            if event not in NEWER_EVENTS:
                raise


def _is_ours(listed: Any, hook: str) -> bool:
    return isinstance(listed, dict) and listed.get("url") == hook


def _off(seconds: float) -> str:
    if not seconds:
        return ""
    minutes = max(round(seconds / 60), 1)
    return (
        f"Its texts are refused: its clock and this computer's are {minutes} minutes apart. "
        "Set both by the network."
    )
