"""A directory for each of two networks: one of every thing that a door can name.

The API and the pages get things of their own, for what one of them takes away is gone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import select

from app.domain.messages import Mo
from app.services.receive_mo import receive_mos
from app.services.stage_list import ContactFile, stage_list
from app.store.addresses import address
from app.store.database import Connection
from app.store.groups import people_group, saved_audience
from app.store.imports import import_batch
from app.store.joining import join_request
from app.store.people import person
from app.store.seats import seat
from app.store.units import unit
from tests.web.neighbours_register import Register
from tests.web.office import Office

API = "/api/v1"
HEADINGS = "name,lso,vo,group,body,post,phone,phone2,sex,language,basis\n"
PEOPLE = (
    # name, LSO, VO, body, post, phone, second phone, group
    ("Wali", "Angan", "", "LSO", "President", 1, 2, "Jatha"),
    ("Sana", "Angan", "", "LSO", "Manager", 3, 0, ""),
    ("Tariq", "Angan", "", "LSO", "General Secretary", 4, 0, ""),
    ("Umar", "Angan", "", "", "", 5, 0, ""),
    ("Yusuf", "Chaman", "", "", "", 6, 0, ""),
    ("Zahra", "Angan", "", "", "", 7, 0, ""),
    ("Hina", "Angan", "Dera", "", "", 8, 0, ""),
    ("Ghazala", "Chaman", "", "", "", 9, 0, ""),
    ("", "", "", "", "", 0, 0, ""),
)
"""Each name is followed by words of the network, none needs somebody; phones are turns of a row."""
SPELLINGS = {
    "anaar": {"Angan": "Qilla", "Chaman": "Bazaar", "Dera": "Mohra"},
    "bijli": {"Angan": "Angan", "Chaman": "Chaman", "Dera": "Gulab"},
}
"""What places are called in each network: so unlike that none is taken for another's."""
COMMON = "Naseem Bano"
"""Somebody of this name is on the list of each network, and another one asks to join it."""
UNKNOWN_PREFIX = "0388"
"""A number of it waits for somebody who makes sure of it."""
SIDES = ("api", "pages")


@dataclass(frozen=True, slots=True)
class Directory(Register):
    """What doors of one kind are asked for; that of `Directory()` is nobody's."""

    unit_id: int = 987654320
    """An LSO with officers and a VO under it."""
    vo_id: int = 987654321
    place_id: int = 987654322
    """An LSO that a VO could move to."""
    empty_id: int = 987654323
    """A unit that nothing hangs on."""
    person_id: int = 987654324
    """The President of the LSO, in the group, with two phones."""
    other_id: int = 987654325
    """Somebody to make one with the President."""
    leaver_id: int = 987654326
    spare_id: int = 987654327
    """Somebody for a post and for the group."""
    address_id: int = 987654328
    second_id: int = 987654329
    """The other phone of the President."""
    lost_id: int = 987654330
    """A phone of `loser_id`."""
    held_id: int = 987654331
    """A phone of `leaver_id` that waits for somebody who makes sure of it."""
    forgotten_id: int = 987654332
    """The phone of `gone_id`."""
    loser_id: int = 987654344
    gone_id: int = 987654345
    seat_id: int = 987654333
    renewed_id: int = 987654334
    handed_id: int = 987654335
    group_id: int = 987654336
    audience_id: int = 987654337
    gone_audience_id: int = 987654338
    batch_id: int = 987654339
    """A list that was kept, with a row that needs somebody."""
    undone_id: int = 987654340
    """The newest list that was kept."""
    draft_id: int = 987654341
    dropped_id: int = 987654342
    request_id: int = 987654343
    refused_id: int = 987654346
    unit: str = "Nirala Nagar"
    vo: str = "Niralay Log"
    person: str = "Naeema Nirala"
    group: str = "Niralon ka jatha"
    audience: str = "Niralay sunnay walay"
    code: str = "NIRALA"
    gone_code: str = "NIRALI"
    number: str = "+923999876501"
    forgotten: str = "+923999876502"


def words_of(topic: str, side: str) -> tuple[str, str]:
    """What the names of a side end with, and what codes begin with."""
    return (f"{topic} {side}", f"{topic[:3]}{side[:1]}".upper())


def phone_of(number: str, side: str, turn: int) -> str:
    """The phone of somebody's turn; the network's own number is the first of a row."""
    return f"+{int(number) + 30 + 10 * SIDES.index(side) + turn}"


def phones_of(number: str) -> list[str]:
    """Every phone of somebody who is on the lists."""
    turns = [turn for *_, phone, second, _ in PEOPLE for turn in (phone, second) if turn]
    return [phone_of(number, side, turn) for side in SIDES for turn in sorted(turns)]


def people_of(number: str, topic: str, side: str) -> str:
    """The list of a side."""
    tail, _ = words_of(topic, side)
    rows, called = "", {"": "", **SPELLINGS[topic]}
    for name, lso, vo, body, post, phone, second, group in PEOPLE:
        phones = [phone_of(number, side, turn) if turn else "" for turn in (phone, second)]
        cells = [
            *(word and f"{word} {tail}" for word in (name, called[lso], called[vo], group)),
            body,
            post,
        ]
        cells += [*phones, "M", "ur-Latn", "paper form"]
        rows += ",".join(cells) + "\n"
    return rows


async def build_directory(office: Office, slug: str, topic: str, number: str) -> list[Directory]:
    """Give a network all that a directory holds; gives that of the API and that of the pages."""
    everybody = "".join(people_of(number, topic, one) for one in SIDES)
    await bring(office, slug, "all", f"{everybody}{COMMON},,,,,,,,F,ur-Latn,\n")
    for side in SIDES:
        await add_what_no_list_brings(office, slug, topic, side)
    for side in SIDES:
        await ask_to_join(office, slug, number, topic, side)
    for side in reversed(SIDES):
        last = f"Wafa {topic} {side},,,,,,{phone_of(number, side, 0)},,F,ur-Latn,paper form\n"
        await bring(office, slug, f"last-{side}", last)
    for name in ("draft", "dropped"):
        await stage(office, slug, name, f"Noreen {topic} {name},Nowhere {topic},,,,,,,F,,\n")
    found = await office.app.state.runtime.database.read(names_of, slug)
    return [directory_of(found, number, topic, side) for side in SIDES]


async def bring(office: Office, slug: str, name: str, rows: str) -> None:
    query = {"name": f"{slug}-{name}.csv", "network": slug, "make_units": True}
    content = (HEADINGS + rows).encode()
    told = await office.call("POST", f"{API}/imports", params=query, content=content)
    assert {"added"} <= set(told["totals"]) <= {"added", "held"}, told


async def stage(office: Office, slug: str, name: str, rows: str) -> None:
    runtime = office.app.state.runtime
    content = (HEADINGS + rows).encode()
    file = ContactFile(content=content, name=f"{slug}-{name}.csv", by="keeper", network=slug)
    await stage_list(runtime.database, file, now=runtime.clock())


async def add_what_no_list_brings(office: Office, slug: str, topic: str, side: str) -> None:
    """A unit on its own, committees, and saved audiences."""
    tail, code = words_of(topic, side)
    named, angan = {"network": slug}, f"{SPELLINGS[topic]['Angan']} {tail}"
    new = {**named, "kind": "LSO", "name": f"Khali {tail}"}
    await office.call("POST", f"{API}/units", json=new)
    for letter in "AB":
        new = {**named, "code": code + letter, "name": f"Committee {letter} {tail}"}
        await office.call("POST", f"{API}/bodies", json=new)
        new = {**named, "name": f"Sunnay {letter} {tail}", "words": f"under {angan}"}
        await office.call("POST", f"{API}/audiences", json=new)


async def ask_to_join(office: Office, slug: str, number: str, topic: str, side: str) -> None:
    """Three strangers ask; a number on which nobody can rely is linked to the leaver."""
    runtime, tail = office.app.state.runtime, words_of(topic, side)[0]
    wire = runtime.simulator_name
    homes = {wire: slug}
    row = phone_of(number, side, 0)
    mos = [
        Mo(
            wire,
            f"{slug}-{side}-{digit}",
            f"{row[:-4]}{digit}{row[-3:]}",
            wire,
            f"JOIN {name}",
        )
        for digit, name in (("7", COMMON), ("8", f"Rubina {tail}"), ("9", f"Parveen {tail}"))
    ]
    desk = replace(runtime.desk, homes=homes)
    await receive_mos(runtime.database, mos, desk=desk, now=runtime.clock())
    leaver = await office.call(
        "GET", f"{API}/people", params={"q": f"Yusuf {tail}", "network": slug}
    )
    person_id = leaver["items"][0]["id"]
    raw = f"{UNKNOWN_PREFIX}{row[-7:]}"
    linked = await office.call(
        "POST", f"{API}/people/{person_id}/addresses", json={"raw": raw, "network": slug}
    )
    assert linked["reach"] == "held", linked


def names_of(conn: Connection, slug: str) -> Mapping[str, Any]:
    """The ids of everything of all networks by its name in small letters; a seat's is its holder's.

    A name that came by text has other capitals than it was sent with.
    """
    found: dict[str, Any] = {}
    for table, name in (
        (unit, unit.c.name),
        (person, person.c.name),
        (people_group, people_group.c.name),
        (saved_audience, saved_audience.c.name),
        (import_batch, import_batch.c.file_name),
        (join_request, join_request.c.name),
        (address, address.c.msisdn),
    ):
        for row in conn.execute(select(table.c.id, name.label("name"), table.c.network_id)):
            found[f"{table.name} {row.name}".casefold()] = row.id
    holders = select(seat.c.id, person.c.name).join(person, person.c.id == seat.c.person_id)
    held = {f"seat {row.name}".casefold(): row.id for row in conn.execute(holders)}
    return {**found, **held, "slug": slug}


def directory_of(ids: Mapping[str, Any], number: str, topic: str, side: str) -> Directory:
    tail, code = words_of(topic, side)
    phones = [phone_of(number, side, turn) for turn in range(10)]
    slug = ids["slug"]
    lso, chaman, vo = (f"{SPELLINGS[topic][one]} {tail}" for one in ("Angan", "Chaman", "Dera"))

    def id_of(name: str) -> int:
        return int(ids[name.casefold()])

    def person_called(name: str) -> int:
        return id_of(f"person {name} {tail}")

    return Directory(
        unit_id=id_of(f"unit {lso}"),
        vo_id=id_of(f"unit {vo}"),
        place_id=id_of(f"unit {chaman}"),
        empty_id=id_of(f"unit Khali {tail}"),
        person_id=person_called("Wali"),
        other_id=person_called("Umar"),
        leaver_id=person_called("Yusuf"),
        spare_id=person_called("Zahra"),
        address_id=id_of(f"address {phones[1]}"),
        second_id=id_of(f"address {phones[2]}"),
        loser_id=person_called("Tariq"),
        gone_id=person_called("Hina"),
        lost_id=id_of(f"address {phones[4]}"),
        held_id=id_of(f"address +92{UNKNOWN_PREFIX[1:]}{phones[0][-7:]}"),
        forgotten_id=id_of(f"address {phones[8]}"),
        seat_id=id_of(f"seat Wali {tail}"),
        renewed_id=id_of(f"seat Sana {tail}"),
        handed_id=id_of(f"seat Tariq {tail}"),
        group_id=id_of(f"people_group Jatha {tail}"),
        audience_id=id_of(f"saved_audience Sunnay A {tail}"),
        gone_audience_id=id_of(f"saved_audience Sunnay B {tail}"),
        batch_id=id_of(f"import_batch {slug}-all.csv"),
        undone_id=id_of(f"import_batch {slug}-last-{side}.csv"),
        draft_id=id_of(f"import_batch {slug}-draft.csv"),
        dropped_id=id_of(f"import_batch {slug}-dropped.csv"),
        request_id=id_of(f"join_request Parveen {tail}"),
        refused_id=id_of(f"join_request Rubina {tail}"),
        unit=lso,
        vo=vo,
        person=f"Wali {tail}",
        group=f"Jatha {tail}",
        audience=f"Sunnay A {tail}",
        code=f"{code}A",
        gone_code=f"{code}B",
        number=phones[1],
        forgotten=phones[9],
    )


def all_values(one: Directory) -> set[str]:
    """Everything of it that a request can name, and the words of names alone."""
    said = [str(getattr(one, field.name)) for field in fields(one)]
    return {*said, *(word for words in said for word in words.split() if len(word) > 3)}
