"""What a keeper may rely on who corrects the rows that need them in a file and brings it back."""

import csv
import io

import pytest

from app.domain.errors import Refusal
from app.services.list_errors import DO, WRONG, list_errors
from tests.factories import Office, number
from tests.services.directory import brought, judged, staged

ROWS = (
    {"Name": "Gul", "Mobile": number(1)},
    {"Name": "=1+1", "Mobile": "03OO"},
    {"Name": "Naz", "Mobile": number(2), "LSO": "Nowhere"},
)


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


async def test_the_held_rows_come_with_what_is_wrong_and_what_to_do(office: Office) -> None:
    batch_id = await brought(office, *ROWS)
    found = read(await list_errors(office.database, office.id, batch_id))
    assert [row["Name"] for row in found] == ["'=1+1", "Naz"]
    assert all(row[WRONG] and row[DO] for row in found)
    assert [row["Mobile"] for row in found] == ["03OO", number(2)]


async def test_the_corrected_file_can_be_brought_back(office: Office) -> None:
    batch_id = await brought(office, *ROWS)
    content = await list_errors(office.database, office.id, batch_id)
    mended = content.decode("utf-8-sig").replace("Nowhere", "").replace("03OO", number(3))
    again = await staged(office, content=mended.encode())
    assert [row.verdict for row in await judged(office, again)] == ["added", "added"]
    assert all("wrong" not in name for row in await judged(office, again) for name in row.cells)


async def test_another_networks_rows_are_not_given(office: Office) -> None:
    batch_id = await brought(office, *ROWS)
    with pytest.raises(Refusal, match="no such list"):
        await list_errors(office.database, office.id + 1, batch_id)
