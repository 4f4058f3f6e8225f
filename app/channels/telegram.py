"""Telegram: one bot that sends, hears by webhook or by polling, and shows what members look up.

Follows the Bot API. It has no key by which a repeated send is known and cannot be asked what it
took, so a text whose answer was lost stays uncertain until a person decides.
"""

import asyncio
import hmac
import json
import logging
import re
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from app.channels._pacing import Pacing
from app.channels._telegram_line import asked, close_line, open_line
from app.channels._telegram_options import Options
from app.channels._telegram_search import Errands, answer_search
from app.channels._telegram_send import MOST_WAIT_S, PAPERS_WITHIN_S, Sender
from app.channels._telegram_updates import WANTED, Search, UpdateReader
from app.domain.errors import (
    Busy,
    Misconfigured,
    Refusal,
    SendError,
    Throttled,
    Transient,
    Unreadable,
    Untrusted,
)
from app.domain.messages import ChatChange, Found, Heard, Hook, HookAnswer, Mo, Mt, Sent
from app.domain.ports import Advice, Capability, LookUp, Take

PACING = Pacing(per_second=20.0, burst=5, in_flight=5)

PROOF = "x-telegram-bot-api-secret-token"
HOOK_PORTS = (443, 80, 88, 8443)
SET_AGAIN_S = 600.0
SHORT_POLL_S = 0.05
LONGEST_PAUSE_S = 300.0

_bot_name = re.compile(r"[A-Za-z0-9_]{3,32}").fullmatch

log = logging.getLogger(__name__)


def open(name: str, options: Options, *, public_url: str) -> "Telegram":
    """A bot under this name; a webhook needs the public address."""
    if options.mode == "webhook" and not public_url:
        raise Refusal(
            "channel_options",
            'Channel "{name}": mode = "webhook" needs the public address of this server. Set '
            'public_url, or mode = "polling".',
            name=name,
        )
    return Telegram(name, options, public_url)


class Telegram:
    """One bot; sends, hears by one of two ways, and answers look-ups."""

    def __init__(self, name: str, options: Options, public_url: str) -> None:
        token = options.token.get_secret_value()
        self.name = name
        # Words may wait for their turn, and papers take their time, before a call is given up.
        call_s = MOST_WAIT_S + 3 * options.timeout_s + PAPERS_WITHIN_S
        self.capability = Capability(
            reaches=frozenset({"telegram"}),
            reports=False,
            looks_up=False,
            call_s=call_s,
            buttons=True,
            papers=True,
        )
        self._options = options
        self._hook_url = f"{public_url}/hooks/{quote(name)}"
        self._reader = UpdateReader(name, int(token.partition(":")[0]))
        proxy = options.proxy.get_secret_value() or None
        self._line = open_line(token, options.base_url, proxy, options.timeout_s)
        self._sender = Sender(name, self._line, options.chat_gap_s, self._tell_move)
        self._errands = Errands()
        self._look_up: LookUp = _nothing
        self._changes: deque[ChatChange] = deque(maxlen=100)
        self._stirred = asyncio.Event()
        self._offset: int | None = None

    def serve(self, look_up: LookUp) -> None:
        """Answer those who look something up by this from now on."""
        self._look_up = look_up

    async def send(self, mt: Mt) -> Sent:
        """Hand one text over; a group that moved is followed, and the office told."""
        return await self._sender.send(mt)

    def _tell_move(self, old: str, new: str) -> None:
        self._changes.append(self._reader.moved(old, new))
        self._stirred.set()

    def advice(self) -> Sequence[Advice]:
        """What keeps texts from arriving by the webhook, by the configuration alone."""
        parts = urlsplit(self._hook_url)
        if self._polls() or (parts.scheme == "https" and (parts.port or 443) in HOOK_PORTS):
            return ()
        how = "no text can arrive: Telegram calls only https addresses at its own ports"
        cure = 'Use port 443, 80, 88 or 8443, or set mode = "polling": deploy/telegram.md'
        return (Advice(how, cure),)

    def read(self, hook: Hook) -> Sequence[Heard]:
        """The update that Telegram brings; raises Untrusted, then Unreadable.

        What is no word to us is taken and dropped, else Telegram would bring it again and again.
        """
        if not self._is_telegram(hook):
            raise Untrusted("The secret is not the one that we gave Telegram.")
        try:
            told = json.loads(hook.body)
        except (ValueError, RecursionError):
            told = None
        if not isinstance(told, dict) or not isinstance(told.get("update_id"), int):
            raise Unreadable("This is no update of Telegram.")
        return self._hear([told], _named(hook.url))

    def _is_telegram(self, hook: Hook) -> bool:
        secret = self._options.secret.get_secret_value().encode()
        given = [value for key, value in hook.headers.items() if key.lower() == PROOF]
        if self._options.mode != "webhook" or not secret or len(given) != 1:
            return False
        return hmac.compare_digest(given[0].encode("utf-8", "replace"), secret)

    def answer(self) -> HookAnswer:
        """Any 2xx; our replies go by their own calls."""
        return HookAnswer(200)

    def thank(self, heard: Sequence[Heard]) -> None:
        """Tell each who pressed a button that it was taken, which stops its turning wheel."""
        for one in heard:
            pressed = one.raw.get("callback") if isinstance(one, Mo) else None
            if pressed:
                self._errands.begin(asked(self._line.answer_callback_query(pressed)))

    def _hear(self, told: Sequence[Mapping[str, Any]], bot_name: str = "") -> list[Heard]:
        heard: list[Heard] = []
        for one in told:
            item = self._reader.read(one, bot_name)
            if isinstance(item, Search):
                self._errands.begin(answer_search(self._line, item, self._look_up))
            elif item is not None:
                heard.append(item)
        return heard

    async def run(self, take: Take) -> None:
        """Be reachable by the way that was chosen, until cancelled.

        Raises Misconfigured when Telegram does not accept the token.
        """
        failures = 0
        while True:
            try:
                await self._arrive()
                failures = 0
                await (self._poll(take) if self._polls() else self._keep_hook(take))
            except Misconfigured as error:
                log.error("%s does not hear: %s", self.name, error)
                raise
            except (SendError, Busy) as error:
                failures = min(failures + 1, 10)
                if failures == 1:
                    log.warning("%s does not hear: %s", self.name, error)
                await asyncio.sleep(_pause_s(error, failures))

    def _polls(self) -> bool:
        return self._options.mode == "polling"

    async def _arrive(self) -> None:
        """Ask who we are, and tell Telegram which way its updates go; none is thrown away."""
        me = await asked(self._line.get_me())
        self._reader.bot_name = me.username or ""
        if self._polls():
            await asked(self._line.delete_webhook(drop_pending_updates=False))
            return
        await asked(
            self._line.set_webhook(
                f"{self._hook_url}?bot={quote(self._reader.bot_name)}",
                secret_token=self._options.secret.get_secret_value(),
                allowed_updates=list(WANTED),
                drop_pending_updates=False,
            )
        )

    async def _keep_hook(self, take: Take) -> None:
        """Tell what our own sends found out; whoever took our webhook away has it back soon."""
        while True:
            await self._take_changes(take)
            try:
                async with asyncio.timeout(SET_AGAIN_S):
                    await self._stirred.wait()
            except TimeoutError:
                await self._arrive()

    async def _poll(self, take: Take) -> None:
        """Ask for updates; only the next question makes Telegram forget them: after the commit.

        Without new ones all were forgotten: then the number is dropped, for Telegram begins at
        another one after a quiet week.
        """
        while True:
            await self._take_changes(take)
            told = await asked(self._line.updates(self._offset, WANTED, self._options.poll_s))
            if not isinstance(told, list):
                raise Transient("Telegram's answer cannot be read.", "no list")
            updates = [one for one in told if isinstance(one, dict)]
            heard = self._hear(updates)
            if heard:
                await take(heard)
                self.thank(heard)
            numbers = [one["update_id"] for one in updates if isinstance(one.get("update_id"), int)]
            self._offset = max(numbers) + 1 if numbers else None
            if not numbers and not self._options.poll_s:
                await asyncio.sleep(SHORT_POLL_S)

    async def _take_changes(self, take: Take) -> None:
        self._stirred.clear()
        while self._changes:
            await take([self._changes[0]])
            self._changes.popleft()

    async def close(self) -> None:
        """Give back the sockets; safe to call twice."""
        await self._errands.end()
        await close_line(self._line)


async def _nothing(_words: str, _language: str) -> Sequence[Found]:
    return ()


def _named(url: str) -> str:
    """Our name, which stands in the address that we gave Telegram."""
    try:
        named = parse_qs(urlsplit(url).query).get("bot", [""])[0]
    except ValueError:
        return ""
    return named if _bot_name(named) else ""


def _pause_s(error: Exception, failures: int) -> float:
    after_s = error.after_s if isinstance(error, Throttled) else 0.0
    return max(after_s, min(2.0 ** (failures - 1), LONGEST_PAUSE_S))
