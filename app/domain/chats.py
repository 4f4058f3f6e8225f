"""Chats of Telegram: how the one who writes is named, and whom a name stands for.

A group has a negative id; one that grew into a supergroup has another id than before.
"""

import re

_sender = re.compile(r"tg:(-?[1-9][0-9]{0,18})").fullmatch


def chat_sender(chat_id: int | str) -> str:
    """The sender that a text from this chat has: tg:123."""
    return f"tg:{chat_id}"


def chat_id_of(sender: str) -> str | None:
    """The id of the chat that this sender is; None for numbers, mail addresses and names."""
    found = _sender(sender)
    return found[1] if found else None


def shown_chat(chat_id: str) -> str:
    """What may be shown of a chat in any list: its kind, and the end of its id."""
    return f"Telegram *****{chat_id[-2:]}"


def is_group_chat(chat_id: str) -> bool:
    """Whether many people read what is sent to this chat."""
    return chat_id.startswith("-")
