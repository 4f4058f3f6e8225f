"""Receipts in the store: our own references are read strictly, loose ones are found again."""

import pytest

from app.domain.messages import Dlr, State
from app.store import receipts
from app.store.receipts import split_ref
from tests.factories import Office


@pytest.mark.parametrize(
    ("ref", "pair"),
    [
        ("7.12", (7, 12)),
        ("7.0", (7, 0)),
        ("7", None),
        ("7.", None),
        (".7", None),
        ("", None),
        ("7.1.2", None),
        ("-7.1", None),
        ("7 .1", None),
        ("۷.۱", None),
        ("²³.1", None),
        (f"{2**63 - 1}.{2**63 - 1}", (2**63 - 1, 2**63 - 1)),
        (f"{2**63}.1", None),
        ("9" * 4400 + ".1", None),
    ],
)
def test_a_reference_is_ours_or_nothing(ref: str, pair: tuple[int, int] | None) -> None:
    assert split_ref(ref) == pair


async def test_receipts_without_a_text_stay_loose_newest_first(office: Office) -> None:
    dlrs = [Dlr("sim", f"k{n}", f"SM{n}", "", State.SENT, "sent") for n in range(5)]
    await office.database.write(receipts.record, dlrs, office.now)
    found = await office.database.read(receipts.loose, limit=3)
    assert list(found) == [5, 4, 3]
    assert await office.database.write(receipts.match, found, office.now) == 0
    assert await office.database.write(receipts.record, [], office.now) == {}
