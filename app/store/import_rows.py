"""The rows of lists that are brought in: stored as they are read, judged, corrected, taken over."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Connection,
    String,
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)

from app.domain.names import name_key
from app.domain.unit_names import read_called
from app.store.imports import import_row
from app.store.many import insert_many, update_many

DELETED_AT_ONCE = 1_000
ALIKE = 50
_COLUMNS = (
    import_row.c.line,
    import_row.c.cells,
    import_row.c.verdict,
    import_row.c.reason,
    import_row.c.cure,
    import_row.c.choices,
    import_row.c.person_id,
    import_row.c.decision,
    import_row.c.is_taken,
)
_judged = (
    update(import_row)
    .where(
        import_row.c.batch_id == bindparam("of_batch"), import_row.c.line == bindparam("at_line")
    )
    .values(
        cells=bindparam("new_cells", type_=JSON),
        verdict=bindparam("new_verdict", type_=String),
        reason=bindparam("new_reason", type_=JSON),
        cure=bindparam("new_cure", type_=JSON),
        choices=bindparam("new_choices", type_=String),
        person_id=bindparam("new_person", type_=BigInteger),
    )
)
_taken = (
    update(import_row)
    .where(
        import_row.c.batch_id == bindparam("of_batch"), import_row.c.line == bindparam("at_line")
    )
    .values(
        is_taken=True,
        verdict=bindparam("new_verdict", type_=String),
        reason=bindparam("new_reason", type_=JSON),
        cure=bindparam("new_cure", type_=JSON),
        person_id=bindparam("new_person", type_=BigInteger),
    )
)
_came_in = _taken.values(cells={}, raw=[])
_stayed_out = _taken.values(raw=[])


def add(conn: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Store rows of a list."""
    insert_many(conn, import_row, [{"decision": "", "is_taken": False, **row} for row in rows])


def after(
    conn: Connection, batch_id: int, line: int, limit: int, *, verdicts: Sequence[str] = ()
) -> Sequence[Any]:
    """The rows behind that line, in order; only of these verdicts, where some are named."""
    statement = select(*_COLUMNS).where(import_row.c.batch_id == batch_id, import_row.c.line > line)
    if verdicts:
        statement = statement.where(import_row.c.verdict.in_(verdicts))
    return conn.execute(statement.order_by(import_row.c.line).limit(limit)).all()


def one(conn: Connection, batch_id: int, line: int) -> Any | None:
    """The row with that number."""
    return conn.execute(
        select(*_COLUMNS).where(import_row.c.batch_id == batch_id, import_row.c.line == line)
    ).one_or_none()


def raw_after(conn: Connection, batch_id: int, line: int, limit: int) -> Sequence[Any]:
    """The cells of rows behind that line as they stand in the file: `line`, `raw`."""
    return conn.execute(
        select(import_row.c.line, import_row.c.raw)
        .where(import_row.c.batch_id == batch_id, import_row.c.line > line)
        .order_by(import_row.c.line)
        .limit(limit)
    ).all()


def judge(conn: Connection, batch_id: int, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write new cells and verdicts.

    Each row is `line`, `cells`, `verdict`, `reason`, `cure`, `choices`, `person_id`.
    """
    if rows:
        values = [
            {
                "of_batch": batch_id,
                "at_line": row["line"],
                **{f"new_{name}": row[name] for name in ("cells", "verdict", "reason", "cure")},
                "new_choices": row["choices"],
                "new_person": row["person_id"],
            }
            for row in rows
        ]
        update_many(conn, _judged, values)


def decide(conn: Connection, batch_id: int, line: int, decision: str) -> None:
    """Write down what a person decided about a row."""
    conn.execute(
        update(import_row)
        .where(import_row.c.batch_id == batch_id, import_row.c.line == line)
        .values(decision=decision)
    )


def take(conn: Connection, batch_id: int, rows: Sequence[Mapping[str, Any]]) -> None:
    """Mark rows as taken over: `line`, `verdict`, `reason`, `cure`, `person_id`, `came_in`.

    What the file said of those who came in is in the directory now and forgotten here.
    """
    for statement, came_in in ((_came_in, True), (_stayed_out, False)):
        values = [
            {
                "of_batch": batch_id,
                "at_line": row["line"],
                **{f"new_{name}": row[name] for name in ("verdict", "reason", "cure")},
                "new_person": row["person_id"],
            }
            for row in rows
            if row["came_in"] is came_in
        ]
        update_many(conn, statement, values)


def taken_people(conn: Connection, batch_id: int) -> Mapping[int, int]:
    """Whom the rows that were taken over are about: their line by the person's id."""
    rows = conn.execute(
        select(import_row.c.person_id, func.min(import_row.c.line))
        .where(
            import_row.c.batch_id == batch_id,
            import_row.c.is_taken,
            import_row.c.person_id.is_not(None),
        )
        .group_by(import_row.c.person_id)
    )
    return {row[0]: row[1] for row in rows}


def last_taken(conn: Connection, batch_id: int) -> int:
    """The last line that was taken over; 0 for none."""
    found = conn.execute(
        select(func.max(import_row.c.line)).where(
            import_row.c.batch_id == batch_id, import_row.c.is_taken
        )
    ).scalar_one()
    return int(found or 0)


def totals(conn: Connection, batch_id: int) -> Mapping[str, int]:
    """How many rows have each verdict."""
    rows = conn.execute(
        select(import_row.c.verdict, func.count())
        .where(import_row.c.batch_id == batch_id)
        .group_by(import_row.c.verdict)
    )
    return {row[0]: row[1] for row in rows if row[0]}


def waiting(conn: Connection, batch_id: int) -> int:
    """How many held rows nobody has decided about."""
    return int(
        conn.execute(
            select(func.count()).where(
                import_row.c.batch_id == batch_id,
                import_row.c.verdict == "held",
                or_(import_row.c.decision == "", import_row.c.decision.is_(None)),
            )
        ).scalar_one()
    )


def remove_some(conn: Connection, batch_id: int) -> bool:
    """Forget a thousand rows of a list; False when none is left."""
    some = (
        select(import_row.c.id).where(import_row.c.batch_id == batch_id).limit(DELETED_AT_ONCE)
    ).scalar_subquery()
    return conn.execute(delete(import_row).where(import_row.c.id.in_(some))).rowcount > 0


def reach(
    conn: Connection, batch_id: int, known: Collection[str]
) -> tuple[tuple[str, ...], int, int]:
    """The units that new rows name and nobody knows; numbers of new rows; those without basis."""
    units: dict[str, str] = {}
    numbers = without = 0
    statement = (
        select(import_row.c.cells)
        .where(import_row.c.batch_id == batch_id, import_row.c.verdict.in_(("added", "held")))
        .execution_options(yield_per=1_000)
    )
    for cells in conn.execute(statement).scalars():
        for column in ("unit", "lso", "vo", "co"):
            name = cells.get(column, "")
            key = name_key(read_called(name)[1]) if name else ""
            if key and key not in known:
                units.setdefault(key, name)
        if cells.get("phone"):
            numbers += 1
            without += not cells.get("basis")
    return tuple(units.values()), numbers, without


def alike(conn: Connection, batch_id: int, before: int, phone: str, name: str) -> Sequence[Any]:
    """The rows above that line that name the same person or the same number, as written."""
    same = [
        import_row.c.cells[column].as_string() == said
        for column, said in (("phone", phone), ("name", name))
        if said
    ]
    if not same:
        return ()
    return conn.execute(
        select(*_COLUMNS)
        .where(import_row.c.batch_id == batch_id, import_row.c.line < before, or_(*same))
        .order_by(import_row.c.line)
        .limit(ALIKE)
    ).all()
