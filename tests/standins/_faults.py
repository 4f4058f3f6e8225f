"""What the stand-in was told to do wrong, and when."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Faults:
    """Words such as `429`, `429/7`, `400:21211`, `503`, `drop_before`, `drop_after`, `hang`.

    `next` are used up one a request, `every` strikes each n-th send, `numbers` strikes one
    recipient, `always` strikes all; `next_list` and `always_list` are for GET.
    """

    next: list[str] = field(default_factory=list)
    next_list: list[str] = field(default_factory=list)
    every: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    always: str = ""
    always_list: str = ""
    sends: int = 0
    lists: int = 0

    def obey(self, told: dict[str, Any]) -> None:
        """Take new orders; what is not named stays as it was."""
        self.next += told.get("next", [])
        self.next_list += told.get("next_list", [])
        self.every = told.get("every", self.every)
        self.numbers = told.get("numbers", self.numbers)
        self.always = told.get("always", self.always) or ""
        self.always_list = told.get("always_list", self.always_list) or ""

    def of_send(self, to: str) -> str:
        """The fault of this send; an empty word when all goes well."""
        self.sends += 1
        if self.next:
            return self.next.pop(0)
        due = [word for turn, word in self.every.items() if self.sends % int(turn) == 0]
        return self.numbers.get(to) or (due[0] if due else self.always)

    def of_list(self) -> str:
        """The fault of this listing."""
        self.lists += 1
        return self.next_list.pop(0) if self.next_list else self.always_list
