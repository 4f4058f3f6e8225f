"""Save audiences: words under a name of their own, listed, renamed and taken away."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.errors import Refusal
from app.services._deed import Deed
from app.services._naming import good_name
from app.store import audience_names, groups, networks
from app.store.database import Connection, Database


@dataclass(frozen=True, slots=True)
class Saved:
    """An audience that bears a name."""

    id: int
    name: str
    words: str
    saved_by: str
    saved_at: datetime


async def save_audience(
    database: Database, name: str, words: str, deed: Deed, *, sees_health: bool = False
) -> int:
    """Keep these words under a name, in place of what that name meant; gives its id.

    Raises Refusal for words that mean nobody, for one that would name itself, and for a name that
    a unit, a group or a word of ours has already.
    """
    return await database.write(_save, name, words, deed, sees_health)


async def rename_audience(database: Database, audience_id: int, name: str, deed: Deed) -> None:
    """Give a saved audience another name."""
    await database.write(_rename, audience_id, name, deed)


async def remove_audience(database: Database, audience_id: int, deed: Deed) -> None:
    """Take a saved audience away; nobody's seat or group changes by it."""
    await database.write(_remove, audience_id, deed)


async def list_audiences(database: Database, network_slug: str) -> tuple[Saved, ...]:
    """The saved audiences of a network, by name."""
    return await database.read(_list, network_slug)


def _save(conn: Connection, name: str, words: str, deed: Deed, sees_health: bool) -> int:
    network = deed.begin(conn)
    tidy = good_name(conn, network.id, name, is_own="audience", own=name)
    values = {"network_id": network.id, "name": tidy, "words": words.strip()}
    about = {"saved_by": deed.by[:80], "saved_at": deed.now}
    audience_names.resolved(conn, network.id, words, sees_health=sees_health)
    audience_id = groups.save_audience(conn, {**values, **about})
    # Read once more: words that name the audience itself would never come to an end.
    audience_names.resolved(conn, network.id, tidy, sees_health=sees_health)
    deed.note(conn, network.id, "audience saved", tidy, {"words": words.strip()})
    return audience_id


def _rename(conn: Connection, audience_id: int, name: str, deed: Deed) -> None:
    network = deed.begin(conn)
    row = _found(conn, network.id, audience_id)
    tidy = good_name(conn, network.id, name, is_own="audience", own=row.name)
    groups.rename_saved(conn, audience_id, tidy)
    deed.note(conn, network.id, "audience renamed", tidy, {"before": row.name})


def _remove(conn: Connection, audience_id: int, deed: Deed) -> None:
    network = deed.begin(conn)
    row = _found(conn, network.id, audience_id)
    groups.drop_saved(conn, audience_id)
    deed.note(conn, network.id, "audience removed", row.name, {"words": row.words})


def _found(conn: Connection, network_id: int, audience_id: int) -> groups.SavedAudience:
    row: groups.SavedAudience | None = groups.get_saved(conn, network_id, audience_id)
    if row is None:
        raise Refusal("not_found", "There is no saved audience {id}.", id=audience_id)
    return row


def _list(conn: Connection, network_slug: str) -> tuple[Saved, ...]:
    network = networks.named(conn, network_slug)
    return tuple(
        Saved(row.id, row.name, row.words, row.saved_by, row.saved_at)
        for row in groups.saved(conn, network.id)
    )
