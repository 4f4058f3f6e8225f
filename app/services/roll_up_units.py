"""Roll up the texts of a broadcast to the LSOs that its people belong to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.messages import State
from app.store.progress import FAILED

ROLLED_UP_TO = "LSO"
GONE = frozenset({State.SENT, State.DELIVERED, State.UNDELIVERED, State.REJECTED})


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """How far the texts of one LSO are; both names are empty for phones without a unit.

    A unit below an LSO counts for it, one below none for itself; each phone counts once, where
    its first leader belongs.
    """

    name: str
    local_name: str
    total: int
    gone: int
    delivered: int
    failed: int


def is_gone(texts: Any) -> bool:
    """Whether a wire took these texts or certainly refused them."""
    return texts.state in GONE or (texts.state == State.EXPIRED and texts.was_taken)


def roll_up(units: Sequence[Any], texts: Sequence[Any]) -> tuple[UnitProgress, ...]:
    """One row for each LSO that gets a text, by name; phones without a unit last.

    `units` are rows of the tree, `texts` rows of unit_id, state, was_taken and their number.
    """
    tree = {unit.id: unit for unit in units}
    groups: dict[int | None, list[Any]] = {}
    for one in texts:
        groups.setdefault(_lso_of(tree, one.unit_id), []).append(one)
    rows = [_row(tree.get(unit_id), some) for unit_id, some in groups.items()]
    return tuple(sorted(rows, key=lambda row: (not row.name, row.name.casefold())))


def _lso_of(tree: Mapping[int, Any], unit_id: int | None) -> int | None:
    """The nearest LSO above or at this unit, else the unit itself; None when it has none."""
    above, seen = tree.get(unit_id or 0), set[int]()
    while above is not None and above.id not in seen:
        if above.kind == ROLLED_UP_TO:
            return int(above.id)
        seen.add(above.id)
        above = tree.get(above.parent_id)
    return unit_id if unit_id in tree else None


def _row(unit: Any | None, texts: Sequence[Any]) -> UnitProgress:
    return UnitProgress(
        name=unit.name if unit else "",
        local_name=unit.local_name if unit else "",
        total=sum(one.texts for one in texts),
        gone=sum(one.texts for one in texts if is_gone(one)),
        delivered=sum(one.texts for one in texts if one.state == State.DELIVERED),
        failed=sum(one.texts for one in texts if one.state in FAILED),
    )
