"""R27 and words behind it: more about a report that was filed before."""

from collections.abc import Sequence

from bots.ask import Ask, Certainty
from bots.vocabulary import Vocabulary
from bots.written import written_after

_LETTER = "r"
_LONGEST_NUMBER = 6


def read_addition(text: str, tokens: Sequence[str], words: Vocabulary) -> Ask | None:
    """What "R27 still broken" tells; None for what begins otherwise.

    Only small words behind the number ("R27 ka kya hua?") ask how it stands.
    """
    if len(tokens) < 3 or tokens[0] != _LETTER or not tokens[1].isdigit():
        return None
    if len(tokens[1]) > _LONGEST_NUMBER:
        return None
    rest = tokens[2:]
    number = tokens[1].lstrip("0") or "0"
    if all(_says_nothing(token, words) for token in rest):
        return Ask("status", number, Certainty.EXACT, "")
    return Ask("status", number, Certainty.EXACT, "", note=written_after(text, 2, tokens))


def _says_nothing(token: str, words: Vocabulary) -> bool:
    known = words.exact.get(token)
    is_status = known is not None and known.intent == "status"
    return is_status or token in words.fillers or token in words.courtesy
