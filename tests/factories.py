"""Builds an office for a test through the use cases: network, people, officers, wires, minutes."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.catalogue import Catalogue
from app.domain.broadcast import Kind
from app.domain.messages import Mo
from app.services.approve_broadcast import Approver, approve_broadcast
from app.services.call_meeting import NewMeeting, call_meeting
from app.services.create_network import NewNetwork, create_network
from app.services.import_contacts import ContactFile, Imported, import_contacts
from app.services.plan_broadcast import Draft, plan_broadcast
from app.services.price_plan import Plan
from app.services.publish_minutes import DecisionDraft, MinutesDraft, publish_minutes
from app.services.receive_mo import Desk, Received, receive_mos
from app.store import accounts, networks, routes, units
from app.store.addresses import address
from app.store.claim import Claim, Terms, claim
from app.store.database import Connection, Database
from app.store.outbox import outbox
from app.store.routes import RouteSetting
from bots.vocabulary import Vocabulary

ROOT = Path(__file__).resolve().parent.parent
BASIS = "signed list of members"
COLUMNS = ("name", "sex", "language", "lso", "body", "post", "phone", "shared", "basis")
PRICE = 2_500_000
"""Rs 2.50 in micro-rupees: what a segment costs over the wire of these tests."""


@cache
def catalogue() -> Catalogue:
    return Catalogue.load(ROOT / "message_templates")


@cache
def vocabulary() -> Vocabulary:
    return catalogue().vocabulary()


def number(n: int) -> str:
    """The n-th demo number."""
    return f"+92390{n:07d}"


def person(name: str, phone: str | int = "", **cells: str) -> dict[str, str]:
    """A row of a contact list."""
    return {"name": name, "phone": number(phone) if isinstance(phone, int) else phone, **cells}


def sheet(rows: Sequence[dict[str, str]], columns: Sequence[str] = COLUMNS) -> bytes:
    """The rows as the CSV file that a keeper would bring."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def wire(name: str = "sim", **changes: Any) -> RouteSetting:
    """A wire without limits that reaches every kind of number."""
    free = RouteSetting(
        name=name,
        kind="simulator",
        reaches=frozenset({"real", "demo", "test"}),
        price_micro=PRICE,
        currency="PKR",
        in_flight=50,
        interval_us=0,
        burst=1,
        per_window=0,
        window_us=0,
        per_day=0,
    )
    return replace(free, **changes)


def every_text(conn: Connection) -> Sequence[Any]:
    """The whole outbox with the number that each text goes to."""
    joined = select(outbox, address.c.msisdn).join(address, address.c.id == outbox.c.address_id)
    return conn.execute(joined.order_by(outbox.c.id)).all()


OFFICERS = {"Sajida": "press", "Rehmat": "president", "Nusrat": "general secretary"}


def _add_officers(conn: Connection, now: datetime) -> None:
    """Officers without passwords, whose hashes would take each test a tenth of a second."""
    for name, post in OFFICERS.items():
        values = {"name": name, "post": post, "token_hash": name, "created_at": now}
        accounts.add(conn, values)


@dataclass
class Office:
    """One network's office on a database of its own or a shared one."""

    database: Database
    now: datetime
    slug: str
    id: int
    officers: dict[str, int] = field(default_factory=dict)
    routes: dict[str, int] = field(default_factory=dict)
    _ids: Any = field(default_factory=lambda: count(1))

    @classmethod
    async def open(cls, database: Database, now: datetime, slug: str = "mirkhai") -> "Office":
        new = NewNetwork(
            slug=slug, name=f"LSON {slug}", short_names={"en": slug.title()[:8], "ur": "میرخائی"}
        )
        office = cls(database, now, slug, await create_network(database, new, by="test", now=now))
        if await database.read(accounts.by_name, "Sajida") is None:
            await database.write(_add_officers, now)
        for name in OFFICERS:
            office.officers[name] = (await database.read(accounts.by_name, name)).id
        await office.wires(wire())
        return office

    async def without_cap(self) -> None:
        """As many routine texts a month to one phone as a test sends."""
        await self.database.write(networks.change, self.id, {"routine_cap": 0})

    async def wires(self, *settings: RouteSetting) -> None:
        self.routes = dict(await self.database.write(routes.configure, settings))

    async def unit(self, name: str, **values: Any) -> int:
        row = {"network_id": self.id, "kind": "LSO", "name": name, **values}
        return await self.database.write(units.add, row)

    async def people(self, *rows: dict[str, str], basis: str = BASIS) -> Imported:
        file = ContactFile(sheet(rows), "list.csv", by="keeper", basis=basis, network=self.slug)
        return await import_contacts(self.database, file, now=self.now)

    def mo(self, sender: str | int, text: str, **changes: Any) -> Mo:
        who = number(sender) if isinstance(sender, int) else sender
        mo = Mo("sim", f"{self.slug}{next(self._ids)}", who, "+923900000000", text)
        return replace(mo, **changes)

    async def hear(self, *mos: Mo, now: datetime | None = None) -> list[Received]:
        desk = Desk(catalogue(), vocabulary(), {"sim": self.slug})
        return await receive_mos(self.database, mos, desk=desk, now=now or self.now)

    async def say(self, sender: str | int, text: str) -> Received:
        return (await self.hear(self.mo(sender, text)))[0]

    async def plan(self, to: str = "all", text: str = "Kal ijlas hai.", **changes: Any) -> Plan:
        how = {key: changes.pop(key) for key in ("now", "at_once") if key in changes}
        draft = Draft(
            audience=to,
            texts={"ur-Latn": text},
            kind=Kind.NOTICE,
            author="Sajida",
            author_id=self.officers["Sajida"],
            network=self.slug,
        )
        return await plan_broadcast(
            self.database,
            replace(draft, **changes),
            catalogue=catalogue(),
            **{"now": self.now, **how},
        )

    def approver(self, plan: Plan, name: str = "Rehmat", *, at_once: bool = True) -> Approver:
        return Approver(name, self.officers[name], plan.hash, at_once)

    async def approve(self, plan: Plan, *, at_once: bool = True, **when: datetime) -> int:
        by = self.approver(plan, at_once=at_once)
        return await approve_broadcast(self.database, plan.id, by=by, now=when.get("now", self.now))

    async def send(self, to: str = "all", text: str = "Kal ijlas hai.", **changes: Any) -> Plan:
        """Plan and approve at once."""
        plan = await self.plan(to, text, **changes)
        await self.approve(plan)
        return plan

    async def texts(self) -> Sequence[Any]:
        return await self.database.read(every_text)

    async def states(self) -> list[str]:
        return [row.state for row in await self.texts()]

    async def claim(self, slots: int = 50, route: str = "sim", **terms: Any) -> Claim:
        plain = Terms(worker="w1", lease_s=30, now=self.now, day=self.now.date())
        return await self.database.write(claim, self.routes[route], slots, replace(plain, **terms))

    async def meeting(self, no: int = 14, **changes: Any) -> int:
        new = NewMeeting(body="EC", no=no, label=str(no), at=self.now)
        return await call_meeting(
            self.database, self.slug, replace(new, **changes), by="Nusrat", now=self.now
        )

    async def minutes(self, no: int = 14, **changes: Any) -> int:
        draft = MinutesDraft(
            body="EC",
            label=str(no),
            present=12,
            women=5,
            summaries={"ur-Latn": f"{no}va EC ijlas 12 Oct: pani ki line.", "ur": "پانی کی لائن"},
            decisions=[DecisionDraft(1, {"ur-Latn": {"text": "Pani ki line.", "short": "pani"}})],
        )
        return await publish_minutes(
            self.database, self.slug, replace(draft, **changes), by="Nusrat", now=self.now
        )
