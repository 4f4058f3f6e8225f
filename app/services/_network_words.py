"""The words of one network: those that ship and the synonyms that its officers keep."""

import logging
from collections.abc import Iterable, MutableMapping

from app.store import synonyms
from app.store.database import Connection
from app.store.networks import NetworkInfo
from bots.vocabulary import Vocabulary, with_synonyms

_log = logging.getLogger(__name__)

Taught = tuple[str, str, str]
"""A folded word, what it means, and the language it belongs to."""
Memory = MutableMapping[int, tuple[int, Vocabulary]]
"""By network: the version of its words, and the vocabulary built for it."""


def words_of(
    conn: Connection, network: NetworkInfo, shipped: Vocabulary, memory: Memory
) -> Vocabulary:
    """What members of this network may write; built anew only when its version has moved on.

    The version comes with the network's row, so that asking costs no statement.
    """
    if not network.words_version:
        return shipped
    known = memory.get(network.id)
    if known is None or known[0] != network.words_version:
        rows = synonyms.in_use(conn, network.id)
        taught = [(row.word, row.intent, row.language) for row in rows]
        known = network.words_version, taught_on_top(shipped, taught)
        memory[network.id] = known
    return known[1]


def taught_on_top(shipped: Vocabulary, taught: Iterable[Taught]) -> Vocabulary:
    """The shipped words with these; one that clashes with a newer shipped word is passed over."""
    every = list(taught)
    try:
        return with_synonyms(shipped, every)
    except ValueError:
        return with_synonyms(shipped, [one for one in every if _is_free(shipped, one)])


def _is_free(shipped: Vocabulary, one: Taught) -> bool:
    try:
        with_synonyms(shipped, [one])
    except ValueError:
        _log.warning("a synonym for %s clashes with the words that ship", one[1])
        return False
    return True
