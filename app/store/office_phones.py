"""Phones of an office: they stay with the post when its holder changes."""

from sqlalchemy import Connection, delete, select, update

from app.store.addresses import address
from app.store.bulk import insert_into
from app.store.people import person_address

OFFICE = "office"


def hand_on(conn: Connection, giver_id: int, taker_id: int) -> list[int]:
    """Link the office addresses of one person to another instead; gives the addresses."""
    mine = (person_address.c.person_id == giver_id, person_address.c.whose == OFFICE)
    rows = conn.execute(
        select(person_address.c.address_id, person_address.c.is_private)
        .where(*mine)
        .order_by(person_address.c.address_id)
    ).all()
    if not rows:
        return []
    moved = [row.address_id for row in rows]
    conn.execute(delete(person_address).where(*mine))
    links = [
        {
            "person_id": taker_id,
            "address_id": row.address_id,
            "whose": OFFICE,
            "is_private": row.is_private,
        }
        for row in rows
    ]
    statement = insert_into(conn.dialect.name, person_address)
    conn.execute(
        statement.on_conflict_do_update(
            index_elements=["person_id", "address_id"], set_={"whose": OFFICE}
        ),
        links,
    )
    conn.execute(
        update(address)
        .where(address.c.id.in_(moved), address.c.speaker_id == giver_id)
        .values(speaker_id=None)
    )
    return moved
