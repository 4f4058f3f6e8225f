"""Sentences that are kept: a template with its values, so that each reader gets their language."""

from collections.abc import Callable, Sequence
from typing import Any

from app.domain.errors import Phrase
from app.services.read_table import Note

Told = list[Any]
"""[template, values], as JSON keeps it."""


def told(sentence: str, /, **values: object) -> Told:
    """One sentence; `{name}` is filled from the value of that name."""
    return [sentence, {name: str(value) for name, value in values.items()}]


def said(sentences: Sequence[Told], translate: Callable[[str], str] = str) -> str:
    """The sentences one after the other, in another language where one is wanted."""
    return " ".join(
        Note("told", Phrase(sentence), values).said(translate) if values else translate(sentence)
        for sentence, values in sentences
    )
