"""Who is on a phone, as lists name them: the first few, and how many more there are."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.store import chat_groups, talk
from app.store.database import Connection

NAMED = 3
"""So many people of a phone are named in a list."""
Names = Mapping[int, tuple[str, str]]
"""Who is on each phone, in English letters and in the script of the network."""
NOBODY = ("", "")


def names_on(conn: Connection, address_ids: Sequence[int]) -> Names:
    """Who is on these phones; a group of a messenger bears its own name."""
    titles = chat_groups.titles(conn, set(address_ids)) if address_ids else {}
    names = {key: (title, title) for key, title in titles.items()}
    found = talk.holders(conn, address_ids)
    return names | {key: (names_of(on), local_names_of(on)) for key, on in found.items()}


def names_of(holders: Sequence[Any]) -> str:
    """The first people of a phone by name, and how many more: "Gul, Noor, Lal +2"."""
    return _row([one.name for one in holders], ", ")


def local_names_of(holders: Sequence[Any]) -> str:
    """The same in the script of the network: "گل، نور، لال +2"."""
    return _row([one.local_name or one.name for one in holders], "، ")


def _row(names: Sequence[str], comma: str) -> str:
    named = comma.join(names[:NAMED])
    more = len(names) - NAMED
    return f"{named} +{more}" if more > 0 else named
