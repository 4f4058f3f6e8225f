"""Documents: what was made once and goes to many (mail bodies, PDFs, pictures), by its content."""

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, LargeBinary, UniqueConstraint, select
from sqlmodel import Field

from app.store.bulk import insert_new
from app.store.schema import Row, link, new_id, table_of


class Document(Row, table=True):
    """One piece of content of a network; the same content is stored once."""

    __table_args__ = (UniqueConstraint("network_id", "digest"),)

    id: int = new_id()
    network_id: int = link("network.id")
    digest: str = Field(max_length=64)
    """SHA-256 over name, media type and content."""
    name: str = Field(max_length=120)
    media_type: str = Field(max_length=120)
    content: bytes = Field(sa_type=LargeBinary)
    created_at: datetime


document = table_of(Document)


def keep(  # noqa: PLR0913 -- a document has that many facts
    conn: Connection, network_id: int, *, name: str, media_type: str, content: bytes, now: datetime
) -> int:
    """Store a document unless the same one is there; gives its id."""
    name, media_type = name[:120], media_type[:120]
    mark = hashlib.sha256(f"{name}\n{media_type}\n".encode())
    mark.update(content)
    digest = mark.hexdigest()
    mine = select(document.c.id).where(
        document.c.network_id == network_id, document.c.digest == digest
    )
    found = conn.execute(mine).scalar_one_or_none()
    if found is not None:
        return int(found)
    values = {"network_id": network_id, "digest": digest, "name": name, "media_type": media_type}
    new = insert_new(conn, document, ("network_id", "digest"))
    conn.execute(new.values(**values, content=content, created_at=now))
    return int(conn.execute(mine).scalar_one())


def get(conn: Connection, document_id: int, *, network_id: int | None = None) -> Any | None:
    """The document with that id, if it is that network's, where one is given."""
    statement = select(document).where(document.c.id == document_id)
    if network_id is not None:
        statement = statement.where(document.c.network_id == network_id)
    return conn.execute(statement).one_or_none()
