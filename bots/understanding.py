"""From a text to what it asks: STOP first, then codes, then words, then likeness, then a person."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from bots.ask import Ask, Certainty
from bots.codes import about_meeting, numbers_in, read_code, spaced
from bots.deeds import read_deed
from bots.fold import fold
from bots.menu import LETTERS
from bots.names import name_in
from bots.vocabulary import WHOLE_ONLY, Vocabulary

SHORT = 4
"""Words up to which a text is a command rather than a message to people."""

_LONGEST = 1600
_LONGEST_GREETING = 6
_FREE = frozenset({"report", "emergency", "blood", "join"})
_FREE_WHEN_SHORT = frozenset({"contact", "decision"})
_STRICT = frozenset({"language", "wrong_number", "yes", "no", "more", "poll"})
"""Intents that change something or answer a question: no word beside them may be unknown."""

_BY_NUMBER = frozenset({"minutes", "decision", "verify", "status"})


def understand(text: str, words: Vocabulary) -> Ask:
    """What `text` asks for; any text has a meaning, if only `none`. Never raises."""
    text = text.strip()
    folded = fold(text[:_LONGEST])
    known = words.exact.get(folded)
    if len(text) > _LONGEST:
        return Ask("none", None, Certainty.NONE, _writing(folded, words))
    if known is not None:
        return known
    if not folded:
        return Ask("help", None, Certainty.EXACT, "")
    ask = _whole(folded, words) or _command(text, folded, words)
    if ask is not None and ask.intent == "join" and ask.argument:
        return replace(ask, name=name_in(text, ask.argument))
    return ask or Ask("none", None, Certainty.NONE, _writing(folded, words))


def _whole(folded: str, words: Vocabulary) -> Ask | None:
    """STOP, START and ALERT: the whole message, give or take courtesy; never a likeness."""
    found = words.whole.get(folded.replace(" ", ""))
    if found is not None:
        return found
    tokens = _bare(folded.split(), words, words.courtesy | words.about)
    if len(set(tokens)) == 1:
        tokens = tokens[:1]
    return words.whole.get("".join(tokens))


def _bare(tokens: list[str], words: Vocabulary, courtesy: Collection[str]) -> list[str]:
    """The tokens without the greeting before them and the courtesy around them."""
    start, end = 0, len(tokens)
    while start < end:
        step = _greeting_length(tokens[start:end], words) or int(tokens[start] in courtesy)
        if not step:
            break
        start += step
    while end > start and tokens[end - 1] in courtesy:
        end -= 1
    return tokens[start:end]


def _greeting_length(tokens: Sequence[str], words: Vocabulary) -> int:
    for length in range(min(len(tokens), _LONGEST_GREETING), 0, -1):
        ask = words.exact.get(" ".join(tokens[:length]))
        if ask is not None and ask.intent == "greeting":
            return length
    return 0


def _command(text: str, folded: str, words: Vocabulary) -> Ask | None:
    tokens = _bare(spaced(folded).split(), words, words.courtesy)
    if not tokens:
        return Ask("greeting", None, Certainty.EXACT, _writing(folded, words))
    found = words.exact.get(" ".join(tokens)) or read_code(tokens, text, words.numbers)
    if found is not None or all(token.isdigit() for token in tokens):
        return found
    return read_deed(text, tokens, words) or _verify(tokens, words) or _worded(tokens, words)


def _verify(tokens: Sequence[str], words: Vocabulary) -> Ask | None:
    """REF 41, "is 41 true", "41 asli hai": one number and a word for true in any order."""
    numbers = numbers_in(tokens)
    if len(numbers) != 1:
        return None
    asks = [words.exact[token] for token in tokens if _means(token, ("verify",), words)]
    if not asks or len(_unknown(tokens, "verify", words)) > 1:
        return None
    return Ask("verify", numbers[0], Certainty.EXACT, asks[0].language)


def _worded(tokens: list[str], words: Vocabulary) -> Ask | None:
    content = [token for token in tokens if token not in words.fillers]
    for length, ask in _openings(content, len(tokens), words):
        rest = content[length:]
        if ask.intent == "wrong_number" and length < min(len(tokens), 2):
            # "Ye galat hai" may speak of anything; alone, or with "number", the word is clear.
            return None
        slack = 1 if len(tokens) <= SHORT else 0
        if ask.intent in _STRICT and not content[0].isdigit():
            slack = 0
        if _is_free(ask.intent, len(tokens)) or _is_clear(ask.intent, rest, slack, words):
            tail = tokens[tokens.index(content[length - 1]) + 1 :]
            return _with_argument(ask, rest, tail, words)
    return None


def _openings(content: Sequence[str], count: int, words: Vocabulary) -> Iterator[tuple[int, Ask]]:
    """What the first words can mean, the surest first; stop words are no openings."""
    for length in (len(content), 2, 1):
        ask = words.exact.get(" ".join(content[:length])) if length <= len(content) else None
        if ask and ask.intent not in WHOLE_ONLY and content[0] not in LETTERS:
            yield length, ask
            return
    if content and count <= SHORT:
        guess = words.guess(content[0])
        if guess:
            yield 1, guess


def _is_free(intent: str, count: int) -> bool:
    return intent in _FREE or (intent in _FREE_WHEN_SHORT and count <= SHORT)


def _is_clear(intent: str, rest: Sequence[str], slack: int, words: Vocabulary) -> bool:
    """Whether what follows leaves the meaning standing; a sentence is a message to people."""
    unknown = _unknown(rest, intent, words)
    if any(token in words.danger or _means(token, WHOLE_ONLY, words) for token in unknown):
        return False
    return len(unknown) <= slack


def _unknown(tokens: Sequence[str], intent: str, words: Vocabulary) -> list[str]:
    return [token for token in tokens if not _belongs(token, intent, words)]


def _belongs(token: str, intent: str, words: Vocabulary) -> bool:
    if token.isdigit() or token in words.fillers or token in words.numbers:
        return True
    known = {"decision": words.topics, "language": words.tongues}
    if token in known.get(intent, ()):
        return True
    return _means(token, (intent, "no" if intent == "yes" else intent), words)


def _means(token: str, intents: Collection[str], words: Vocabulary) -> bool:
    ask = words.exact.get(token)
    return ask is not None and ask.intent in intents


def _with_argument(ask: Ask, rest: list[str], tail: list[str], words: Vocabulary) -> Ask:
    language = ask.language or _writing(" ".join(rest), words)
    ask = Ask(ask.intent, ask.argument, ask.certainty, language)
    if ask.intent == "yes" and any(_means(token, ("no",), words) for token in rest):
        return Ask("no", None, ask.certainty, language)
    numbers = numbers_in(rest)
    if numbers and ask.intent in _BY_NUMBER:
        found = about_meeting(ask.intent, numbers)
        return Ask(found.intent, found.argument, ask.certainty, language)
    if ask.intent == "decision":
        return _search(ask, rest, words)
    if ask.intent == "language" and ask.argument is None:
        tag = words.tongues.get(" ".join(tail)) or words.tongues.get(" ".join(rest))
        return Ask(ask.intent, tag, ask.certainty, language)
    if ask.intent in ("minutes", "meeting", "help", "language") or ask.argument:
        return ask
    return Ask(ask.intent, " ".join(tail) or None, ask.certainty, language)


def _search(ask: Ask, rest: Sequence[str], words: Vocabulary) -> Ask:
    wanted = [token for token in rest if not _belongs(token, "decision", words)]
    named = [token for token in rest if token in words.topics]
    if named:
        topic = words.topics[named[0]]
        return Ask(ask.intent, named[0], ask.certainty, ask.language, topic)
    argument = " ".join(wanted)
    return Ask(ask.intent, argument or None, ask.certainty, ask.language, argument)


def _writing(folded: str, words: Vocabulary) -> str:
    """The language that the letters alone tell: Arabic letters speak, Latin ones do not."""
    return words.arabic if any("\u0600" <= letter <= "\u06ff" for letter in folded) else ""
