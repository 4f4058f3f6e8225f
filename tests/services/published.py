"""A meeting written down and published, with people who have phones and mailboxes."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from app.domain.minutes import DecisionEntry, Owner, Record
from app.printing.render import Printed
from app.services.approve_publication import approve_publication
from app.services.keep_minutes import keep_minutes
from app.services.prepare_publication import PublicationDraft, prepare_publication
from app.services.publish_minutes import publish_record
from app.services.read_minutes import read_record
from app.services.show_publication import PublicationView
from app.store.addresses import address
from app.store.database import Connection
from app.store.people import person as people
from app.store.people import person_address
from tests.factories import Office, catalogue, person, wire

MAIL_WIRE = wire("post", kind="smtp", reaches=frozenset({"email"}), price_micro=0)


def decision(no: int = 1, **changes: Any) -> DecisionEntry:
    plain = DecisionEntry(
        no=no,
        texts={
            "en": f"Write to the DC for repair of the Shahi-Laspa road, part {no}.",
            "ur": f"شاہی لاسپہ سڑک کی مرمت کے لیے ڈی سی کو خط، حصہ {no}۔",
            "ur-Latn": f"Shahi-Laspa sarak ki marammat ke liye DC ko khat, hissa {no}.",
        },
        shorts={"en": "Road letter", "ur": "سڑک خط", "ur-Latn": "Sarak khat"},
        owner=Owner(words={"en": "President", "ur": "صدر", "ur-Latn": "Sadar"}),
        due=date(2026, 12, 20),
    )
    return replace(plain, **changes)


def record(*decisions: DecisionEntry, **changes: Any) -> Record:
    return replace(Record(language="ur-Latn", decisions=decisions or (decision(),)), **changes)


async def keep(office: Office, meeting_id: int, written: Record) -> None:
    """Keep the record and publish it."""
    known = await read_record(office.database, office.id, meeting_id)
    version = await keep_minutes(
        office.database,
        office.id,
        meeting_id,
        written,
        version=known.version,
        by="Nusrat",
        now=office.now,
    )
    await publish_record(
        office.database, office.id, meeting_id, version=version, by="Nusrat", now=office.now
    )


async def meeting(office: Office, written: Record | None = None, no: int = 14) -> int:
    """A meeting whose minutes are published; gives its id."""
    meeting_id = await office.meeting(no, at=office.now - timedelta(days=2))
    await keep(office, meeting_id, written or record())
    return meeting_id


async def mailbox(office: Office, name: str, handle: str, **values: Any) -> None:
    """Give somebody who is there a mail address, with consent."""

    def work(conn: Connection) -> None:
        who = conn.execute(
            people.select().where(people.c.network_id == office.id, people.c.name == name)
        ).one()
        row = {
            "network_id": office.id,
            "kind": "email",
            "handle": handle,
            "reach": "email",
            "standing": "active",
            "created_at": office.now,
            **values,
        }
        new = conn.execute(address.insert().values(**row).returning(address.c.id)).scalar_one()
        conn.execute(person_address.insert().values(person_id=who.id, address_id=new))

    await office.database.write(work)


def printed(sheet: Any, form: str) -> Printed:
    """A file as small as can be, made of the sheet's words; the printing has its own tests."""
    return Printed(repr(sheet).encode(), f"application/{form}", f"{type(sheet).__name__}.{form}")


async def prepare(office: Office, meeting_id: int, **changes: Any) -> PublicationView:
    """Plan the publication as Sajida does."""
    printer = changes.pop("printer", printed)
    now = changes.pop("now", office.now)
    draft = PublicationDraft(office.id, meeting_id, "Sajida", office.officers["Sajida"])
    return await prepare_publication(
        office.database,
        replace(draft, **changes),
        catalogue=catalogue(),
        now=now,
        printer=printer,
    )


async def four_people(office: Office) -> None:
    """Three on phones in three writings, one of them and a fourth with a mailbox."""
    await office.wires(wire(), MAIL_WIRE)
    await office.people(
        person("Gul", 1, language="ur"),
        person("Sher", 2, language="ur-Latn"),
        person("Naz", 3, language="en"),
        person("Aziz", "", language="ps"),
    )
    await mailbox(office, "Aziz", "aziz@example.org")
    await mailbox(office, "Naz", "naz@example.org")


async def approve(office: Office, found: PublicationView) -> int:
    """Say yes as Rehmat does; gives the number of texts and mails."""
    by = office.approver(found.first)
    return await approve_publication(office.database, office.id, found.id, by=by, now=office.now)
