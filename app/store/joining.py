"""Requests to join by text: a stranger's name, which the General Secretary says yes or no to."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from app.store.schema import Row, link, maybe_link, new_id, table_of


class JoinRequest(Row, table=True):
    """One request; an address has at most one that waits."""

    __tablename__ = "join_request"
    __table_args__ = (Index("ix_join_request_state", "network_id", "state", "id"),)

    id: int = new_id()
    network_id: int = link("network.id")
    address_id: int = link("address.id", index=True)
    inbound_id: int | None = maybe_link("inbound.id")
    name: str = Field(max_length=200)
    state: str = Field(default="waiting", max_length=10)
    """`waiting`, `approved` or `refused`."""
    person_id: int | None = maybe_link("person.id")
    """Whom an approval made or found."""
    asked_at: datetime
    decided_by: str = Field(default="", max_length=80)
    decided_at: datetime | None = None


join_request = table_of(JoinRequest)
