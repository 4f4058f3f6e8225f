"""Take over the numbers of a list: addresses, whose they are, and how their people agreed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.domain.msisdn import Number
from app.services._import_ledger import Ledger
from app.services._rulings import Act
from app.store import import_changes, known_people


class Phones:
    """The numbers and handles of one chunk of a list."""

    def __init__(self, to: Ledger) -> None:
        self._to = to
        self._addresses: dict[str, Any] = {}
        self._new_addresses: list[dict[str, Any]] = []

    def take(self, acts: Sequence[Act]) -> None:
        """Store addresses, links and consents; the people bear their ids already."""
        self._make_addresses(acts)
        self._make_links(acts)
        self._change_sharers(acts)
        self._give_bases(acts)

    def _make_addresses(self, acts: Iterable[Act]) -> None:
        """Find or make the addresses of all numbers and handles of these rows."""
        ways = dict.fromkeys(phone.msisdn for act in acts for phone in act.phones)
        numbers = {
            number.msisdn: number for act in acts for number in act.wanted.numbers if number.msisdn
        }
        all_ways = ways.keys() | numbers.keys()
        self._addresses = import_changes.addresses_of(
            self._to.conn, self._to.taking.network_id, all_ways
        )
        missing = [way for way in ways if way not in self._addresses]
        agreed = self._agreed(acts)
        ids = self._to.ids("address", len(missing))
        rows = [
            self._address(address_id, way, numbers.get(way), is_active=way in agreed)
            for address_id, way in zip(ids, missing, strict=True)
        ]
        self._new_addresses = import_changes.make_addresses(
            self._to.conn, self._to.taking.batch_id, rows
        )
        if rows:
            found = import_changes.addresses_of(
                self._to.conn, self._to.taking.network_id, set(missing)
            )
            self._addresses.update(found)

    def _agreed(self, acts: Iterable[Act]) -> set[str]:
        """The numbers for which a row, or the list, says how their people agreed."""
        return {
            number.msisdn
            for act in acts
            for number in act.wanted.numbers
            if number.msisdn and (act.wanted.basis or self._to.taking.basis)
        }

    def _address(
        self, address_id: int, way: str, number: Number | None, *, is_active: bool
    ) -> dict[str, Any]:
        kind, _, handle = way.partition(":")
        return {
            "id": address_id,
            "network_id": self._to.taking.network_id,
            "kind": "msisdn" if number else kind,
            "msisdn": way if number else None,
            "handle": None if number else handle,
            "reach": number.reach if number else kind,
            "standing": "active" if is_active and number else "unknown",
            "created_at": self._to.taking.now,
        }

    def _make_links(self, acts: Iterable[Act]) -> None:
        rows: dict[tuple[int, int], dict[str, Any]] = {}
        for act in acts:
            for phone in act.phones:
                phone.address_id = self._addresses[phone.msisdn].id
                key = (act.known.id, phone.address_id)
                rows[key] = {
                    "person_id": key[0],
                    "address_id": key[1],
                    "whose": phone.whose,
                    "is_private": phone.is_private,
                }
        self._to.make("person_address", list(rows.values()))

    def _change_sharers(self, acts: Iterable[Act]) -> None:
        made = {id(phone) for act in acts for phone in act.phones}
        for act in acts:
            for known, phone in act.sharers:
                if id(phone) not in made and phone.address_id:
                    values = {"whose": "family", "is_private": False}
                    self._to.change("person_address", (known.id, phone.address_id), values)

    def _give_bases(self, acts: Iterable[Act]) -> None:
        """Write down how numbers agreed that have no record yet; a standing never changes."""
        bases: dict[int, str] = {}
        for act in acts:
            basis = act.wanted.basis or self._to.taking.basis
            for number in act.wanted.numbers if basis else ():
                row = self._addresses.get(number.msisdn or "")
                if row is not None:
                    bases.setdefault(row.id, basis)
        new = {row["id"] for row in self._new_addresses if row["standing"] == "active"}
        unknown = {
            row.id
            for row in self._addresses.values()
            if row.standing == "unknown" and row.id in bases and row.id not in new
        }
        unknown -= known_people.with_consent(self._to.conn, unknown)
        for address_id in sorted(unknown):
            self._to.change("address", (address_id,), {"standing": "active"})
        self._make_consents({one: bases[one] for one in sorted(new | unknown) if one in bases})

    def _make_consents(self, bases: Mapping[int, str]) -> None:
        ids = iter(self._to.ids("consent", 2 * len(bases)))
        rows = [
            {
                "id": next(ids),
                "network_id": self._to.taking.network_id,
                "address_id": address_id,
                "purpose": purpose,
                "is_given": True,
                "source": "import",
                "basis": basis[:200],
                "recorded_by": self._to.taking.by,
                "at": self._to.taking.now,
            }
            for address_id, basis in bases.items()
            for purpose in ("routine", "alert")
        ]
        self._to.make("consent", rows)
