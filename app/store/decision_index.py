"""By what decisions are found: words in their plain form, their keys, topics; kept beside them.

Each database does this in its own way (full text and groups of three letters), so the tables are
made by hand in revision 0005 and no model stands for them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, bindparam, select, text

from app.domain.search_key import keys, normal
from app.store.meetings import decision, decision_text, meeting, minutes

AT_ONCE = 500
WORD, KEY, TOPIC, NETWORK = "n", "k", "t", "w"
"""What a term is; in PostgreSQL's index the first letter of each says so."""
SHORTEST_TERM = 3
"""Letters of a term that may be written wrongly; a shorter one is like too many others."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one decision is found by."""

    id: int
    network_id: int
    at: datetime
    norm: str
    key: str
    topics: str

    def terms(self) -> set[tuple[str, str]]:
        """Its words and keys that somebody may write wrongly, each with its kind."""
        kinds = ((WORD, self.norm), (KEY, self.key))
        return {
            (kind, term)
            for kind, terms in kinds
            for term in terms.split()
            if len(term) >= SHORTEST_TERM and not term.isdecimal()
        }


def put(conn: Connection, network_id: int, decision_id: int, texts: Iterable[str]) -> None:
    """Let a stored decision be found by these words (`texts`: all languages) and by no others.

    Its owner and its topics are read from its row: it is found by them as well.
    """
    row = conn.execute(_of_these, {"ids": [decision_id]}).one()
    if row.network_id != network_id:
        raise ValueError(f"decision {decision_id} is another network's")
    _put(conn, [_entry(row, texts)])


def drop(conn: Connection, decision_ids: Iterable[int]) -> None:
    """Forget the words of these decisions; one that is not known is passed over."""
    wanted = [{"id": one} for one in decision_ids]
    if wanted:
        conn.execute(_DROP[conn.dialect.name], wanted)


def catch_up(conn: Connection) -> int:
    """Index up to `AT_ONCE` decisions that never were; gives how many, 0 at the end."""
    found = conn.execute(text(_NOT_YET[conn.dialect.name]), {"most": AT_ONCE})
    ids = list(found.scalars())
    if ids:
        said: dict[int, list[str]] = {}
        for row in conn.execute(_said_in, {"ids": ids}):
            said.setdefault(row.decision_id, []).extend((row.text, row.short))
        rows = conn.execute(_of_these, {"ids": ids})
        _put(conn, [_entry(row, said.get(row.id, ())) for row in rows])
    return len(ids)


def is_behind(conn: Connection) -> bool:
    """Whether any decision is not indexed yet."""
    return conn.execute(text(_NOT_YET[conn.dialect.name]), {"most": 1}).first() is not None


def terms_of(conn: Connection, ids: Sequence[int]) -> Mapping[int, frozenset[tuple[str, str]]]:
    """The words and keys of these decisions, each with its kind."""
    if not ids:
        return {}
    rows = conn.execute(_TERMS_OF[conn.dialect.name], {"ids": list(ids)})
    if conn.dialect.name == "sqlite":
        kinds = ((WORD, "norm"), (KEY, "key"))
        return {
            row.id: frozenset((k, one) for k, name in kinds for one in getattr(row, name).split())
            for row in rows
        }
    return {row.id: frozenset((one[0], one[1:]) for one in row.words) for row in rows}


_among_ids: BindParameter[Any] = bindparam("ids", expanding=True)
_TERMS_OF = {
    "sqlite": text(
        "SELECT rowid AS id, norm, key FROM search_words WHERE rowid IN :ids"
    ).bindparams(_among_ids),
    "postgresql": text(
        "SELECT decision_id AS id, tsvector_to_array(words) AS words FROM search_words"
        " WHERE decision_id IN :ids"
    ).bindparams(_among_ids),
}
_NOT_YET = {
    "sqlite": "SELECT id FROM decision WHERE NOT EXISTS"
    " (SELECT 1 FROM search_words_docsize AS known WHERE known.id = decision.id)"
    " ORDER BY id LIMIT :most",
    "postgresql": "SELECT id FROM decision WHERE NOT EXISTS"
    " (SELECT 1 FROM search_words AS known WHERE known.decision_id = decision.id)"
    " ORDER BY id LIMIT :most",
}
_DROP = {
    "sqlite": text("DELETE FROM search_words WHERE rowid = :id"),
    "postgresql": text("DELETE FROM search_words WHERE decision_id = :id"),
}
_PUT = {
    "sqlite": text(
        "INSERT INTO search_words (rowid, network, norm, key, topics)"
        " VALUES (:id, :network_id, :norm, :key, :topics)"
    ),
    "postgresql": text(
        "INSERT INTO search_words (decision_id, at, words)"
        " VALUES (:id, :at, array_to_tsvector(CAST(:words AS text[])))"
        # Two processes may catch up at once.
        " ON CONFLICT (decision_id) DO UPDATE SET at = excluded.at, words = excluded.words"
    ),
}
_PUT_TERM = {
    "sqlite": text(
        "INSERT INTO search_terms (network_id, kind, term) VALUES (:network_id, :kind, :term)"
        " ON CONFLICT DO NOTHING RETURNING id, term"
    ),
    "postgresql": text(
        "INSERT INTO search_terms (network_id, kind, term) VALUES (:network_id, :kind, :term)"
        " ON CONFLICT DO NOTHING"
    ),
}
_PUT_LETTERS = text("INSERT INTO search_letters (rowid, term) VALUES (:id, :term)")
_of_these: Select[Any] = (
    select(decision.c.id, decision.c.network_id, decision.c.owner, decision.c.topics, meeting.c.at)
    .join(minutes, minutes.c.id == decision.c.minutes_id)
    .join(meeting, meeting.c.id == minutes.c.meeting_id)
    .where(decision.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(decision.c.id)
)
_said_in = select(decision_text).where(
    decision_text.c.decision_id.in_(bindparam("ids", expanding=True))
)


def _entry(row: Any, texts: Iterable[str]) -> Entry:
    norm = normal(" \n ".join([*texts, *row.owner.values()]))
    return Entry(row.id, row.network_id, row.at, norm, keys(norm), row.topics)


def _put(conn: Connection, entries: Sequence[Entry]) -> None:
    drop(conn, [one.id for one in entries])
    shape = _for_sqlite if conn.dialect.name == "sqlite" else _for_postgresql
    conn.execute(_PUT[conn.dialect.name], [shape(one) for one in entries])
    # In one order for all, so that two who publish at once never wait for each other.
    terms = sorted({(one.network_id, *term) for one in entries for term in one.terms()})
    rows = [{"network_id": n, "kind": kind, "term": term} for n, kind, term in terms]
    if conn.dialect.name != "sqlite":
        if rows:
            conn.execute(_PUT_TERM["postgresql"], rows)
        return
    new = [conn.execute(_PUT_TERM["sqlite"], row).first() for row in rows]
    if letters := [{"id": one.id, "term": one.term} for one in new if one is not None]:
        conn.execute(_PUT_LETTERS, letters)


def _for_sqlite(one: Entry) -> Mapping[str, Any]:
    facts = {"id": one.id, "network_id": one.network_id}
    return {**facts, "norm": one.norm, "key": one.key, "topics": one.topics}


def _for_postgresql(one: Entry) -> Mapping[str, Any]:
    terms = [f"{NETWORK}{one.network_id}"]
    for kind, words in ((WORD, one.norm), (KEY, one.key), (TOPIC, one.topics)):
        terms += [kind + word for word in words.split()]
    return {"id": one.id, "at": one.at, "words": sorted(set(terms))}
