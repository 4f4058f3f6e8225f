"""The institution: its four tiers, the bodies and offices in them, and those outside it."""

from collections.abc import Mapping

TIERS = ("LSON", "LSO", "VO", "CO")
"""From the network down to the neighbourhood."""
OUTSIDE = ("department", "elected", "media", "donor", "RSP", "clinic", "other")
"""Kinds of bodies outside the network that it writes to."""
KINDS = TIERS + OUTSIDE
MEMBERS = ("women", "men", "mixed")
STATUSES = ("candidate", "member", "lapsed")
"""How a unit stands: before its maturity, joined, or fallen asleep."""

GENERAL_BODY, EXECUTIVE = "GB", "EC"
OUTSIDE_BODY = "OUT"
"""The body of everybody who holds a post outside the network."""
CABINET = (
    "President",
    "Vice President",
    "General Secretary",
    "Joint Secretary",
    "Finance Secretary",
    "Press Secretary",
)
"""The six offices that the Executive Committee fills from its own members."""
MEMBER = "Member"
OFFICERS: Mapping[str, tuple[str, ...]] = {
    "LSON": (),
    "LSO": ("President", "General Secretary", "Finance Secretary"),
    "VO": ("President", "Manager"),
    "CO": ("President", "Manager"),
}
"""The offices that every unit of a tier has; the body of its officers is called like the tier."""
BODY_RANK: Mapping[str, int] = {"EC": 0, "GB": 1, "LSON": 1, "LSO": 2, "VO": 3, "CO": 4}
WITHOUT_SEAT = 9
"""The rank of people without a seat; leaders are texted first and have a smaller one."""
BLOOD_GROUPS = ("O-", "O+", "A-", "A+", "B-", "B+", "AB-", "AB+")
GROUP_KINDS = ("donors", "resource", "interest", "campaign", "other")
"""Blood donors, community resource persons, common interest groups, lists of a campaign."""


def approves(body: str) -> bool:
    """Whether a body decides for itself; a committee only recommends."""
    return body in (EXECUTIVE, GENERAL_BODY) or body in TIERS


def parent_kinds(kind: str) -> tuple[str, ...]:
    """The kinds of units that one of this kind may stand under; none for one that stands alone."""
    if kind not in TIERS or kind == TIERS[0]:
        return ()
    return TIERS[: TIERS.index(kind)]


def rank_of(body: str) -> int:
    """How early the holder of a seat in this body is texted; committees come after officers."""
    return BODY_RANK.get(body, WITHOUT_SEAT - 1 if body else WITHOUT_SEAT)
