"""Who asks by text, as the tables need to know it: the network, the languages, zone and moment."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Asker:
    """One asker's network and languages, the first to try first.

    `status` says a status (of a decision, a report) in the first language.
    """

    network_id: int
    languages: tuple[str, ...]
    status: Callable[[str], str]
    zone: ZoneInfo
    now: datetime

    def words(self, told: Mapping[str, str]) -> str:
        """The first of these words that the asker may read, "" when there are none."""
        return next((told[tag] for tag in self.languages if told.get(tag)), "")
