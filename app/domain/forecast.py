"""Who will come to a meeting, as far as answers and habits tell, and whether they are enough."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MOST_MEETINGS = 12
"""So many of the last meetings tell the habit of a person."""
USUAL_PERCENT = 50
"""The share of meetings that somebody comes to of whom no meeting is known."""


class Outlook(StrEnum):
    """Whether enough will be there for the meeting to decide."""

    NO_RULE = "no rule"
    """The meeting has no quorum."""
    SURE = "sure"
    """So many said that they come."""
    POSSIBLE = "possible"
    """If enough of those who said nothing come."""
    OUT_OF_REACH = "out of reach"
    """Too many said that they do not."""


@dataclass(frozen=True, slots=True)
class Word:
    """What one member of the body said: `answer` is "" (nothing yet), `coming` or `not`."""

    answer: str = ""
    is_woman: bool = False
    needs_transport: bool = False
    with_child: bool = False
    stand_in: str = ""
    came: int = 0
    """To how many of the last meetings at which they were marked..."""
    asked: int = 0
    """...of how many."""

    @property
    def chance(self) -> int:
        """In percent, by habit, that they come while they have not said."""
        return 100 * self.came // self.asked if self.asked else USUAL_PERCENT


@dataclass(frozen=True, slots=True)
class Forecast:
    """How many of those who belong said what, with the women among them."""

    coming: int = 0
    women_coming: int = 0
    not_coming: int = 0
    """Also those who send somebody else."""
    women_not_coming: int = 0
    silent: int = 0
    women_silent: int = 0
    transport: int = 0
    """How many of those who come need to be fetched."""
    children: int = 0
    """How many of those who come bring a child."""
    stand_ins: int = 0
    """How many of those who do not come send somebody; guests, who make no quorum."""
    quorum: int = 0
    likely: int = 0
    """Those who come, and as many of the silent as their habits let expect."""
    women_likely: int = 0

    @property
    def has_answers(self) -> bool:
        """Whether anybody said anything yet."""
        return self.coming + self.not_coming > 0

    @property
    def expected(self) -> int:
        """How many belong to the body."""
        return self.coming + self.not_coming + self.silent

    @property
    def wanted(self) -> int:
        """How many of the silent must come besides for a quorum; 0 when there is one."""
        return max(0, self.quorum - self.coming)

    @property
    def outlook(self) -> Outlook:
        """Whether there will be a quorum."""
        if not self.quorum:
            return Outlook.NO_RULE
        if not self.wanted:
            return Outlook.SURE
        return Outlook.POSSIBLE if self.wanted <= self.silent else Outlook.OUT_OF_REACH


def foretell(words: Iterable[Word], quorum: int) -> Forecast:
    """The forecast for what the members of a body said."""
    every = list(words)
    comes = [one for one in every if one.answer == "coming"]
    stays = [one for one in every if one.answer == "not"]
    silent = [one for one in every if not one.answer]
    women = [one for one in silent if one.is_woman]
    return Forecast(
        coming=len(comes),
        women_coming=_women(comes),
        not_coming=len(stays),
        women_not_coming=_women(stays),
        silent=len(silent),
        women_silent=len(women),
        transport=sum(one.needs_transport for one in comes),
        children=sum(one.with_child for one in comes),
        stand_ins=sum(bool(one.stand_in) for one in stays),
        quorum=quorum,
        likely=len(comes) + _habit(silent),
        women_likely=_women(comes) + _habit(women),
    )


def _women(words: Iterable[Word]) -> int:
    return sum(one.is_woman for one in words)


def _habit(silent: Iterable[Word]) -> int:
    """How many of them come by habit, to the nearest whole."""
    return (sum(one.chance for one in silent) + 50) // 100
