"""What a keeper may rely on while a list is only looked at: nothing of the directory changes."""

import io

import openpyxl
import pytest

from app.domain.errors import Refusal
from app.services.show_import import show_draft
from app.services.stage_list import begin_list, judge_list
from app.store import imports
from tests.factories import Office, number
from tests.services.directory import checksum, file, judged, staged

GUL = {"Name": "Gul", "Mobile": number(1)}


def book(**sheets: list[list[str]]) -> bytes:
    """A spreadsheet with these sheets."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


async def test_a_draft_changes_nothing_of_the_directory(office: Office) -> None:
    before = await office.database.read(checksum)
    await staged(office, GUL, {"Name": "Naz", "LSO": "Nowhere"}, makes_units=True)
    assert await office.database.read(checksum) == before


async def test_how_far_it_is_can_be_seen_while_it_is_read(office: Office) -> None:
    begun = await begin_list(office.database, file(office, GUL), now=office.now)
    assert (await office.database.read(imports.held, begun.batch_id)).state == "reading"
    heard: list[tuple[int, int]] = []
    await judge_list(office.database, begun, now=office.now, progress=lambda *at: heard.append(at))
    batch = await office.database.read(imports.held, begun.batch_id)
    assert (batch.state, batch.rows, batch.totals) == ("draft", 1, {"added": 1})
    assert heard == [(1, 1)]


async def test_every_sheet_of_a_book_becomes_a_draft_to_choose_from(office: Office) -> None:
    content = book(
        Women=[["Name", "Mobile"], ["Gul", number(1)]],
        Notes=[["Some words"]],
        Men=[["Name", "Mobile"], ["Sher", number(2)], ["Ali", number(3)]],
    )
    batch_id = await staged(office, content=content)
    draft = await show_draft(office.database, office.id, batch_id)
    assert [(one.name, one.rows) for one in draft.sheets] == [("Women", 1), ("Men", 2)]
    only = await staged(office, content=content, sheet="Men")
    assert len(await judged(office, only)) == 2


async def test_identity_numbers_are_kept_nowhere(office: Office) -> None:
    cnic = "15602-1234567-1"
    content = f"Name,CNIC,Mobile,Remarks\nGul,{cnic},{number(1)},{cnic}\n".encode()
    batch_id = await staged(office, content=content)
    draft = await show_draft(office.database, office.id, batch_id)
    assert cnic not in repr(draft)
    raw = await office.database.read(
        lambda conn: conn.exec_driver_sql("SELECT raw, cells FROM import_row").all()
    )
    assert "1234567-1" not in repr(raw)


async def test_columns_can_be_said_by_their_headings(office: Office) -> None:
    content = f"Person,Reach her at\nGul,{number(1)}\n".encode()
    batch_id = await staged(
        office, content=content, columns={"name": "Person", "phone": "Reach her at"}
    )
    (row,) = await judged(office, batch_id)
    assert row.cells == {"name": "Gul", "phone": number(1)}


async def test_a_file_that_is_no_table_leaves_nothing(office: Office) -> None:
    with pytest.raises(Refusal):
        await staged(office, content=b"\x89PNG\r\n\x1a\n\x00\x00")
    assert await office.database.read(imports.every, office.id) == []
