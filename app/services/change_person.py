"""Change people: add one, correct what is known of one, take one out."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.errors import Refusal
from app.domain.storable import storable
from app.services._act import Deed
from app.store import people, person_ties, units
from app.store.database import Connection, Database

SEXES = ("", "f", "m")
READS = ("", "self", "helped", "not")
PHONE_KINDS = ("", "basic", "smart")
LONGEST_NAME, LONGEST_NOTES = 200, 500

_identity_card = re.compile(r"(?<!\d)(?:\d{13}|\d{5}[\s-]\d{7}[\s-]\d)(?!\d)").search


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What is known of a person; "" where nobody knows. There is no place for CNIC or religion.

    `sex` is f or m; `reads` self, helped or not; `phone_kind` basic or smart.
    """

    name: str
    local_name: str = ""
    sex: str = ""
    language: str = ""
    reads: str = ""
    phone_kind: str = ""
    notes: str = ""
    unit_id: int | None = None


async def add_person(  # noqa: PLR0913 -- who, what, what is allowed, by whom, when
    database: Database,
    network_id: int,
    new: NewPerson,
    *,
    languages: Collection[str],
    by: str,
    now: datetime,
) -> int:
    """Store a person and give their id; `languages` are the tags that there are.

    Raises Refusal for what cannot be kept.
    """
    return await database.write(_add, Deed(network_id, by, now), new, languages)


async def change_person(  # noqa: PLR0913 -- as above, and whom
    database: Database,
    network_id: int,
    person_id: int,
    new: NewPerson,
    *,
    languages: Collection[str],
    by: str,
    now: datetime,
) -> bool:
    """Let a person be as in `new`; False when nothing is different. Raises Refusal."""
    return await database.write(_change, Deed(network_id, by, now), person_id, new, languages)


async def remove_person(
    database: Database, network_id: int, person_id: int, *, by: str, now: datetime
) -> None:
    """Take a person out, with their links, groups and past seats; consent stays with the number.

    Raises Refusal while they hold a seat: it has to be ended or handed over first.
    """
    await database.write(_remove, Deed(network_id, by, now), person_id)


def person_values(
    conn: Connection, network_id: int, new: NewPerson, languages: Collection[str]
) -> dict[str, Any]:
    """The columns of a person as told; raises Refusal for what cannot be kept."""
    name, local = _line(new.name), _line(new.local_name)
    if not name:
        raise Refusal("name", "The name is missing. Write the person's name.")
    if max(len(name), len(local)) > LONGEST_NAME:
        raise Refusal("name", "The name is longer than 200 letters. Shorten it.")
    for what, word, known in (
        ("sex", new.sex, SEXES),
        ("reads", new.reads, READS),
        ("phone_kind", new.phone_kind, PHONE_KINDS),
        ("language", new.language, ("", *languages)),
    ):
        if word not in known:
            words = ", ".join(one for one in known if one)
            raise Refusal(
                what, "{word} is not known here. Known are {words}.", word=repr(word), words=words
            )
    if new.unit_id is not None and units.get(conn, network_id, new.unit_id) is None:
        raise Refusal("not_found", "There is no such unit in this network.")
    return {
        "name": name,
        "local_name": local,
        "sex": new.sex,
        "language": new.language,
        "reads": new.reads,
        "phone_kind": new.phone_kind,
        "notes": checked_notes(new.notes),
        "unit_id": new.unit_id,
    }


def checked_notes(notes: str) -> str:
    """The notes if they may be kept; raises Refusal."""
    kept = storable(notes).replace("\r\n", "\n").strip()
    if len(kept) > LONGEST_NOTES:
        raise Refusal("notes", "The notes are longer than 500 letters. Shorten them.")
    if has_identity_card(kept):
        raise Refusal(
            "notes_cnic",
            "There is a CNIC number in the notes. The network never keeps one: whoever got hold "
            "of it could harm this person. Take it out.",
        )
    return kept


def has_identity_card(text: str) -> bool:
    """Whether a CNIC number stands there: 13 digits, or 5, 7 and 1; in any kind of digits."""
    western = "".join(
        str(int(sign)) if sign.isdecimal() else "-" if sign in "‐‑‒–—−" else sign for sign in text
    )
    return _identity_card(western) is not None


def _line(text: str) -> str:
    return " ".join(storable(text).split())


def found_person(conn: Connection, network_id: int, person_id: int) -> Any:
    """The person of that network, locked; raises Refusal when there is none."""
    row = people.get(conn, network_id, person_id)
    if row is None:
        raise Refusal("not_found", "There is no such person in this network.")
    return row


def _add(conn: Connection, deed: Deed, new: NewPerson, languages: Collection[str]) -> int:
    values = person_values(conn, deed.network_id, new, languages)
    person_id = people.add_person(conn, {"network_id": deed.network_id, **values})
    deed.note(conn, "person added", f"person {person_id}")
    return person_id


def _change(
    conn: Connection, deed: Deed, person_id: int, new: NewPerson, languages: Collection[str]
) -> bool:
    row = found_person(conn, deed.network_id, person_id)
    # A language that came in with a list stays until somebody chooses another one.
    values = person_values(conn, deed.network_id, new, {*languages, row.language})
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not changed:
        return False
    people.change(conn, person_id, changed)
    deed.note(conn, "person changed", f"person {person_id}", what=sorted(changed))
    return True


def _remove(conn: Connection, deed: Deed, person_id: int) -> None:
    found_person(conn, deed.network_id, person_id)
    if person_ties.held_seats(conn, person_id):
        raise Refusal(
            "holds_seat",
            "This person holds a seat. End it, or hand it over, then take the person out.",
        )
    person_ties.cut(conn, person_id)
    people.remove(conn, person_id)
    deed.note(conn, "person removed", f"person {person_id}")
