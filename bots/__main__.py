"""`python -m bots`: a conversation with the sample network in the terminal, in the source texts."""

import sys
from dataclasses import replace
from itertools import chain

from bots.ask import Effect, Reply, Speaker
from bots.conversation import reply_to
from bots.dates import ENGLISH
from bots.keywords import find_keywords
from bots.lexicon import Lexicon
from bots.menu import TEMPLATES, menu_entries
from bots.sample_notes import TICKET_NO
from bots.sample_register import NOW, PEOPLE, SampleRegister
from bots.values import Entry, Value
from bots.vocabulary import build_vocabulary
from bots.wording import fill, parse

_KEYWORDS = find_keywords()
_NAMES = {"en": ("english",), "ur-Latn": ("roman",)}
_SHOWN = {"en": "English", "ur-Latn": "Roman Urdu"}
_BUILT_IN: dict[str, Value] = {
    "menu": menu_entries(_KEYWORDS, {}),
    "languages": (Entry("ENGLISH"), Entry("ROMAN")),
}


def main() -> None:
    """Read one text a line, print one reply a line, until the input ends."""
    words = build_vocabulary({tag: Lexicon(names=n) for tag, n in _NAMES.items()}, _KEYWORDS)
    sources = dict(chain(TEMPLATES.items(), *(k.templates.items() for k in _KEYWORDS)))
    who = Speaker("en", is_registered=True, now=NOW, people=PEOPLE)
    is_terminal = sys.stdin.isatty()
    prompt = "> " if is_terminal else ""
    print(prompt, end="", flush=True)  # noqa: T201
    for line in sys.stdin:
        reply = reply_to(line, who, SampleRegister(), words)
        who = _after(reply, who)
        print(f"< {_written(reply, sources)}\n{prompt}", end="", flush=True)  # noqa: T201


def _after(reply: Reply, who: Speaker) -> Speaker:
    """What the office would remember of this phone."""
    if reply.effect is Effect.SET_LANGUAGE:
        return replace(who, language=reply.language)
    if reply.effect is Effect.ASK_WHO:
        return replace(who, is_asked=True)
    if reply.speaker_id is not None:
        return replace(who, speaking=reply.speaker_id, is_asked=False)
    return who


def _written(reply: Reply, sources: dict[str, str]) -> str:
    values = {**_BUILT_IN, "language": _SHOWN[reply.language], **reply.values}
    if reply.effect is Effect.REPORT:
        # The office gives each report the next number; here all are the sample's one.
        values["no"] = TICKET_NO
    return fill(parse(sources[reply.template]), values, ENGLISH, lambda text: len(text) - 160)


if __name__ == "__main__":
    main()
