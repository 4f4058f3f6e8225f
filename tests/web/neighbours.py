"""Two networks on one server for tests: each has one of everything that can be named."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from app.domain.messages import Mo
from app.domain.msisdn import mask
from app.main import Role
from app.services.receive_mo import receive_mos
from app.store import accounts, drafts, restored
from app.store.database import Connection
from app.store.inbound import inbound
from app.store.networks import network
from app.store.outbox import outbox
from app.store.schema import metadata
from tests.web.neighbours_directory import Directory, all_values, build_directory, phones_of
from tests.web.neighbours_register import build_register
from tests.web.office import BOOT, Office, running

API = "/api/v1"
DISTRICT = "Zahid"
"""The keeper of the whole server, who belongs to no network."""
MAIL = {"name": "mail", "kind": "smtp", "host": "127.0.0.1", "from": "office@example.org"}
"""A wire for mail, over which nothing goes: the server does not send."""
PARAMETER = re.compile(r"\{(\w+)(?::path)?\}").sub
PLACES = re.compile(r"\{(\w+)(?::path)?\}").findall
NOBODYS = Directory()
OF_ALL = {"body": "GB", "kind": "groups", "no": "1", "form": "sheet", "language": "en"}
"""Places of an address that mean something in every network; `at` may say something else."""


@dataclass(frozen=True, slots=True)
class Belongings:
    """One thing of each kind that somebody could name; those of `Belongings()` are nobody's."""

    slug: str = "nirala"
    broadcast_id: int = 987654301
    office_broadcast_id: int = 987654302
    plan_hash: str = "e" * 64
    office_plan_hash: str = "f" * 64
    message_id: int = 987654303
    outbox_id: int = 987654304
    address_id: int = 987654305
    inbound_id: int = 987654306
    machine_text_id: int = 987654312
    """A text that waits, of a sender that is no phone number."""
    synonym_id: int = 987654310
    office_synonym_id: int = 987654311
    sent_id: str = "gateway-nobody"
    heard_id: str = "heard-nobody"
    officer: str = "Nadia Nirala"
    number: str = "+923999876543"
    label: str = "987654307"
    called: str = "987654308"
    called_too: str = "987654309"
    topic: str = "noorani"
    key: str = "nobodysdraft-key"
    marks: tuple[str, ...] = ()
    """What only this network's own pages may show."""
    accounts: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)
    """Name, password and token of its officers by post."""
    api: Directory = NOBODYS
    pages: Directory = NOBODYS

    def names(self) -> set[str]:
        """Everything that a request can name, as it stands in an answer."""
        values = (getattr(self, one.name) for one in fields(self))
        found = {str(value) for value in values if isinstance(value, str | int)}
        found |= all_values(self.api) | all_values(self.pages)
        numbers = {self.number, *(one.number for one in (self.api, self.pages))}
        numbers |= {one.forgotten for one in (self.api, self.pages)}
        return found | {form for one in numbers for form in (one[1:], one[-7:], mask(one))}

    def path_of(
        self, door: str, at: Mapping[str, str] | None = None, last: "Belongings | None" = None
    ) -> str:
        """The address of a door that leads to something of theirs.

        `at` says which thing of their directory a place means; the last place is of `last`.
        """
        places = PLACES(door)
        owners = dict.fromkeys(places, self)
        if last is not None:
            owners[places[-1]] = last
        meant = {one: owner.place(door, one, at or {}) for one, owner in owners.items()}
        return PARAMETER(lambda place: str(meant[place[1]]), door.partition(" ")[2])

    def place(self, door: str, place: str, at: Mapping[str, str]) -> int | str:
        """What stands for that place in the address of a door."""
        if place in OF_ALL:
            return at.get(place, OF_ALL[place])
        if "/office/broadcasts" in door and place == "broadcast_id":
            return self.office_broadcast_id
        is_talk = ("messages" in door or "inbox" in door) and place == "address_id"
        side = self.pages if "/office/" in door else self.api
        found: int | str = getattr(
            self if is_talk or not hasattr(side, place) else side, at.get(place, place)
        )
        return found


@asynccontextmanager
async def two_networks(
    url: str, folder: Path, now: datetime
) -> AsyncIterator[tuple[Office, Belongings, Belongings]]:
    """Run one server with two networks that have everything: ours, and theirs, which is older.

    Where nobody says whose a text is, it is the older network's.
    """
    role = Role(BOOT, sends=False, clock=lambda: now)
    async with running(url, folder, MAIL, role=role) as office:
        await office.call(
            "POST", f"{API}/accounts", json={"name": DISTRICT, "post": "keeper", "network": ""}
        )
        theirs = await build(office, "barkat", "7777722", "bijli")
        ours = await build(office, "arzoo", "1111101", "anaar")
        yield office, ours, theirs


async def furnish(office: Office, them: Belongings) -> Belongings:
    """Give a network a directory."""
    directory = await build_directory(office, them.slug, them.topic, them.number)
    api, pages = [
        replace(side, **(await build_register(office, them.slug, them.topic, numbers, side)))
        for side, numbers in zip(directory, (them.label[:-1], f"E{them.label[:-1]}"), strict=True)
    ]
    numbers = phones_of(them.number)
    more = [form for number in numbers for form in (number[1:], mask(number))]
    codes = [one.code for one in (api, pages)]
    await hear(office, them, f"Your balance is {them.topic}", "machine", sender="MYBANK")
    await office.app.state.runtime.simulator.drain()
    machine = select(inbound.c.id).where(inbound.c.external_id == f"{them.slug}-machine")
    text_id = await office.app.state.runtime.database.read(
        lambda conn: conn.execute(machine).scalar_one()
    )
    marks = (*them.marks, *more, *codes)
    return replace(them, api=api, pages=pages, marks=marks, machine_text_id=text_id)


async def build(office: Office, slug: str, phone: str, topic: str) -> Belongings:
    """A network with people, officers, broadcasts in every state, texts, minutes and a draft."""
    network_id = (
        await office.call(
            "POST", f"{API}/networks", json={"slug": slug, "name": f"LSON {slug.title()}"}
        )
    )["id"]
    letter = slug[0].upper()
    file = {"name": f"{slug}.csv", "network": slug}
    people = (
        "name,sex,language,body,phone,basis\n"
        f"{letter}ilqis {topic},F,ur-Latn,GB,0390 {phone},paper form\n"
        f"{letter}abar {topic},M,ur-Latn,GB,0390 {int(phone) + 1},paper form\n"
    )
    await office.call("POST", f"{API}/imports", params=file, content=people.encode())
    made = {}
    for post in ("president", "general secretary", "press"):
        new = {"name": f"{letter}fsar {topic} {post}", "post": post, "network": slug}
        made[post] = await office.call("POST", f"{API}/accounts", json=new)
    them = Belongings(
        slug=slug,
        officer=made["press"]["name"],
        number=f"+92390{phone}",
        label=f"{phone[:2]}1",
        called=f"{phone[:2]}2",
        called_too=f"{phone[:2]}3",
        topic=topic,
        key=f"{topic}-0123456789x"[:16],
        accounts=made,
    )
    return await fill(office, them, network_id)


async def fill(office: Office, them: Belongings, network_id: int) -> Belongings:
    """Let a network work until there is one of everything, and all that moves has moved."""
    runtime, first_ref = office.app.state.runtime, int(them.number[-4:])
    counted = update(network).where(network.c.id == network_id).values(last_ref=first_ref)
    await runtime.database.write(lambda conn: conn.execute(counted))
    await meet(office, them)
    sent_id = await send(office, them, "Sent of")
    await hear(office, them, "KARWAI", "asked")
    await hear(office, them, f"hamare gaon mein {them.topic} nahin hai, kya karein ab", "told")
    await runtime.simulator.drain()
    await send(office, them, "Held of")
    await runtime.database.write(restored.hold_back, runtime.clock())
    planned = [await plan(office, them, f"{word} plan of") for word in ("First", "Second")]
    await runtime.database.write(save_draft, network_id, them)
    found = await runtime.database.write(doubt, network_id, sent_id)
    taught = [
        (await call(office, them, "press", "synonyms", word=word, intent="minutes"))["id"]
        for word in (f"qw{them.topic}", f"wq{them.topic}")
    ]
    return replace(
        them,
        broadcast_id=planned[0]["id"],
        office_broadcast_id=planned[1]["id"],
        plan_hash=planned[0]["hash"],
        office_plan_hash=planned[1]["hash"],
        heard_id=f"{them.slug}-told",
        synonym_id=taught[0],
        office_synonym_id=taught[1],
        marks=marks_of(them, first_ref),
        **found,
    )


async def call(office: Office, them: Belongings, post: str, path: str, **body: Any) -> Any:
    """Let one of their officers do something."""
    headers = {"Authorization": f"Bearer {them.accounts[post]['token']}"}
    return await office.call("POST", f"{API}/{path}", json=body, headers=headers)


async def plan(office: Office, them: Belongings, words: str) -> Any:
    texts = {"ur-Latn": f"{words} {them.topic}"}
    return await call(office, them, "press", "broadcasts", audience="gb", texts=texts)


async def send(office: Office, them: Belongings, words: str) -> int:
    made = await plan(office, them, words)
    path = f"broadcasts/{made['id']}/approval"
    await call(office, them, "president", path, hash=made["hash"], now=True)
    return int(made["id"])


async def meet(office: Office, them: Belongings) -> None:
    """Call three meetings and publish the minutes of the first."""
    for label in (them.label, them.called, them.called_too):
        new = {"no": int(label), "label": label, "at": "2026-11-01T10:00:00+05:00"}
        await call(office, them, "general secretary", "meetings", body="GB", **new)
    decision = {"no": 1, "text": {"en": f"Repair of {them.topic}"}, "topics": [them.topic]}
    minutes = {
        "label": them.label,
        "present": 9,
        "women": 4,
        "summaries": {"en": f"Summary of {them.topic}"},
        "decisions": [decision],
    }
    await call(office, them, "general secretary", "minutes", body="GB", **minutes)


async def hear(office: Office, them: Belongings, text: str, name: str, *, sender: str = "") -> None:
    """Take a text, of one of their members if nobody else, as if the simulator were theirs."""
    runtime = office.app.state.runtime
    wire = runtime.simulator_name
    mo = Mo(wire, f"{them.slug}-{name}", sender or them.number, wire, text)
    desk = replace(runtime.desk, homes={wire: them.slug})
    await receive_mos(runtime.database, [mo], desk=desk, now=runtime.clock())


def marks_of(them: Belongings, first_ref: int) -> tuple[str, ...]:
    """What a page or an answer of this network shows; all of it has one of these in it."""
    other = f"{them.number[:-1]}{int(them.number[-1]) + 1}"
    numbers = [one for number in (them.number, other) for one in (number[1:], mask(number))]
    refs = [f"Ref {first_ref + n}" for n in range(1, 5)]
    more = f'"ref":{first_ref + 3}'
    return (them.topic, them.slug, them.slug.title(), more, f"GB/{them.label}", *numbers, *refs)


def save_draft(conn: Connection, network_id: int, them: Belongings) -> None:
    author = accounts.by_name(conn, them.accounts["president"]["name"])
    assert author is not None
    values = {"network_id": network_id, "account_id": author.id, "key": them.key}
    fields = {"kind": "notice", "text_en": f"Draft of {them.topic}"}
    drafts.save(conn, {**values, "fields": fields, "updated_at": author.created_at})


def doubt(conn: Connection, network_id: int, broadcast_id: int) -> dict[str, Any]:
    """Put both texts of that broadcast in doubt; gives the ids of what there is to name."""
    first, second = conn.execute(
        update(outbox)
        .where(outbox.c.broadcast_id == broadcast_id, outbox.c.network_id == network_id)
        .values(state="uncertain")
        .returning(outbox.c.id, outbox.c.external_id, outbox.c.address_id)
    ).all()
    waits = conn.execute(
        select(inbound).where(inbound.c.network_id == network_id, inbound.c.needs_person.is_(True))
    ).one()
    return {
        "message_id": first.id,
        "outbox_id": second.id,
        "sent_id": first.external_id,
        "address_id": waits.address_id,
        "inbound_id": waits.id,
    }


def rows_of(conn: Connection, slug: str) -> dict[str, list[Any]]:
    """Every row of a network in every table, also those that hang on a row of it."""
    ids: dict[str, set[int]] = {}
    found: dict[str, list[Any]] = {}
    for table in metadata.sorted_tables:
        kept = []
        for row in conn.execute(select(table)).mappings():
            links = (
                row[column.name] in ids.get(link.column.table.name, ())
                for column in table.columns
                for link in column.foreign_keys
            )
            if row["slug"] == slug if table is network else any(links):
                kept.append(dict(row))
        ids[table.name] = {row["id"] for row in kept if "id" in row}
        found[table.name] = sorted(kept, key=repr)
    return found
