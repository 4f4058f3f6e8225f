"""Keep emergency cards: their numbers, who is on duty, and that somebody tried them today."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.domain.cards import KINDS
from app.domain.errors import Refusal
from app.domain.msisdn import read_number
from app.domain.pasted import clean_line
from app.domain.storable import LARGEST_ID
from app.services._act import Deed
from app.store import card_owners, emergency_cards, networks, people, units
from app.store.database import Connection, Database

MOST_OF_A_CARD = 12
LONGEST_WORDS = 30
LONGEST_NUMBER = 20
FEWEST_DIGITS, MOST_DIGITS = 2, 15


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One line of a card; `unit_id` is whose card it is, None for the whole network's.

    `words` say by language whose number it is. `person_id` is on duty; without `may_be_given`
    neither their name nor a number of theirs is told, but that of the office.
    """

    kind: str
    number: str = ""
    unit_id: int | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    person_id: int | None = None
    may_be_given: bool = False
    position: int = 0


async def add_line(
    database: Database, network_id: int, facts: LineFacts, *, by: str, now: datetime
) -> int:
    """Put a number on a card and give its id.

    Raises Refusal: kind, words_empty, words_too_long, number, number_of_person, not_agreed,
    too_many, not_found for a unit or a person that is not of this network.
    """
    return await database.write(_add, Deed(network_id, by, now), facts)


async def change_line(  # noqa: PLR0913 -- which line, how, by whom
    database: Database,
    network_id: int,
    line_id: int,
    facts: LineFacts,
    *,
    by: str,
    now: datetime,
) -> int:
    """Let a line be as these facts say; another number has to be tried anew. Raises Refusal."""
    return await database.write(_change, Deed(network_id, by, now), line_id, facts)


async def remove_line(
    database: Database, network_id: int, line_id: int, *, by: str, now: datetime
) -> None:
    """Take a number off its card. Raises Refusal not_found."""
    await database.write(_remove, Deed(network_id, by, now), line_id)


async def check_line(
    database: Database, network_id: int, line_id: int, *, by: str, now: datetime
) -> None:
    """Write down that somebody called this number today and it works. Raises Refusal."""
    await database.write(_check, Deed(network_id, by, now), line_id)


def _add(conn: Connection, deed: Deed, facts: LineFacts) -> int:
    networks.hold(conn, deed.network_id)
    values = _checked(conn, deed, facts)
    on_it = emergency_cards.lines(conn, deed.network_id, [facts.unit_id])
    if len(on_it) >= MOST_OF_A_CARD:
        raise Refusal(
            "too_many", "A card has room for {most} numbers. Take one off.", most=MOST_OF_A_CARD
        )
    last = max((row.position for row in on_it), default=0)
    values["position"] = facts.position or last + 1
    made = {"network_id": deed.network_id, "created_at": deed.now}
    line_id = emergency_cards.put(conn, {**values, **made})
    deed.note(conn, "emergency number added", f"number {line_id}", **_noted(values))
    return line_id


def _change(conn: Connection, deed: Deed, line_id: int, facts: LineFacts) -> int:
    networks.hold(conn, deed.network_id)
    row = found_line(conn, deed.network_id, line_id)
    values = _checked(conn, deed, facts)
    values["position"] = facts.position or row.position
    if (values["number"], values["person_id"]) != (row.number, row.person_id):
        values |= {"checked_on": None, "checked_by": ""}
    emergency_cards.change(conn, [row.id], **values)
    deed.note(conn, "emergency number changed", f"number {row.id}", **_noted(values))
    return int(row.id)


def _remove(conn: Connection, deed: Deed, line_id: int) -> None:
    row = found_line(conn, deed.network_id, line_id)
    emergency_cards.remove(conn, row.id)
    deed.note(conn, "emergency number removed", f"number {row.id}", unit=row.unit_id)


def _check(conn: Connection, deed: Deed, line_id: int) -> None:
    row = found_line(conn, deed.network_id, line_id)
    today = networks.by_id(conn, deed.network_id).day_at(deed.now)
    emergency_cards.change(conn, [row.id], checked_on=today, checked_by=deed.by[:80])
    deed.note(conn, "emergency number tried", f"number {row.id}", unit=row.unit_id)


def found_line(conn: Connection, network_id: int, line_id: int) -> Any:
    """A line of a card; raises Refusal when it is not there."""
    row = None
    if 0 < line_id <= LARGEST_ID:
        row = emergency_cards.get(conn, network_id, line_id)
    if row is None:
        raise Refusal("not_found", "There is no such number here. Open it from the list of cards.")
    return row


def read_dialled(told: str) -> str:
    """A number as it is dialled, in Western digits; raises Refusal for what cannot be."""
    number = "".join(
        str(unicodedata.digit(sign)) if unicodedata.category(sign) == "Nd" else sign
        for sign in clean_line(told)
    )
    digits = sum(sign.isdigit() for sign in number)
    strange = [sign for sign in number if not sign.isdigit() and sign not in " -+()/"]
    is_long = len(number) > LONGEST_NUMBER or digits > MOST_DIGITS
    if strange or is_long or digits < FEWEST_DIGITS:
        raise Refusal(
            "number",
            "This is no number that can be dialled. Write digits, like 1122 or 0944 411222.",
        )
    return number


def _checked(conn: Connection, deed: Deed, facts: LineFacts) -> dict[str, Any]:
    if facts.kind not in KINDS:
        raise Refusal("kind", "Say whose number it is: choose one of the list.")
    _known(conn, deed, facts)
    words = {tag: clean_line(text) for tag, text in facts.words.items()}
    words = {tag: text for tag, text in words.items() if text}
    if facts.kind == "other" and not words:
        raise Refusal("words_empty", "Say in words whose number it is.")
    if any(len(text) > LONGEST_WORDS for text in words.values()):
        raise Refusal(
            "words_too_long",
            "At most {most} letters fit in a text. Shorten the words.",
            most=LONGEST_WORDS,
        )
    return {
        "unit_id": facts.unit_id,
        "kind": facts.kind,
        "words": words,
        "number": _number(conn, deed, facts),
        "person_id": facts.person_id,
        "may_be_given": facts.may_be_given and facts.person_id is not None,
    }


def _number(conn: Connection, deed: Deed, facts: LineFacts) -> str:
    """What is dialled: a person's own number only where that person agreed."""
    if not facts.number.strip():
        if facts.person_id is not None and not facts.may_be_given:
            return ""
        raise Refusal("number", "Write the number that is to be called.")
    number = read_dialled(facts.number)
    if facts.person_id is not None and not facts.may_be_given:
        raise Refusal(
            "not_agreed",
            "Nobody's number goes on a card unless they agreed. Tick that they did, or leave the "
            "number empty: then the number of the office is told.",
        )
    msisdn = read_number(number).msisdn
    owners = card_owners.owners_of(conn, deed.network_id, msisdn) if msisdn else set()
    if owners and facts.person_id not in owners:
        raise Refusal(
            "number_of_person",
            "This number is a person's own. Name them as the person on duty, and tick that they "
            "agreed.",
        )
    return number


def _known(conn: Connection, deed: Deed, facts: LineFacts) -> None:
    """Raise a Refusal for a unit or a person that is not of this network."""
    for get, named in ((units.get, facts.unit_id), (people.get, facts.person_id)):
        if named is None:
            continue
        if not 0 < named <= LARGEST_ID or get(conn, deed.network_id, named) is None:
            raise _missing(is_unit=get is units.get)


def _missing(*, is_unit: bool) -> Refusal:
    if is_unit:
        return Refusal("not_found", "There is no such unit here. Choose one from the list.")
    return Refusal("not_found", "There is no such person here. Open them from a list.")


def _noted(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the journal keeps: no number and no name."""
    return {"kind": values["kind"], "unit": values["unit_id"], "given": values["may_be_given"]}
