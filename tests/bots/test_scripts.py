"""Whole conversations, from the text that arrives to the answer in the outbox."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from app.store.database import Database
from bots.understanding import understand
from tests.bots.office_script import play_script, scripts, texts
from tests.bots.script import vocabulary
from tests.factories import Office


@pytest.fixture
async def office(database_url: str, now: datetime) -> AsyncIterator[Office]:
    async with Database(database_url) as database:
        yield await Office.open(database, now)


@pytest.mark.parametrize("name", scripts())
async def test_the_conversation_goes_as_it_is_written(name: str, office: Office) -> None:
    await play_script(name, office)


def test_every_intent_is_texted_in_each_writing_that_has_words_for_it() -> None:
    words = vocabulary()
    asks = [understand(text, words) for text in texts()]
    played = {(ask.intent, ask.language) for ask in asks}
    known = {(ask.intent, ask.language) for ask in words.exact.values() if ask.language}
    wanted = {(intent, tag) for intent, tag in known if intent in words.keywords}
    assert wanted - played == set()
