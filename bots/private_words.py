"""Words of abuse and violence, and the wish to stay unknown: such texts go to few eyes only.

The answer to them names nothing, because others may read the phone.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from bots.ask import Effect, Reply
from bots.fold import fold
from bots.keywords.report import NAMELESS, QUESTION
from bots.vocabulary import Vocabulary

_FIRST_WORDS = 5
"""Within so many words of its beginning a text says that it has no name."""
_LONGEST_PHRASE = 5
_KEPT = frozenset({Effect.REPORT, Effect.TO_INBOX})
"""Only what a person will read is looked at: STOP stays STOP, whatever stands beside it."""


def guarded(text: str, reply: Reply, words: Vocabulary) -> Reply:
    """The reply to a text that only few may read; any other stays as it is.

    A message to people that speaks of abuse, or begins with GUMNAM, becomes a report, so that it
    does not stand in the inbox of all.
    """
    tokens = fold(text).split()
    is_nameless = reply.is_nameless or holds(tokens[:_FIRST_WORDS], words.nameless)
    if reply.opens is not None and reply.opens.kind == QUESTION and is_nameless:
        # Even the wish is hidden: beside the hour of a nameless report it would tell whose it is.
        return replace(reply, opens=replace(reply.opens, about=NAMELESS), is_hidden=True)
    if reply.effect not in _KEPT:
        return reply
    is_protected = reply.is_protected or holds(tokens, words.protected)
    if not is_protected and not is_nameless:
        return reply
    kept = replace(
        reply,
        note=_without_wish(reply.note, words),
        is_hidden=True,
        is_protected=is_protected,
        is_nameless=is_nameless,
    )
    if reply.effect is Effect.TO_INBOX:
        kept = replace(kept, intent="report", effect=Effect.REPORT, values={"no": 0, "owner": ""})
    if kept.about:
        template = "report_added_private" if is_protected else kept.template
    else:
        template = "report_private" if is_protected else "report_nameless"
    return replace(kept, template=template, opens=None, more=None)


def _without_wish(note: str, words: Vocabulary) -> str:
    """The report without the word before it that says that it has no name."""
    first, _, rest = note.partition(" ")
    return rest.strip() if rest.strip() and fold(first) in words.nameless else note


def holds(tokens: Sequence[str], phrases: Collection[str]) -> bool:
    """Whether one of these phrases, of one word or several, stands among the folded words."""
    return any(
        " ".join(tokens[start : start + length]) in phrases
        for start in range(len(tokens))
        for length in range(1, min(_LONGEST_PHRASE, len(tokens) - start) + 1)
    )
