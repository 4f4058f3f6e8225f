"""What callers of the API tell us: nothing that a database cannot hold gets past this door."""

import re
from typing import Annotated, Any

from fastapi import Path
from pydantic import BaseModel, Field, model_validator

from app.domain.storable import LARGEST_ID

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL, which PostgreSQL refuses, and halves of a letter, which have no UTF-8."""

Id = Annotated[int, Path(ge=1, le=LARGEST_ID)]
SomeId = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Version = Annotated[int, Field(ge=0, le=2**31)]
Slug = Annotated[str, Field(max_length=40)]
"""The short name of a network; empty for the officer's own."""


class Told(BaseModel):
    """The root of every body and query."""

    @model_validator(mode="before")
    @classmethod
    def _can_be_stored(cls, told: Any) -> Any:
        """Look at every text; without recursion, because the depth is theirs to choose."""
        waiting = [told]
        while waiting:
            value = waiting.pop()
            if isinstance(value, str) and UNSTORABLE.search(value):
                raise ValueError("a letter in it is none that can be stored")
            if isinstance(value, dict):
                waiting += [*value.keys(), *value.values()]
            elif isinstance(value, list):
                waiting += value
        return told


class NetworkIn(Told):
    """Nothing more than whose it is."""

    network: Slug = ""
