"""What a keeper may rely on who corrects a list in place before it is kept."""

import pytest

from app.domain.errors import Refusal
from app.services.correct_list import (
    change_columns,
    change_units_allowed,
    correct_row,
    decide_row,
)
from tests.factories import Office, number
from tests.services.directory import brought, judged, kept, rows, staged

LIST = f"Name,Other,Mobile\nGul,{number(2)},{number(1)}\nNaz,,{number(3)}\n".encode()


async def test_a_corrected_cell_is_judged_anew(office: Office) -> None:
    batch_id = await staged(office, {"Name": "Gul", "Mobile": "03OO"})
    assert [row.verdict for row in await judged(office, batch_id)] == ["held"]
    row = await correct_row(
        office.database, office.id, batch_id, 2, {"phone": number(1)}, now=office.now
    )
    assert (row.verdict, row.cells["phone"]) == ("added", number(1))
    await kept(office, batch_id)
    assert [row["msisdn"] for row in await rows(office, "address")] == [number(1)]


async def test_changed_columns_judge_all_rows_anew_and_are_remembered(office: Office) -> None:
    batch_id = await staged(office, content=LIST)
    assert [row.cells.get("phone") for row in await judged(office, batch_id)] == [
        number(1),
        number(3),
    ]
    await change_columns(office.database, office.id, batch_id, {1: "phone2"}, now=office.now)
    assert [row.cells.get("phone2") for row in await judged(office, batch_id)] == [number(2), None]
    again = await staged(office, content=LIST)
    assert [row.cells.get("phone2") for row in await judged(office, again)] == [number(2), None]


@pytest.mark.parametrize("columns", [{9: "name"}, {0: "height"}, {0: ""}])
async def test_columns_that_cannot_be_are_refused(office: Office, columns: dict[int, str]) -> None:
    batch_id = await staged(office, content=LIST)
    with pytest.raises(Refusal):
        await change_columns(office.database, office.id, batch_id, columns, now=office.now)


async def test_a_column_that_is_never_kept_stays_so(office: Office) -> None:
    content = f"Name,CNIC,Mobile\nGul,1560212345671,{number(1)}\n".encode()
    batch_id = await staged(office, content=content)
    with pytest.raises(Refusal, match="never kept"):
        await change_columns(office.database, office.id, batch_id, {1: "notes"}, now=office.now)


async def test_units_that_are_missing_may_be_made_after_all(office: Office) -> None:
    batch_id = await staged(office, {"Name": "Gul", "Mobile": number(1), "LSO": "Nowhere"})
    assert [row.verdict for row in await judged(office, batch_id)] == ["held"]
    await change_units_allowed(
        office.database, office.id, batch_id, makes_units=True, now=office.now
    )
    assert [row.verdict for row in await judged(office, batch_id)] == ["added"]


async def test_a_row_can_be_left_out_and_taken_in_again(office: Office) -> None:
    batch_id = await staged(office, {"Name": "Gul", "Mobile": number(1)})
    left = await decide_row(office.database, office.id, batch_id, 2, "skip", now=office.now)
    assert left.verdict == "held"
    back = await decide_row(office.database, office.id, batch_id, 2, "", now=office.now)
    assert back.verdict == "added"


async def test_a_row_above_is_still_known_when_one_below_is_corrected(office: Office) -> None:
    gul = {"Name": "Gul", "Mobile": number(1)}
    batch_id = await staged(office, gul, {**gul, "Mobile": "03OO"})
    row = await correct_row(
        office.database, office.id, batch_id, 3, {"phone": number(1)}, now=office.now
    )
    assert (row.verdict, "row 2" in row.reason) == ("same", True)


async def test_what_cannot_be_decided_or_corrected_is_refused(office: Office) -> None:
    batch_id = await staged(office, {"Name": "Gul", "Mobile": number(1)})
    for decision in ("same", "new", "perhaps"):
        with pytest.raises(Refusal):
            await decide_row(office.database, office.id, batch_id, 2, decision, now=office.now)
    with pytest.raises(Refusal, match="no row 9"):
        await decide_row(office.database, office.id, batch_id, 9, "skip", now=office.now)
    with pytest.raises(Refusal, match="no column called"):
        await correct_row(office.database, office.id, batch_id, 2, {"cnic": "1"}, now=office.now)
    with pytest.raises(Refusal, match="no such list"):
        await decide_row(office.database, office.id + 1, batch_id, 2, "skip", now=office.now)
    await kept(office, batch_id)
    with pytest.raises(Refusal, match="no draft"):
        await decide_row(office.database, office.id, batch_id, 2, "skip", now=office.now)


async def test_a_person_of_another_network_can_never_be_meant(office: Office) -> None:
    await office.unit("Roshni")
    await brought(office, {"Name": "Gul", "Mobile": number(1), "LSO": "Roshni"})
    other = await Office.open(office.database, office.now, slug="sarang")
    await other.unit("Roshni")
    batch_id = await staged(other, {"Name": "Gul", "Mobile": number(2), "LSO": "Roshni"})
    assert [row.verdict for row in await judged(other, batch_id)] == ["added"]
