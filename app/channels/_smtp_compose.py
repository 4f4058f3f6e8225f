"""Makes a mail of a letter and its one recipient: headers, Message-ID, return path, signature.

Follows RFC 5322 (mail), RFC 2047 (words in headers), RFC 3834 (automatic mail), RFC 8058 (one
click to unsubscribe) and RFC 6376 (DKIM). The return path carries our ref, so that a bounce tells
which mail it is about (VERP).
"""

import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.header import Header
from email.utils import format_datetime

import dkim

from app.domain.errors import Refused, Transient
from app.domain.letters import Letter, body_of, header, header_words
from app.domain.messages import Mt

LONGEST_LOCAL = 64
SUBJECT_LETTERS = 60
LONGEST_NAME = 80
SIGNED = (
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "in-reply-to",
    "references",
    "mime-version",
    "content-type",
    "auto-submitted",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "reply-to",
)
"""Headers that the signature covers; RFC 8058 wants both List-Unsubscribe headers among them."""

_ours = re.compile(r"m[0-9]{1,19}\.[0-9a-f]{12}").fullmatch
_ref = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,40}").fullmatch
_is_simple = re.compile(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*").fullmatch
_plain = re.compile(r"[\x21-\x7e]+").fullmatch
_recipient = re.compile(r"[!#-'*+\-./0-9=?A-Z^-~]{1,64}@[A-Za-z0-9.-]{1,190}")


@dataclass(frozen=True, slots=True)
class Signer:
    """The key with which our domain vouches for a mail."""

    domain: str
    selector: str
    key: bytes

    def sign(self, content: bytes) -> bytes:
        """The mail with its signature in front; raises Transient when the key cannot be used."""
        head = content.split(b"\r\n\r\n", 1)[0].lower()
        there = {line.split(b":", 1)[0] for line in head.split(b"\r\n")}
        names = [name.encode() for name in SIGNED if name.encode() in there]
        try:
            signature = dkim.sign(
                content,
                self.selector.encode(),
                self.domain.encode(),
                self.key,
                include_headers=names,
            )
        except dkim.DKIMException as error:
            raise Transient("The mail could not be signed.", type(error).__name__) from None
        return bytes(signature) + content


@dataclass(frozen=True, slots=True)
class Mail:
    """What goes over the line: the return path, whom to, the bytes, and our own id."""

    return_path: str
    to: str
    content: bytes
    external_id: str


@dataclass(frozen=True, slots=True)
class Composer:
    """Who writes: the name and address in From, where answers and bounces go.

    `secret` makes our Message-IDs impossible to guess, so that nobody can invent their bounce.
    """

    name: str
    address: str
    reply_to: str
    bounces: str
    has_verp: bool
    secret: bytes

    def compose(self, mt: Mt) -> Mail:
        """The mail of one recipient, without its signature.

        Raises Refused when the address is none that this wire can write.
        """
        if not _recipient.fullmatch(mt.to):
            raise Refused("This address is not one that this mail server can write to.", "address")
        letter = mt.letter or Letter(subject=_first_words(mt.text), text=mt.text)
        external_id = self._external_id(mt)
        head = self._head(mt, letter)
        head += self._lines(mt, letter, external_id)
        return Mail(
            self._return_path(mt.ref), mt.to, head + body_of(letter, mt.unsubscribe), external_id
        )

    @property
    def domain(self) -> str:
        """The part of our address that names the server."""
        return self.address.rpartition("@")[2]

    def _external_id(self, mt: Mt) -> str:
        """The same at every try of one row, so that a server can see a repeat."""
        row = mt.ref.partition(".")[0]
        row = row if row.isdigit() else str(int.from_bytes(mt.ref.encode()[-7:]))
        words = f"{mt.ref.partition('.')[0]}\n{mt.to}\n{mt.text}"
        mark = hmac.new(self.secret, words.encode("utf-8", "replace"), hashlib.sha256)
        return f"m{row[:19]}.{mark.hexdigest()[:12]}"

    def _return_path(self, ref: str) -> str:
        local, _, domain = self.bounces.rpartition("@")
        tagged = f"{local}+{ref}"
        fits = self.has_verp and len(tagged) <= LONGEST_LOCAL and _ref(ref)
        return f"{tagged}@{domain}" if fits else self.bounces

    def _head(self, mt: Mt, letter: Letter) -> bytes:
        """The headers with words in them."""
        name = header_words(letter.sender, LONGEST_NAME) or self.name
        return (
            _from(name, self.address)
            + f"To: {mt.to}\r\n".encode()
            + header("Subject", letter.subject or "-")
        )

    def _lines(self, mt: Mt, letter: Letter, external_id: str) -> bytes:
        """The headers with ids and addresses: plain ASCII, never folded inside, never encoded."""
        lines = [
            ("Date", format_datetime(mt.started)),
            ("Message-ID", f"<{external_id}@{self.domain}>"),
            ("Reply-To", self.reply_to),
            *self._thread(letter),
            *self._stops(mt),
        ]
        if letter.answers and not letter.is_by_hand:
            lines.append(("Auto-Submitted", "auto-replied"))
        elif mt.unsubscribe:
            lines.append(("Auto-Submitted", "auto-generated"))
        if letter.language and _plain(letter.language):
            lines.append(("Content-Language", letter.language))
        return b"".join(f"{name}: {value}\r\n".encode() for name, value in lines if value)

    def _thread(self, letter: Letter) -> Sequence[tuple[str, str]]:
        parents = [one for one in letter.answers.split() if _plain(one)]
        if parents:
            listed = [f"<{one.strip('<>')}>" for one in parents[-10:]]
            return ("In-Reply-To", listed[-1]), ("References", "\r\n ".join(listed))
        if not letter.thread:
            return ()
        mark = hashlib.sha256(letter.thread.encode("utf-8", "replace")).hexdigest()[:16]
        return (("References", f"<thread.{mark}@{self.domain}>"),)

    def _stops(self, mt: Mt) -> Sequence[tuple[str, str]]:
        if not mt.unsubscribe:
            return ()
        by_mail = f"<mailto:{self.reply_to or self.address}?subject=STOP>"
        if not (mt.unsubscribe.startswith("https://") and _plain(mt.unsubscribe)):
            return (("List-Unsubscribe", by_mail),)
        return (
            ("List-Unsubscribe", f"<{mt.unsubscribe}>,\r\n {by_mail}"),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        )


def our_id(message_id: str) -> str:
    """Our own id in a Message-ID; "" in anybody else's."""
    local = message_id.strip().strip("<>").partition("@")[0]
    return local if _ours(local) else ""


def our_ref(addresses: str, bounces: str) -> str:
    """Our ref in a return path among these addresses; "" where there is none."""
    local, _, domain = bounces.rpartition("@")
    tagged = (
        rf"(?<![\w.+-]){re.escape(local)}\+([0-9A-Za-z.-]{{1,41}})@{re.escape(domain)}(?![\w.-])"
    )
    found = re.search(tagged, addresses, re.IGNORECASE)
    return found[1] if found else ""


def _first_words(text: str) -> str:
    return header_words(text.strip().partition("\n")[0], SUBJECT_LETTERS)


def _from(name: str, address: str) -> bytes:
    """The From header; a name with other signs than letters is quoted or coded."""
    if not name:
        return f"From: {address}\r\n".encode()
    if _is_simple(name):
        return f"From: {name} <{address}>\r\n".encode()
    coded = Header(name, "utf-8", maxlinelen=76, header_name="From").encode(linesep="\r\n")
    return f"From: {coded}\r\n <{address}>\r\n".encode()
