"""Who has a text already: the readers of earlier broadcasts, by address and by person."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, select

from app.store.outbox import outbox
from app.store.people import DENIED, person, person_address
from app.store.publications import MISSED

HAS_IT = "has_it"
"""The verdict on somebody whom the same words reached before they were stopped."""


def are_readers(address_id: ColumnElement[int], of: Sequence[int]) -> ColumnElement[bool]:
    """Whether these broadcasts reached, or may have reached, that address."""
    return address_id.in_(_reached(of))


def has_it(of: Sequence[int]) -> ColumnElement[bool]:
    """Whether these broadcasts reached a person on any address that they do not deny."""
    on_it = select(person_address.c.person_id).where(
        person_address.c.address_id.in_(_reached(of)), person_address.c.whose != DENIED
    )
    return person.c.id.in_(on_it)


def _reached(broadcast_ids: Sequence[int]) -> Select[tuple[int]]:
    """Addresses that a row went to; an uncertain one counts, as it may have arrived."""
    return select(outbox.c.address_id).where(
        outbox.c.broadcast_id.in_(broadcast_ids), outbox.c.state.not_in(MISSED)
    )
