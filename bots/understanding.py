"""From a text to what it asks: STOP first, then codes, then words, then spelling, then a person."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from bots.additions import read_addition
from bots.ask import Ask, Certainty
from bots.besides import read_besides
from bots.codes import numbers_in, read_code, spaced
from bots.coming import coming, without_hours
from bots.danger import is_danger
from bots.deeds import read_deed, read_likely_deed
from bots.fold import fold, lettered
from bots.menu import ANSWERS
from bots.names import name_in
from bots.operators import is_automatic
from bots.readings import NEVER_MENDED, read_words
from bots.requests import answered, excused
from bots.roll_call import read_roll
from bots.sense import is_blocked, language_of, means
from bots.signature import unsigned
from bots.spelling import mend_all, sound
from bots.vocabulary import WHOLE_ONLY, Vocabulary
from bots.wishes import alerts_only, other_writing

SHORT = 4
"""Words up to which a text is a command rather than a message to people."""

_LONGEST = 1600
_LONGEST_GREETING = 6
_MOST_MENDED = 10
"""Words of a text from which on it is a message to people and nothing in it is mended."""
_SURE = frozenset({"report", "emergency", "language", "verify", "status"})
"""Intents of words written rightly that mended ones beside them cannot outdo."""
_MENU = frozenset({"help", "greeting"})
_LONG_NAME = 7
"""Letters from which on a misspelt word that stands alone may be an office or a topic."""
_FLAGGED = frozenset({"none", "report", "emergency", "help", "greeting"})
_SPOKEN_FOR = frozenset({"yes", "no"})
"""Intents that may bear a name: of whom the answer is."""


def understand(text: str, words: Vocabulary) -> Ask:
    """What `text` asks for; any text has a meaning, if only `none`. Never raises."""
    text = text.strip()
    folded = fold(text[:_LONGEST])
    if not folded:
        return Ask("help", None, Certainty.EXACT, "")
    if is_automatic(text):
        return _none(folded, words)
    ask = None
    if len(text) <= _LONGEST:
        ask = _read(text, folded, words) or _read_unsigned(text, words)
        ask = ask or excused(_bare(folded.split(), words, words.courtesy), words)
    ask = _in_letters(ask or _none(folded, words), text, words)
    if ask.intent == "join" and ask.argument:
        ask = replace(ask, name=name_in(text, ask.argument))
    if ask.intent in _FLAGGED and is_danger(folded.split(), words.alarms, words.spelling):
        # Who asks for help in danger wants people, not the menu.
        if ask.intent in _MENU:
            ask = _in_letters(_none(folded, words), text, words)
        return replace(ask, is_danger=True)
    return ask


def _none(folded: str, words: Vocabulary) -> Ask:
    return Ask("none", None, Certainty.NONE, writing(folded, words))


def _in_letters(ask: Ask, text: str, words: Vocabulary) -> Ask:
    """The ask in the language whose own letters the text has; words that languages share yield."""
    if text.isascii() or ask.language not in ("", words.arabic):
        return ask
    tag = lettered(text)
    return replace(ask, language=tag) if tag in words.tongues else ask


def _read(text: str, folded: str, words: Vocabulary) -> Ask | None:
    return words.exact.get(folded) or _whole(folded, words) or _command(text, folded, words)


def _whole(folded: str, words: Vocabulary) -> Ask | None:
    """STOP, START and ALERT: the whole message, give or take courtesy; never a likeness."""
    found = words.whole.get(folded.replace(" ", ""))
    if found is not None:
        return found
    tokens = _bare(folded.split(), words, words.courtesy | words.about)
    if len(set(tokens)) == 1:
        tokens = tokens[:1]
    said = (token for token in tokens if token not in words.about)
    found = words.whole.get("".join(tokens)) or words.whole.get("".join(said))
    return found or alerts_only(tokens, words.wishes)


def _bare(tokens: list[str], words: Vocabulary, courtesy: Collection[str]) -> list[str]:
    """The tokens without the greeting before them and the courtesy around them."""
    start, end = 0, len(tokens)
    while start < end:
        step = _greeting_length(tokens[start:end], words) or int(tokens[start] in courtesy)
        if not step:
            break
        start += step
    while end > start:
        step = int(tokens[end - 1] in courtesy) or _thanks_length(tokens[start:end], words)
        if not step:
            break
        end -= step
    return tokens[start:end]


def _greeting_length(tokens: Sequence[str], words: Vocabulary) -> int:
    for length in range(min(len(tokens), _LONGEST_GREETING), 0, -1):
        ask = words.exact.get(" ".join(tokens[:length]))
        if ask is not None and ask.intent == "greeting":
            return length
        if length > 1 or len(tokens[0]) > _LONGEST_GREETING:
            joined = "".join(tokens[:length])
            if joined.isalpha() and sound(joined) in words.greetings:
                return length
    return 0


def _thanks_length(tokens: Sequence[str], words: Vocabulary) -> int:
    """How many words at the end are a greeting: "bohat shukriya"."""
    for length in range(min(len(tokens), 4), 0, -1):
        ask = words.exact.get(" ".join(tokens[-length:]))
        if ask is not None and ask.intent == "greeting":
            return length
    return 0


def _command(text: str, folded: str, words: Vocabulary) -> Ask | None:
    tokens = _bare(spaced(folded).split(), words, words.courtesy)
    if not tokens or _is_only_polite(tokens, folded, words):
        return Ask("greeting", None, Certainty.EXACT, writing(folded, words))
    timeless = without_hours(tokens, words.coming)
    if len(timeless) < len(tokens) and not (tokens[0].isdigit() and timeless[:1] == tokens[:1]):
        # "Kal 3 baje aungi" asks for no decision, and whether 3 is the hour a person must see.
        ask = read_words(text, timeless, words) if timeless else None
        return None if ask is None or ask.intent in _SPOKEN_FOR else ask
    found = words.exact.get(" ".join(tokens)) or read_code(tokens, text, words.numbers)
    found = found or _besides(text, tokens, words)
    if found is not None or all(token.isdigit() for token in tokens):
        return found
    return (
        read_addition(text, tokens, words)
        or read_deed(text, tokens, words)
        or read_likely_deed(text, tokens, words)
        or _coming(text, tokens, words)
        or other_writing(tokens, words.wishes, words.tongues, words.fillers)
        or _verify(tokens, words)
        or read_words(text, tokens, words)
        or answered(spaced(folded).split(), words)
        or _mended(text, tokens, words)
    )


def _besides(text: str, tokens: list[str], words: Vocabulary) -> Ask | None:
    """Who is present, or an answer that says more than yes or no; never where danger is told."""
    known = words.besides
    if known.heads.isdisjoint(tokens) and tokens[0] not in ANSWERS:
        return None
    roll = read_roll(text, tokens, known)
    if roll is not None:
        return replace(roll, language=writing(" ".join(tokens), words))
    if not words.coming.apart.isdisjoint(tokens):
        return None
    own = (words.small, words.fillers, words.coming.persons, words.coming.denials)

    def is_free(token: str) -> bool:
        return token not in known.kin and any(token in listed for listed in own)

    def plainly(rest: list[str]) -> Ask | None:
        found = words.exact.get(" ".join(rest)) or _coming(" ".join(rest), rest, words)
        return found or read_words(" ".join(rest), rest, words)

    ask = read_besides(text, tokens, known, is_free, plainly)
    if ask is None or is_blocked(tokens, words):
        return None
    if is_danger(tokens, words.alarms, words.spelling):
        return None
    return ask if ask.language else replace(ask, language=language_of(tokens, words))


def _coming(text: str, tokens: Sequence[str], words: Vocabulary) -> Ask | None:
    """Yes or no in somebody's own words; never where the text speaks of danger."""
    said = [token for token in tokens if means(token, ("no",), words)]
    ask = coming(tokens, text, words.coming, said, words.small)
    if ask is None:
        return None
    known = words.coming.reasons | words.coming.around | words.small
    strange = [token for token in tokens if token not in known]
    if is_danger(strange, words.alarms, words.spelling):
        return None
    return ask if ask.language else replace(ask, language=language_of(tokens, words))


def _is_only_polite(tokens: list[str], folded: str, words: Vocabulary) -> bool:
    """Whether a greeting stands before little words only: "AOA kaise hain aap"."""
    is_greeted = _greeting_length(folded.split(), words) > 0
    return is_greeted and all(t in words.fillers and t not in words.exact for t in tokens)


def _mended(text: str, tokens: list[str], words: Vocabulary) -> Ask | None:
    """What the text asks once its spelling is mended, unless that must be written rightly."""
    mended = mend_all(tokens, words.spelling) if len(tokens) <= _MOST_MENDED else None
    if mended is None:
        return None
    right, certainty = _bare(mended[0], words, words.courtesy), mended[1]
    if _is_greeting(mended[0], right, fold(text), words):
        return Ask("greeting", None, certainty, writing(" ".join(tokens), words))
    ask = (
        words.exact.get(" ".join(right))
        or read_code(right, text, words.numbers)
        or read_deed(text, right, words)
        or _verify(right, words)
        or read_words(text, right, words)
    )
    sure = {words.exact[token].intent for token in tokens if token in words.exact} & _SURE
    sure |= {"status"} if "report" in sure else set()
    if ask is None or ask.intent in NEVER_MENDED or (sure and ask.intent not in sure):
        return None
    if ask.intent == "report" and ask.argument:
        ask = _as_written(ask, tokens, right)
    if certainty is Certainty.FUZZY and _is_guesswork(ask, tokens, right, words):
        return None
    return replace(ask, certainty=certainty)


def _as_written(ask: Ask, tokens: list[str], right: list[str]) -> Ask:
    """The report in the words that were sent, not in mended ones."""
    told = (ask.argument or "").split()
    if len(right) != len(tokens) or right[-len(told) :] != told:
        return ask
    return replace(ask, argument=" ".join(tokens[-len(told) :]))


def _is_greeting(mended: list[str], right: list[str], folded: str, words: Vocabulary) -> bool:
    """Whether mended words are a greeting; `right` is what is left behind courtesy."""
    if right:
        return _is_only_polite(right, folded, words)
    return any(words.spelling.meanings.get(token) == "greeting" for token in mended)


def _is_guesswork(ask: Ask, tokens: list[str], right: list[str], words: Vocabulary) -> bool:
    """Whether a name of few letters was taken for an office or a topic: "Sardar", "Reshun"."""
    asked = [t for t in right if means(t, ("contact", "decision"), words) and t not in words.posts]
    is_bare = ask.intent == "contact" or (ask.intent == "decision" and bool(ask.topic))
    if asked or not is_bare or any(token in words.topics for token in tokens):
        return False
    return max(map(len, tokens)) < _LONG_NAME


def _read_unsigned(text: str, words: Vocabulary) -> Ask | None:
    """What the text asks without the name that its sender put below it; stop is never signed."""
    for rest, name in unsigned(text, words):
        ask = _read(rest, fold(rest), words)
        if ask is None or ask.intent in WHOLE_ONLY | {"greeting", "none", "poll", "blood", "join"}:
            continue
        if ask.intent in _SPOKEN_FOR:
            return replace(ask, argument=name) if ask.argument is None else ask
        return ask
    return None


def _verify(tokens: Sequence[str], words: Vocabulary) -> Ask | None:
    """REF 41, "is 41 true", "41 asli hai": one number and a word for true in any order."""
    numbers = numbers_in(tokens)
    if len(numbers) != 1:
        return None
    known = [words.exact[token] for token in tokens if token in words.exact]
    asks = [ask for ask in known if ask.intent == "verify"]
    strange = [
        token
        for token in tokens
        if not token.isdigit()
        and token not in words.fillers
        and token not in words.numbers
        and not (token in words.exact and words.exact[token].intent == "verify")
    ]
    if not asks or len(strange) > 1:
        return None
    return Ask("verify", numbers[0], Certainty.EXACT, asks[0].language)


def writing(folded: str, words: Vocabulary) -> str:
    """The language that the letters alone tell: Arabic letters speak, Latin ones do not."""
    return words.arabic if any("\u0600" <= letter <= "\u06ff" for letter in folded) else ""
