"""HAZIR 1 2 5 9: who is present at a meeting, by the numbers of the attendance sheet."""

from collections.abc import Sequence
from itertools import pairwise

from bots.ask import Ask, Certainty
from bots.besides import Besides
from bots.fold import fold

MOST_NUMBERS = 200
"""Of a sheet that a text can name."""
LARGEST = 999


def read_roll(text: str, tokens: Sequence[str], known: Besides) -> Ask | None:
    """HAZIR 1 2 5-9, HAZIR sab magar 3: the argument is "1 2 5 6 7 8 9", or "all" or "all 3"."""
    if len(tokens) < 2 or tokens[0] not in known.roll:
        return None
    rest = _spread(text, tokens[1:])
    is_all = any(token in known.everyone for token in rest)
    numbers = [token.lstrip("0") for token in rest if token.isdigit()]
    small = known.everyone | known.but | known.moves
    if any(not token.isdigit() and token not in small for token in rest):
        return None
    is_but = any(token in known.but for token in rest)
    # Neither "all 3" nor "all but" says who is there.
    if not (numbers or is_all) or (is_all and bool(numbers) is not is_but) or "" in numbers:
        return None
    if len(numbers) > MOST_NUMBERS or any(int(one) > LARGEST for one in numbers):
        return None
    named = sorted(set(map(int, numbers)))
    told = [*(("all",) if is_all else ()), *map(str, named)]
    return Ask("present", " ".join(told), Certainty.EXACT, "")


def _spread(text: str, tokens: Sequence[str]) -> list[str]:
    """The tokens with what stands between two numbers that a dash joins."""
    parts = fold(text.replace("–", "-").replace("-", " to ")).split(" to ")
    joined = {
        (one.split()[-1], other.split()[0]) for one, other in pairwise(parts) if one and other
    }
    found: list[str] = []
    for token in tokens:
        before = found[-1] if found else ""
        if (before, token) in joined and before.isdigit() and token.isdigit():
            found.extend(map(str, range(int(before) + 1, min(int(token), LARGEST))))
        found.append(token)
    return found
