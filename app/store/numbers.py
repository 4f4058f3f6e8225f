"""Numbers that count within a network."""

from sqlalchemy import Connection, Table, func, select


def next_no(conn: Connection, table: Table, network_id: int) -> int:
    """One more than the highest number that the network has there; the caller holds the network."""
    highest = select(func.max(table.c.no)).where(table.c.network_id == network_id)
    return int(conn.execute(highest).scalar_one() or 0) + 1
