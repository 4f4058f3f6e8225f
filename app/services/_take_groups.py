"""Take over the groups of a list: groups that are new, memberships, consents to blood groups."""

from collections.abc import Iterable, Sequence
from typing import Any

from app.domain.names import name_key
from app.services._import_ledger import Ledger
from app.services._rulings import Act
from app.store import known_people

DONORS = "donors"
_DONOR_KEYS = {name_key(word) for word in ("Blood donors", "Donors", "خون دینے والے")}
_RESOURCE_KEYS = {name_key(word) for word in ("Community resource persons", "CRPs", "CRP")}


def _groups_of(act: Act) -> tuple[str, ...]:
    """The groups that a row names; a blood group alone makes somebody a donor."""
    group = act.wanted.group
    return group.groups or (("Blood donors",) if act.blood else ())


def _kind_of(key: str) -> str:
    """What kind a new group with this name is."""
    if key in _DONOR_KEYS:
        return DONORS
    return "resource" if key in _RESOURCE_KEYS else "other"


class Groups:
    """The groups of one chunk of a list."""

    def __init__(self, to: Ledger) -> None:
        self._to = to

    def take(self, acts: Sequence[Act]) -> None:
        """Store groups, memberships and health consents; the people bear their ids already."""
        self._make_groups(acts)
        self._make_memberships(acts)

    def _make_groups(self, acts: Iterable[Act]) -> None:
        wanted = {name_key(name)[:80]: name for act in acts for name in _groups_of(act)}
        new = {key: name for key, name in wanted.items() if key not in self._to.directory.groups}
        ids = self._to.ids("people_group", len(new))
        rows = [
            {
                "id": group_id,
                "network_id": self._to.taking.network_id,
                "name": name,
                "name_key": key,
                "kind": _kind_of(key),
            }
            for group_id, (key, name) in zip(ids, new.items(), strict=True)
        ]
        self._to.make("people_group", rows)
        self._to.directory.groups.update({row["name_key"]: row["id"] for row in rows})

    def _make_memberships(self, acts: Sequence[Act]) -> None:
        wanted = [(act, name) for act in acts for name in _groups_of(act)]
        if not wanted:
            return
        ids = {act.known.id for act, _ in wanted}
        has = {
            (one.group_id, one.person_id): one
            for one in known_people.memberships_of(self._to.conn, ids)
        }
        agreed = known_people.with_health_consent(self._to.conn, ids)
        agreed |= self._make_health_consents([act for act in acts if act.blood])
        rows: dict[tuple[int, int], dict[str, Any]] = {}
        for act, name in wanted:
            key = (self._to.directory.groups[name_key(name)[:80]], act.known.id)
            blood = act.wanted.group.blood if act.known.id in agreed else ""
            values = {
                "skill": act.wanted.group.skill,
                "place": act.wanted.group.place,
                "blood_group": blood,
                "last_on": act.wanted.group.last_on,
            }
            filled = {column: value for column, value in values.items() if value}
            if key in has:
                if filled:
                    self._to.change("membership", (has[key].id,), filled)
            else:
                rows[key] = {
                    "group_id": key[0],
                    "person_id": key[1],
                    "joined_on": self._to.taking.today,
                    **values,
                }
        for row, row_id in zip(rows.values(), self._to.ids("membership", len(rows)), strict=True):
            row["id"] = row_id
        self._to.make("membership", list(rows.values()))

    def _make_health_consents(self, acts: Sequence[Act]) -> set[int]:
        new = {act.known.id: act for act in acts}
        has = known_people.with_health_consent(self._to.conn, new)
        wanted = [act for person_id, act in new.items() if person_id not in has]
        rows = [
            {
                "id": row_id,
                "network_id": self._to.taking.network_id,
                "person_id": act.known.id,
                "is_given": True,
                "basis": act.wanted.group.blood_basis,
                "recorded_by": self._to.taking.by,
                "at": self._to.taking.now,
            }
            for act, row_id in zip(wanted, self._to.ids("health_consent", len(wanted)), strict=True)
        ]
        self._to.make("health_consent", rows)
        return set(new)
