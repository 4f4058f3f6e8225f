"""What units are called when people speak of them: their kind and their name."""

from app.domain.institution import TIERS
from app.domain.names import name_key


def called(kind: str, name: str) -> str:
    """VO Dosti, LSON Mirkhai, District Health Office: the tier once, none for bodies outside."""
    if kind not in TIERS or name.casefold().split()[:1] == [kind.casefold()]:
        return name
    return f"{kind} {name}"


def read_called(words: str) -> tuple[str, str]:
    """The tier and the name in "VO Dosti"; the tier is empty where none is said."""
    first, _, rest = words.strip().partition(" ")
    if first.upper() in TIERS and rest.strip():
        return first.upper(), rest.strip()
    return "", words.strip()


def bare_key(kind: str, key: str) -> str:
    """The key of a unit's name without its own tier: "LSO Roshni" and "Roshni" are one LSO."""
    return key.removeprefix(f"{kind.casefold()} ") if kind in TIERS else key


def keys_of(kind: str, name: str) -> tuple[str, ...]:
    """The keys under which a unit of that kind may be stored that is called so."""
    bare = bare_key(kind, name_key(name))
    return (bare, f"{kind.casefold()} {bare}") if kind in TIERS else (bare,)
