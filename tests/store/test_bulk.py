"""Many rows in one statement, the same on both databases."""

from typing import Any

import pytest
from sqlalchemy import BigInteger, Integer, Text, select

from app.store.bulk import insert_new, rows_from, rows_value
from app.store.database import Connection
from app.store.timetable import periodic_run
from tests.factories import Office

COLUMNS = {"id": BigInteger(), "n": Integer(), "words": Text()}
AWKWARD = ["", "it's", 'a "quote"', "\\", "کارروائی", "😀", "[{}]", "%s :x"]


@pytest.mark.parametrize("size", [0, 1, 500])
async def test_rows_come_back_as_they_went_in(office: Office, size: int) -> None:
    rows = [
        {"id": 2**62 - n, "n": -n, "words": AWKWARD[n % len(AWKWARD)] if n % 9 else None}
        for n in range(size)
    ]

    def read(conn: Connection) -> list[dict[str, Any]]:
        found = rows_from(conn.dialect.name, "given", COLUMNS)
        statement = select(found).order_by(found.c.id.desc())
        return [dict(row._mapping) for row in conn.execute(statement, {"given": rows_value(rows)})]

    assert await office.database.read(read) == rows


async def test_what_is_there_already_stays_as_it_is(office: Office) -> None:
    def put(conn: Connection, worker: str) -> None:
        rows = [{"job": "j", "slot": s, "worker": worker, "at": office.now} for s in "ab"]
        conn.execute(insert_new(conn, periodic_run, ("job", "slot")), rows)

    await office.database.write(put, "first")
    await office.database.write(put, "second")
    rows = await office.database.read(lambda conn: conn.execute(select(periodic_run)).all())
    assert [row.worker for row in rows] == ["first", "first"]
