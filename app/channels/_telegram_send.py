"""Hands a text to a chat: in its turn, with its papers, and after a group that moved."""

import asyncio
import logging
import re
from collections.abc import Callable, Sequence

from telegram.error import ChatMigrated

from app.channels._telegram_line import Line
from app.channels._telegram_pace import Turns
from app.channels._telegram_parts import Part, parts_of, send_part
from app.domain.chats import chat_id_of
from app.domain.errors import Refused, SendError, Throttled, Transient
from app.domain.messages import Mt, Sent

MOST_WAIT_S = 10.0
"""How long a text may wait for the turn of its chat before it goes back to the queue."""
PAPERS_WITHIN_S = 30.0

_chat_id = re.compile(r"-?[1-9][0-9]{0,18}").fullmatch

log = logging.getLogger(__name__)


class Sender:
    """Sends for one bot; `tell_move` hears the old and the new id of a group that moved."""

    def __init__(
        self, name: str, line: Line, gap_s: float, tell_move: Callable[[str, str], None]
    ) -> None:
        self._name = name
        self._line = line
        self._gap_s = gap_s
        self._tell_move = tell_move
        self._turns: Turns | None = None
        self._moved: dict[str, str] = {}

    async def send(self, mt: Mt) -> Sent:
        """Hand one text over; a group that moved is followed, and the office told.

        Once its words are taken the text counts as sent: nobody reads the same words twice
        because a paper did not go through.
        """
        chat_id = chat_id_of(mt.to) or mt.to
        if not _chat_id(chat_id):
            raise Refused("This is no chat of Telegram.", "no chat")
        first, *papers = parts_of(mt)
        chat_id, number = await self._send_first(self._moved.get(chat_id, chat_id), first)
        if papers:
            await self._send_papers(chat_id, papers)
        return Sent(f"{chat_id}:{number}")

    async def _send_first(self, chat_id: str, part: Part) -> tuple[str, int]:
        try:
            return chat_id, await self._send_in_turn(chat_id, part)
        except ChatMigrated as error:
            moved = str(error.new_chat_id)
        if not _chat_id(moved) or moved == chat_id:
            raise Transient("Telegram says that the group moved, but not where.", "moved")
        self._moved[chat_id] = moved
        self._tell_move(chat_id, moved)
        try:
            return moved, await self._send_in_turn(moved, part)
        except ChatMigrated:
            raise Transient("The group moved twice.", "moved") from None

    async def _send_in_turn(self, chat_id: str, part: Part, most_s: float = MOST_WAIT_S) -> int:
        if self._turns is None:
            self._turns = Turns(self._gap_s, asyncio.get_running_loop().time)
        async with self._turns.turn(chat_id, most_s):
            try:
                return await send_part(self._line, chat_id, part)
            except Throttled as error:
                self._turns.rest(chat_id, error.after_s)
                raise

    async def _send_papers(self, chat_id: str, papers: Sequence[Part]) -> None:
        """As many as go through in time; a member who misses one asks for it again."""
        left = len(papers)
        try:
            async with asyncio.timeout(PAPERS_WITHIN_S):
                for paper in papers:
                    await self._send_paper(chat_id, paper)
                    left -= 1
        except (SendError, ChatMigrated, TimeoutError) as error:
            log.warning("%s: %d papers did not go out: %s", self._name, left, type(error).__name__)

    async def _send_paper(self, chat_id: str, paper: Part) -> None:
        """Once more after what surely did not arrive."""
        try:
            await self._send_in_turn(chat_id, paper)
        except (Throttled, Transient):
            await self._send_in_turn(chat_id, paper, PAPERS_WITHIN_S)
