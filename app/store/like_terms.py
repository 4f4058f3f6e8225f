"""Words of the register that are like one that was asked: what somebody may have meant."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, text

from app.domain.search_key import likeness, threes, word_keys
from app.store.decision_index import KEY, SHORTEST_TERM, WORD

LIKE_ENOUGH = 0.45
"""From this likeness on a word counts as written wrongly, as tried with pg_trgm."""
MOST = 40
"""Words that one may have been meant for; the likest."""
LOOKED_AT = 300

_SQLITE = text(
    "SELECT terms.kind, terms.term FROM search_letters AS letters"
    " JOIN search_terms AS terms ON terms.id = letters.rowid"
    " WHERE search_letters MATCH :asked AND terms.network_id = :network"
    " ORDER BY letters.rank LIMIT :most"
)
_POSTGRESQL = text(
    "SELECT kind, term FROM search_terms WHERE network_id = :network"
    " AND ((kind = 'n' AND term % :word) OR (kind = 'k' AND term % ANY(:keys)))"
)
_ALL = text("SELECT kind, term FROM search_terms WHERE network_id = :network")
_HAS_TRIGRAMS = text("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")


def like_terms(conn: Connection, network_id: int, word: str) -> Mapping[tuple[str, str], float]:
    """Words and keys of a network's decisions like this word, with their kind and how like."""
    keys = [key for key in word_keys(word) if len(key) >= SHORTEST_TERM]
    if len(word) < SHORTEST_TERM or word.isdecimal():
        return {}
    near = _near_sqlite if conn.dialect.name == "sqlite" else _near_postgresql
    found: dict[tuple[str, str], float] = {}
    for kind, term in near(conn, network_id, word, keys):
        wanted = [word] if kind == WORD else keys
        like = max((likeness(one, [term]) for one in wanted), default=0.0)
        if like >= LIKE_ENOUGH and kind in (WORD, KEY):
            found[kind, term] = like
    likest = sorted(found, key=lambda one: (-found[one], one))[:MOST]
    return {one: found[one] for one in likest}


def _near_sqlite(conn: Connection, network_id: int, word: str, keys: list[str]) -> Any:
    groups = dict.fromkeys(three for one in (word, *keys) for three in threes(one))
    any_of = " OR ".join(f'"{three}"' for three in groups)
    values = {"asked": any_of, "network": network_id, "most": LOOKED_AT}
    return conn.execute(_SQLITE, values).all()


def _near_postgresql(conn: Connection, network_id: int, word: str, keys: list[str]) -> Any:
    if conn.execute(_HAS_TRIGRAMS).first() is None:
        return conn.execute(_ALL, {"network": network_id}).all()
    conn.execute(text(f"SET LOCAL pg_trgm.similarity_threshold = {LIKE_ENOUGH}"))
    return conn.execute(_POSTGRESQL, {"network": network_id, "word": word, "keys": keys}).all()
