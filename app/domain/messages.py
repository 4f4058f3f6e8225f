"""What travels: a text in (MO), a text out (MT), a receipt (DLR), and the states of a text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Literal

from app.domain.letters import Attachment, Letter


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
    a missed call, which has no words and asks for what matters today. `is_group`: it was said
    where many read along, and to us.
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
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Mt:
    """A text to a member (mobile-terminated), ready for a wire.

    `ref` is ours and opaque: a wire that can carry it back in its receipts does so. Its part
    before the dot is the same at every try. `to` is a number, a mail address or the id of a
    chat. A mail comes as a `letter`, with the address `unsubscribe` where its reader can stop such
    mail. Wires that can show them take `buttons`, each a text to send and its label, and `papers`,
    which are files that go with the text; other wires leave both out.
    """

    ref: str
    to: str
    text: str
    started: datetime
    valid_for_s: int | None = None
    letter: Letter | None = None
    unsubscribe: str = ""
    buttons: tuple[tuple[str, str], ...] = ()
    papers: tuple[Attachment, ...] = ()
    is_urgent: bool = False
    """Whether a wire with a queue of its own shall let it overtake."""


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


ChatEvent = Literal["blocked", "unblocked", "migrated", "joined", "left"]


@dataclass(frozen=True, slots=True)
class ChatChange:
    """What became of a chat, told by the wire: no text, and nobody is answered.

    `blocked` and `unblocked` are one person's choice, `joined` and `left` ours in a group;
    `migrated` says that the group goes on as the chat `to`. `event_key` is unique per change of a
    channel, so that a repeat is seen to be one; `sender` names the chat as in a `Mo`. `title` is
    the name of the group, where it was told; `by` names the chat of the person who did it.
    """

    channel: str
    event_key: str
    sender: str
    change: ChatEvent
    to: str = ""
    title: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found for somebody who looks it up while writing; `key` names it for good."""

    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Pulse:
    """How the device behind a wire is, such as a phone with a SIM; None: it does not say.

    `seen_at` is when it was last heard of, where that is not now; `is_heard` is False when it did
    not answer. `trouble` says in a sentence what a person should see to.
    """

    channel: str
    is_heard: bool = True
    seen_at: datetime | None = None
    battery: int | None = None
    is_charging: bool | None = None
    network: str = ""
    version: str = ""
    failed: int | None = None
    trouble: str = ""


Heard = Mo | Dlr | ChatChange | Pulse
"""Whatever a wire can hear."""


@dataclass(frozen=True, slots=True)
class Hook:
    """An HTTP request of a provider, untouched: what a wire needs to trust and read it.

    `at` is when it came, for a signature that holds for a while only.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HookAnswer:
    """What the provider wants to hear back once everything is committed."""

    status: int = 204
    body: bytes = b""
    media_type: str = ""
