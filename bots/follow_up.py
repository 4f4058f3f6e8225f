"""What an answer leaves behind it: a question, the rest of a list, a document."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Question:
    """A question put to one phone; it stands until it is answered or `until` has come.

    `kind` is `report` (what is the problem?), `place` (which village?), `meeting` (will you
    come?), or what a later keyword needs; `about` is the id of what is asked about.
    """

    kind: str
    until: datetime
    about: int = 0
    note: str = ""
    """What was said before the question and counts with the answer."""


@dataclass(frozen=True, slots=True)
class More:
    """Where a list goes on: the ask that it answers, and how many lines were told already.

    A reply says how many were told before it, and in `codes` what its own lines begin with; what
    of them stands in the text, once it is cut to fit, is added to `told`, and the last is `last`.
    """

    intent: str
    argument: str
    topic: str
    told: int
    last: str = ""
    codes: tuple[str, ...] = ()
    goes_on: bool = True
    """Whether there are lines behind those with `codes`."""


@dataclass(frozen=True, slots=True)
class Paper:
    """Published minutes as a document."""

    meeting_no: int
