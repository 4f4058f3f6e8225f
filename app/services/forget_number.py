"""Forget a number or an e-mail address: nothing stays, but that it said STOP, if it did.

What goes, in every network asked for:
- the links of the number and what the guard remembers of it; the people who have no other address
  and hold no seat now go with their names, groups, past seats and health consent. Who holds a seat
  stays as its holder: that is the network's public business; they lose the number and their notes.
- the words and raw payloads of all texts from it, the words of those to it that were its own
  (answers, private texts), the words of reports from it (their numbers and dates stay), what
  still waited (cancelled), requests to join, rows of lists that hold it, what lists changed of its
  people, its part in the words of audiences, drafts with it.
- its consent records, and the number itself: its row bears no number any more and stays only
  because counts and prices of old texts refer to it.

What stays: a number that refused messages (STOP, ALERT or "wrong number" stands) is kept bare, with
the newest records of that refusal alone and nobody linked to it. Any import finds it, and can
never change a standing, so it is not texted again. A hash in its place would keep it from being
found by every path that compares numbers (imports, texts that come in, START), and hides little:
all numbers of a country are hashed in a minute. Ids of gateways stay too, so that a repeated hook
is seen to be one. The journal never held the number. Backups made before still hold all of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.errors import Phrase, Refusal
from app.domain.handles import read_handle
from app.domain.msisdn import read_number
from app.services._act import Deed
from app.store import card_owners, chats, forgetting, guard, networks, people, person_ties, tickets
from app.store.database import Connection, Database

REFUSED = frozenset({"stopped", "alerts", "wrong"})


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What went; all zeros when nothing of the number was there. `keeps_stop`: it stays refused."""

    people: int = 0
    unlinked: int = 0
    texts_in: int = 0
    texts_out: int = 0
    requests: int = 0
    list_rows: int = 0
    keeps_stop: bool = False


@dataclass(frozen=True, slots=True)
class _Traces:
    """The number with its rows in lists, which are looked for before the writer is taken."""

    msisdn: str
    """Or the e-mail address."""
    network_ids: tuple[int, ...]
    row_ids: tuple[int, ...]
    change_ids: tuple[int, ...]


async def forget_number(
    database: Database, raw: str, *, network_id: int | None = None, by: str, now: datetime
) -> Forgotten:
    """Forget a number or e-mail address, in any spelling, in one network or in all of them.

    Safe to repeat. Raises Refusal for what is neither, and while a text to it is with a wire.
    """
    traces = await database.read(_look, _read(raw), network_id)
    return await database.write(_forget, traces, by, now)


def _read(raw: str) -> str:
    if "@" in raw:
        return read_handle("email", raw)
    number = read_number(raw)
    if number.msisdn is None:
        problem = Phrase(number.problem or "This is no telephone number.")
        raise Refusal("number", "{problem}", problem=problem)
    return number.msisdn


def _look(conn: Connection, msisdn: str, network_id: int | None) -> _Traces:
    ids = tuple(one.id for one in networks.every(conn, network_id))
    on_it = [row.id for row in forgetting.addresses_with(conn, ids, msisdn, locked=False)]
    tied = forgetting.people_on(conn, on_it)
    rows, changes = forgetting.traces_in_lists(conn, ids, msisdn, tied)
    return _Traces(msisdn, ids, tuple(rows), tuple(changes))


def _forget(conn: Connection, traces: _Traces, by: str, now: datetime) -> Forgotten:
    rows = forgetting.addresses_with(conn, traces.network_ids, traces.msisdn, locked=True)
    ids = [row.id for row in rows]
    if forgetting.is_being_sent(conn, ids):
        raise Refusal(
            "being_sent", "A text to this address is being sent now. Try again in a minute."
        )
    tied = forgetting.people_on(conn, ids)
    alone = [one for one in tied if not forgetting.has_more(conn, one, ids)]
    forgetting.blank_audiences(conn, traces.network_ids, ids, traces.msisdn)
    texts = forgetting.empty_texts(conn, ids, (traces.network_ids, traces.msisdn), now)
    requests = forgetting.drop_requests(conn, ids)
    tickets.empty_for(conn, ids)
    forgetting.drop_traces(conn, traces.row_ids, traces.change_ids)
    forgetting.unlink(conn, ids)
    card_owners.forget(conn, traces.network_ids, traces.msisdn)
    chats.forget_codes(conn, ids)
    guard.forget(conn, ids)
    for person_id in alone:
        person_ties.cut(conn, person_id)
        people.remove(conn, person_id)
    keeps = _end(conn, rows)
    done = Forgotten(
        people=len(alone),
        unlinked=len(tied) - len(alone),
        requests=requests,
        list_rows=len(traces.row_ids),
        keeps_stop=keeps,
        **texts,
    )
    _note(conn, rows, done, by, now)
    return done


def _end(conn: Connection, rows: Sequence[Any]) -> bool:
    """Let the numbers go, but for those that refused; says whether any did."""
    for row in rows:
        if row.standing in REFUSED:
            forgetting.keep_refusal(conn, row.id)
        else:
            forgetting.drop_number(conn, row.id)
    return any(row.standing in REFUSED for row in rows)


def _note(conn: Connection, rows: Sequence[Any], done: Forgotten, by: str, now: datetime) -> None:
    """Into the journal of each network that had something of it; a repeat notes nothing."""
    counts = {
        name: getattr(done, name)
        for name in ("people", "unlinked", "texts_in", "texts_out", "requests", "list_rows")
    }
    if not rows or (done.keeps_stop and not any(counts.values())):
        return
    for network_id in sorted({row.network_id for row in rows}):
        Deed(network_id, by, now).note(
            conn, "number forgotten", "", **counts, keeps_stop=done.keeps_stop
        )
