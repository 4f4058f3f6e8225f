"""The line to the Bot API: calls with time-outs, and its errors in the words of this house.

Follows "Making requests" and ResponseParameters of the Bot API. The token stands in the address
of every request, so that nothing of the libraries below may log or tell an address.
"""

import json
import logging
import ssl
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cache
from http import HTTPStatus
from typing import Any, TypeVar

import httpx
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    TelegramError,
)
from telegram.request import HTTPXRequest

from app.domain.errors import Misconfigured, Refused, SendError, Throttled, Transient, Uncertain

T = TypeVar("T")

# Raised before the request went out: while a connection was waited for or made.
NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)
LONGEST_WAIT_S = 3600.0
TALKATIVE = ("httpx", "httpcore", "telegram")

REASONS: Mapping[str, tuple[str, str]] = {
    "blocked by the user": ("blocked", "this person has blocked the bot"),
    "user is deactivated": ("gone", "this account of Telegram was closed"),
    "can't initiate conversation": ("unopened", "this person has not written to the bot yet"),
    "kicked from": ("blocked", "the bot was removed from this group"),
    "not a member": ("blocked", "the bot is not in this group"),
    "chat not found": ("no chat", "Telegram knows no such chat"),
    "user not found": ("no chat", "Telegram knows no such chat"),
    "peer_id_invalid": ("no chat", "Telegram knows no such chat"),
    "group chat was deleted": ("no chat", "this group was deleted"),
    "not enough rights": ("rights", "the bot may not write in this group"),
    "have no rights": ("rights", "the bot may not write in this group"),
    "chat_write_forbidden": ("rights", "the bot may not write in this group"),
    "too long": ("too long", "the text is longer than Telegram takes"),
}
"""What Telegram's own words mean, with the code under which our record keeps it."""
SHUT = frozenset({"blocked", "gone", "unopened", "no chat"})
"""Nothing arrives there until the chat itself writes to us again."""


class TooFast(TelegramError):
    """A 429; read here, because the library's own error warns of its next version each time."""

    def __init__(self, after_s: float) -> None:
        super().__init__("Flood control exceeded")
        self.after_s = after_s


class _Requests(HTTPXRequest):
    async def do_request(self, *told: Any, **more: Any) -> tuple[int, bytes]:
        status, payload = await super().do_request(*told, **more)
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise TooFast(_after_s(payload))
        return status, payload


def _after_s(payload: bytes) -> float:
    try:
        after_s = float(json.loads(payload)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError, RecursionError):
        after_s = 1.0
    return min(max(after_s, 1.0), LONGEST_WAIT_S)


class Line(Bot):
    """A bot whose updates come as Telegram wrote them, so that one odd one spoils no other."""

    async def updates(self, offset: int | None, wanted: Sequence[str], wait_s: int) -> Any:
        """The waiting updates from `offset` on; Telegram forgets all before it."""
        asked = {
            "offset": offset,
            "timeout": wait_s,
            "limit": 100,
            "allowed_updates": list(wanted),
        }
        read_s = wait_s + float(self.request.read_timeout or 0)
        return await self._post("getUpdates", asked, read_timeout=read_s)


def open_line(token: str, base_url: str, proxy: str | None, timeout_s: float) -> Line:
    """A line to the Bot API at `base_url`; it is made when the first call goes out."""
    for name in TALKATIVE:
        # They log addresses with the token in them, and answers with members' texts.
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    many, one = (
        _Requests(
            connection_pool_size=size,
            read_timeout=timeout_s,
            write_timeout=timeout_s,
            connect_timeout=timeout_s,
            pool_timeout=timeout_s,
            media_write_timeout=3 * timeout_s,
            proxy=proxy,
            httpx_kwargs={"trust_env": False, "verify": _certificates()},
        )
        for size in (64, 2)
    )
    return Line(
        token,
        base_url=f"{base_url}/bot",
        base_file_url=f"{base_url}/file/bot",
        request=many,
        get_updates_request=one,
    )


@cache
def _certificates() -> ssl.SSLContext:
    """Read once in a process: that alone takes longer than a call."""
    return httpx.create_ssl_context()


async def close_line(line: Line) -> None:
    """Give the sockets back; safe to call twice."""
    for request in line._request:
        await request.shutdown()


async def asked(call: Awaitable[T], lost: type[SendError] = Transient) -> T:
    """The answer of one call; raises a SendError, or ChatMigrated for a group with a new id.

    `lost` is for answers after which nobody knows whether Telegram acted. The causes are
    dropped: they carry the address with the token.
    """
    try:
        return await call
    except ChatMigrated:
        raise
    except TelegramError as error:
        raise error_of(error, lost) from None
    except Exception as error:
        # It was answered, in a way that the library cannot read.
        raise lost("Telegram's answer cannot be read.", type(error).__name__) from None


def error_of(error: TelegramError, lost: type[SendError] = Uncertain) -> SendError:
    """What an error of the library means."""
    if isinstance(error, TooFast):
        return Throttled("Telegram asks to send more slowly.", "429", after_s=error.after_s)
    for kind, meaning in MEANINGS.items():
        if isinstance(error, kind):
            return meaning(error)
    if isinstance(error.__cause__, NEVER_LEFT):
        return Transient("Telegram cannot be reached.", type(error.__cause__).__name__)
    return lost("Telegram's answer was lost.", type(error.__cause__ or error).__name__)


def _wrong_token(_error: TelegramError) -> SendError:
    return Misconfigured(
        "Telegram does not accept the token of the bot, or base_url is wrong.", "401"
    )


def _contested(_error: TelegramError) -> SendError:
    return Transient("Another program reads the texts of this bot.", "409")


def _refusal(error: TelegramError) -> SendError:
    if error.__cause__ is not None:
        # A 4xx that is no JSON comes from something between us and Telegram, which may pass.
        return Transient("The answer is not Telegram's own.", type(error).__name__)
    words = error.message.lower()
    fallback = ("refused", "it does not take this text for this chat")
    code, sentence = next((told for part, told in REASONS.items() if part in words), fallback)
    return Refused(f"Telegram: {sentence}.", code, is_gone=code in SHUT)


MEANINGS: Mapping[type[TelegramError], Callable[[TelegramError], SendError]] = {
    InvalidToken: _wrong_token,
    Conflict: _contested,
    Forbidden: _refusal,
    BadRequest: _refusal,
}
