"""In which language somebody is answered of whom nothing is known but the text.

Members of every language write "meeting", "news" and START, so a word that English has says
little beside one that it has not: "meeting kab hai" is Roman Urdu.
"""

from bots.ask import Ask
from bots.fold import fold
from bots.vocabulary import Vocabulary

_SAID_TO_ALL = frozenset({"start", "stop", "alert", "join", "link", "ref"})
"""Words that our texts in every language ask people to send."""


def tongue(text: str, ask: Ask, words: Vocabulary) -> str:
    """The tag of the language that `text`, understood as `ask`, is written in; "" if unsure."""
    if any("\u0600" <= letter <= "\u06ff" for letter in text):
        return ask.language or words.arabic
    tokens = fold(text).split()
    telling = (token for token in tokens if token not in _SAID_TO_ALL)
    marks = {words.marks[token] for token in telling if token in words.marks}
    if len(marks) == 1:
        return marks.pop()
    if not marks and tokens and tokens[0] in _SAID_TO_ALL:
        return ""
    return ask.language
