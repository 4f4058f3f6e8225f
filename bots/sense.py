"""What single folded words mean: the questions that all readings of a text ask."""

from collections.abc import Collection, Sequence

from bots.spelling import likest, mend
from bots.vocabulary import WHOLE_ONLY, Vocabulary


def means(token: str, intents: Collection[str], words: Vocabulary) -> bool:
    """Whether the word alone means one of these intents."""
    ask = words.exact.get(token)
    return ask is not None and ask.intent in intents


def content_of(tokens: Sequence[str], words: Vocabulary) -> list[str]:
    """The words that carry the meaning, without the little ones."""
    return [token for token in tokens if token not in words.fillers]


def is_small(token: str, words: Vocabulary) -> bool:
    """Whether the word can stand anywhere and changes nothing."""
    return token in words.fillers or token in words.courtesy or token in words.numbers


def is_blocked(tokens: Sequence[str], words: Vocabulary) -> bool:
    """Whether a word of danger or one that would stop keeps these from being a command."""
    return any(token in words.danger or means(token, WHOLE_ONLY, words) for token in tokens)


def language_of(tokens: Sequence[str], words: Vocabulary) -> str:
    """The language of the first word that tells one."""
    asks = (words.exact.get(token) for token in tokens)
    told = next((ask.language for ask in asks if ask and ask.language), "")
    is_arabic = any(not token.isascii() for token in tokens)
    return told or (words.arabic if is_arabic else "")


def known_meaning(token: str, words: Vocabulary) -> str:
    """What the word means in the spelling that is known; "" for a name or a place."""
    ask = words.exact.get(token) or words.exact.get(likest(token, words.spelling))
    return ask.intent if ask else ""


def is_misspelt(token: str, words: Vocabulary) -> bool:
    """Whether an unknown word is like a known one."""
    return token not in words.spelling.known and bool(likest(token, words.spelling))


def post_of(token: str, words: Vocabulary) -> str:
    """The office that a word names, in the spelling that is known; "" for any other word."""
    mended = None if token in words.spelling.known else mend(token, words.spelling)
    return words.posts.get(mended.words[0] if mended else token, "")
