"""List contacts: people with where they are reached, numbers masked."""

from typing import Any

from app.domain.msisdn import mask
from app.store import people
from app.store.database import Database


async def list_contacts(database: Database) -> list[dict[str, Any]]:
    """Every person once per address, by id; no number is shown whole."""
    rows = await database.read(people.listing)
    return [
        {
            "id": row.id,
            "name": row.name,
            "sex": row.sex,
            "language": row.language,
            "msisdn": mask(row.msisdn) if row.msisdn else None,
            "reach": row.reach or "",
            "standing": row.standing or "no phone",
        }
        for row in rows
    ]
