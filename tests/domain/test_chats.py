"""How chats are named: there and back, and nothing else is taken for a chat."""

import pytest

from app.domain.chats import chat_id_of, chat_sender, is_group_chat


@pytest.mark.parametrize("chat_id", [1, 55_123_456, 7_000_000_001, -41, -100_123_456_789])
def test_a_chat_is_known_again_by_its_sender(chat_id: int) -> None:
    assert chat_id_of(chat_sender(chat_id)) == str(chat_id)
    assert chat_id_of(chat_sender(str(chat_id))) == str(chat_id)


@pytest.mark.parametrize(
    "sender",
    ["", "tg:", "tg:0", "tg:-0", "tg:01", "tg:x", "tg:1 ", "tg:1\n", "TG:1", "tg:" + "1" * 20,
     "+923001234567", "8171", "LSON", "gulrukh@mirkhai.example", "tg:1@mirkhai.example"],
)  # fmt: skip
def test_numbers_mails_and_names_are_no_chats(sender: str) -> None:
    assert chat_id_of(sender) is None


def test_a_group_is_told_from_one_person() -> None:
    assert is_group_chat("-100123")
    assert not is_group_chat("55123456")
