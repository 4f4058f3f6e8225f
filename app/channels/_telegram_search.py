"""Answers those who look something up while they write: `@ourbot water` in any chat.

Follows answerInlineQuery of the Bot API. What is shown is public, so that Telegram may keep it
for all who ask the same.
"""

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from typing import Any

from telegram import InlineQueryResultArticle, InputTextMessageContent, LinkPreviewOptions

from app.channels._telegram_line import Line, asked
from app.channels._telegram_updates import Search
from app.domain.errors import MunadiError
from app.domain.messages import Found
from app.domain.ports import LookUp

KEPT_FOR_S = 300
MOST_FOUND = 10
ANSWER_WITHIN_S = 8.0
MOST_AT_ONCE = 50
LONGEST_TITLE = 120
LONGEST_TEXT = 1000

log = logging.getLogger(__name__)


class Errands:
    """Small things done beside the wire's work, whose failure costs nothing."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, errand: Coroutine[Any, Any, object]) -> None:
        """Do it soon; dropped when too many are under way."""
        if len(self._tasks) >= MOST_AT_ONCE:
            errand.close()
            return
        task = asyncio.create_task(_done(errand))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def end(self) -> None:
        """Drop what is under way."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _done(errand: Coroutine[Any, Any, object]) -> None:
    try:
        async with asyncio.timeout(ANSWER_WITHIN_S):
            await errand
    except (MunadiError, TimeoutError) as error:
        log.info("a small answer to Telegram failed: %s", type(error).__name__)
    except Exception as error:
        log.warning("a small answer to Telegram failed: %s", type(error).__name__)


async def answer_search(line: Line, search: Search, look_up: LookUp) -> None:
    """Show what fits the words typed so far."""
    found = await look_up(search.words, search.language)
    await asked(
        line.answer_inline_query(
            search.query_id, _articles(found), cache_time=KEPT_FOR_S, is_personal=False
        )
    )


def _articles(found: Sequence[Found]) -> list[InlineQueryResultArticle]:
    return [
        InlineQueryResultArticle(
            id=one.key[:64],
            title=one.title[:LONGEST_TITLE],
            input_message_content=InputTextMessageContent(
                one.text[:LONGEST_TEXT], link_preview_options=LinkPreviewOptions(is_disabled=True)
            ),
            description=one.text[:LONGEST_TITLE],
        )
        for one in found[:MOST_FOUND]
    ]
