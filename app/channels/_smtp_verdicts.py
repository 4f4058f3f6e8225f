"""What a mail server's word means: what surely failed and how, in the words of this house.

Follows RFC 5321 (replies) and RFC 3463 (enhanced status codes). Before the final dot of a mail a
server has accepted nothing, whatever goes wrong; after it only its own word says what it did.
"""

import re
from enum import StrEnum

from app.domain.errors import Misconfigured, Refused, SendError, Throttled, Transient, Uncertain

PAUSE_S = 5.0
"""How long a wire rests whose server closes the door for a while (421)."""
GONE = re.compile(r"5\.(?:1\.(?:0|1|2|3|6|10)|2\.1)")
"""There is no such mailbox, no such domain, or it has been closed."""
_enhanced = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b").search


class Step(StrEnum):
    """How far a mail had come."""

    CONNECT = "connect"
    HELLO = "hello"
    TLS = "tls"
    LOGIN = "login"
    SENDER = "sender"
    RECIPIENT = "recipient"
    DATA = "data"
    CONTENT = "content"


_OURS = {
    Step.CONNECT: "the mail server does not serve us",
    Step.HELLO: "the mail server does not serve us",
    Step.TLS: "the mail server offers no encryption; set tls as it wants it",
    Step.LOGIN: "the mail server does not accept the user or the password",
    Step.SENDER: "the mail server does not accept our own address as sender",
}
_NOT_ALLOWED = (530, 534, 535, 538)


def status_of(code: int, words: str) -> str:
    """The enhanced status in a server's words, else the number of its reply."""
    found = _enhanced(words)
    return found[1] if found else str(code)


def judged(step: Step, code: int, words: str) -> SendError:
    """The send error for a reply other than the hoped-for one."""
    status = status_of(code, words)
    if code == 421:
        return Throttled("The mail server asks to come back later.", status, after_s=PAUSE_S)
    if 400 <= code < 500:
        return Transient("The mail server cannot take it now.", status)
    if not 500 <= code < 600:
        return _unclear(step, status)
    return _refused(step, code, status)


def _refused(step: Step, code: int, status: str) -> SendError:
    if step in (Step.SENDER, Step.DATA, Step.CONTENT) and _is_too_large(code, status):
        return Refused("The mail is larger than its server takes.", status)
    if step in _OURS or code in _NOT_ALLOWED:
        return Misconfigured(_OURS.get(step, _OURS[Step.LOGIN]), status)
    if step is Step.RECIPIENT:
        is_gone = GONE.fullmatch(status) is not None
        return Refused("The mail server refuses this address.", status, is_gone=is_gone)
    return Refused("The mail server refuses this mail.", status)


def cut_off(step: Step) -> SendError:
    """The send error for a connection that ended, or an answer that did not come."""
    if step is Step.CONTENT:
        return Uncertain("The mail server's answer was lost.", "cut off")
    return Transient("The connection to the mail server ended.", f"cut off at {step}")


def _unclear(step: Step, status: str) -> SendError:
    if step is Step.CONTENT:
        return Uncertain("The mail server's answer cannot be read.", status)
    return Transient("The mail server's answer cannot be read.", status)


def _is_too_large(code: int, status: str) -> bool:
    return status in ("5.3.4", "5.2.3") or (code == 552 and not status.startswith("5.2"))
