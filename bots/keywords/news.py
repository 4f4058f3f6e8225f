"""4, NEWS, KHABAR: what was published last, newest first: two pieces at a time, or a long one."""

from collections.abc import Sequence

from bots.ask import Ask, Keyword, Register, Reply, Speaker
from bots.notes import NewsNote
from bots.paging import more_of, more_word
from bots.values import Entry, Value

PAGE = 2
_ROOM = {True: 110, False: 48}
"""Letters for two pieces, by whether all are Latin; two longer ones would both be cut."""


def answer(ask: Ask, who: Speaker, register: Register) -> Reply:
    """The newest, after MORE the next."""
    found = register.news(who.language, registered=who.is_registered, skip=ask.told, limit=PAGE + 1)
    if not found:
        return Reply("news", "more_none" if ask.told else "news_none", who.language)
    shown = found[: PAGE if _have_room(found[:PAGE]) else 1]
    items = tuple(Entry(f"{ask.told + no})", note.text) for no, note in enumerate(shown, 1))
    goes_on = len(found) > len(shown)
    values: dict[str, Value] = {"items": items, "on": found[0].on}
    more = more_word(who.language, goes_on=goes_on)
    if more:
        values["more"] = (Entry(more),)
    return Reply(
        "news",
        "news_more" if ask.told else "news",
        who.language,
        values,
        more=more_of(ask, [item.code for item in items], goes_on=goes_on),
        buttons=(Entry(more),) if more else (),
    )


def _have_room(notes: Sequence[NewsNote]) -> bool:
    texts = [note.text for note in notes]
    return sum(map(len, texts)) <= _ROOM[all(text.isascii() for text in texts)]


KEYWORD = Keyword(
    intent="news",
    digit="4",
    help_line="News",
    templates={
        "news": (
            "News ({on}): {items}[. For more send {more}]\n---\nNews: {items}[. More: {more}]"
        ),
        "news_more": "{items}[. For more send {more}]\n---\n{items}[. More: {more}]",
        "news_none": "There is no news yet. The latest minutes: send 1",
    },
    answer=answer,
    words={"en": ("news",), "ur-Latn": ("khabar",)},
)
