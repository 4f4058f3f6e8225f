"""Who had their texts of the month already when another was to go: what the digest tells them."""

from sqlalchemy import Connection, delete
from sqlmodel import Field

from app.store.schema import Row, link, maybe_link, table_of


class MissedText(Row, table=True):
    """A phone that a broadcast left out because it had had its routine texts of that month."""

    __tablename__ = "missed_text"

    broadcast_id: int = link("broadcast.id", primary_key=True)
    address_id: int = link("address.id", index=True, primary_key=True)
    language: str = Field(max_length=20)
    """That of the words which it would have got."""
    told_by: int | None = maybe_link("broadcast.id", index=True)
    """The digest that named it; empty until one does."""


missed_text = table_of(MissedText)


def drop(conn: Connection, broadcast_id: int) -> None:
    """A plan that is dropped leaves nobody out."""
    conn.execute(delete(missed_text).where(missed_text.c.broadcast_id == broadcast_id))
