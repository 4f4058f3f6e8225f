"""Speakers: who is on a phone, and which of several people on it is texting."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from app.store.addresses import address
from app.store.inbound import inbound
from app.store.people import DENIED, person, person_address
from bots.ask import Fellow
from bots.speaker import PERSONAL


@dataclass(frozen=True, slots=True)
class Household:
    """The people on one phone by id, and the first language that one of them has."""

    people: tuple[Fellow, ...]
    language: str


_on_phones = (
    select(
        person_address.c.address_id,
        person.c.id,
        person.c.name,
        person.c.local_name,
        person.c.language,
        person_address.c.is_private,
    )
    .join(person, person.c.id == person_address.c.person_id)
    .where(
        person_address.c.address_id.in_(bindparam("address_ids", expanding=True)),
        person_address.c.whose != DENIED,
    )
    .order_by(person.c.id)
)


def on_phones(conn: Connection, address_ids: Iterable[int]) -> Mapping[int, Household]:
    """Those of these addresses that people have, with the people."""
    found: dict[int, list[Fellow]] = {}
    languages: dict[int, str] = {}
    wanted = {"address_ids": list(address_ids)}
    for row in conn.execute(_on_phones, wanted):
        fellow = Fellow(row.id, row.name, row.local_name, is_private=row.is_private)
        found.setdefault(row.address_id, []).append(fellow)
        languages[row.address_id] = languages.get(row.address_id) or row.language
    return {key: Household(tuple(people), languages[key]) for key, people in found.items()}


def note_asked(conn: Connection, address_id: int, at: datetime) -> None:
    """Remember that it was asked who texts from this phone."""
    conn.execute(update(address).where(address.c.id == address_id).values(asked_at=at))


def note_speaker(
    conn: Connection, address_id: int, person_id: int, *, asked_at: datetime | None
) -> None:
    """Remember who texts from this phone; the question, open since `asked_at`, is answered.

    What was said since the question came up was said by this person.
    """
    values = {"speaker_id": person_id, "asked_at": None}
    conn.execute(update(address).where(address.c.id == address_id).values(**values))
    if asked_at is not None:
        conn.execute(
            update(inbound)
            .where(
                inbound.c.address_id == address_id,
                inbound.c.received_at >= asked_at,
                inbound.c.speaker_id.is_(None),
                inbound.c.intent.in_(PERSONAL),
            )
            .values(speaker_id=person_id)
        )


def deny(conn: Connection, address_ids: Iterable[int]) -> None:
    """Let nobody count as reached at these addresses until somebody has looked at the links."""
    ids = list(address_ids)
    conn.execute(
        update(person_address)
        .where(person_address.c.address_id.in_(ids))
        .values(whose=DENIED, is_private=False)
    )
    conn.execute(
        update(address).where(address.c.id.in_(ids)).values(speaker_id=None, asked_at=None)
    )
