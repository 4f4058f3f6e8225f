"""What the directory holds, for tests that compare it before and after; and lists brought in."""

import hashlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select

from app.services.keep_list import Keeping, Kept, keep_list
from app.services.show_import import RowShown, show_rows
from app.services.stage_list import ContactFile, stage_list
from app.store.database import Connection
from app.store.import_changes import TABLES
from app.store.seats import body
from tests.factories import BASIS, Office, sheet

HEADINGS = (
    "Name", "Name Urdu", "Sex", "Language", "LSO", "VO", "Body", "Post", "From", "Until",
    "Mobile", "Whose", "Notes", "Group", "Blood group", "Email", "Consent",
)  # fmt: skip


def contents(conn: Connection) -> dict[str, list[Any]]:
    """Every row of the directory, ids included, by table."""
    return {
        name: [tuple(row) for row in conn.execute(select(table).order_by(*table.primary_key))]
        for name, table in TABLES.items()
    }


def checksum(conn: Connection) -> str:
    """One figure over every row of the directory, ids included."""
    return hashlib.sha256(repr(contents(conn)).encode()).hexdigest()


async def rows(office: Office, name: str) -> list[Mapping[str, Any]]:
    """The rows of a table, by id."""
    table = TABLES[name]
    found = await office.database.read(
        lambda conn: conn.execute(select(table).order_by(*table.primary_key)).all()
    )
    return [row._mapping for row in found]


def file(office: Office, *people: dict[str, str], **changes: Any) -> ContactFile:
    """A list with these rows; cells by the headings above."""
    told = {"basis": BASIS, **changes}
    content = told.pop("content", None) or sheet(people, HEADINGS)
    return ContactFile(content, "list.csv", by="keeper", network=office.slug, **told)


async def staged(office: Office, *people: dict[str, str], **changes: Any) -> int:
    """A draft of these rows."""
    return await stage_list(office.database, file(office, *people, **changes), now=office.now)


async def kept(office: Office, batch_id: int, **changes: Any) -> Kept:
    """The draft, taken over."""
    return await keep_list(
        office.database, office.id, batch_id, Keeping(by="keeper", **changes), now=office.now
    )


async def brought(office: Office, *people: dict[str, str], **changes: Any) -> int:
    """A list that was staged and kept; gives its id."""
    batch_id = await staged(office, *people, **changes)
    await kept(office, batch_id)
    return batch_id


async def judged(office: Office, batch_id: int) -> list[RowShown]:
    """All rows of a list."""
    return list(await show_rows(office.database, office.id, batch_id, limit=500))


async def verdict(office: Office, **cells: str) -> RowShown:
    """What one row would get."""
    return (await judged(office, await staged(office, cells)))[-1]


async def with_body(office: Office, code: str, **values: Any) -> None:
    """A body of the network."""
    row = {"network_id": office.id, "code": code, "name": code, **values}
    await office.database.write(lambda conn: conn.execute(insert(body).values(**row)))
