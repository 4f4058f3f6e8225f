"""Take judged rows over: what they make and change in the directory, each with its entry."""

from collections.abc import Iterable, Sequence
from typing import Any

from app.domain.institution import rank_of
from app.services._directory import Known
from app.services._import_ledger import Ledger
from app.services._rulings import Act, Ruling
from app.services._take_groups import Groups
from app.services._take_phones import Phones
from app.store import people, units


class Taker:
    """Takes one chunk of rulings over."""

    def __init__(self, to: Ledger) -> None:
        self._to = to
        self._units: dict[int, int] = {}

    def take(self, rulings: Sequence[Ruling]) -> None:
        """Store what the rulings bring in; afterwards their people have ids."""
        acts = [act for ruling in rulings for act in ruling.acts]
        old = [act for act in acts if not act.is_new and act.known.id]
        self._make_units()
        self._make_people([act for act in acts if act.is_new])
        self._make_seats(acts)
        self._change(old)
        Phones(self._to).take(acts)
        Groups(self._to).take(acts)
        for ruling in rulings:
            if ruling.acts:
                ruling.person_id = ruling.acts[0].known.id

    def _unit(self, unit_id: int) -> int | None:
        """The id of a unit as the directory stores it."""
        return self._units.get(unit_id, unit_id) or None

    def _make_units(self) -> None:
        made = self._to.directory.units.made
        ids = self._to.ids("unit", len(made))
        self._units = {one.id: unit_id for one, unit_id in zip(made, ids, strict=True)}
        rows = [
            units.keyed(
                {
                    "id": self._units[one.id],
                    "network_id": self._to.taking.network_id,
                    "parent_id": self._unit(one.parent.id) if one.parent else None,
                    "kind": one.kind,
                    "name": one.name,
                    "local_name": "",
                }
            )
            for one in made
        ]
        self._to.make("unit", rows)
        self._to.directory.units.stored(self._units)

    def _make_people(self, new: Sequence[Act]) -> None:
        ids = self._to.ids("person", len(new))
        for act, person_id in zip(new, ids, strict=True):
            act.known.id = person_id
            self._to.directory.lines[person_id] = act.known.line
        self._to.make("person", [self._person(act.known) for act in new])

    def _person(self, known: Known) -> dict[str, Any]:
        values = {
            "id": known.id,
            "network_id": self._to.taking.network_id,
            "unit_id": self._unit(known.unit_id),
            "name": known.name,
            "local_name": known.local_name,
            "sex": known.sex,
            "language": known.language,
            "reads": known.reads,
            "phone_kind": known.phone_kind,
            "notes": known.notes,
            "rank": _rank(known),
            "import_id": self._to.taking.batch_id,
        }
        if known.local_name or len(known.keys) != 1:
            return people.keyed(values)
        return {**values, "name_key": next(iter(known.keys)), "local_key": ""}

    def _make_seats(self, acts: Sequence[Act]) -> None:
        seats = [(act, seat) for act in acts for seat in act.seats]
        rows = []
        for (act, seat), seat_id in zip(seats, self._to.ids("seat", len(seats)), strict=True):
            seat.id = seat_id
            rows.append(
                {
                    "id": seat_id,
                    "network_id": self._to.taking.network_id,
                    "person_id": act.known.id,
                    "unit_id": self._unit(seat.unit_id),
                    "body": seat.body,
                    "post": seat.post,
                    "local_post": "",
                    "starts_on": act.wanted.starts_on,
                    "ends_on": act.wanted.ends_on,
                }
            )
        self._to.make("seat", rows)

    def _change(self, acts: Iterable[Act]) -> None:
        """Columns of people, posts of seats, and the rank that follows from them."""
        for act in acts:
            values = dict(act.fields)
            if act.unit_changes and act.unit is not None:
                values["unit_id"] = self._unit(act.unit.id)
            if "local_name" in values:
                values = people.keyed(values)
            for seat, post in act.posts:
                if seat.id:
                    self._to.change("seat", (seat.id,), {"post": post})
            if act.seats or act.posts:
                values["rank"] = _rank(act.known)
            if values:
                self._to.change("person", (act.known.id,), values)


def _rank(known: Known) -> int:
    return min((rank_of(seat.body) for seat in known.seats), default=rank_of(""))
