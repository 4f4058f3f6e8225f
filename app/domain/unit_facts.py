"""What may be written down about a unit, and where in the tree it may stand."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.domain.errors import Refusal
from app.domain.institution import KINDS, MEMBERS, OUTSIDE, STATUSES, TIERS, parent_kinds
from app.domain.names import name_key

LONGEST_NAME = 120
MOST_HOUSEHOLDS = 1_000_000
EARLIEST, LATEST = date(1947, 1, 1), date(2100, 1, 1)
"""What a date of a unit may be; beyond them it is a slip of the pen."""
_WORDS = ("name", "local_name", "place", "local_place")
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": KINDS,
    "members": MEMBERS,
    "status": STATUSES,
}


def checked_facts(told: Mapping[str, Any]) -> dict[str, Any]:
    """The facts with their blanks in order; raises Refusal for what cannot be one."""
    facts = dict(told)
    for field in _WORDS:
        if field in facts:
            facts[field] = _one_line(facts[field])
    if "name" in facts and not name_key(facts["name"]):
        raise Refusal("name", "Give the unit a name with at least one letter or digit.")
    _check_choices(facts)
    if not 0 <= facts.get("households", 0) <= MOST_HOUSEHOLDS:
        raise Refusal(
            "households", "Give the households as a number up to {most}.", most=MOST_HOUSEHOLDS
        )
    for field in ("formed_on", "verified_on"):
        if facts.get(field) is not None and not EARLIEST <= facts[field] <= LATEST:
            raise Refusal(
                field, "{day} cannot be. Give a day after 1947.", day=facts[field].isoformat()
            )
    return facts


def _check_choices(facts: Mapping[str, Any]) -> None:
    for field, words in _CHOICES.items():
        if field in facts and facts[field] not in words:
            raise Refusal(
                field,
                "{word} is not known here. Choose one of these: {known}.",
                word=repr(str(facts[field])[:40]),
                known=", ".join(words),
            )


def check_place(kind: str, above: str | None) -> None:
    """Raise Refusal unless a unit of this kind may stand under one of the kind `above`."""
    allowed = parent_kinds(kind)
    if above in allowed or (above is None and not allowed):
        return
    if kind in OUTSIDE:
        raise Refusal("place", "A body outside the network stands under no unit of it.")
    if kind == TIERS[0]:
        raise Refusal("place", "An LSON stands at the top, under no other unit.")
    kinds = ", ".join(reversed(allowed))
    if above is None:
        raise Refusal(
            "place", "Say under which unit this {kind} stands: {kinds}.", kind=kind, kinds=kinds
        )
    raise Refusal(
        "place",
        "A unit of kind {kind} cannot stand under one of kind {above}. It may stand under: "
        "{kinds}.",
        kind=kind,
        above=above,
        kinds=kinds,
    )


def _one_line(words: str) -> str:
    line = " ".join(words.split())
    if len(line) > LONGEST_NAME:
        raise Refusal(
            "long", "{words} is too long. Use at most {most} letters.",
            words=repr(line[:20] + "…"), most=LONGEST_NAME,
        )  # fmt: skip
    return line
