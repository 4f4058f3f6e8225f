"""Reads Twilio's webhooks: who signed, a member's text or a receipt, and what its word means.

Follows Twilio's "Security" page (X-Twilio-Signature) and the requests of inbound messages and
status callbacks.
"""

import hmac
from collections.abc import Mapping
from urllib.parse import SplitResult, parse_qsl, urlsplit

from multidict import MultiDict
from twilio.request_validator import RequestValidator, add_port, remove_port

from app.domain.errors import Unreadable, Untrusted
from app.domain.messages import Dlr, Hook, Mo, State

SIGNATURE = "x-twilio-signature"
MOST_FIELDS = 200

STATES: Mapping[str, State] = {
    "sent": State.SENT,
    "delivered": State.DELIVERED,
    "read": State.DELIVERED,
    "failed": State.UNDELIVERED,
    "undelivered": State.UNDELIVERED,
    "canceled": State.CANCELLED,
}
INBOUND_WORDS = frozenset({"", "receiving", "received"})
OWN_FIELDS = frozenset({"Body", "Caller", "Called", "From", "To"})


class HookReader:
    """Checks and reads the hooks of one wire; knows the token that signs, and never shows it."""

    def __init__(self, name: str, auth_token: str, public_url: str) -> None:
        self._name = name
        self._public_url = public_url
        self._validator = RequestValidator(auth_token)

    def read(self, hook: Hook) -> Mo | Dlr:
        """What the hook tells; raises Untrusted before, Unreadable after the signature held."""
        try:
            address = urlsplit(hook.url)
            form = _form(address, hook)
        except ValueError:
            # What cannot be taken apart cannot be checked; no signature holds over it.
            raise Untrusted("The request is not one that Twilio makes.") from None
        signed = MultiDict() if hook.method.upper() == "GET" else form
        if not self._is_signed(self._called(address), signed, _signature(hook)):
            raise Untrusted("The signature is not Twilio's for our address and token.")
        return _read(self._name, form, _ref(address))

    def _called(self, address: SplitResult) -> str:
        """The address that Twilio called, from the configured one: never from the Host header."""
        public = urlsplit(self._public_url)
        prefix = public.path.rstrip("/")
        kept = address.path.startswith(f"{prefix}/")
        path = address.path if kept else prefix + address.path
        return public._replace(path=path, query=address.query, fragment="").geturl()

    def _is_signed(self, url: str, form: MultiDict[str], signature: str) -> bool:
        if not self._public_url or not signature:
            return False
        parts = urlsplit(url)
        # Twilio signs with or without the port; both are computed, so that the time tells nothing.
        held = [
            hmac.compare_digest(
                self._validator.compute_signature(spelling, form).encode(), signature.encode()
            )
            for spelling in (remove_port(parts), add_port(parts))
        ]
        return any(held)


def _form(address: SplitResult, hook: Hook) -> MultiDict[str]:
    is_get = hook.method.upper() == "GET"
    written = address.query if is_get else hook.body.decode("utf-8")
    pairs = parse_qsl(written, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    return MultiDict(pairs)


def _signature(hook: Hook) -> str:
    found = [value for key, value in hook.headers.items() if key.lower() == SIGNATURE]
    return found[0].strip() if len(found) == 1 else ""


def _ref(address: SplitResult) -> str:
    return dict(parse_qsl(address.query)).get("ref", "")


def _read(channel: str, form: MultiDict[str], ref: str) -> Mo | Dlr:
    external_id = form.get("MessageSid") or form.get("SmsSid") or ""
    if not external_id and form.get("CallSid") and form.get("Direction", "inbound") == "inbound":
        return _call(channel, form)
    if not external_id:
        raise Unreadable("Twilio's request names no message.")
    word = form.get("MessageStatus") or form.get("SmsStatus") or ""
    if word in INBOUND_WORDS:
        return _text(channel, external_id, form)
    return _receipt(channel, external_id, (word, ref), form)


def _text(channel: str, external_id: str, form: MultiDict[str]) -> Mo:
    if not form.get("From"):
        raise Unreadable("Twilio's request names no sender.")
    return Mo(
        channel=channel,
        external_id=external_id,
        sender=form["From"],
        recipient=form.get("To", ""),
        text=storable(form.get("Body", "")),
        raw=_raw(form),
    )


def _call(channel: str, form: MultiDict[str]) -> Mo:
    """A call, whichever of its states is reported: all of them bear the same id."""
    if not form.get("From"):
        raise Unreadable("Twilio's request names no caller.")
    return Mo(
        channel=channel,
        external_id=form["CallSid"],
        sender=form["From"],
        recipient=form.get("To", ""),
        text="",
        raw=_raw(form),
        is_call=True,
    )


def _receipt(channel: str, external_id: str, told: tuple[str, str], form: MultiDict[str]) -> Dlr:
    word, ref = told
    code = form.get("ErrorCode", "")
    return Dlr(
        channel=channel,
        event_key=f"{external_id}:{word}:{code}",
        external_id=external_id,
        ref=ref,
        state=STATES.get(word),
        word=word,
        code=code,
        raw=_raw(form),
    )


def _raw(form: MultiDict[str]) -> dict[str, str]:
    """The rest of the request; the text and the numbers stand in fields of their own."""
    return {key: storable(value) for key, value in form.items() if key not in OWN_FIELDS}


def storable(text: str) -> str:
    """Without NUL, which PostgreSQL does not store."""
    return text.replace("\x00", "")
