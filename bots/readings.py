"""What the words of a text ask when they are neither STOP nor a code: one reading a kind of ask."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bots.ask import Ask, Certainty
from bots.codes import about_meeting, numbers_in
from bots.menu import LETTERS
from bots.names import is_about_list, name_behind
from bots.requests import answered, blood, coded, contact, emergency, report, status, truth
from bots.sense import content_of, is_blocked, is_misspelt, known_meaning, language_of, means
from bots.vocabulary import WHOLE_ONLY, Vocabulary

NEVER_MENDED = WHOLE_ONLY | {
    *("yes", "no", "poll", "blood", "more", "wrong_number", "join", "link", "unlink"),
}
"""Intents whose words count as they are written or not at all."""

_SHORT = 4
_STRICT = frozenset({"language", "wrong_number", "more", "poll"})
"""Intents that change something or answer a question: no word beside them may be unknown."""
_OWN_READING = frozenset({"contact", "emergency", "report", "status"})
_NUMBERED = frozenset({"yes", "no", "poll", "blood"})
"""Intents that an unknown word may follow only behind their number: 11 ZAINAB."""
_BY_NUMBER = frozenset({"minutes", "decision", "verify", "status"})
_LATER = frozenset({"minutes", "meeting", "decision", "news", "language", "verify", "help"})
"""Intents whose word may stand behind others: "mujhe pichle mahine ki karwai"."""
_NEAR = frozenset({"minutes", "meeting", "news"})
"""Intents that one unknown word may stand before in a short text: "Shahi meeting kab"."""
_MOST_LATER = 6
_MOST_OF_TOPIC = 2
_YEARS = range(1990, 2100)


def read_words(text: str, tokens: Sequence[str], words: Vocabulary) -> Ask | None:
    """What these folded tokens of `text` ask; None when they are a message to people."""
    content = [token for token in tokens if token not in words.fillers]
    if not content:
        return next((words.exact[t] for t in tokens if means(t, ("today",), words)), None)
    return (
        coded(tokens, words)
        or status(tokens, words)
        or answered(tokens, words)
        or blood(text, tokens, words)
        or emergency(text, tokens, words)
        or contact(tokens, words)
        or report(text, tokens, words)
        or truth(tokens, words)
        or _opening(tokens, words)
        or _topic(tokens, words)
        or _addressed(text, tokens, words)
    )


def _opening(tokens: Sequence[str], words: Vocabulary) -> Ask | None:
    """A command by its first words, or by a later one when little else is said."""
    content = content_of(tokens, words)
    for start, length, ask in _openings(content, words):
        rest = [*content[:start], *content[start + length :]]
        if _gives_way(ask.intent, start, rest, words):
            continue
        if _is_no_opening(ask.intent, content, length, len(tokens)):
            return None
        slack = _slack(ask.intent, content, start, len(tokens))
        slack = slack or _on_a_topic(ask.intent, content[:start], words)
        if _is_free(ask.intent, len(tokens)) or _is_clear(ask.intent, rest, slack, words):
            tail = list(tokens[tokens.index(content[start + length - 1]) + 1 :])
            if ask.intent == "join" and _is_complaint(tail, words):
                return None
            return _with_argument(ask, rest, tail, words)
        if start == 0 and ask.intent not in _LATER:
            return None
    return None


def _gives_way(intent: str, start: int, rest: Sequence[str], words: Vocabulary) -> bool:
    """Whether another word of the text says better what is asked: the minutes of a meeting."""
    if intent == "more":
        return bool(rest)
    if intent == "meeting":
        return any(known_meaning(token, words) in ("minutes", "decision") for token in rest)
    return start > 0 and any(is_misspelt(token, words) for token in rest)


def _is_no_opening(intent: str, content: Sequence[str], length: int, count: int) -> bool:
    """Whether the word belongs to a reading of its own, or is too little: "ye galat hai"."""
    if intent == "wrong_number":
        return length < min(count, 2)
    is_numbered = content[0].isdigit()
    return intent in _OWN_READING or (intent in _NUMBERED and not is_numbered)


def _slack(intent: str, content: Sequence[str], start: int, count: int) -> int:
    """How many unknown words may stand beside the word."""
    if count > _SHORT or (start and intent not in _NEAR):
        return 0
    return 0 if intent in _STRICT and not content[0].isdigit() else 1


def _on_a_topic(intent: str, before: Sequence[str], words: Vocabulary) -> int:
    """How many unknown words a topic may have with it: "bund ki murammat ka faisla"."""
    is_asked = intent == "decision" and any(token in words.topics for token in before)
    return int(is_asked and len([t for t in before if t not in words.topics]) == 1)


def _openings(content: Sequence[str], words: Vocabulary) -> Iterator[tuple[int, int, Ask]]:
    """What words can open a command, where and how many, the surest first; stop words cannot."""
    for start in range(min(len(content), _MOST_LATER)):
        for length in dict.fromkeys((len(content) - start, 3, 2, 1)):
            ask = words.exact.get(" ".join(content[start : start + length]))
            if start + length > len(content) or ask is None or ask.intent in WHOLE_ONLY:
                continue
            if content[start] in LETTERS or (start and ask.intent not in _LATER):
                continue
            if start and content[start].isdigit():
                continue
            yield start, length, ask
            break
        if len(content) > _MOST_LATER:
            return


def _is_free(intent: str, count: int) -> bool:
    return intent == "join" or (intent == "decision" and count <= _SHORT)


def _is_clear(intent: str, rest: Sequence[str], slack: int, words: Vocabulary) -> bool:
    """Whether what follows leaves the meaning standing; a sentence is a message to people."""
    unknown = [token for token in rest if not _belongs(token, intent, words)]
    if len(unknown) > slack or is_blocked(unknown, words):
        return False
    return all(known_meaning(token, words) in ("", intent) for token in unknown)


def _is_complaint(tail: Sequence[str], words: Vocabulary) -> bool:
    """Whether the words behind JOIN ask about the list or deny: "mera naam list me nahi"."""
    return is_about_list(tail) or any(
        means(token, ("no",), words) or token in words.coming.denials for token in tail
    )


def _belongs(token: str, intent: str, words: Vocabulary) -> bool:
    if token.isdigit() or token in words.courtesy or token in words.numbers:
        return True
    known = {"decision": words.topics, "language": words.tongues}
    if token in known.get(intent, ()):
        return True
    near = {"minutes": ("meeting", "more"), "decision": ("meeting", "more")}
    return means(token, (intent, *near.get(intent, ("more",))), words)


def _with_argument(ask: Ask, rest: list[str], tail: list[str], words: Vocabulary) -> Ask:
    language = ask.language or language_of(rest, words)
    ask = replace(ask, language=language)
    numbers = numbers_in(rest)
    if numbers and ask.intent in _BY_NUMBER and not _is_year(numbers, ask.intent):
        return replace(about_meeting(ask.intent, numbers, language), certainty=ask.certainty)
    if ask.intent == "decision":
        return _search(ask, rest, words)
    if ask.intent == "language" and ask.argument is None:
        named = [
            words.tongues[token] for token in (" ".join(tail), *rest) if token in words.tongues
        ]
        return replace(ask, argument=named[0] if named else None)
    if ask.intent == "news":
        return replace(ask, argument=numbers[0] if numbers else None)
    if ask.intent in ("minutes", "meeting", "help", "language", "today", "more") or ask.argument:
        return ask
    told = name_behind(tail) if ask.intent == "join" else content_of(tail, words)
    return replace(ask, argument=" ".join(told) or None)


def _is_year(numbers: Sequence[str], intent: str) -> bool:
    return intent == "decision" and len(numbers) == 1 and int(numbers[0]) in _YEARS


def _search(ask: Ask, rest: Sequence[str], words: Vocabulary) -> Ask:
    """Decisions on a topic, or with some words; a year beside them is kept."""
    years = [token for token in rest if token.isdigit()]
    named = [token for token in rest if token in words.topics]
    wanted = [t for t in rest if not _belongs(t, "decision", words)]
    asked = " ".join([*(named[:1] or wanted), *years])
    if not asked:
        return ask
    topic = words.topics[named[0]] if named else asked
    return replace(ask, argument=asked, topic=topic)


def _topic(tokens: Sequence[str], words: Vocabulary) -> Ask | None:
    """PANI, SARAK KA: a topic alone asks what was decided about it."""
    content = content_of(tokens, words)
    if len(tokens) > _MOST_OF_TOPIC or any(means(token, ("meeting",), words) for token in tokens):
        return None
    if any(token not in words.topics for token in content):
        return None
    if is_blocked(content, words):
        return None
    ask = Ask("decision", None, Certainty.EXACT, language_of(content, words))
    return _search(ask, content, words)


def _addressed(text: str, tokens: Sequence[str], words: Vocabulary) -> Ask | None:
    """What is asked behind "secretary sahib": whom a text calls is no part of what it asks."""
    start = 0
    while start < len(tokens) and (tokens[start] in words.posts or tokens[start] in words.courtesy):
        start += 1
    if not start or start == len(tokens):
        return None
    ask = read_words(text, tokens[start:], words)
    return ask if ask is not None and ask.intent in _LATER else None
