"""Merge two records of one person: one is kept, and what hung on the other hangs on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.errors import Refusal
from app.services._act import Deed
from app.services.change_person import LONGEST_NOTES, found_person
from app.store import people, person_ties
from app.store.database import Connection, Database

FILLED = ("local_name", "sex", "language", "reads", "phone_kind", "unit_id")
"""What the kept record takes from the other where it has nothing itself."""
PLAIN_POSTS = frozenset({"", "Member"})


@dataclass(frozen=True, slots=True)
class Merging:
    """What will happen: `links`, `seats` and `memberships` count what comes over.

    `filled` names what the kept record learns, `differing` what the other one had otherwise and
    what is lost with it; `clash` says why the two cannot be merged, "" when they can.
    """

    keep_id: int
    other_id: int
    keep_name: str
    other_name: str
    links: int
    seats: int
    memberships: int
    filled: Mapping[str, Any]
    differing: Mapping[str, tuple[Any, Any]]
    clash: Refusal | None


async def plan_merge(database: Database, network_id: int, keep_id: int, other_id: int) -> Merging:
    """What a merge would do; nothing is changed. Raises Refusal for who is not there."""
    return await database.read(_plan, network_id, keep_id, other_id)


async def merge_people(  # noqa: PLR0913 -- whom, by whom, when
    database: Database, network_id: int, keep_id: int, other_id: int, *, by: str, now: datetime
) -> Merging:
    """Let one record be all that both were; the other is gone. Gives what was done.

    No seat, group or phone is lost; consent stays with its phone. Raises Refusal when both hold
    the same seat in different posts, and for people who are not of this network.
    """
    return await database.write(_merge, Deed(network_id, by, now), keep_id, other_id)


def _plan(conn: Connection, network_id: int, keep_id: int, other_id: int) -> Merging:
    if keep_id == other_id:
        raise Refusal("same_person", "This is one record already. Choose two different ones.")
    keep = people.seen(conn, network_id, keep_id)
    other = people.seen(conn, network_id, other_id)
    if keep is None or other is None:
        raise Refusal("not_found", "There is no such person in this network.")
    pairs = {name: (getattr(keep, name), getattr(other, name)) for name in ("name", *FILLED)}
    return Merging(
        keep_id=keep_id,
        other_id=other_id,
        keep_name=keep.name,
        other_name=other.name,
        links=len(person_ties.links(conn, other_id)),
        seats=len(person_ties.seats(conn, other_id)),
        memberships=len(person_ties.memberships(conn, other_id)),
        filled={name: theirs for name, (ours, theirs) in pairs.items() if theirs and not ours},
        differing={
            name: (ours, theirs)
            for name, (ours, theirs) in pairs.items()
            if ours and theirs and ours != theirs
        },
        clash=_clash(conn, keep_id, other_id),
    )


def _clash(conn: Connection, keep_id: int, other_id: int) -> Refusal | None:
    held = _held(conn, keep_id)
    for one in person_ties.seats(conn, other_id):
        mine = held.get((one.body, one.unit_id)) if one.left_on is None else None
        if mine is not None and not {mine.post, one.post} & PLAIN_POSTS and mine.post != one.post:
            return Refusal(
                "two_posts",
                "Both hold a seat in {body}, one as {first}, one as {second}. "
                "End one of the two, then merge.",
                body=one.body,
                first=mine.post,
                second=one.post,
            )
    return None


def _held(conn: Connection, person_id: int) -> dict[tuple[str, int | None], Any]:
    rows = person_ties.seats(conn, person_id)
    return {(row.body, row.unit_id): row for row in rows if row.left_on is None}


def _merge(conn: Connection, deed: Deed, keep_id: int, other_id: int) -> Merging:
    # In one order for all: two merges of the same pair then never wait in a ring.
    rows = {one: found_person(conn, deed.network_id, one) for one in sorted((keep_id, other_id))}
    planned = _plan(conn, deed.network_id, keep_id, other_id)
    if planned.clash is not None:
        raise planned.clash
    _move_links(conn, keep_id, other_id)
    _move_seats(conn, keep_id, other_id)
    _move_memberships(conn, keep_id, other_id)
    person_ties.move_rest(conn, other_id, keep_id)
    keep, other = rows[keep_id], rows[other_id]
    notes = "\n".join(dict.fromkeys(note for note in (keep.notes, other.notes) if note))
    changes = {
        **planned.filled,
        "notes": notes[:LONGEST_NOTES],
        "rank": min(keep.rank, other.rank),
    }
    people.change(conn, keep_id, changes)
    people.remove(conn, other_id)
    counts = {name: getattr(planned, name) for name in ("links", "seats", "memberships")}
    deed.note(conn, "people merged", f"person {keep_id}", gone=other_id, **counts)
    return planned


def _move_links(conn: Connection, keep_id: int, other_id: int) -> None:
    ours = {row.address_id: row for row in person_ties.links(conn, keep_id)}
    for row in person_ties.links(conn, other_id):
        mine = ours.get(row.address_id)
        people.unlink(conn, other_id, row.address_id)
        people.put_link(
            conn,
            keep_id,
            row.address_id,
            whose=mine.whose if mine is not None else row.whose,
            is_private=row.is_private and (mine is None or mine.is_private),
        )


def _move_seats(conn: Connection, keep_id: int, other_id: int) -> None:
    held = _held(conn, keep_id)
    for row in person_ties.seats(conn, other_id):
        mine = held.get((row.body, row.unit_id)) if row.left_on is None else None
        if mine is None:
            person_ties.change_seat(conn, row.id, person_id=keep_id)
            continue
        # One seat written down twice: it keeps the office and the longest term.
        person_ties.drop_seat(conn, row.id)
        fuller = row if mine.post in PLAIN_POSTS and row.post not in PLAIN_POSTS else mine
        person_ties.change_seat(
            conn,
            mine.id,
            post=fuller.post or row.post,
            local_post=fuller.local_post or row.local_post,
            starts_on=min(filter(None, (mine.starts_on, row.starts_on)), default=None),
            ends_on=max(filter(None, (mine.ends_on, row.ends_on)), default=None),
        )


def _move_memberships(conn: Connection, keep_id: int, other_id: int) -> None:
    ours = {row.group_id: row for row in person_ties.memberships(conn, keep_id)}
    for row in person_ties.memberships(conn, other_id):
        mine = ours.get(row.group_id)
        if mine is None:
            person_ties.change_membership(conn, row.id, person_id=keep_id)
            continue
        person_ties.drop_membership(conn, row.id)
        words = {
            name: getattr(mine, name) or getattr(row, name)
            for name in ("skill", "place", "blood_group")
        }
        person_ties.change_membership(
            conn,
            mine.id,
            **words,
            last_on=max(filter(None, (mine.last_on, row.last_on)), default=None),
            joined_on=min(filter(None, (mine.joined_on, row.joined_on)), default=None),
        )
