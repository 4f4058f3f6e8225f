"""What travels: a text in (MO), a text out (MT), a receipt (DLR), and the states of a text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum

from app.domain.letters import Letter


class State(StrEnum):
    """Where a text to a member stands; `sent` means accepted by the gateway and nothing more."""

    HELD = "held"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    REJECTED = "rejected"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    UNCERTAIN = "uncertain"


class Lane(IntEnum):
    """Who goes first over a wire; the smaller number overtakes."""

    URGENT = 0
    REPLY = 1
    NORMAL = 2
    BULK = 3


RANK: Mapping[State, int] = {
    State.HELD: 0,
    State.QUEUED: 0,
    State.SENDING: 1,
    State.UNCERTAIN: 2,
    State.SENT: 3,
    State.CANCELLED: 4,
    State.REJECTED: 5,
    State.EXPIRED: 6,
    State.UNDELIVERED: 7,
    State.DELIVERED: 8,
}
"""How much is known; a receipt may raise a text's rank and never lower it."""


def advance(standing: State, heard: State) -> State:
    """The state after hearing `heard`: the highest ever heard stands, in whatever order.

    Repeats and late arrivals are harmless because this is a join of a total order.
    """
    return heard if RANK[heard] > RANK[standing] else standing


@dataclass(frozen=True, slots=True)
class Mo:
    """A text from a member (mobile-originated), as a wire heard it.

    `external_id` is the provider's own id, unique per channel; `sender` and `recipient` are as
    the wire wrote them (E.164 where the wire knows, else a mail address, a short code or a
    name). `home` is the slug of the network that it is for, where whoever heard it knows better
    than the wire. `line` is what is read as a keyword, where that is not the whole text: the
    first line of a mail. `is_automatic`: a machine wrote it, and nobody may answer it. `is_call`:
    a missed call, which has no words and asks for what matters today.
    """

    channel: str
    external_id: str
    sender: str
    recipient: str
    text: str
    raw: Mapping[str, str] = field(default_factory=dict)
    home: str = ""
    line: str | None = None
    is_automatic: bool = False
    is_call: bool = False


@dataclass(frozen=True, slots=True)
class Mt:
    """A text to a member (mobile-terminated), ready for a wire.

    `ref` is ours and opaque: a wire that can carry it back in its receipts does so. Its part
    before the dot is the same at every try. `to` is a number or a mail address. A mail comes as
    a `letter`, with the address `unsubscribe` where its reader can stop such mail.
    """

    ref: str
    to: str
    text: str
    started: datetime
    valid_for_s: int | None = None
    letter: Letter | None = None
    unsubscribe: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """The gateway accepted the text under its id; `state` when it already said more."""

    external_id: str
    state: State = State.SENT


@dataclass(frozen=True, slots=True)
class Dlr:
    """A receipt: what a gateway says of a text that it accepted.

    `event_key` is unique per receipt of a channel, so that a repeat is seen to be one. Either
    `external_id` or `ref` names the text. `state` is None for a word we do not know: kept, and
    nothing changes. `standing` is what the receipt says of the address itself: `bounced` (there
    is no such mailbox), `stopped` (its holder complained), or nothing.
    """

    channel: str
    event_key: str
    external_id: str
    ref: str
    state: State | None
    word: str
    code: str = ""
    price_micro: int | None = None
    currency: str = ""
    raw: Mapping[str, str] = field(default_factory=dict)
    standing: str = ""


@dataclass(frozen=True, slots=True)
class Hook:
    """An HTTP request of a provider, untouched: what a wire needs to trust and read it."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class HookAnswer:
    """What the provider wants to hear back once everything is committed."""

    status: int = 204
    body: bytes = b""
    media_type: str = ""
