"""What an audience is made of: its terms, and the names of a network that its words may use."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.domain.errors import Refusal
from app.domain.institution import TIERS


@dataclass(frozen=True, slots=True)
class Term:
    """One group of people: everything that is set must hold of the same person.

    `body`, `post`, `is_cabinet` and `outside` must hold of one and the same seat that is held
    now, and then `unit_id` (a unit and all below) is where that seat is.
    """

    body: str = ""
    """A body's code, a tier for the officers of its units, or `*` for any seat of our own."""
    post: str = ""
    sex: str = ""
    unit_id: int | None = None
    msisdn: str = ""
    is_cabinet: bool = False
    """Only the six offices."""
    outside: str = ""
    """A kind of body outside the network, or `*` for any."""
    language: str = ""
    skill: str = ""
    group_id: int | None = None
    blood: str = ""
    quiet_months: int = 0
    """So many months without an answer from any of their phones."""
    within: "Audience" = ()
    """A saved audience that they must belong to as well."""
    is_less: bool = False
    """These people are taken away from those named before."""

    @property
    def is_of_seats(self) -> bool:
        """Whether it asks for a seat."""
        return bool(self.body or self.post or self.is_cabinet or self.outside)


Audience = tuple[Term, ...]
"""Read from left to right: each term adds its people, or takes them away; never empty."""


def every_term(audience: Audience) -> Iterator[Term]:
    """Its terms, and those of the saved audiences in them."""
    for term in audience:
        yield term
        yield from every_term(term.within)


@dataclass(frozen=True, slots=True)
class Place:
    """A unit that bears a name."""

    unit_id: int
    kind: str
    name: str
    above: tuple[int, ...] = ()
    """The units over it, nearest first."""
    way: str = ""
    """Words that name just this unit."""

    @property
    def said(self) -> str:
        """Its name with its tier."""
        is_told = not self.kind or self.name.casefold().startswith(self.kind.casefold())
        return self.name if is_told or self.kind not in TIERS else f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class GroupName:
    """A group by its name; one about health is for few."""

    group_id: int
    name: str
    is_health: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """The names of one network that the words of an audience use, each by its `name_key`."""

    units: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    groups: Mapping[str, GroupName] = field(default_factory=dict)
    saved: Mapping[str, Audience] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)
    """Codes of bodies by code and by name."""
    posts: Mapping[str, str] = field(default_factory=dict)
    skills: Mapping[str, str] = field(default_factory=dict)
    sees_health: bool = False
    """Whether the officer may know of blood groups and who the donors are."""


def health_is_for_few() -> Refusal:
    """The Refusal for whoever may not know of blood groups and donors."""
    return Refusal(
        "not_allowed",
        "Blood groups and donors are for the President, the General Secretary and the keeper.",
    )
