"""Which people an audience names: its terms as one condition over the table of people."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, not_, or_, select, true

from app.domain.audience_terms import Audience, Term
from app.domain.audience_words import ANY_BODY, ANY_KIND, OWN_POSTS
from app.domain.institution import CABINET, OUTSIDE_BODY
from app.store.addresses import address
from app.store.groups import membership, people_group
from app.store.inbound import inbound
from app.store.people import person, person_address
from app.store.seats import seat
from app.store.units import unit


def months_before(now: datetime, months: int) -> datetime:
    """The same day so many months earlier, or the last day of that month."""
    month = now.year * 12 + now.month - 1 - months
    for day in range(now.day, 27, -1):
        try:
            return now.replace(year=month // 12, month=month % 12 + 1, day=day)
        except ValueError:
            continue
    return now.replace(year=month // 12, month=month % 12 + 1, day=min(now.day, 28))


@dataclass(frozen=True, slots=True)
class Whom:
    """An audience of a network as it stands at a moment; `today` is the network's own day."""

    network_id: int
    audience: Audience
    now: datetime
    today: date
    _trees: dict[int, Any] = field(default_factory=dict, compare=False)

    def belongs(self) -> ColumnElement[bool]:
        """Whether a person is one of them; never NULL, so that its opposite is right too."""
        return self._folded(self.audience)

    def _folded(self, audience: Audience) -> ColumnElement[bool]:
        whole: ColumnElement[bool] = false()
        for term in audience:
            these = self._holds(term)
            whole = and_(whole, not_(these)) if term.is_less else or_(whole, these)
        return whole

    def _holds(self, term: Term) -> ColumnElement[bool]:
        conditions = [true(), *self._placed(term), *self._known_of(term)]
        if term.sex:
            conditions.append(person.c.sex == term.sex)
        if term.language:
            conditions.append(self._speaks(term.language))
        if term.msisdn:
            conditions.append(person.c.id.in_(_holders(address.c.msisdn == term.msisdn, self)))
        if term.quiet_months:
            conditions.append(person.c.id.not_in(self._heard(term.quiet_months)))
        if term.within:
            conditions.append(self._folded(term.within))
        return and_(*conditions)

    def _placed(self, term: Term) -> list[ColumnElement[bool]]:
        if term.is_of_seats:
            return [person.c.id.in_(self._seated(term))]
        return [] if term.unit_id is None else [self._lives_or_serves(term.unit_id)]

    def _below(self, unit_id: int) -> Any:
        """The ids of a unit and of all that is under it; one tree, however often it is asked."""
        if unit_id not in self._trees:
            top = select(unit.c.id).where(
                unit.c.id == unit_id, unit.c.network_id == self.network_id
            )
            tree = top.cte(f"below_{unit_id}", recursive=True)
            under = select(unit.c.id).join(tree, unit.c.parent_id == tree.c.id)
            self._trees[unit_id] = tree.union_all(under)
        return select(self._trees[unit_id].c.id)

    def _seated(self, term: Term) -> Select[Any]:
        """Who holds such a seat now; one without a unit is where its holder lives."""
        wanted = [seat.c.network_id == self.network_id, seat.c.left_on.is_(None)]
        statement = select(seat.c.person_id)
        if term.body == ANY_BODY or (not term.body and not term.outside and _is_own(term.post)):
            wanted.append(seat.c.body != OUTSIDE_BODY)
        elif term.body:
            wanted.append(seat.c.body == term.body)
        if term.post:
            wanted.append(func.lower(seat.c.post) == term.post.lower())
        if term.is_cabinet:
            wanted.append(seat.c.post.in_(CABINET))
        if term.outside:
            wanted.append(seat.c.body == OUTSIDE_BODY)
        if term.outside and term.outside != ANY_KIND:
            kinds = select(unit.c.id).where(
                unit.c.network_id == self.network_id, unit.c.kind == term.outside
            )
            wanted.append(seat.c.unit_id.in_(kinds))
        if term.unit_id is not None:
            holder = person.alias("holder")
            statement = statement.join(holder, holder.c.id == seat.c.person_id)
            place = func.coalesce(seat.c.unit_id, holder.c.unit_id)
            wanted.append(place.in_(self._below(term.unit_id)))
        return statement.where(*wanted).correlate(None)

    def _lives_or_serves(self, unit_id: int) -> ColumnElement[bool]:
        """Everybody of a unit: who belongs to it or below, and who holds a seat there."""
        serving = select(seat.c.person_id).where(
            seat.c.left_on.is_(None), seat.c.unit_id.in_(self._below(unit_id))
        )
        lives = and_(person.c.unit_id.is_not(None), person.c.unit_id.in_(self._below(unit_id)))
        return or_(lives, person.c.id.in_(serving))

    def _speaks(self, tag: str) -> ColumnElement[bool]:
        """Whose texts are in that language: what a phone asked for comes before the person's."""
        said = _holders(address.c.language == tag, self)
        other = _holders(address.c.language.not_in(("", tag)), self)
        return or_(person.c.id.in_(said), and_(person.c.language == tag, person.c.id.not_in(other)))

    def _heard(self, months: int) -> Select[Any]:
        """Everybody on a phone that wrote to us in these months."""
        since = months_before(self.now, months)
        wrote = select(inbound.c.address_id).where(
            inbound.c.network_id == self.network_id,
            inbound.c.received_at >= since,
            inbound.c.address_id.is_not(None),
        )
        return select(person_address.c.person_id).where(person_address.c.address_id.in_(wrote))

    def _known_of(self, term: Term) -> list[ColumnElement[bool]]:
        """What a group that has not ended knows of them; each may be known to another group."""
        wanted: list[ColumnElement[bool]] = []
        if term.group_id is not None:
            wanted.append(people_group.c.id == term.group_id)
        if term.skill:
            wanted.append(func.lower(membership.c.skill) == term.skill.lower())
        if term.blood:
            wanted.append(membership.c.blood_group == term.blood)
        return [person.c.id.in_(self._members(one)) for one in wanted]

    def _members(self, condition: ColumnElement[bool]) -> Select[Any]:
        return (
            select(membership.c.person_id)
            .join(people_group, people_group.c.id == membership.c.group_id)
            .where(
                people_group.c.network_id == self.network_id,
                or_(people_group.c.ends_on.is_(None), people_group.c.ends_on >= self.today),
                condition,
            )
            .correlate(None)
        )


def _is_own(post: str) -> bool:
    return post in OWN_POSTS


def _holders(condition: ColumnElement[bool], whom: Whom) -> Select[Any]:
    """The people on addresses of which that is so."""
    return (
        select(person_address.c.person_id)
        .join(address, address.c.id == person_address.c.address_id)
        .where(address.c.network_id == whom.network_id, condition)
        .correlate(None)
    )
