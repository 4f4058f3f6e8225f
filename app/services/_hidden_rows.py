"""The row of a text that few may read: it keeps nothing that tells who wrote what.

The words stand in the report alone. What is left says that the gateway's id was heard, so that a
repeat is one, and counts.
"""

from collections.abc import Mapping
from typing import Any

from app.store.inbound import HIDDEN


def hidden(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row of the inbox without sender, words and payload.

    One that speaks of danger still waits for a person: lists say that much, and no more.
    """
    is_danger = bool(row["is_danger"])
    return {**row, **HIDDEN, "is_danger": is_danger, "needs_person": is_danger}
