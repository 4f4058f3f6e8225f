"""Forgetting a number: nothing of its holder stays, but a STOP survives, also the next import."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from app.domain.errors import Refusal
from app.services.forget_number import Forgotten, forget_number
from app.store.addresses import address, consent
from app.store.broadcasts import broadcast
from app.store.database import Connection
from app.store.drafts import draft
from app.store.groups import membership, people_group, saved_audience
from app.store.guard import reply_guard
from app.store.imports import import_batch, import_change, import_row
from app.store.inbound import inbound
from app.store.joining import join_request
from app.store.journal import first_broken, journal
from app.store.outbox import outbox
from app.store.people import person, person_address
from app.store.seats import seat
from app.store.tables import metadata
from tests.factories import Office, number
from tests.factories import person as row
from tests.services.people_of import noted, person_id, phone, rows
from tests.services.published import mailbox


async def forget(office: Office, n: int = 1, **more: Any) -> Forgotten:
    where = {"network_id": office.id, **more}
    return await forget_number(office.database, number(n), by="Nusrat", now=office.now, **where)


async def everything(office: Office) -> str:
    """All that the database holds, as text."""

    def read(conn: Connection) -> str:
        tables = (conn.execute(table.select()).mappings().all() for table in metadata.sorted_tables)
        found = [dict(one) for each in tables for one in each]
        return json.dumps(found, default=str, ensure_ascii=False)

    return await office.database.read(read)


async def traces(office: Office) -> Mapping[str, bool]:
    """What of Gul, her number and her words can still be found anywhere."""
    held = await everything(office)
    words = ("Gulrukh", number(1), number(1)[3:], "pani nahin aya", "private word", "asr ke baad")
    return {word: word in held for word in words}


async def fill(office: Office) -> None:
    """Let there be something of Gul everywhere."""
    await office.people(row("Gulrukh", 1), row("Bilal", 2))
    await office.say(1, "hamare gaon mein pani nahin aya")
    await office.say(1, "KARWAI")
    await office.send(number(1), "A private word")
    who, which = await person_id(office, "Gulrukh"), (await phone(office, 1)).id
    batch = (await rows(office, import_batch))[0].id
    author = office.officers["Sajida"]

    def more(conn: Connection) -> None:
        network = {"network_id": office.id}
        conn.execute(update(person).where(person.c.id == who).values(notes="asr ke baad"))
        asked = {"address_id": which, "name": "Gulrukh", "asked_at": office.now}
        conn.execute(insert(join_request).values(**network, **asked))
        named = {**network, "name": "Hers", "name_key": "hers"}
        conn.execute(insert(saved_audience).values(**named, words=number(1), saved_at=office.now))
        kept = {"account_id": author, "key": "k" * 16, "updated_at": office.now}
        conn.execute(insert(draft).values(**network, **kept, fields={"who": number(1)}))
        group = insert(people_group).values(**named, kind="other").returning(people_group.c.id)
        group_id = conn.execute(group).scalar_one()
        conn.execute(insert(membership).values(group_id=group_id, person_id=who))
        held = {"cells": {"name": "Gulrukh", "phone": "0390-0000001"}, "verdict": "held"}
        conn.execute(insert(import_row).values(batch_id=batch, line=901, **held))
        urdu = "".join(chr(0x6F0 + int(digit)) for digit in "03900000001")
        raw = {"raw": ["Gulrukh", urdu], "verdict": "held"}
        conn.execute(insert(import_row).values(batch_id=batch, line=902, **raw))
        changed = {"table_name": "person", "key": {"id": [who]}, "before": {"name": "Gulrukh"}}
        conn.execute(insert(import_change).values(batch_id=batch, **changed))

    await office.database.write(more)


async def test_nothing_of_a_person_and_of_their_texts_stays(office: Office) -> None:
    await fill(office)
    assert set((await traces(office)).values()) == {True}
    done = await forget(office)
    assert set((await traces(office)).values()) == {False}
    assert (done.people, done.texts_in, done.requests, done.keeps_stop) == (1, 2, 1, False)
    assert done.list_rows >= 2
    assert [one.name for one in await rows(office, person)] == ["Bilal"]
    assert await rows(office, consent, consent.c.address_id != (await phone(office, 2)).id) == []
    assert await rows(office, draft) == await rows(office, membership) == []
    left = await rows(office, outbox)
    assert {one.state for one in left} == {"cancelled"}
    assert not any(one.body for one in left)


async def test_the_guard_keeps_no_fingerprint_of_the_words(office: Office) -> None:
    await office.people(row("Gulrukh", 1), row("Bilal", 2))
    await office.say(1, "KARWAI")
    await office.say(2, "KARWAI")
    await forget(office)
    kept = [one.address_id for one in await rows(office, reply_guard)]
    assert kept == [(await phone(office, 2)).id]


async def test_that_it_was_done_is_in_the_journal_without_the_number(office: Office) -> None:
    await fill(office)
    await forget(office)
    actor, action, subject, detail = (await noted(office))[-1]
    assert (actor, action, subject, detail["people"]) == ("Nusrat", "number forgotten", "", 1)
    assert await office.database.read(first_broken, office.id) is None


async def test_forgetting_twice_changes_nothing_more(office: Office) -> None:
    await fill(office)
    await forget(office)
    before = await everything(office)
    assert await forget(office) == Forgotten()
    assert await everything(office) == before


@pytest.mark.parametrize(
    ("text", "standing"), [("STOP", "stopped"), ("ALERT", "alerts"), ("0", "stopped")]
)
async def test_a_stop_survives_and_the_next_import_cannot_text_the_number(
    office: Office, text: str, standing: str
) -> None:
    await fill(office)
    await office.say(1, text)
    done = await forget(office)
    assert done.keeps_stop
    held = await traces(office)
    assert [word for word, is_there in held.items() if is_there] == [number(1), number(1)[3:]]
    kept = await phone(office, 1)
    assert (kept.standing, kept.language, kept.speaker_id) == (standing, "", None)
    records = await rows(office, consent, consent.c.address_id == kept.id)
    assert [(one.purpose, one.source, one.basis) for one in records] == [
        ("routine", "sms", ""),
        ("alert", "sms", ""),
    ]
    await office.people(row("Gulrukh", 1))
    assert (await phone(office, 1)).standing == standing
    assert (await office.plan()).addresses == 1
    before = await everything(office)
    again = await forget(office)
    assert (again.people, again.keeps_stop) == (1, True)
    assert await everything(office) != before


async def test_a_number_that_never_refused_may_come_in_again(office: Office) -> None:
    await fill(office)
    await forget(office)
    await office.people(row("Gulrukh", 1))
    assert (await phone(office, 1)).standing == "active"


async def test_who_has_another_phone_or_holds_a_seat_stays_without_the_number(
    office: Office,
) -> None:
    await office.people(
        row("Officer", 1, body="GB", shared="yes"),
        row("Two Phones", 1, shared="yes"),
        row("Past Officer", 1, body="EC", shared="yes"),
    )
    two, past = await person_id(office, "Two Phones"), await person_id(office, "Past Officer")

    def more(conn: Connection) -> None:
        values = {"network_id": office.id, "kind": "email", "handle": "two@example.org"}
        new = insert(address).values(**values, reach="email", created_at=office.now)
        other = conn.execute(new.returning(address.c.id)).scalar_one()
        conn.execute(insert(person_address).values(person_id=two, address_id=other))
        ended = update(seat).where(seat.c.person_id == past)
        conn.execute(ended.values(left_on=date(2026, 1, 1)))
        conn.execute(update(person).values(notes="asr ke baad"))

    await office.database.write(more)
    done = await forget(office)
    assert (done.people, done.unlinked) == (1, 2)
    left = await rows(office, person)
    assert [(one.name, one.notes) for one in left] == [("Officer", ""), ("Two Phones", "")]
    assert len(await rows(office, person_address)) == 1


async def test_a_repeated_hook_stores_nothing_again(office: Office) -> None:
    await office.people(row("Gulrukh", 1))
    mo = office.mo(1, "pani nahin aya")
    await office.hear(mo)
    await forget(office)
    await office.hear(mo)
    (one,) = await rows(office, inbound)
    assert (one.text, one.raw, one.needs_person) == ("", {}, False)
    assert not (await traces(office))["pani nahin aya"]


async def test_other_networks_keep_their_own_unless_all_are_meant(office: Office) -> None:
    other = await Office.open(office.database, office.now, "sarang")
    for one in (office, other):
        await one.people(row("Gulrukh", 1))
    await forget(office)
    assert [one.network_id for one in await rows(office, person)] == [other.id]
    await forget(office, network_id=None)
    assert await rows(office, person) == []


async def test_what_is_with_a_wire_is_waited_for(office: Office) -> None:
    await office.people(row("Gulrukh", 1))
    await office.send()
    await office.claim()
    with pytest.raises(Refusal, match="being sent now"):
        await forget(office)
    assert len(await rows(office, person)) == 1


async def test_prices_and_counts_of_old_texts_stay(office: Office) -> None:
    await office.people(row("Gulrukh", 1))
    await office.send()
    before = await office.database.read(
        lambda conn: conn.execute(select(outbox.c.price_micro, outbox.c.segments)).all()
    )
    plans = await rows(office, broadcast)
    await forget(office)
    after = await office.database.read(
        lambda conn: conn.execute(select(outbox.c.price_micro, outbox.c.segments)).all()
    )
    assert before == after
    assert await rows(office, broadcast) == plans
    assert len(await rows(office, journal)) > 0


async def forget_mail(office: Office, written: str = "Zarmina@Example.org") -> Forgotten:
    where = {"network_id": office.id, "by": "Nusrat", "now": office.now}
    return await forget_number(office.database, written, **where)


async def fill_mail(office: Office, **more: Any) -> None:
    """Let there be a mailbox of Zarmina, who has nothing else, and traces of it."""
    await office.people(row("Zarmina", ""), row("Bilal", 2))
    await mailbox(office, "Zarmina", "zarmina@example.org", **more)
    batch = (await rows(office, import_batch))[0].id
    who = [one for one in await rows(office, address) if one.kind == "email"]

    def put(conn: Connection) -> None:
        held = {"cells": {"name": "Z", "email": "ZARMINA@example.org"}, "verdict": "held"}
        conn.execute(insert(import_row).values(batch_id=batch, line=901, **held))
        came = {"channel": "post", "external_id": "m1", "sender": "zarmina@example.org"}
        came |= {"network_id": office.id, "address_id": who[0].id, "received_at": office.now}
        words = {"text": "asr ke baad", "raw": {"From": "zarmina@example.org"}}
        conn.execute(insert(inbound).values(**came, **words))
        kept = {"account_id": office.officers["Sajida"], "key": "k" * 16}
        fields = {"who": "zarmina@example.org"}
        network = {"network_id": office.id, "updated_at": office.now}
        conn.execute(insert(draft).values(**network, **kept, fields=fields))

    await office.database.write(put)


async def test_an_e_mail_address_is_forgotten_like_a_number(office: Office) -> None:
    await fill_mail(office)
    done = await forget_mail(office)
    assert (done.people, done.texts_in, done.keeps_stop) == (1, 1, False)
    held = (await everything(office)).casefold()
    assert not [one for one in ("zarmina", "asr ke baad") if one in held]
    assert "Bilal" in await everything(office)
    assert (await phone(office, 2)).standing == "active"
    assert await forget_mail(office) == Forgotten()


async def test_a_mailbox_that_unsubscribed_stays_refused_and_bare(office: Office) -> None:
    await fill_mail(office, standing="stopped")
    assert (await forget_mail(office)).keeps_stop
    left = [one for one in await rows(office, address) if one.kind == "email"]
    assert [(one.handle, one.standing) for one in left] == [("zarmina@example.org", "stopped")]
    assert not [one for one in await rows(office, person) if one.name == "Zarmina"]


@pytest.mark.parametrize("odd", ["@", "a@b", "zarmina@example", "a b@example.org", "x@" * 99])
async def test_what_is_no_e_mail_address_is_refused(office: Office, odd: str) -> None:
    with pytest.raises(Refusal) as told:
        await forget_mail(office, odd)
    assert told.value.code == "handle"


async def test_what_is_no_number_is_refused(office: Office) -> None:
    with pytest.raises(Refusal, match="digit"):
        await forget_number(office.database, "0300 12345", by="x", now=office.now)
