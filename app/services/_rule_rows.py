"""Rulings for some rows of a list at once, as they are read, corrected and taken over."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.services._rulings import Ruling
from app.services.judge_rows import Judge
from app.store.database import Connection

RowSaid = tuple[int, Mapping[str, str], str, int | None]
"""Its number, its cells, what a person decided about it, and about whom."""


def rule(conn: Connection, judge: Judge, rows: Sequence[RowSaid]) -> list[Ruling]:
    """The rulings of some rows, in their order."""
    read = [judge.read(line, cells) for line, cells, _, _ in rows]
    wanted = [one for found in read if isinstance(found, tuple) for one in found]
    meant = [person for _, _, decision, person in rows if person and decision == "same"]
    judge.directory.learn(conn, wanted, meant)
    return [
        judge.judge(line, found, decision, person)
        for (line, _, decision, person), found in zip(rows, read, strict=True)
    ]


def verdict_of(ruling: Ruling) -> dict[str, Any]:
    """A ruling as a row keeps it."""
    return {
        "verdict": ruling.verdict,
        "reason": ruling.reason,
        "cure": ruling.cure,
        "choices": " ".join(ruling.choices),
        "person_id": ruling.person_id,
    }
