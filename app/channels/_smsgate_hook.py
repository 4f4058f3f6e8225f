"""Reads the webhooks of the SMS Gate app: who signed, and what it tells.

Follows the app's page "Webhooks": hex HMAC-SHA256 over the raw body and X-Timestamp. The app signs
each delivery anew, also one that it repeats for two days, so an old timestamp is never the app's.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.channels._smsgate_health import pulse_of
from app.domain.errors import Unreadable, Untrusted
from app.domain.messages import Dlr, Hook, Mo, Pulse, State
from app.domain.storable import storable

SIGNATURE = "x-signature"
TIMESTAMP = "x-timestamp"

RECEIPTS: Mapping[str, State] = {
    "sms:sent": State.SENT,
    "sms:delivered": State.DELIVERED,
    "sms:failed": State.UNDELIVERED,
    "sms:cancelled": State.CANCELLED,
}
TEXTS = frozenset({"sms:received", "mms:downloaded"})
SIGNS_OF_LIFE = frozenset({"system:ping", "app:started"})
EVENTS = ("sms:received", "sms:sent", "sms:delivered", "sms:failed", "system:ping")
"""What every version of the app tells; we ask for no less."""
NEWER_EVENTS = ("sms:cancelled", "mms:downloaded", "app:started")
"""What only newer versions know; an older one refuses to be asked for it."""

TOO_LATE = "ttl expired"
_seconds = re.compile(r"[0-9]{1,12}").fullmatch
_ours = re.compile(r"(.+)-[0-9a-f]{12}").fullmatch


class HookReader:
    """Checks and reads the hooks of one wire; knows the key that signs, and never shows it."""

    def __init__(self, name: str, key: str, sim: int | None, skew_s: float) -> None:
        self._name, self._key = name, key.encode()
        self._sim, self._skew_s = sim, skew_s
        self.wrong_clock_s = 0.0
        """By how much the phone's clock was off when it last kept a signed hook from counting."""

    def read(self, hook: Hook) -> Sequence[Mo | Dlr | Pulse]:
        """What the hook tells; raises Untrusted before, Unreadable after the signature held."""
        headers = _alone(hook.headers)
        stamp = headers.get(TIMESTAMP, "")
        if not self._is_signed(hook.body, stamp, headers.get(SIGNATURE, "")):
            raise Untrusted("The signature is not the phone's for our key.")
        self._check_time(stamp, hook.at)
        told = _object(hook.body)
        event, unique, payload = told.get("event"), told.get("id"), told.get("payload")
        if not (isinstance(event, str) and isinstance(unique, str) and unique):
            raise Unreadable("The phone's request names no event.")
        told["payload"] = payload if isinstance(payload, dict) else {}
        if event in RECEIPTS:
            return (_receipt(self._name, event, told),)
        if event in TEXTS:
            return self._texts(unique, told)
        if event in SIGNS_OF_LIFE:
            return (pulse_of(self._name, told["payload"].get("health")),)
        # An event of a later version: heard, and nothing follows from it.
        return ()

    def _is_signed(self, body: bytes, stamp: str, signature: str) -> bool:
        if not self._key or not _seconds(stamp):
            return False
        held = hmac.new(self._key, body + stamp.encode(), hashlib.sha256).hexdigest()
        return hmac.compare_digest(held.encode(), signature.strip().lower().encode())

    def _check_time(self, stamp: str, at: datetime | None) -> None:
        off_s = abs(at.timestamp() - int(stamp)) if at is not None else float("inf")
        if off_s > self._skew_s:
            self.wrong_clock_s = off_s if at is not None else 0.0
            raise Untrusted("The timestamp is too far from this computer's clock.")
        self.wrong_clock_s = 0.0

    def _texts(self, unique: str, told: Mapping[str, Any]) -> Sequence[Mo]:
        payload = told["payload"]
        slot = payload.get("simNumber")
        if self._sim is not None and isinstance(slot, int) and slot != self._sim:
            # The other SIM of the phone is not ours to read.
            return ()
        return (_text(self._name, unique, told),)


def _alone(headers: Mapping[str, str]) -> Mapping[str, str]:
    """The headers in small letters; one that is there twice in two spellings is not there."""
    found: dict[str, str] = {}
    for key, value in headers.items():
        name = key.lower()
        found[name] = "" if name in found else value
    return found


def _object(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise Unreadable("The phone's request is no JSON object.")
    return told


def _text(channel: str, unique: str, told: Mapping[str, Any]) -> Mo:
    payload = told["payload"]
    sender = payload.get("sender") or payload.get("phoneNumber")
    if not isinstance(sender, str) or not sender.strip():
        raise Unreadable("The phone's request names no sender.")
    # Not `messageId`: it is made of the content, so two equal texts have the same.
    words = payload.get("message") or payload.get("body") or payload.get("subject") or ""
    return Mo(
        channel=channel,
        external_id=storable(unique),
        sender=storable(sender),
        recipient=_word(payload.get("recipient")),
        text=storable(words) if isinstance(words, str) else "",
        raw=_raw(told),
    )


def _receipt(channel: str, event: str, told: Mapping[str, Any]) -> Dlr:
    payload = told["payload"]
    external_id = _word(payload.get("messageId"))
    if not external_id:
        raise Unreadable("The phone's request names no message.")
    reason = _word(payload.get("reason"))
    state = RECEIPTS[event]
    if state is State.UNDELIVERED and TOO_LATE in reason.lower():
        state = State.EXPIRED
    return Dlr(
        channel=channel,
        # Without the id of the event: each part of a long text is reported by itself.
        event_key=f"{external_id}:{event}",
        external_id=external_id,
        ref=ref_of(external_id),
        state=state,
        word=event,
        code=reason,
        raw=_raw(told),
    )


def ref_of(external_id: str) -> str:
    """Our ref in an id of ours; "" for a message that others gave the phone."""
    found = _ours(external_id)
    return found[1] if found else ""


def _raw(told: Mapping[str, Any]) -> dict[str, str]:
    """The rest of the request; the text and the numbers stand in fields of their own."""
    payload = told["payload"]
    kept = {key: told.get(key) for key in ("event", "deviceId", "webhookId")}
    kept |= {
        key: payload.get(key)
        for key in ("messageId", "simNumber", "receivedAt", "sentAt", "deliveredAt", "failedAt")
    }
    return {key: _word(value) for key, value in kept.items() if value is not None}


def _word(value: object) -> str:
    return storable(str(value)) if isinstance(value, str | int) else ""
