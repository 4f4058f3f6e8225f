"""Who came to a meeting, as numbers: each LSO with its women and men, and no names."""

from collections.abc import Sequence

from app.domain.minutes import Attendee, Presence
from app.domain.sheets import GroupCount

NO_LSO = ""


def counts_by_lso(members: Sequence[Attendee]) -> tuple[GroupCount, ...]:
    """Who came from each LSO by sex; those of none stand last."""
    units = sorted({one.unit_name for one in members}, key=lambda name: (name == NO_LSO, name))
    return tuple(
        GroupCount(
            name or "-",
            women=_number(members, name, Presence.PRESENT, women=True),
            men=_number(members, name, Presence.PRESENT, women=False),
            excused=_number(members, name, Presence.EXCUSED),
            absent=_number(members, name, Presence.ABSENT),
        )
        for name in units
    )


def _number(
    members: Sequence[Attendee], unit: str, presence: Presence, *, women: bool | None = None
) -> int:
    return sum(
        one.unit_name == unit
        and one.presence is presence
        and (women is None or (one.sex == "f") is women)
        for one in members
    )
