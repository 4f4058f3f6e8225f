"""Reads a mail that came to us: a member's words, a server's report, or a machine's answer."""

import hashlib
import html
import re
from collections.abc import Sequence
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

from app.channels._smtp_reports import Source, is_report, read_odd_bounce, read_report
from app.domain.errors import Unreadable
from app.domain.letters import header_words, mail_address, plain_body
from app.domain.messages import Dlr, Mo

LONGEST_TEXT = 20_000
MOST_REFERENCES = 10
STOP = "STOP"
"""The subject that List-Unsubscribe names: a reader's program may send it by itself."""
RECIPIENT_HEADERS = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")

_bulk = frozenset({"bulk", "junk", "list", "auto_reply"})
_machine = re.compile(
    r"(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|listserv)(?:[+.=-].*)?",
    re.IGNORECASE,
).fullmatch
_quote_begins = re.compile(
    r"^(?:On\s.{4,300}\swrote:|.{4,300}(?:نے لکھا|نے تحریر کیا)\s*[:：]?"
    r"|-{2,}\s*(?:Original|Forwarded) [Mm]essage\s*-{2,}|_{20,}|-- ?|Sent from my\b.*)$"
)
_wrapped_quote = re.compile(r"^On\s.{4,300}$")
_answer = re.compile(r"^\s*(?:re|fwd?|aw|sv)\s*(?:\[\d+\])?\s*:", re.IGNORECASE).match
_breaks = re.compile(r"(?i)<\s*(?:br|/p|/div|/tr|/li|/h\d)\b[^>]*>").sub
_hidden = re.compile(r"(?is)<(style|script|head|blockquote)\b.*?</\1\s*>").sub
_tags = re.compile(r"<[^>]*>").sub


class MailReader:
    """Reads mails for one wire; knows its own address, so that it never talks to itself."""

    def __init__(self, name: str, address: str, bounces: str) -> None:
        """`bounces` is the return path before our ref is put into it."""
        self._name, self._address, self._bounces = name, address.lower(), bounces

    def read(self, content: bytes, recipients: Sequence[str] = ()) -> Sequence[Mo | Dlr]:
        """What a mail tells; `recipients` are those of its envelope, where they are known.

        Raises Unreadable for what is no mail.
        """
        try:
            message = BytesParser(policy=compat32).parsebytes(content)
            to = " ".join((*recipients, *(_header(message, one) for one in RECIPIENT_HEADERS)))
            source = Source(self._name, self._bounces, to)
            if is_report(message):
                return read_report(message, source)
            return read_odd_bounce(message, source) or (self._mo(message, content, to),)
        except (MessageError, ValueError, LookupError, TypeError, AttributeError):
            # The parser of the standard library meets mails that it cannot take apart.
            raise Unreadable("This mail cannot be read.") from None

    def _mo(self, message: Message, content: bytes, to: str) -> Mo:
        sender = mail_address(_header(message, "From"))
        if not sender:
            raise Unreadable("This mail names no sender.")
        subject = header_words(_header(message, "Subject"))
        text = without_quotes(_text(message))
        is_button = not text and subject.upper() == STOP
        if not text and not _answer(subject):
            text = subject
        message_id = _bare_id(_header(message, "Message-ID"))
        return Mo(
            channel=self._name,
            external_id=message_id or hashlib.sha256(content).hexdigest(),
            sender=sender,
            recipient=mail_address(to.split(",")[0]) or self._address,
            text=text,
            raw=_raw(message, subject, message_id),
            line=first_line(text),
            is_automatic=not is_button and self._is_automatic(message, sender),
        )

    def _is_automatic(self, message: Message, sender: str) -> bool:
        """Whether a machine wrote it, or many got it: nobody answers that (RFC 3834)."""
        submitted = _header(message, "Auto-Submitted").strip().lower()
        return (
            (bool(submitted) and not submitted.startswith("no"))
            or _header(message, "Precedence").strip().lower() in _bulk
            or any(message.get(one) for one in ("List-Id", "List-Unsubscribe", "X-Autoreply"))
            or bool(message.get("X-Autorespond"))
            or _header(message, "Return-Path").strip() == "<>"
            or _machine(sender.rpartition("@")[0]) is not None
            or sender.lower() in (self._address, self._bounces.lower())
        )


def first_line(text: str) -> str:
    """The first line that says something: what is read as a keyword."""
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def without_quotes(text: str) -> str:
    """What somebody wrote anew, without what they quote and how they sign."""
    kept: list[str] = []
    lines = plain_body(text)[:LONGEST_TEXT].split("\n")
    for number, line in enumerate(lines):
        following = lines[number + 1].strip() if number + 1 < len(lines) else ""
        is_wrapped = _wrapped_quote.match(line.strip()) and following.endswith("wrote:")
        if _quote_begins.match(line.rstrip("\r ")) or line.rstrip() == "--" or is_wrapped:
            break
        if not line.lstrip().startswith(">"):
            kept.append(line)
    return "\n".join(kept).strip("\n ")


def _text(message: Message) -> str:
    """The words: the first part in plain text, else the first in HTML without its signs."""
    parts = [part for part in message.walk() if not part.is_multipart() and _is_shown(part)]
    for part in parts:
        if part.get_content_type() == "text/plain":
            return _decoded(part)
    for part in parts:
        if part.get_content_type() == "text/html":
            bare = _tags(" ", _breaks("\n", _hidden(" ", _decoded(part)[: 10 * LONGEST_TEXT])))
            lines = (" ".join(line.split()) for line in html.unescape(bare).split("\n"))
            return "\n".join(lines)
    return ""


def _is_shown(part: Message) -> bool:
    return part.get_content_disposition() != "attachment"


def _decoded(part: Message) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    try:
        return content.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        return content.decode("utf-8", "replace")


def _header(message: Message, name: str) -> str:
    """A header's words; as it was written where its code words are broken."""
    found = ", ".join(str(one) for one in message.get_all(name, ()))
    try:
        return str(make_header(decode_header(found)))
    except (MessageError, ValueError, LookupError):
        return found


def _bare_id(written: str) -> str:
    return header_words(written.strip().removeprefix("<").removesuffix(">"), 500).replace(" ", "")


def _raw(message: Message, subject: str, message_id: str) -> dict[str, str]:
    references = _header(message, "References").split()[-MOST_REFERENCES:]
    thread = [_bare_id(one) for one in references]
    return {"subject": subject, "message_id": message_id, "thread": " ".join(thread)[:2000]}
