"""Wishes said as a sentence: to hear of danger only, another writing, what was decided.

Every word of such a text must be one of those listed here: nothing is taken by likeness.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bots.ask import Ask, Certainty
from bots.fold import fold

_MOST_OF_ALERTS = 10
_MOST_OF_TONGUE = 12


@dataclass(frozen=True, slots=True)
class Wishes:
    """The words of wishes, folded."""

    only: frozenset[str]
    threats: Mapping[str, str]
    """Words for danger or alarm, and the language."""
    told: frozenset[str]
    """What is told of a danger, and the words that ask to be told."""
    writes: frozenset[str]
    """To write, to say, to send."""
    reads: frozenset[str]
    """To read and to know: what somebody cannot do in the other writing."""
    boxes: frozenset[str]
    """What a phone shows for letters that it does not have."""
    last: frozenset[str]
    what: frozenset[str]
    happened: frozenset[str]
    """The last meeting, and what was done there."""
    asks: frozenset[str]
    """What may stand behind the number of a decision: what it was, or that it be told."""


def build_wishes(lexicons: Mapping[str, Mapping[str, Sequence[str]]]) -> Wishes:
    """Index the tables of all languages."""

    def small(name: str) -> frozenset[str]:
        listed = (word for table in lexicons.values() for word in table.get(name, ()))
        return frozenset(part for word in listed for part in fold(word).split())

    threats = [(fold(w), tag) for tag, t in lexicons.items() for w in t.get("threats", ())]
    return Wishes(
        small("only"),
        dict(reversed(threats)),
        *map(small, ("told", "writes", "reads", "boxes", "last", "what", "happened", "asks")),
    )


def alerts_only(tokens: Sequence[str], wishes: Wishes) -> Ask | None:
    """SIRF KHATRE KI ITTILA DEN: only, danger, and words that ask to be told; nothing else."""
    if len(tokens) > _MOST_OF_ALERTS or wishes.only.isdisjoint(tokens):
        return None
    threat = next((token for token in tokens if token in wishes.threats), None)
    if threat is None:
        return None
    known = wishes.only | wishes.threats.keys() | wishes.told
    if any(token not in known for token in tokens):
        return None
    return Ask("alerts", None, Certainty.EXACT, wishes.threats[threat])


def other_writing(
    tokens: Sequence[str], wishes: Wishes, tongues: Mapping[str, str], small: frozenset[str]
) -> Ask | None:
    """ROMAN ME LIKHO, "urdu parhni nahi ati roman me likho": the last language named is wanted.

    Who sees boxes wants another writing, too: "urdu dabbe aate hain roman me".
    """
    has_boxes = not wishes.boxes.isdisjoint(tokens)
    if len(tokens) > _MOST_OF_TONGUE or (wishes.writes.isdisjoint(tokens) and not has_boxes):
        return None
    named = [n for n, token in enumerate(tokens) if token in tongues]
    if not named:
        return None
    last = named[-1]
    behind = tokens[last + 1 :]
    if behind and wishes.writes.isdisjoint(behind) and not has_boxes:
        return None
    if any(token not in small and token not in wishes.writes for token in behind):
        return None
    known = small | wishes.writes | wishes.reads | wishes.boxes | tongues.keys()
    if any(token not in known for token in tokens[:last]):
        return None
    both = " ".join(tokens[max(last - 1, 0) : last + 1])
    tag = tongues.get(both) or tongues[tokens[last]]
    return Ask("language", tag, Certainty.EXACT, tag)
