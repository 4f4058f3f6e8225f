"""Who owns a report: the first office of the cabinet that somebody holds."""

from dataclasses import dataclass
from types import SimpleNamespace

from app.domain.institution import EXECUTIVE
from app.domain.tickets import OWNERS
from app.store import follow_up
from app.store.database import Connection


@dataclass(frozen=True, slots=True)
class Owner:
    """An office, in a body of the network or in a unit."""

    body: str
    post: str
    unit_id: int | None = None


def first_owner(conn: Connection, network_id: int) -> Owner:
    """The Vice President; where nobody holds that, the General Secretary, then the President."""
    owners = [Owner(EXECUTIVE, post) for post in OWNERS]
    held = (one for one in owners if holders_of(conn, network_id, one))
    return next(held, Owner(EXECUTIVE, "General Secretary"))


def holders_of(conn: Connection, network_id: int, owner: Owner) -> list[int]:
    """Who holds that office now: their ids as people."""
    asked = SimpleNamespace(
        owner_body=owner.body, owner_post=owner.post, owner_unit_id=owner.unit_id
    )
    return [row.person_id for row in follow_up.holders(conn, network_id, asked)]
