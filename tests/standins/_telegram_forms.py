"""What the Bot API takes: every method's parameters, each checked; a word for what is wrong."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

KINDS_OF_UPDATE = {"message", "callback_query", "inline_query", "my_chat_member"}
PNG = b"\x89PNG\r\n\x1a\n"

Check = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class File:
    """A file that came with a request."""

    name: str
    content: bytes


def _number(least: int, most: int) -> Check:
    return lambda told: bool(re.fullmatch(r"-?[0-9]{1,19}", told)) and least <= int(told) <= most


def _words(most: int) -> Check:
    return lambda told: 0 < len(told.encode("utf-16-le")) // 2 <= most and told.strip() != ""


def _one_of(*words: str) -> Check:
    return lambda told: told in words


def _chat(told: str) -> bool:
    return re.fullmatch(r"-?[1-9][0-9]{0,18}", told) is not None


def _as_json(check: Check) -> Check:
    def hold(told: str) -> bool:
        try:
            return check(json.loads(told))
        except (ValueError, KeyError, TypeError, AttributeError):
            return False

    return hold


def _keyboard(told: Any) -> bool:
    rows = told["inline_keyboard"]
    buttons = [button for row in rows for button in row]
    return (
        set(told) == {"inline_keyboard"}
        and 0 < len(buttons) <= 100
        and all(0 < len(row) <= 8 for row in rows)
        and all(set(one) == {"text", "callback_data"} and one["text"] for one in buttons)
        and all(1 <= len(one["callback_data"].encode()) <= 64 for one in buttons)
    )


def _article(told: Any) -> bool:
    content = told["input_message_content"]
    return (
        told["type"] == "article"
        and 1 <= len(told["id"].encode()) <= 64
        and set(told) <= {"type", "id", "title", "description", "input_message_content"}
        and bool(told["title"])
        and set(content) <= {"message_text", "link_preview_options"}
        and 1 <= len(content["message_text"]) <= 4096
    )


def _articles(told: Any) -> bool:
    unique = {one["id"] for one in told}
    return len(told) <= 50 and len(unique) == len(told) and all(map(_article, told))


def _hook_address(told: str) -> bool:
    parts = urlsplit(told)
    return parts.scheme == "https" and bool(parts.hostname) and len(told) <= 256


def _picture(told: Any) -> bool:
    return isinstance(told, File) and told.content.startswith(PNG)


def _paper(told: Any) -> bool:
    return isinstance(told, File) and bool(told.content) and bool(told.name)


_sends = {
    "chat_id": _chat,
    "reply_markup": _as_json(_keyboard),
}
_flag = _one_of("true", "false")
_kinds = _as_json(lambda told: set(told) <= KINDS_OF_UPDATE and len(told) > 0)

METHODS: Mapping[str, Mapping[str, Check]] = {
    "getMe": {},
    "getUpdates": {
        "offset": _number(0, 2**63),
        "timeout": _number(0, 50),
        "limit": _number(1, 100),
        "allowed_updates": _kinds,
    },
    "setWebhook": {
        "url": _hook_address,
        "secret_token": lambda told: bool(re.fullmatch(r"[A-Za-z0-9_-]{1,256}", told)),
        "allowed_updates": _kinds,
        "drop_pending_updates": _one_of("false"),
    },
    "deleteWebhook": {"drop_pending_updates": _one_of("false")},
    "sendMessage": {
        **_sends,
        "text": _words(4096),
        "link_preview_options": _as_json(lambda told: told == {"is_disabled": True}),
    },
    "sendPhoto": {**_sends, "photo": _picture, "caption": _words(1024)},
    "sendDocument": {
        **_sends,
        "document": _paper,
        "caption": _words(1024),
        "disable_content_type_detection": _flag,
    },
    "answerCallbackQuery": {"callback_query_id": _words(64)},
    "answerInlineQuery": {
        "inline_query_id": _words(64),
        "results": _as_json(_articles),
        "cache_time": _number(0, 86_400),
        "is_personal": _flag,
    },
}
NEEDED: Mapping[str, tuple[str, ...]] = {
    "setWebhook": ("url", "secret_token", "allowed_updates"),
    "sendMessage": ("chat_id", "text"),
    "sendPhoto": ("chat_id", "photo"),
    "sendDocument": ("chat_id", "document"),
    "answerCallbackQuery": ("callback_query_id",),
    "answerInlineQuery": ("inline_query_id", "results"),
}


def wrong_with(method: str, form: Mapping[str, Any]) -> str:
    """What the Bot API would not take of this request; "" when it is well-formed."""
    if method not in METHODS:
        return f"{method}: no such method"
    checks = METHODS[method]
    missing = [name for name in NEEDED.get(method, ()) if name not in form]
    unknown = [name for name in form if name not in checks]
    wrong = [name for name, told in form.items() if name in checks and not checks[name](told)]
    told = {"missing": missing, "unknown": unknown, "wrong": wrong}
    return "; ".join(f"{method}: {word} {names}" for word, names in told.items() if names)
