"""LINK in every writing: a code only for a known phone, one answer for every wrong code."""

from dataclasses import replace

import pytest

from app.domain.gsm import count
from bots.ask import Effect, LinkNote, Reply, Speaker
from bots.sample_register import PEOPLE, SampleRegister
from tests.bots.script import answer, catalogue, member, said, stranger

CODE, GROUP_CODE = "482915", "730164"
LANGUAGES = ("en", "ur-Latn", "ur")


def phone(language: str = "ur-Latn") -> Speaker:
    return replace(member(language), people=PEOPLE[:1], phone=5)


def chat(language: str = "ur-Latn", **changes: bool) -> Speaker:
    return replace(stranger(language), is_chat=True, phone=9, **changes)


@pytest.mark.parametrize(
    "text", ["LINK", "link.", "salam link", "joro", "JORO ji", "جوڑیں", "ٹیلیگرام جوڑیں", "link me"]
)
def test_a_known_phone_gets_a_code_in_every_writing(text: str) -> None:
    reply = answer(text, phone())
    assert (reply.effect, reply.note, reply.told_by) == (Effect.LINK_CODE, CODE, PEOPLE[0].id)
    assert CODE in said(reply)


@pytest.mark.parametrize(
    "text",
    ["LINK 482915", "link 482 915", "link 482-915", "LINK ۴۸۲۹۱۵", "جوڑیں ٤٨٢٩١٥", "joro 482915"],
)
def test_the_code_links_a_chat_however_its_digits_are_written(text: str) -> None:
    reply = answer(text, chat())
    assert (reply.effect, reply.about) == (Effect.LINK_CHAT, (1,))
    assert PEOPLE[0].name in said(reply)
    assert "START" in [entry.code for entry in reply.buttons]


@pytest.mark.parametrize(
    "text", ["link road kharab hai", "missing link", "road link up nahi hai", "linkan", "blink"]
)
def test_a_sentence_with_the_word_makes_no_code(text: str) -> None:
    assert answer(text, phone()).effect is not Effect.LINK_CODE


@pytest.mark.parametrize("code", ["111111", GROUP_CODE])
def test_every_code_that_is_of_no_use_in_a_chat_gets_the_same_answer(code: str) -> None:
    assert said(answer(f"LINK {code}", chat())) == said(answer("LINK 999999", chat()))
    assert answer(f"LINK {code}", chat()).intent == "link_wrong"


def test_a_group_takes_the_code_of_a_body_and_no_person_s() -> None:
    group = chat(is_group=True)
    assert answer(f"LINK {GROUP_CODE}", group).effect is Effect.LINK_CHAT
    assert answer(f"LINK {CODE}", group).intent == "link_wrong"


def test_no_code_is_ever_said_in_a_chat_or_by_mail() -> None:
    mail = replace(phone(), is_mail=True)
    linked = replace(chat(), people=PEOPLE[:1], is_registered=True)
    for who in (chat(), linked, chat(is_group=True), mail):
        reply = answer("LINK", who)
        assert (reply.effect, CODE in said(reply)) == (Effect.NONE, False)


def test_a_stranger_s_phone_gets_no_code_and_is_told_how_to_join() -> None:
    reply = answer("LINK", stranger())
    assert (reply.effect, "JOIN" in said(reply)) == (Effect.NONE, True)


def test_after_too_many_wrong_codes_there_is_silence() -> None:
    class Guessed(SampleRegister):
        def linkable(self, code: str, phone: int) -> LinkNote:  # noqa: ARG002
            return LinkNote(is_silent=True)

    reply = answer(f"LINK {CODE}", chat(), Guessed())
    assert (reply.intent, reply.template, reply.effect) == ("link_wrong", "", Effect.NONE)


def test_a_phone_that_had_enough_codes_is_told_when_to_ask_again() -> None:
    class Enough(SampleRegister):
        def fresh_code(self, phone: int) -> str:  # noqa: ARG002
            return ""

    assert answer("LINK", phone(), Enough()).effect is Effect.NONE


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_fits_one_text(language: str) -> None:
    values = {
        "code": 999_999,
        "name": "Syed Ghulam Mohammad Rehmat Wafa",
        "body": "WOMENS COMM",
    }
    for template in (
        *("link_code", "link_ask", "link_here", "link_unknown", "link_which", "link_later"),
        *("link_wrong", "link_done", "link_group", "link_told", "group_private", "unlinked"),
    ):
        text = catalogue().render(template, values, language).text
        assert count(text) == 1, (template, text)
        assert not (language == "ur" and text.isascii()), template


def test_unlink_names_whose_chats_go() -> None:
    reply: Reply = answer("UNLINK", phone())
    assert (reply.effect, reply.about) == (Effect.UNLINK, (PEOPLE[0].id,))
