"""Rows by LSO: each text once, under the nearest LSO above its person's unit."""

from types import SimpleNamespace as Row
from typing import Any

import pytest

from app.domain.messages import State
from app.services.roll_up_units import is_gone, roll_up


def unit(no: int, kind: str, parent_id: int | None = None) -> Any:
    return Row(id=no, kind=kind, parent_id=parent_id, name=f"{kind} {no}", local_name="")


def texts(unit_id: int | None, n: int, state: State = State.QUEUED, was_taken: bool = False) -> Any:
    return Row(unit_id=unit_id, texts=n, state=state.value, was_taken=was_taken)


TREE = [unit(1, "LSON"), unit(2, "LSO", 1), unit(3, "VO", 2), unit(4, "CO", 3), unit(5, "VO", 1)]


def test_a_unit_counts_for_the_nearest_lso_above_or_for_itself() -> None:
    rows = roll_up(TREE, [texts(no, 10**no) for no in range(1, 6)] + [texts(None, 7)])
    assert {row.name: row.total for row in rows} == {
        "LSON 1": 10,
        "LSO 2": 11_100,
        "VO 5": 100_000,
        "": 7,
    }
    assert rows[-1].name == ""


def test_a_unit_that_is_not_there_any_more_and_a_ring_of_units_do_no_harm() -> None:
    ring = [unit(1, "VO", 2), unit(2, "VO", 1)]
    rows = roll_up(ring, [texts(1, 3), texts(9, 4), texts(None, 5)])
    assert [(row.name, row.total) for row in rows] == [("VO 1", 3), ("", 9)]


@pytest.mark.parametrize("was_taken", [True, False])
@pytest.mark.parametrize("state", State)
def test_a_text_has_gone_when_a_wire_took_or_refused_it(state: State, was_taken: bool) -> None:
    gone = {State.SENT, State.DELIVERED, State.UNDELIVERED, State.REJECTED}
    expected = state in gone or (state is State.EXPIRED and was_taken)
    assert is_gone(texts(1, 1, state, was_taken)) is expected
