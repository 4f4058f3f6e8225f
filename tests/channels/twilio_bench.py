"""Twilio's side of the conformance table: the stand-in, and hooks signed by Twilio's own code."""

from collections.abc import Mapping, Sequence
from itertools import count
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from app.channels._open import open_channel
from app.channels.twilio import Twilio
from app.domain.messages import Dlr, Hook, Mt, State
from app.domain.ports import Sends
from tests.standins.client import AUTH_TOKEN, SENDER, TwilioStandIn

PUBLIC = "https://office.example.org"
NOBODY_LISTENS = "http://127.0.0.1:9"
ORDERS: Mapping[str, str] = {
    "refused": "400:21211",
    "throttled": "429/7",
    "misconfigured": "401:20003",
    "5xx": "503",
    "5xx after": "502_after",
    "time-out before": "hang",
    "time-out after": "hang_after",
    "lost answer": "drop_after",
    "garbage": "garbage",
    "truncated": "truncated",
    "no id": "no_sid",
}
WORDS = {State.SENT: "sent", State.DELIVERED: "delivered", State.UNDELIVERED: "undelivered"}
NUMBERS = count(3640000001)


class TwilioBench:
    """The stand-in is the far side; hooks are signed by Twilio's own RequestValidator."""

    lacks: Mapping[str, str] = {}

    def __init__(self, stand_in: TwilioStandIn) -> None:
        self.to = f"+92{next(NUMBERS)}"
        self.stand_in = stand_in
        self.opened: list[Twilio] = []

    def open(self, **options: object) -> Twilio:
        wire = open_channel(self.stand_in.channel_options(**options), public_url=PUBLIC)
        assert isinstance(wire, Twilio)
        self.opened.append(wire)
        return wire

    async def wire(self, fault: str = "") -> Twilio:
        if fault == "unreachable":
            return self.open(base_url=NOBODY_LISTENS)
        if fault:
            await self.stand_in.control(next=[ORDERS[fault]])
        return self.open(timeout_s=0.5) if fault.startswith("time-out") else self.open()

    async def taken(self) -> Sequence[str]:
        return [text["body"] for text in await self.texts()]

    async def texts(self) -> list[dict[str, object]]:
        return [text for text in await self.stand_in.texts() if text["to"] == self.to]

    async def reported(self, wire: Sends, mt: Mt, states: Sequence[State]) -> list[Dlr]:
        assert isinstance(wire, Twilio)
        sid = (await self.texts())[-1]["sid"]
        forms = [{"MessageSid": sid, "MessageStatus": WORDS[state]} for state in states]
        address = f"{PUBLIC}/hooks/{wire.name}?ref={mt.ref}"
        heard = [event for form in forms for event in wire.read(signed(address, form))]
        return [event for event in heard if isinstance(event, Dlr)]

    def text_hook(self, wire: Sends, text: str, external_id: str) -> Hook:
        form = {"MessageSid": external_id, "SmsStatus": "received", "From": self.to, "To": SENDER}
        return signed(f"{PUBLIC}/hooks/{wire.name}", {**form, "Body": text})

    def empty_hook(self, wire: Sends) -> Hook:
        return signed(f"{PUBLIC}/hooks/{wire.name}", {"AccountSid": "ACstandin"})

    def broken_hooks(self, wire: Sends) -> Mapping[str, Hook]:
        good = self.text_hook(wire, "STOP", "in-9")
        address = f"{PUBLIC}/hooks/{wire.name}"
        form = {"MessageSid": "in-9", "From": self.to, "Body": "STOP"}
        other = signed(address, form, token="somebody else's token")
        return {
            "unsigned": Hook("POST", good.url, {}, good.body),
            "an empty signature": Hook("POST", good.url, {"X-Twilio-Signature": ""}, good.body),
            "an odd signature": Hook("POST", good.url, {"X-Twilio-Signature": "ü"}, good.body),
            "an altered body": Hook("POST", good.url, good.headers, good.body + b"&Body=x"),
            "another address": Hook("POST", f"{good.url}?ref=1", good.headers, good.body),
            "another token": other,
            "two signatures": Hook(
                "POST", good.url, {**good.headers, "x-twilio-signature": "y"}, good.body
            ),
        }


def signed(address: str, form: Mapping[str, object], *, token: str = AUTH_TOKEN) -> Hook:
    """A hook as the door hands it over: its own host and scheme, Twilio's signature of ours."""
    signature = RequestValidator(token).compute_signature(address, dict(form))
    inside = address.replace("https://office.example.org", "http://127.0.0.1:8000")
    headers = {"Host": "127.0.0.1:8000", "X-Twilio-Signature": signature}
    return Hook("POST", inside, headers, urlencode(form).encode())
