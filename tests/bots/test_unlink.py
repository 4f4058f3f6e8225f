"""UNLINK, JOR KHATAM: as a whole message only, and never by likeness."""

import pytest

from bots.ask import Effect
from tests.bots.script import answer
from tests.bots.test_link import chat, phone


@pytest.mark.parametrize("text", ["UNLINK", "unlink ji", "jor khatam", "jor hatao", "جوڑ ختم"])
def test_it_is_known_in_every_writing_and_from_phone_and_chat(text: str) -> None:
    for who in (phone(), chat()):
        assert answer(text, who).effect is Effect.UNLINK


@pytest.mark.parametrize("text", ["unlink the water line from the tank", "unlik", "khatam"])
def test_what_only_looks_like_it_unlinks_nothing(text: str) -> None:
    assert answer(text, phone()).effect is not Effect.UNLINK
