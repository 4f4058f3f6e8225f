"""What tests of people ask for: people and phones by name, what the journal and tables hold."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, select

from app.store.addresses import address
from app.store.journal import journal
from app.store.people import person
from tests.factories import Office, number

LANGUAGES = ("en", "ur", "ur-Latn", "sd", "ps")


async def rows(office: Office, table: Table, *where: Any) -> Sequence[Any]:
    """All rows of a table for which that is so, oldest first."""
    statement = select(table).where(*where).order_by(*table.primary_key.columns)
    return await office.database.read(lambda conn: conn.execute(statement).all())


async def person_id(office: Office, name: str) -> int:
    """The id of the only person of that name."""
    (one,) = await rows(office, person, person.c.name == name, person.c.network_id == office.id)
    return int(one.id)


async def phone(office: Office, n: int) -> Any:
    """The address row of the n-th demo number."""
    wanted = (address.c.msisdn == number(n), address.c.network_id == office.id)
    (one,) = await rows(office, address, *wanted)
    return one


async def noted(office: Office) -> list[tuple[str, str, str, Mapping[str, Any]]]:
    """Who did what to what, as the journal has it."""
    entries = await rows(office, journal, journal.c.network_id == office.id)
    return [(one.actor, one.action, one.subject, one.detail) for one in entries]
