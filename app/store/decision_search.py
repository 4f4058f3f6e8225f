"""Find decisions by number, by words in any writing, by topic: for pages, the API and keywords.

Three steps, each only where the one before found too few: the very words; their consonants
(faisla, fesla); words that share most of their letters, for slips of the pen.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, column, text

from app.domain.search_key import word_keys, words_asked
from app.store import decision_index, public_register
from app.store.decision_index import KEY, NETWORK, TOPIC, WORD
from app.store.like_terms import like_terms
from app.store.meetings import decision
from app.store.public_register import Reader
from bots.fold import fold

MOST_WORDS = 8
MOST_OF_A_YEAR = 400
"""Decisions that are looked through for those of one year."""
YEARS = range(1990, 2100)
_DIGITS_OF_A_YEAR = 4
MOST_ALIKE = 100
"""Decisions with slips are looked at so far, to put the likest first."""
_code = re.compile(r"(?:d ?)?([a-z]{0,3}[0-9]{1,6}) ?/ ?([0-9]{1,6})", re.IGNORECASE).fullmatch


@dataclass(frozen=True, slots=True)
class Term:
    """One word that a decision must hold, unless it is of the topic (its tag) beside it."""

    word: str
    topic: str = ""
    joined: tuple[str, ...] = ()
    """The word together with the one before or behind it, as in chaar diwari."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a decision can hold a term; `goes_on`: as the beginning of a word too."""

    kind: str
    term: str
    goes_on: bool = False


Clause = Sequence[Way]
"""One of these ways must be so."""


def find_decisions(
    conn: Connection, reader: Reader, asked: str, topics: Mapping[str, str], limit: int
) -> Sequence[Any]:
    """Published decisions that this reader may see, best first and then newest meeting first.

    `14/2` gives that decision only; nothing asked gives the newest. Each word must be a word for
    one of the decision's topics (`topics`: folded word to tag) or stand in its texts or owner.
    """
    asked = " ".join(asked.split())
    numbered = _code(_western(asked))
    if numbered is not None:
        return public_register.decision_numbered(conn, reader, numbered[1], int(numbered[2]))
    if not asked:
        return public_register.newest_decisions(conn, reader, limit)
    whole = topics.get(fold(asked), "")
    words = words_asked(asked, MOST_WORDS)
    joined = ["", *map("".join, pairwise(words)), ""]
    terms = [
        Term(word, whole or topics.get(word, ""), tuple(filter(None, joined[n : n + 2])))
        for n, word in enumerate(words)
    ]
    return _about(conn, reader, terms, limit)


def decisions_about(
    conn: Connection, reader: Reader, words: str, topic: str, limit: int
) -> Sequence[Any]:
    """Published decisions of that topic or with all of these words, best first.

    A year among the words asks for the meetings of that year.
    """
    asked = words_asked(words, MOST_WORDS)
    years = {int(word) for word in asked if _is_year(word)}
    terms = [Term(word, topic) for word in asked if not _is_year(word)]
    if not years:
        return _about(conn, reader, terms or [Term("", topic)], limit)
    if terms:
        found = _about(conn, reader, terms, MOST_OF_A_YEAR)
    else:
        found = public_register.newest_decisions(conn, reader, MOST_OF_A_YEAR)
    return [row for row in found if row.at.year in years][:limit]


def _is_year(word: str) -> bool:
    return word.isdecimal() and len(word) == _DIGITS_OF_A_YEAR and int(word) in YEARS


def _western(words: str) -> str:
    """The words with Western digits, as in 14/2 typed on an Urdu keyboard."""
    return "".join(
        str(unicodedata.digit(letter)) if unicodedata.category(letter) == "Nd" else letter
        for letter in words
    )


def _about(conn: Connection, reader: Reader, terms: Sequence[Term], limit: int) -> Sequence[Any]:
    if not any(one.word or one.topic for one in terms):
        return ()
    found = list(_holding(conn, reader, [_ways(one) for one in terms], limit))
    if len(found) < limit:
        seen = {row.id for row in found}
        by_key = [(*_ways(one), *_key_ways(one)) for one in terms]
        found += [r for r in _holding(conn, reader, by_key, limit) if r.id not in seen]
    return found[:limit] or _alike(conn, reader, terms, limit)


def _ways(term: Term) -> Clause:
    # A number is whole, and one letter is the beginning of far too much.
    goes_on = len(term.word) > 1 and not term.word.isdecimal()
    ways = (Way(WORD, term.word, goes_on), Way(TOPIC, term.topic))
    return tuple(way for way in ways if way.term)


def _key_ways(term: Term) -> Clause:
    heard = (key for word in (term.word, *term.joined) for key in word_keys(word))
    return tuple(Way(KEY, key) for key in dict.fromkeys(heard))


def _alike(conn: Connection, reader: Reader, terms: Sequence[Term], limit: int) -> Sequence[Any]:
    """Decisions in which every word is found as if it had been written wrongly; likest first."""
    likenesses: list[Mapping[tuple[str, str], float]] = []
    for term in terms:
        meant = {(way.kind, way.term): 1.0 for way in (*_ways(term), *_key_ways(term))}
        likenesses.append({**like_terms(conn, reader.network_id, term.word), **meant})
    clauses = [
        (*_ways(term), *_key_ways(term), *(Way(kind, word) for kind, word in like))
        for term, like in zip(terms, likenesses, strict=True)
    ]
    rows = _holding(conn, reader, clauses, MOST_ALIKE)
    held = decision_index.terms_of(conn, [row.id for row in rows])

    def score(row: Any) -> float:
        mine = held.get(row.id, frozenset())
        return sum(
            max((like[one] for one in like.keys() & mine), default=1.0) for like in likenesses
        )

    return sorted(rows, key=score, reverse=True)[:limit]


def _holding(
    conn: Connection, reader: Reader, clauses: Sequence[Clause], limit: int
) -> Sequence[Any]:
    """Decisions that fit every clause, newest meeting first."""
    if not all(clauses):
        return ()
    if conn.dialect.name == "sqlite":
        match = text(_MATCH_SQLITE).bindparams(asked=_for_sqlite(reader.network_id, clauses))
        among = decision.c.id.in_(match.columns(column("id")))
        return public_register.newest_decisions(conn, reader, limit, among)
    asked, most = _for_postgresql(reader.network_id, clauses), limit * 2
    while True:
        # PostgreSQL would join all that fit to sort them; the newest few are nearly always enough.
        found = conn.execute(text(_MATCH_POSTGRESQL), {"asked": asked, "most": most})
        ids = list(found.scalars())
        among = decision.c.id.in_(ids)
        rows = public_register.newest_decisions(conn, reader, limit, among) if ids else ()
        if len(rows) == limit or len(ids) < most:
            return rows
        most *= 20


_MATCH_SQLITE = "SELECT rowid FROM search_words WHERE search_words MATCH :asked"
_MATCH_POSTGRESQL = (
    "SELECT decision_id FROM search_words WHERE words @@ CAST(:asked AS tsquery)"
    " ORDER BY at DESC, decision_id DESC LIMIT :most"
)
_COLUMNS = {WORD: "norm", KEY: "key", TOPIC: "topics"}
# Plain words have no sign that means anything to a database; a topic's tag may have one.
_meaningful = re.compile(r"[\"'\\]").sub


def _for_sqlite(network_id: int, clauses: Sequence[Clause]) -> str:
    def said(way: Way) -> str:
        return f'{_COLUMNS[way.kind]} : "{_meaningful("", way.term)}"{" *" if way.goes_on else ""}'

    every = (f"({' OR '.join(map(said, clause))})" for clause in clauses)
    return " AND ".join((f'network : "{network_id}"', *every))


def _for_postgresql(network_id: int, clauses: Sequence[Clause]) -> str:
    def said(way: Way) -> str:
        return f"'{way.kind}{_meaningful('', way.term)}'{':*' if way.goes_on else ''}"

    every = (f"({' | '.join(map(said, clause))})" for clause in clauses)
    return " & ".join((f"'{NETWORK}{network_id}'", *every))
