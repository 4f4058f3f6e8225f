"""Reads what mail servers report: bounces and delays (RFC 3464), complaints (RFC 5965).

A report counts only when it carries our own id: in the return path that it came to, or in the
mail that it gives back. Whatever else looks like a bounce changes nothing.
"""

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser

from app.channels._smtp_compose import our_id, our_ref
from app.channels._smtp_verdicts import GONE, status_of
from app.domain.messages import Dlr, State

STATES: Mapping[str, State | None] = {
    "failed": State.UNDELIVERED,
    "delayed": None,
    "delivered": State.DELIVERED,
    "relayed": State.SENT,
    "expanded": State.SENT,
}
BY_CLASS = {"2": "delivered", "4": "delayed", "5": "failed"}
COMPLAINTS = frozenset({"abuse", "fraud", "virus", "other", "opt-out", "opt-out-list"})
MOST_RECIPIENTS = 20

_status = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b").search
_says_gone = re.compile(r"\b55[013]\b").search
_says_else = re.compile(
    r"relay|spam|block|polic|black|reputation|quota|full|size|large|auth|denied|content|rate",
    re.IGNORECASE,
).search
_bounce_names = re.compile(r"mailer-daemon|postmaster|mail delivery", re.IGNORECASE).search


@dataclass(frozen=True, slots=True)
class Source:
    """Where a report came from and to: the wire's name, our return path, the addresses it bears."""

    channel: str
    bounces: str
    recipients: str


@dataclass(frozen=True, slots=True)
class _Ours:
    """Which mail of ours a report is about."""

    ref: str
    external_id: str

    @property
    def key(self) -> str:
        return self.ref or self.external_id


def is_report(message: Message) -> bool:
    """Whether a server says that it reports, whatever the report is worth."""
    if message.get_content_type() == "multipart/report":
        return True
    return any(_is_told(part) for part in message.walk())


def _is_told(part: Message) -> bool:
    return part.get_content_type() in ("message/delivery-status", "message/feedback-report")


def read_report(message: Message, source: Source) -> Sequence[Dlr]:
    """The receipts in a report; none where it is not about a mail of ours."""
    about = _about(message, source)
    if about is None:
        return ()
    found = [*_bounces(message, about, source), *_complaints(message, about, source)]
    return tuple({one.event_key: one for one in found}.values())


def read_odd_bounce(message: Message, source: Source) -> Sequence[Dlr]:
    """A bounce of an old server that writes no report: believed only when it came to our ref.

    Its form is read by flufl.bounce, which knows many; whether it is for ever is not believed
    without a status of its own.
    """
    about = _about(message, source)
    sender = str(message.get("From", ""))
    if about is None or not about.ref or not _bounce_names(sender):
        return ()
    if not _old_servers_see_one(message):
        return ()
    words = _first_text(message)
    found = _status(words)
    status = found[0] if found else "5.0.0"
    if status.startswith("4"):
        return (_receipt(source, about, ("delayed", status), None),)
    gone = "bounced" if GONE.fullmatch(status) else ""
    return (_receipt(source, about, ("failed", status), State.UNDELIVERED, gone),)


def _old_servers_see_one(message: Message) -> bool:
    try:
        from flufl.bounce import all_failures

        temporary, permanent = all_failures(message)
    except Exception:
        # It fails on mails without some header; then nobody knows, and nothing changes.
        return False
    return bool(temporary or permanent)


def _about(message: Message, source: Source) -> _Ours | None:
    ref = our_ref(source.recipients, source.bounces)
    external_id = ""
    for returned in _returned(message):
        external_id = external_id or our_id(str(returned.get("Message-ID", "")))
        ref = ref or our_ref(str(returned.get("Return-Path", "")), source.bounces)
    return _Ours(ref, external_id) if ref or external_id else None


def _returned(message: Message) -> Iterator[Message]:
    """The headers of the mails that a report gives back."""
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822" and part.is_multipart():
            yield from (one for one in part.get_payload() if isinstance(one, Message))
        elif kind == "text/rfc822-headers":
            yield HeaderParser().parsestr(_decoded(part))


def _bounces(message: Message, about: _Ours, source: Source) -> Iterator[Dlr]:
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in _blocks(part)[:MOST_RECIPIENTS]:
            status = _field(block, "Status")
            found = _status(status)
            action = _field(block, "Action").lower() or (BY_CLASS[found[1]] if found else "")
            if action not in STATES:
                continue
            standing = "bounced" if action == "failed" and _is_gone(block) else ""
            code = found[0] if found else status[:40]
            yield _receipt(source, about, (action, code), STATES[action], standing)


def _is_gone(block: Message) -> bool:
    """Whether the mailbox does not exist; a full one, a filter or a rule is another matter."""
    words = _field(block, "Diagnostic-Code")
    found = _status(_field(block, "Status"))
    status = found[0] if found else ""
    if status in ("", "5.0.0", "5.5.0"):
        status = status_of(0, words)
        if status in ("0", "5.0.0", "5.5.0"):
            return bool(_says_gone(words)) and not _says_else(words)
    return GONE.fullmatch(status) is not None


def _blocks(part: Message) -> list[Message]:
    """The blocks of a delivery status that tell of a recipient."""
    payload = part.get_payload()
    parsed = (
        [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []
    )
    words = _decoded(part)
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64":
        # Some servers encode the whole part, which the parser takes for a block without fields.
        words, parsed = _from_base64("".join(str(one.get_payload()) for one in parsed)), []
    pieces = () if parsed else re.split(r"\r?\n\r?\n", words.strip())
    blocks = [*parsed, *(HeaderParser().parsestr(piece) for piece in pieces)]
    return [one for one in blocks if one.get("Final-Recipient") or one.get("Original-Recipient")]


def _from_base64(coded: str) -> str:
    try:
        return base64.b64decode(coded).decode("utf-8", "replace")
    except ValueError:
        return ""


def _complaints(message: Message, about: _Ours, source: Source) -> Iterator[Dlr]:
    for part in message.walk():
        if part.get_content_type() != "message/feedback-report":
            continue
        payload = part.get_payload()
        told = payload[0] if isinstance(payload, list) and payload else None
        fields = told if isinstance(told, Message) else HeaderParser().parsestr(_decoded(part))
        kind = _field(fields, "Feedback-Type").lower()
        if kind in COMPLAINTS:
            yield _receipt(source, about, ("complaint", kind), State.DELIVERED, "stopped")


def _receipt(
    source: Source, about: _Ours, told: tuple[str, str], state: State | None, standing: str = ""
) -> Dlr:
    word, code = told
    return Dlr(
        channel=source.channel,
        event_key=f"{about.key}:{word}:{code}",
        external_id=about.external_id,
        ref=about.ref,
        state=state,
        word=word,
        code=code,
        standing=standing,
    )


def _field(block: Message, name: str) -> str:
    return " ".join(str(block.get(name, "")).split())


def _decoded(part: Message) -> str:
    with suppress(Exception):
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            return content.decode("utf-8", "replace")
    payload = part.get_payload()
    return payload if isinstance(payload, str) else ""


def _first_text(message: Message) -> str:
    texts = (part for part in message.walk() if part.get_content_type() == "text/plain")
    return _decoded(first)[:20_000] if (first := next(texts, None)) is not None else ""
