"""Audience: whom a text is for, written in words: `ec`, `women lso`, `presidents of VOs, +92…`.

Blanks narrow a group; `,` (or `and also`) adds another one, `but not` (or `except`, `minus`,
`siwaye`, `سوائے`) takes one away. Both are read from left to right, so that no brackets are
needed: `gb, ec but not women` is (GB and EC) without women, `gb but not women, ec` is the men of
the GB and the whole EC.
"""

import re
from collections.abc import Iterator

from app.domain.audience_reader import read_term
from app.domain.audience_terms import Audience, Known, Term
from app.domain.audience_words import LESS, LONGEST_NAME, UNION, tokens
from app.domain.errors import Refusal

MOST_LETTERS = 500
MOST_DEPTH = 4
"""How deep saved audiences may name each other."""
_joints = re.compile(f"({UNION})|({LESS})")


def read_audience(words: str, known: Known) -> Audience:
    """Read an audience in words; `known` has the names of the network that `names_in` asks for.

    Raises Refusal that names the word it does not know and lists those it does.
    """
    if len(words) > MOST_LETTERS:
        raise Refusal(
            "audience_too_long",
            "The audience has more than {most} letters. Name groups.",
            most=MOST_LETTERS,
        )
    terms: list[Term] = []
    for part, is_less in _parts(words):
        if is_less and not terms:
            terms.append(Term())
        terms.append(read_term(part, known, is_less=is_less))
    if not terms:
        raise Refusal(
            "audience_empty", "Say whom the text is for: all, ec, gb, lso, a unit's name."
        )
    return tuple(terms)


def names_in(words: str) -> set[str]:
    """Everything in the words that may be a name, as `name_key` compares it."""
    found: set[str] = set()
    for part, _ in _parts(words[:MOST_LETTERS], is_strict=False):
        keys = [token.key for token in tokens(part) if token.key]
        for start in range(len(keys)):
            for end in range(start + 1, min(len(keys), start + LONGEST_NAME) + 1):
                found.add(" ".join(keys[start:end]))
    return found


def _parts(words: str, *, is_strict: bool = True) -> Iterator[tuple[str, bool]]:
    """Each group's own words, and whether it is taken away; blank ones are left out."""
    is_less = False
    at = 0
    for joint in (*_joints.finditer(words.casefold()), None):
        part = words.casefold()[at : joint.start() if joint else None]
        if part.strip():
            yield part, is_less
            is_less = False
        if (joint is None or joint[1]) and is_less and is_strict:
            raise Refusal(
                "audience_nobody_less", "Say who is left out after “but not”, or leave it away."
            )
        if joint is not None:
            is_less = is_less or bool(joint[2])
            at = joint.end()


__all__ = ["Audience", "Known", "Term", "names_in", "read_audience"]
