"""Plays a conversation written as data: "> KARWAI" is what a member texts, "< ..." the answer.

The words are the real ones of `message_templates/`, the network is the sample network.
"""

import hashlib
import re
from functools import cache
from pathlib import Path

from app.catalogue import Catalogue
from app.domain.gsm import count
from bots.ask import Reply, Speaker
from bots.conversation import reply_to
from bots.sample_register import NOW, SampleRegister
from bots.trial import Row
from bots.vocabulary import Vocabulary

WRITTEN_WHILE_TUNING = "written while the words were tuned"
ROOT = Path(__file__).resolve().parents[2]


@cache
def catalogue() -> Catalogue:
    return Catalogue.load(ROOT / "message_templates")


@cache
def vocabulary() -> Vocabulary:
    return catalogue().vocabulary()


def member(language: str) -> Speaker:
    return Speaker(language, is_registered=True, now=NOW)


def stranger(language: str = "ur-Latn") -> Speaker:
    return Speaker(language, is_registered=False, now=NOW)


def answer(text: str, who: Speaker, register: SampleRegister | None = None) -> Reply:
    return reply_to(text, who, register or SampleRegister(), vocabulary())


def said(reply: Reply) -> str:
    return catalogue().render(reply.template, reply.values, reply.language).text


def play(script: str, who: Speaker, register: SampleRegister | None = None) -> None:
    """Every "> " line gets the "< " line below it, in one segment; other lines go on with it."""
    lines = [" ".join(turn.split()) for turn in re.split(r"^\s*(?=[<>] )", script, flags=re.M)]
    lines = [line for line in lines if line]
    asked, expected = lines[::2], lines[1::2]
    assert len(asked) == len(expected) > 0
    for ask, answered in zip(asked, expected, strict=True):
        assert ask.startswith("> ")
        assert answered.startswith("< ")
        text = said(answer(ask[2:], who, register))
        assert f"{ask}\n< {text}" == f"{ask}\n{answered}"
        assert count(text) == 1


def labelled() -> list[tuple[str, str, str, str]]:
    """The rows (text, intent, argument, why) of the labelled half that the words are tuned on."""
    return [(row.text, row.intent, row.argument, row.rule) for row in tuned()]


def tuned() -> list[Row]:
    """The half of the labelled texts that the words are tuned on: each must be understood."""
    return [row for row in catalogue().trial() if _is_tuned(row)]


def unseen() -> list[Row]:
    """The other half, on which nobody looks while tuning: it only tells how good the words are."""
    return [row for row in catalogue().trial() if not _is_tuned(row)]


def _is_tuned(row: Row) -> bool:
    """By a hash of the text, so that the halves never change; or written while tuning."""
    is_even = hashlib.sha256(row.text.encode()).digest()[0] % 2 == 0
    return is_even or row.rule == WRITTEN_WHILE_TUNING
