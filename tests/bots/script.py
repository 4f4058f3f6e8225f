"""Plays a conversation written as data: "> KARWAI" is what a member texts, "< ..." the answer.

The words are the real ones of `message_templates/`, the network is the sample network.
"""

import re
from functools import cache
from pathlib import Path

from app.catalogue import Catalogue
from app.domain.gsm import count
from bots.ask import Reply, Speaker
from bots.conversation import reply_to
from bots.sample_register import NOW, SampleRegister
from bots.vocabulary import Vocabulary

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
    """The rows (text, intent, argument, why) of the labelled tables."""
    tables = sorted(Path(__file__).parent.glob("labelled*.tsv"))
    rows = [row for table in tables for row in table.read_text("utf-8").splitlines()[1:]]
    return [tuple(row.split("\t")) for row in rows]  # type: ignore[misc]
