"""What a keeper sees of lists: what stands in the way, what each column is, what can be undone."""

import pytest

from app.domain.errors import Refusal
from app.services.show_import import PAGE, list_imports, show_draft, show_import, show_rows
from tests.factories import Office, number
from tests.services.directory import brought, staged

GUL = {"Name": "Gul", "Mobile": number(1)}


async def test_a_draft_shows_columns_rows_and_what_is_missing(office: Office) -> None:
    await office.unit("Roshni")
    batch_id = await staged(
        office, GUL, {"Name": "Naz", "Mobile": number(2), "LSO": "Nowhere"}, {"Name": "Ali"},
        basis="",
    )  # fmt: skip
    draft = await show_draft(office.database, office.id, batch_id)
    taken = {one.heading: (one.taken_for, one.first) for one in draft.columns}
    assert taken["Name"] == ("name", ("Gul", "Naz", "Ali"))
    assert taken["LSO"] == ("lso", ("Nowhere",))
    assert [row.cells["name"] for row in draft.held] == ["Naz"]
    assert [row.line for row in draft.ready] == [2, 4]
    assert draft.units_to_make == ("Nowhere",)
    assert (draft.welcome, draft.without_basis) == (2, 2)
    assert draft.list.totals == {"added": 2, "held": 1}


async def test_long_lists_come_page_by_page(office: Office) -> None:
    people = [{"Name": f"P{n}", "Mobile": number(n)} for n in range(PAGE + 3)]
    batch_id = await staged(office, *people)
    first = await show_draft(office.database, office.id, batch_id)
    assert (len(first.ready), first.next_after) == (PAGE, PAGE + 1)
    second = await show_draft(office.database, office.id, batch_id, after=first.next_after or 0)
    assert ([row.line for row in second.ready], second.next_after) == ([52, 53, 54], None)


async def test_reason_and_cure_can_be_said_in_another_language(office: Office) -> None:
    batch_id = await staged(office, {"Name": "Naz", "LSO": "Nowhere"})
    (row,) = await show_rows(office.database, office.id, batch_id, verdict="held")
    urdu = {"There is no unit '{name}'.": "یونٹ '{name}' نہیں ہے۔"}
    assert row.said(lambda words: urdu.get(words, words))[0] == "یونٹ 'Nowhere' نہیں ہے۔"
    assert row.said(str) == (row.reason, row.cure)


async def test_only_the_newest_kept_list_can_be_taken_back(office: Office) -> None:
    await brought(office, GUL)
    await brought(office, {"Name": "Naz", "Mobile": number(2)})
    await staged(office, {"Name": "Ali"})
    shown = await list_imports(office.database, office.id)
    assert [(one.state, one.is_undoable) for one in shown] == [
        ("draft", False),
        ("done", True),
        ("done", False),
    ]


async def test_another_networks_list_is_not_found(office: Office) -> None:
    batch_id = await staged(office, GUL)
    for shown in (show_import, show_draft, show_rows):
        with pytest.raises(Refusal, match="no such list"):
            await shown(office.database, office.id + 1, batch_id)
