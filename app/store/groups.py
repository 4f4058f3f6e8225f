"""Groups: blood donors, resource persons, interest groups, lists of a campaign; and audiences."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from app.store.schema import Row, link, new_id, table_of


class PeopleGroup(Row, table=True):
    """A list of people for one purpose."""

    __tablename__ = "people_group"
    __table_args__ = (UniqueConstraint("network_id", "name_key"),)

    id: int = new_id()
    network_id: int = link("network.id")
    name: str = Field(max_length=80)
    local_name: str = Field(default="", max_length=80)
    name_key: str = Field(max_length=80)
    kind: str = Field(max_length=10)
    """`donors`, `resource`, `interest`, `campaign` or `other`."""
    ends_on: date | None = None
    """The last day of a group that was made for a time; nobody is in it afterwards."""


class Membership(Row, table=True):
    """A person in a group, with what the group knows of them."""

    __table_args__ = (
        UniqueConstraint("group_id", "person_id"),
        Index("ix_membership_person", "person_id"),
    )

    id: int = new_id()
    group_id: int = link("people_group.id")
    person_id: int = link("person.id")
    skill: str = Field(default="", max_length=60)
    """What a resource person can do: tailoring, livestock, birth attendant."""
    place: str = Field(default="", max_length=120)
    blood_group: str = Field(default="", max_length=3)
    """Only with a consent of its own (`HealthConsent`), and shown to few."""
    last_on: date | None = None
    """When a donor last gave blood."""
    joined_on: date | None = None


class HealthConsent(Row, table=True):
    """One record that a person lets the network keep their blood group, or not; append-only."""

    __tablename__ = "health_consent"
    __table_args__ = (Index("ix_health_consent_person", "person_id", "id"),)

    id: int = new_id()
    network_id: int = link("network.id")
    person_id: int = link("person.id")
    is_given: bool
    basis: str = Field(default="", max_length=200)
    recorded_by: str = Field(default="", max_length=80)
    at: datetime


class SavedAudience(Row, table=True):
    """An audience in words that bears a name."""

    __tablename__ = "saved_audience"
    __table_args__ = (UniqueConstraint("network_id", "name_key"),)

    id: int = new_id()
    network_id: int = link("network.id")
    name: str = Field(max_length=80)
    name_key: str = Field(max_length=80)
    words: str = Field(max_length=500)
    saved_by: str = Field(default="", max_length=80)
    saved_at: datetime


people_group = table_of(PeopleGroup)
membership = table_of(Membership)
health_consent = table_of(HealthConsent)
saved_audience = table_of(SavedAudience)
