"""Who writes by mail: the address row of a sender, and the letter that answers in the thread."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from app.domain.errors import Refusal
from app.domain.handles import read_handle
from app.domain.letters import Letter
from app.domain.messages import Mo
from app.store import addresses
from app.store.database import Connection

LONGEST_MAIL_SENDER = 200
ANSWER_SUBJECT = "Re: "


def is_mail(mo: Mo) -> bool:
    """Whether it was written by mail: no number and no name of a sender holds an @."""
    return "@" in mo.sender


def mailboxes(
    conn: Connection, network_id: int, mos: Iterable[Mo], now: datetime
) -> Mapping[str, Any]:
    """The address of each sender of a mail; a stranger that is no machine gets one."""
    named = {mo.sender: mo for mo in mos if is_mail(mo)}
    if not named:
        return {}
    found = dict(addresses.mailboxes_of(conn, network_id, named))
    for sender, mo in named.items():
        handle = "" if sender in found or mo.is_automatic else _handle(sender)
        if handle:
            values = {"network_id": network_id, "kind": "email", "handle": handle}
            addresses.ensure_handle(conn, {**values, "created_at": now})
            found |= addresses.mailboxes_of(conn, network_id, [handle])
            found[sender] = found[handle]
    return found


def _handle(sender: str) -> str:
    """The address in the form in which it is stored; "" where it is none that can be."""
    try:
        return read_handle("email", sender)
    except Refusal:
        return ""


def answer(heard: Any, text: str, language: str, *, is_by_hand: bool = False) -> Letter:
    """The reply to a mail (an `Mo`, or its row) as a letter of the same thread."""
    subject = str(heard.raw.get("subject", "")).strip()
    known = subject[: len(ANSWER_SUBJECT)].lower() == ANSWER_SUBJECT.lower()
    thread = str(heard.raw.get("thread", "")).split()
    ids: Sequence[str] = (*thread, str(heard.raw.get("message_id", "")))
    return Letter(
        subject=subject if known else f"{ANSWER_SUBJECT}{subject}".strip(),
        text=text,
        language=language,
        answers=" ".join(one for one in ids if one),
        is_by_hand=is_by_hand,
    )
