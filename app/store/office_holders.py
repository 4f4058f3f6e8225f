"""Office holders as members may know them: post and name, and the number of the office."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from app.domain.institution import CABINET, EXECUTIVE, OFFICERS
from app.domain.offices import WORDS
from app.domain.unit_names import called
from app.store import card_places, posts, unit_tree
from app.store.askers import Asker
from app.store.networks import network
from app.store.unit_tree import WOMAN
from bots.fold import fold
from bots.notes import HolderNote

MOST_HOLDERS = 6
_SHORTEST = 3

_POSTS: Mapping[str, tuple[str, ...]] = {
    "Vice President": ("vice president", "naib sadar", "naib sadr", "نائب صدر"),
    "President": ("president", "sadar", "sadr", "saddar", "chairman", "صدر"),
    "General Secretary": ("general secretary", "gen sec", "gs", "جنرل سیکرٹری", "جنرل سیکریٹری"),
    "Joint Secretary": ("joint secretary", "joint", "جوائنٹ سیکرٹری", "جوائنٹ"),
    "Finance Secretary": (
        *("finance secretary", "finance", "fin sec", "treasurer", "khazanchi"),
        *("فنانس سیکرٹری", "خزانچی", "فنانس"),
    ),
    "Press Secretary": ("press secretary", "press", "پریس سیکرٹری", "پریس"),
    "Manager": ("manager", "mnjr", "منیجر", "مینیجر"),
}
"""What people call each post; the longer names come first."""
_SECRETARY = frozenset(
    fold(word)
    for word in (
        *("secretary", "sekretry", "secretry", "secretri", "sekretari", "sekretary"),
        *("سیکرٹری", "سیکریٹری"),
    )
)
"""A secretary without more is the General Secretary."""
_CALLED = [(fold(word), post) for post, words in _POSTS.items() for word in words]


def named(
    conn: Connection, asker: Asker, words: str, people: Sequence[int]
) -> Sequence[HolderNote]:
    """Who holds the posts that these folded words name; the chief posts for no words.

    Words that name an LSO or a village mean its officers, others the cabinet. A woman of an LSO
    is told by her post alone; the cabinet is known to everybody. When nobody holds what is asked
    for, a note without post and name tells the number of the office.
    """
    del people
    tokens = words.split()
    post = post_named(tokens)
    office = conn.execute(
        select(network.c.office_phone).where(network.c.id == asker.network_id)
    ).scalar_one()
    units = card_places.unit_named(conn, asker.network_id, words) if tokens else []
    rows = _of_unit(conn, asker, units[0]) if len(units) == 1 else ()
    rows = rows or _cabinet(conn, asker)
    wanted = [row for row in rows if row.post == post] if post else rows
    notes = [_note(row, asker, office) for row in wanted[:MOST_HOLDERS]]
    return notes or [HolderNote("", "", office)]


def post_named(tokens: Sequence[str]) -> str:
    """The post that some of these folded words name; "" when none does."""
    told = f" {' '.join(tokens)} "
    found = next((post for word, post in _CALLED if f" {word} " in told), "")
    return found or ("General Secretary" if not _SECRETARY.isdisjoint(tokens) else "")


def _cabinet(conn: Connection, asker: Asker) -> list[Any]:
    rows = posts.held(conn, asker.network_id, bodies=[EXECUTIVE])
    return sorted(
        (row for row in rows if row.post in CABINET), key=lambda row: CABINET.index(row.post)
    )


def _of_unit(conn: Connection, asker: Asker, unit_id: int) -> list[Any]:
    """The officers of a unit, else of the nearest one that it stands under and that has some."""
    for step in reversed(unit_tree.way(conn, unit_id)):
        offices = OFFICERS.get(step.kind, ())
        rows = posts.held(conn, asker.network_id, unit_id=step.id) if offices else ()
        held = [row for row in rows if row.body == step.kind and row.post in offices]
        if held:
            return sorted(held, key=lambda row: offices.index(row.post))
    return []


def _note(row: Any, asker: Asker, office: str) -> HolderNote:
    said = {"en": row.post, **{tag: words.get(row.post, "") for tag, words in WORDS.items()}}
    post = asker.words(said)
    name = asker.words({"en": row.name, "ur": row.local_name or row.name})
    if row.body == EXECUTIVE:
        return HolderNote(post, name, office)
    names = {"en": called(row.kind, row.unit_name)}
    if row.local_unit:
        names["ur"] = called(row.kind, row.local_unit)
    unit = asker.words(names)
    return HolderNote(f"{post} {unit}", "" if row.sex == WOMAN else name, office, unit)
