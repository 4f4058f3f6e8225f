"""Texts of which it is known what they mean: a new word must not change what the others say."""

from collections.abc import Sequence
from dataclasses import dataclass

from bots.understanding import understand
from bots.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Row:
    """One text, what it asks, whether it speaks of danger, and the rule that it stands for."""

    text: str
    intent: str
    argument: str
    is_danger: bool
    rule: str


def read_rows(table: str) -> tuple[Row, ...]:
    """The rows of a table with a heading: text, intent, argument, danger (1 or 0), rule."""
    cells = (line.split("\t") for line in table.split("\n")[1:] if line)
    return tuple(
        Row(text, intent, argument, danger == "1", rule)
        for text, intent, argument, danger, rule in cells
    )


def is_right(row: Row, words: Vocabulary) -> bool:
    """Whether the text is understood as it is known to be meant."""
    ask = understand(row.text, words)
    found = (ask.intent, ask.argument or "", ask.is_danger)
    return found == (row.intent, row.argument, row.is_danger)


def harmed(rows: Sequence[Row], before: Vocabulary, after: Vocabulary) -> tuple[Row, ...]:
    """The rows that `before` understood rightly and `after` does not."""
    return tuple(row for row in rows if is_right(row, before) and not is_right(row, after))
