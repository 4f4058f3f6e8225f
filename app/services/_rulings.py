"""What a judge of rows says: the verdict of a row, why, and what taking it over does."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.services._directory import Known, PhoneKnown, SeatKnown
from app.services._told import Told, told
from app.services._unit_names import UnitKnown
from app.services._wanted import Wanted

ADDED, CHANGED, SAME, HELD = "added", "changed", "same", "held"
ORDER = (HELD, ADDED, CHANGED, SAME)
"""Of a row with two people the first of these that one of them gets is the row's verdict."""
SKIP = "skip"


@dataclass(slots=True)
class Act:
    """What taking a row over does for one person."""

    wanted: Wanted
    known: Known
    is_new: bool
    unit: UnitKnown | None
    fields: dict[str, Any] = field(default_factory=dict)
    """Columns of the person that change."""
    seats: list[SeatKnown] = field(default_factory=list)
    """Seats that the person gets."""
    posts: list[tuple[SeatKnown, str]] = field(default_factory=list)
    """Seats whose post becomes another."""
    phones: list[PhoneKnown] = field(default_factory=list)
    """Numbers and handles that the person gets."""
    sharers: list[tuple[Known, PhoneKnown]] = field(default_factory=list)
    """Others on a phone that was theirs alone until now."""
    blood: str = ""
    unit_changes: bool = False

    @property
    def changes_anything(self) -> bool:
        """Whether somebody who is known becomes another."""
        parts = (self.fields, self.seats, self.posts, self.phones, self.wanted.group.groups)
        return self.unit_changes or any(parts)


@dataclass(slots=True)
class Ruling:
    """What becomes of one row. `acts` is empty where nothing comes in."""

    line: int
    verdict: str
    reason: list[Told] = field(default_factory=list)
    cure: list[Told] = field(default_factory=list)
    choices: tuple[str, ...] = ()
    person_id: int | None = None
    acts: list[Act] = field(default_factory=list)


class HeldRow(Exception):
    """A row that needs a person."""

    def __init__(
        self,
        reason: Sequence[Told],
        cure: Told,
        *,
        person: Known | None = None,
        choices: tuple[str, ...] = (SKIP,),
    ) -> None:
        self.reason, self.cure, self.person, self.choices = list(reason), cure, person, choices


def numbers_of(one: Known) -> list[PhoneKnown]:
    """The telephone numbers of somebody."""
    return [phone for phone in one.phones if phone.msisdn.startswith("+")]


def told_here(wanted: Wanted) -> Told:
    """That somebody is known already."""
    if wanted.numbers:
        return told("This person is here with this number.")
    return told("This person is here.")


_CALLED = {
    "sex": "the sex",
    "language": "the language",
    "reads": "how they read",
    "phone_kind": "the kind of phone",
    "notes": "the notes",
    "local_name": "the name in local script",
    "unit": "the unit",
}


def told_change(name: str, old: str, new: str) -> Told:
    """What a column was and becomes."""
    if not old:
        return told("{what} becomes {new}.", what=_CALLED[name], new=new)
    return told("{what} was {old}, becomes {new}.", what=_CALLED[name], old=old, new=new)


def verdict_of_number(wanted: Wanted, ruling: Ruling, verdict: str, *, adds: bool = True) -> str:
    """The verdict, but `held` for a number of an unknown prefix, which comes in all the same."""
    if not wanted.numbers or not adds:
        return verdict
    first = wanted.numbers[0]
    if first.problem:
        ruling.reason.insert(0, told(first.problem))
    if first.reach == "held":
        ruling.cure.insert(0, told("Confirm the number with the person."))
        ruling.choices = (SKIP,)
        return HELD
    return verdict
