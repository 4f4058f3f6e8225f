"""Decisions as a list over several texts, each with the code by which its details are asked."""

from collections.abc import Sequence

from bots.ask import Ask, Reply, Speaker
from bots.notes import DecisionNote
from bots.paging import more_of, more_word
from bots.values import Entry, Value

PAGE = 3
NEWER = 10
"""So many lines may have been published since the last answer, for MORE to go on rightly."""


def listed(ask: Ask, rest: Sequence[DecisionNote], who: Speaker) -> Reply:
    """The first few of these decisions, with the word for the rest when some are left."""
    shown = rest[:PAGE]
    items = tuple(Entry(f"D{d.meeting_no}/{d.no}", d.short) for d in shown)
    goes_on = len(rest) > len(shown)
    codes = [item.code for item in items]
    more = more_word(who.language, goes_on=goes_on)
    values: dict[str, Value] = {
        "items": items,
        "topic": ask.argument or ask.topic,
        "example": (Entry(codes[0]),),
        "more": more,
    }
    return Reply(
        ask.intent,
        "decisions_topic" if ask.topic else "decisions",
        who.language,
        values,
        more=more_of(ask, codes, goes_on=goes_on),
        buttons=(*items, Entry(more)) if more else items,
    )
