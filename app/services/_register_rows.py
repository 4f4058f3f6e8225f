"""A published record becomes rows: decisions and resolutions that keep their ids for ever."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.errors import Refusal
from app.domain.institution import OUTSIDE_BODY, TIERS, approves
from app.domain.minutes import DecisionEntry, DecisionState, Owner, Record, ResolutionEntry
from app.domain.offices import owner_words
from app.domain.unit_names import called
from app.services._act import Deed
from app.store import decision_index, decisions, resolutions, seats, units
from app.store.database import Connection

NEEDS_APPROVAL = frozenset({DecisionState.APPROVED, DecisionState.IN_HAND, DecisionState.DONE})


@dataclass(frozen=True, slots=True)
class Publishing:
    """Which minutes of which body are published, as which revision, by whom."""

    deed: Deed
    minutes_id: int
    body: str
    revision: int


def write_rows(conn: Connection, act: Publishing, record: Record, before: Record) -> None:
    """Let the rows be what the record says; `before` is the record of the revision before.

    Where a decision stands changes only when the record says otherwise than it did before:
    steps taken since then are kept.
    """
    _write_decisions(conn, act, record, before)
    _write_resolutions(conn, act, record)


def _write_decisions(conn: Connection, act: Publishing, record: Record, before: Record) -> None:
    rows = {row.no: row for row in decisions.of_minutes(conn, act.minutes_id)}
    earlier = {one.no: one for one in before.decisions}
    for entry in record.decisions:
        row = rows.pop(entry.no, None)
        if row is None:
            decision_id = _add(conn, act, entry)
        else:
            decision_id = row.id
            _change(conn, act, row, entry, earlier.get(entry.no))
        tags = {**entry.texts, **entry.shorts}
        words = {tag: (entry.texts.get(tag, ""), entry.shorts.get(tag, "")) for tag in tags}
        decisions.put_words(conn, decision_id, words)
        texts = [*entry.texts.values(), *entry.shorts.values()]
        decision_index.put(conn, act.deed.network_id, decision_id, texts)
    for row in rows.values():
        if row.status != DecisionState.DROPPED:
            decisions.change(conn, row.id, {"status": DecisionState.DROPPED.value})
            _step(conn, act, row.id, DecisionState.DROPPED, f"not in revision {act.revision}")


def _add(conn: Connection, act: Publishing, entry: DecisionEntry) -> int:
    state = _first_state(act.body, entry.state)
    decision_id = decisions.add(
        conn,
        {
            "network_id": act.deed.network_id,
            "minutes_id": act.minutes_id,
            "no": entry.no,
            "status": state.value,
            "due": entry.due,
            **_facts(conn, act, entry),
        },
    )
    _step(conn, act, decision_id, state, "")
    return decision_id


def _change(
    conn: Connection,
    act: Publishing,
    row: Any,
    entry: DecisionEntry,
    earlier: DecisionEntry | None,
) -> None:
    values = _facts(conn, act, entry)
    if earlier is None or earlier.due != entry.due:
        values["due"] = entry.due
    if earlier is None or earlier.state != entry.state:
        state = _first_state(act.body, entry.state)
        if state != row.status:
            values["status"] = state.value
            _step(conn, act, row.id, state, f"revision {act.revision}")
    decisions.change(conn, row.id, values)


def _first_state(body: str, state: DecisionState) -> DecisionState:
    """What a committee decided is a recommendation until the Executive or General Body agrees."""
    if not approves(body) and state in NEEDS_APPROVAL:
        return DecisionState.RECOMMENDED
    return state


def _facts(conn: Connection, act: Publishing, entry: DecisionEntry) -> dict[str, Any]:
    owner = entry.owner
    return {
        "owner": _owner_words(conn, act.deed.network_id, entry.no, owner),
        "owner_body": owner.body,
        "owner_post": owner.post,
        "owner_unit_id": owner.unit_id,
        "topics": f" {' '.join(entry.topics)} " if entry.topics else "",
        "is_restricted": bool(entry.restricted),
        "restricted": entry.restricted,
    }


def _owner_words(conn: Connection, network_id: int, no: int, owner: Owner) -> Mapping[str, str]:
    """The words written for the owner, else the names of its post and place."""
    place, local = "", ""
    if owner.unit_id is not None:
        unit = units.get(conn, network_id, owner.unit_id)
        if unit is None:
            raise _no_owner(no)
        place = called(unit.kind, unit.name)
        local = called(unit.kind, unit.local_name) if unit.local_name else ""
    elif owner.body and owner.body not in (*TIERS, OUTSIDE_BODY):
        body = seats.body_named(conn, network_id, owner.body)
        if body is None:
            raise _no_owner(no)
        if not approves(owner.body):
            place, local = body.name, body.local_name
    return dict(owner.words) or owner_words(owner.post, place, local)


def _no_owner(no: int) -> Refusal:
    return Refusal(
        "not_found",
        "The owner of decision {no} is no unit or body of this network. Choose it again.",
        no=no,
    )


def _step(
    conn: Connection, act: Publishing, decision_id: int, state: DecisionState, note: str
) -> None:
    decisions.add_step(
        conn,
        {
            "network_id": act.deed.network_id,
            "decision_id": decision_id,
            "at": act.deed.now,
            "status": state.value,
            "note": note,
            "actor": act.deed.by,
        },
    )


def _write_resolutions(conn: Connection, act: Publishing, record: Record) -> None:
    rows = {row.no: row for row in resolutions.of_minutes(conn, act.minutes_id)}
    for entry in record.resolutions:
        row = rows.pop(entry.no, None)
        values = _resolution(conn, act, entry)
        if row is None:
            ids = {"network_id": act.deed.network_id, "minutes_id": act.minutes_id}
            resolutions.add(conn, {**ids, "no": entry.no, "reply_due": entry.reply_due, **values})
        else:
            told = row.reply_due if row.sent_on else entry.reply_due
            resolutions.change(conn, row.id, {**values, "reply_due": told, "is_withdrawn": False})
    for row in rows.values():
        resolutions.change(conn, row.id, {"is_withdrawn": True})


def _resolution(conn: Connection, act: Publishing, entry: ResolutionEntry) -> dict[str, Any]:
    addressee = dict(entry.addressee)
    if entry.seat_id is not None:
        seat = seats.get(conn, act.deed.network_id, entry.seat_id)
        if seat is None:
            raise Refusal(
                "not_found",
                "Resolution {no} goes to a post that is not in this network. Choose it again.",
                no=entry.no,
            )
        unit = units.get(conn, act.deed.network_id, seat.unit_id) if seat.unit_id else None
        place, local = (unit.name, unit.local_name) if unit else ("", "")
        addressee = addressee or owner_words(seat.post, place, local)
    return {
        "titles": dict(entry.titles),
        "texts": dict(entry.texts),
        "addressee": addressee,
        "seat_id": entry.seat_id,
    }
