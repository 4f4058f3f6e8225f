"""A number of somebody on our lists must not reach the public: offices' numbers may."""

import re
from collections.abc import Iterable

from app.domain.errors import Refusal
from app.domain.msisdn import read_number
from app.store import press
from app.store.database import Connection

MOST_NUMBERS = 200
_written = re.compile(r"[+(]?\d[\d\s().–-]{7,22}\d").finditer


def refuse_private_numbers(conn: Connection, network_id: int, words: Iterable[str]) -> None:
    """Raise a Refusal when a person's own number stands in words that are for everybody."""
    found = dict.fromkeys(one[0] for text in words for one in _written(text))
    read = [read_number(one).msisdn for one in list(found)[:MOST_NUMBERS]]
    if press.private_numbers(conn, network_id, [one for one in read if one is not None]):
        raise Refusal(
            "private_number",
            "A number in it is a person's own on our lists. Give the number of the office instead.",
        )
