"""The networks that the sources tell of, in their true sizes: LSO Sarwan and LSO Ibtida."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from app.services.count_audience import Count, Question, count_audience
from app.store import addresses, groups, people, seats, units
from app.store.addresses import address
from app.store.database import Connection
from app.store.people import person_address
from tests.factories import Office, number

VOS, COS, DONORS = 15, 114, 107
BLOODS = ("O-", "O+", "A-", "A+", "B-", "B+", "AB-", "AB+")


@dataclass
class Directory:
    """Puts people, seats and phones straight into a network, by name."""

    conn: Connection
    network_id: int
    now: datetime
    ids: dict[str, int] = field(default_factory=dict)
    phones: int = 0

    def unit(self, name: str, kind: str, parent: int | None = None, **values: Any) -> int:
        row = {"network_id": self.network_id, "kind": kind, "name": name, "parent_id": parent}
        return units.add(self.conn, {**row, **values})

    def person(self, name: str, sex: str = "f", unit: int | None = None, **values: Any) -> int:
        row = {"network_id": self.network_id, "name": name, "sex": sex, "unit_id": unit}
        self.ids[name] = people.add_person(self.conn, {**row, **values})
        return self.ids[name]

    def seat(self, who: int, body: str, post: str = "", unit: int | None = None, **v: Any) -> None:
        row = {"network_id": self.network_id, "person_id": who, "body": body, "post": post}
        seats.add(self.conn, [{**row, "unit_id": unit, **v}])

    def phone(self, *who: int, standing: str = "active", private: bool = True) -> str:
        """One phone for all of these people."""
        self.phones += 1
        msisdn = number(self.phones)
        row = {"network_id": self.network_id, "msisdn": msisdn, "reach": "demo"}
        addresses.add_addresses(self.conn, [{**row, "standing": standing, "created_at": self.now}])
        found = addresses.addresses_of(self.conn, self.network_id, [msisdn])[msisdn]
        for one in who:
            link = {"person_id": one, "address_id": found.id, "is_private": private}
            self.conn.execute(person_address.insert().values(**link))
        return msisdn

    def wrote(self, msisdn: str, language: str) -> None:
        """A phone that asked for a language."""
        self.conn.execute(
            address.update().where(address.c.msisdn == msisdn).values(language=language)
        )


def sarwan(here: Directory) -> dict[str, int]:
    """LSO Sarwan of Larkana: 15 VOs, 114 COs; each with a woman for President but for two."""
    top = here.unit("Larkana", "LSON")
    lso = here.unit("Sarwan", "LSO", top, local_name="سرواڻ")
    here.seat(here.person("Head of Sarwan", unit=lso), "LSO", "President", lso)
    vos = [here.unit(f"{no}" if no > 1 else "Dosti", "VO", lso) for no in range(1, VOS + 1)]
    for no, vo in enumerate(vos, 1):
        home = here.unit(f"CO {no}", "CO", vo)
        president = here.person(f"VO president {no}", "m" if no == 14 else "f", home)
        left = {"left_on": date(2026, 1, 31)} if no == 15 else {}
        here.seat(president, "VO", "President", vo, **left)
        here.seat(here.person(f"VO manager {no}", "f", home), "VO", "Manager", vo)
    for no in range(VOS + 1, COS + 1):
        co = here.unit(f"CO {no}", "CO", vos[no % VOS])
        here.seat(here.person(f"CO president {no}", "f", co), "CO", "President", co)
    # She presides over her CO and only manages the VO: no President of a VO.
    here.seat(here.ids["VO manager 1"], "CO", "President", None)
    return {"lson": top, "lso": lso, "vo": vos[0], "last_vo": vos[-1]}


def ibtida(here: Directory, lson: int) -> dict[str, int]:
    """LSO Ibtida of Kambar: VO 121, a VO Dosti of its own, 107 blood donors."""
    lso = here.unit("Ibtida", "LSO", lson)
    vo = here.unit("Dosti", "VO", lso)
    vo_121 = here.unit("VO 121", "VO", lso)
    for name, unit in (("Dosti of Ibtida", vo), ("Leader of VO 121", vo_121)):
        here.seat(here.person(name, "f", unit), "VO", "President", unit)
    group = {"network_id": here.network_id, "name": "Blood donors", "kind": "donors"}
    group_id = groups.add_group(here.conn, group)
    for no in range(DONORS):
        donor = here.person(f"Donor {no:03}", "fm"[no % 2], vo)
        here.phone(donor)
        values = {"group_id": group_id, "person_id": donor, "blood_group": BLOODS[no % 8]}
        groups.put_in(here.conn, values)
    return {"lso": lso, "vo": vo, "vo_121": vo_121, "donors": group_id}


async def asked(office: Office, words: str, **changes: Any) -> Count:
    """Whom these words reach, with everybody in the sample."""
    question = Question(office.slug, words, **{"sees_health": True, **changes})
    return await count_audience(office.database, question, now=office.now, sample=10_000)


async def names(office: Office, words: str, **changes: Any) -> set[str]:
    found = await asked(office, words, **changes)
    assert len(found.sample) == found.chosen
    return {one.name for one in found.sample}
