"""Letters: what a mail says, kept once per language as one piece of MIME without a recipient.

Every header of a letter is made here from plain words, so that no word can become a header of
its own: line breaks and control characters are blanks before anything else looks at them.
"""

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.errors import MessageError
from email.header import Header, decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import encode_rfc2231, parseaddr
from functools import lru_cache

from app.domain.errors import Refusal

MEDIA_TYPE = "message/rfc822"
UNSUBSCRIBE = "{unsubscribe}"
"""Stands in text and HTML for the address where this recipient can stop the mail."""
LONGEST_SUBJECT = 200
LONGEST_NAME = 70
LARGEST = 5_000_000
"""Bytes of a whole letter; more is refused by many servers and lasts minutes on a slow line."""

_KEPT = {
    "Subject": "subject",
    "X-Munadi-Language": "language",
    "X-Munadi-Thread": "thread",
    "X-Munadi-Answers": "answers",
    "X-Munadi-Sender": "sender",
}
_gap = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\s]+").sub
_no_line = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]").sub
_surrogate = re.compile(r"[\ud800-\udfff]").sub
_is_plain = re.compile(r"[\x20-\x7e]*").fullmatch
_media_type = re.compile(r"[a-z0-9][a-z0-9.+-]{0,60}/[a-z0-9][a-z0-9.+-]{0,80}").fullmatch


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a letter."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail before it has a recipient.

    `text` is always there and says everything; `html` is the same for those who see it. Both may
    hold `{unsubscribe}`. `thread` is a word that all mails of one matter share ("meeting-14");
    `answers` is the Message-ID that this one answers. `sender` is the name before our address,
    where it is another than the wire's own. `is_by_hand`: a person answers here, no machine.
    """

    subject: str
    text: str
    html: str = ""
    language: str = ""
    attachments: tuple[Attachment, ...] = ()
    thread: str = ""
    answers: str = ""
    sender: str = ""
    is_by_hand: bool = False


def header_words(words: str, longest: int = LONGEST_SUBJECT) -> str:
    """Words as a header may hold them: one line, no control character, not too long."""
    line = _gap(" ", _surrogate("\ufffd", words)).strip()
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def plain_body(words: str) -> str:
    """Words as a body may hold them: lines end in one way, no NUL, no half letter."""
    lines = _surrogate("\ufffd", words).replace("\r\n", "\n").replace("\r", "\n")
    return _no_line("", lines)


def header(name: str, words: str, longest: int = LONGEST_SUBJECT) -> bytes:
    """A header line with these words, folded, its other letters as code words (RFC 2047).

    Words that look like code words are coded themselves: no reader may take them for such.
    """
    line = header_words(words, longest)
    charset = "us-ascii" if _is_plain(line) and "=?" not in line else "utf-8"
    coded = Header(line, charset, maxlinelen=76, header_name=name).encode(linesep="\r\n")
    return f"{name}: {coded}\r\n".encode("ascii")


def as_mime(letter: Letter) -> bytes:
    """The letter as one piece of MIME; the same letter always gives the same bytes.

    Raises Refusal when it is too large to be sent.
    """
    head = b"".join(header(name, getattr(letter, field)) for name, field in _KEPT.items())
    head += header("X-Munadi-By", "hand" if letter.is_by_hand else "")
    content = head + body_of(letter, UNSUBSCRIBE)
    if len(content) > LARGEST:
        raise Refusal(
            "mail_too_large",
            "This mail has {size} MB with its attachments; {most} MB is the most. Attach a smaller "
            "file, or leave it out and say where it can be read.",
            size=f"{len(content) / 1_000_000:.1f}",
            most=LARGEST // 1_000_000,
        )
    return content


def body_of(letter: Letter, stop_at: str) -> bytes:
    """The last headers and the body of a mail, with the address where its reader stops it."""
    has_place = UNSUBSCRIBE in letter.text or UNSUBSCRIBE in letter.html
    words = _words(letter, stop_at if has_place else "")
    if not letter.attachments:
        return b"MIME-Version: 1.0\r\n" + words
    return b"MIME-Version: 1.0\r\n" + _joined("mixed", (words, *_attachments(letter)))


@lru_cache(maxsize=64)
def _words(letter: Letter, stop_at: str) -> bytes:
    text = _leaf(letter.text.replace(UNSUBSCRIBE, stop_at), "plain")
    if not letter.html:
        return text
    return _joined("alternative", (text, _leaf(letter.html.replace(UNSUBSCRIBE, stop_at), "html")))


def _leaf(words: str, subtype: str) -> bytes:
    head = f'Content-Type: text/{subtype}; charset="utf-8"\r\n'
    return head.encode() + _base64(plain_body(words).replace("\n", "\r\n").encode())


@lru_cache(maxsize=16)
def _attachments(letter: Letter) -> tuple[bytes, ...]:
    return tuple(
        f"Content-Type: {_kind(one)}\r\n".encode()
        + f"Content-Disposition: attachment;\r\n {_named(one.name)}\r\n".encode()
        + _base64(one.content)
        for one in letter.attachments
    )


def _kind(file: Attachment) -> str:
    kind = file.media_type.lower()
    is_simple = _media_type(kind) and not kind.startswith(("multipart/", "message/"))
    return kind if is_simple else "application/octet-stream"


def _named(name: str) -> str:
    name = file_name(name)
    if _is_plain(name) and "=?" not in name:
        return f'filename="{name}"'
    return f"filename*={encode_rfc2231(name, 'utf-8')}"


def _base64(content: bytes) -> bytes:
    coded = base64.encodebytes(content).replace(b"\n", b"\r\n")
    return b"Content-Transfer-Encoding: base64\r\n\r\n" + coded


def _joined(kind: str, parts: Sequence[bytes]) -> bytes:
    """Several parts as one; "=_" never stands in base64, so that no content ends a part."""
    mark = hashlib.sha256(b"".join(parts)).hexdigest()[:24]
    line = f"=_{kind}_{mark}".encode()
    head = b"Content-Type: multipart/" + kind.encode() + b';\r\n boundary="' + line + b'"\r\n\r\n'
    middle = b"".join(b"--" + line + b"\r\n" + part + b"\r\n" for part in parts)
    return head + middle + b"--" + line + b"--\r\n"


def file_name(name: str) -> str:
    """A name that any computer can store the file under."""
    kept = re.sub(r'[\\/:*?"<>|]+', "-", header_words(name, LONGEST_NAME)).strip(". ")
    return kept or "attachment"


def read_letter(content: bytes) -> Letter:
    """The letter that `as_mime` wrote."""
    message = BytesParser(policy=compat32).parsebytes(content)
    fields = {field: _header(message, name) for name, field in _KEPT.items()}
    parts = [part for part in message.walk() if not part.is_multipart()]
    return Letter(
        text=_first(parts, "text/plain"),
        html=_first(parts, "text/html"),
        attachments=tuple(_files(parts)),
        is_by_hand=_header(message, "X-Munadi-By") == "hand",
        **fields,
    )


def _header(message: Message, name: str) -> str:
    return str(make_header(decode_header(message.get(name, ""))))


def _first(parts: Sequence[Message], kind: str) -> str:
    for part in parts:
        if part.get_content_type() == kind and part.get_content_disposition() is None:
            return plain_body(_content(part).decode("utf-8", "replace"))
    return ""


def _files(parts: Sequence[Message]) -> Iterator[Attachment]:
    for part in parts:
        if part.get_content_disposition() == "attachment":
            yield Attachment(part.get_filename() or "", part.get_content_type(), _content(part))


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def mail_address(written: str) -> str:
    """The bare address in a From or To header; "" where there is none."""
    try:
        address = parseaddr(written)[1]
    except (MessageError, ValueError, IndexError):
        return ""
    return address if "@" in address and _gap("", address) == address else ""
