"""What a keeper who brings a list may rely on: a verdict a row, and nobody texted unasked."""

from typing import Any

import pytest
from sqlalchemy import func, select, update

from app.domain.errors import Refusal
from app.services import import_contacts as importing
from app.services.import_contacts import ContactFile, import_contacts
from app.store import imports
from app.store.addresses import address, consent
from app.store.database import Connection
from app.store.people import person as person_table
from app.store.people import person_address
from app.store.seats import seat
from tests.factories import Office, number, person, sheet

TABLES = (person_table, address, person_address, seat, consent)


def sizes(conn: Connection) -> list[int]:
    return [conn.execute(select(func.count()).select_from(t)).scalar_one() for t in TABLES]


async def addresses(office: Office) -> dict[str, Any]:
    rows = await office.database.read(lambda conn: conn.execute(select(address)).all())
    return {row.msisdn: row for row in rows}


LIST = (
    person("Gul", 1),
    person("Naz", "0390 000-0002"),
    person("Sher", "۰۳۹۰۰۰۰۰۰۰۳"),
    person("Bibi", "+923670000001"),
    person("Daftar", "051-2345678"),
    person("Be-Phone"),
    person("", 4),
    person("Ghalat", "03OO-12x"),
    person("Do Number", "0300-1234567 / 0301-1234567"),
    person("Short", "8171"),
    person("Kahin", 5, lso="Atlantis"),
    person("x" * 201, 6),
)
VERDICTS = ["added"] * 3 + ["held", "added", "added"] + ["held"] * 2 + ["added"] + ["held"] * 3
OUT = (8, 9, 11, 12, 13)
"""The rows that do not come in."""


async def test_every_row_gets_its_verdict_and_the_good_ones_stand(office: Office) -> None:
    done = await office.people(*LIST)
    assert [one.verdict for one in done.verdicts] == VERDICTS
    assert [one.row for one in done.verdicts] == list(range(2, 14))
    assert done.totals == {"added": 6, "held": 6}
    two = ["+923001234567", "+923011234567"]
    assert sorted(await addresses(office)) == sorted(
        ["+92512345678", "+923670000001", number(1), number(2), number(3), *two]
    )


async def test_every_held_row_says_why_and_what_cures_it(office: Office) -> None:
    done = await office.people(*LIST)
    held = [one for one in done.verdicts if one.row in OUT]
    assert all(one.reason and one.cure for one in held)
    reasons = {one.row: one.reason for one in done.verdicts}
    assert "name is missing" in reasons[8]
    assert "Atlantis" in reasons[12]
    assert "2 numbers" in reasons[10]


async def test_a_landline_is_kept_for_calling_and_never_texted(office: Office) -> None:
    done = await office.people(person("Daftar", "051-2345678"))
    assert "cannot receive texts" in done.verdicts[0].reason
    assert (await addresses(office))["+92512345678"].reach == "none"
    with pytest.raises(Refusal, match="1 call_only"):
        await office.plan()


async def test_an_unknown_prefix_is_held_until_a_person_confirms_it(office: Office) -> None:
    done = await office.people(person("Bibi", "+923670000001"), person("Gul", 1))
    assert done.verdicts[0].verdict == "held"
    assert "confirm" in done.verdicts[0].cure.lower()
    plan = await office.plan()
    assert (plan.addresses, plan.held) == (1, ({"reason": "unconfirmed_number", "people": 1},))


async def test_a_dry_run_gives_the_same_verdicts_and_changes_nothing(office: Office) -> None:
    rows = [*LIST, person("Gul", 1)]
    file = ContactFile(sheet(rows), "l.csv", by="keeper", basis="list", is_dry_run=True)
    before = await office.database.read(sizes)
    dry = await import_contacts(office.database, file, now=office.now)
    assert await office.database.read(sizes) == before == [0] * 5
    assert await office.database.read(imports.every, office.id) == []
    real = await office.people(*rows)
    assert (dry.id, dry.verdicts, dry.totals) == (None, real.verdicts, real.totals)


async def test_the_same_file_twice_adds_nothing(office: Office) -> None:
    await office.people(*LIST)
    before = await office.database.read(sizes)
    again = await office.people(*LIST)
    assert await office.database.read(sizes) == before
    assert again.totals == {"same": 7, "held": 5}


async def test_an_import_longer_than_a_chunk_is_whole(office: Office) -> None:
    n = 2 * importing.CHUNK + 1
    done = await office.people(*(person(f"P{i}", i) for i in range(n)), person("P0", 0))
    assert done.totals == {"added": n, "same": 1}
    assert (await office.database.read(sizes))[:2] == [n, n]
    (batch,) = await office.database.read(imports.every, office.id)
    assert (batch.state, batch.totals) == ("done", {"added": n, "same": 1})


async def test_without_a_basis_people_come_in_without_consent(office: Office) -> None:
    await office.people(person("Gul", 1), person("Naz", 2, basis="asked her"), basis="")
    found = await addresses(office)
    assert [found[number(n)].standing for n in (1, 2)] == ["unknown", "active"]
    assert (await office.plan()).left_out == ({"reason": "no_consent", "people": 1},)


async def test_importing_again_changes_no_consent(office: Office) -> None:
    await office.people(person("Gul", 1), person("Naz", 2), person("Bibi", 3))
    await office.say(1, "STOP")
    await office.say(2, "ALERT")
    before = (await office.database.read(sizes))[-1]
    await office.people(*(person(name, n) for name in ("Gul", "Naya") for n in (1, 2, 3)))
    found = await addresses(office)
    assert [found[number(n)].standing for n in (1, 2, 3)] == ["stopped", "alerts", "active"]
    assert (await office.database.read(sizes))[-1] == before


async def test_a_stranger_who_stopped_stays_stopped_when_imported(office: Office) -> None:
    await office.say(1, "STOP")
    await office.people(person("Gul", 1))
    assert (await addresses(office))[number(1)].standing == "stopped"


async def test_two_people_may_share_a_phone_and_get_one_text(office: Office) -> None:
    done = await office.people(person("Gul", 1), person("Naz", 1, shared="yes"))
    assert done.totals == {"added": 2}
    assert await office.database.read(sizes) == [2, 1, 2, 0, 2]
    plan = await office.plan()
    assert (plan.people, plan.addresses) == (2, 1)


async def test_a_namesake_with_another_number_is_added_and_pointed_out(office: Office) -> None:
    await office.people(person("Gul", 1))
    done = await office.people(person("Gul", 2))
    assert done.verdicts[0].verdict == "added"
    assert "another number" in done.verdicts[0].reason
    assert "two phones" in done.verdicts[0].cure


async def test_a_name_in_other_capitals_is_the_same_person(office: Office) -> None:
    await office.people(person("Gul Rukh", 1))
    assert (await office.people(person("GUL  RUKH", 1))).totals == {"same": 1}


async def test_seats_make_leaders_first(office: Office) -> None:
    await office.unit("Roshni")
    leader = person("Gul", 1, lso="roshni", body="EC|GB", post="President|Member")
    await office.people(person("Naz", 2), leader)
    await office.send()
    assert [row.msisdn for row in await office.texts()] == [number(1), number(2)]
    assert (await office.plan("presidents")).people == 1
    assert (await office.plan("roshni")).people == 1


async def test_hostile_cells_are_stored_as_words(office: Office) -> None:
    rows = [
        person('=cmd|"/c calc"!A1', 1),
        person("'; DROP TABLE person; --", 2, language="'", body="x" * 300, post="\u202e"),
        person("Robert\u0000", 3, sex="💣"),
    ]
    content = sheet(rows).replace(b"\x00", b"")
    file = ContactFile(content, "../../etc/passwd\x07", by="keeper", basis="b" * 900)
    done = await import_contacts(office.database, file, now=office.now)
    assert done.totals == {"added": 3}
    assert "no body" in done.verdicts[1].reason
    # The slash stands between two people of one cell.
    assert (await office.plan()).people == 4


async def test_a_file_that_is_no_table_stores_nothing(office: Office) -> None:
    file = ContactFile(b"\x89PNG\r\n\x1a\n\x00\x00", "list.xlsx", by="keeper")
    with pytest.raises(Refusal, match="not a table"):
        await import_contacts(office.database, file, now=office.now)
    assert await office.database.read(imports.every, office.id) == []


async def test_an_unknown_network_is_refused(office: Office) -> None:
    file = ContactFile(sheet([person("Gul", 1)]), "l.csv", by="keeper", network="nowhere")
    with pytest.raises(Refusal, match="no such network"):
        await import_contacts(office.database, file, now=office.now)


async def test_a_basis_that_was_forgotten_is_given_by_the_same_list_once_more(
    office: Office,
) -> None:
    await office.people(person("Gul", 1), basis="")
    again = await office.people(person("Gul", 1), basis="signed list")
    assert dict(again.totals) == {"same": 1}
    plan = await office.plan()
    assert plan.people == 1


async def test_the_same_list_once_more_changes_no_consent(office: Office) -> None:
    await office.people(person("Gul", 1))
    await office.say(1, "STOP")
    await office.people(person("Gul", 1), basis="signed list")
    with pytest.raises(Refusal, match="stopped"):
        await office.plan()


async def test_languages_are_read_by_their_names(office: Office) -> None:
    names = {"Gul": "Urdu", "Naz": "roman urdu", "Sher": "English", "Ali": "ps"}
    await office.people(
        *(person(name, n, language=said) for n, (name, said) in enumerate(names.items(), 1))
    )
    rows = await office.database.read(
        lambda conn: conn.execute(select(person_table.c.name, person_table.c.language)).all()
    )
    found = {"Gul": "ur", "Naz": "ur-Latn", "Sher": "en", "Ali": "ps"}
    assert {row.name: row.language for row in rows} == found


async def test_a_number_that_bounced_is_not_made_good_by_a_list(office: Office) -> None:
    await office.people(person("Gul", 1), basis="")
    bounced = update(address).values(standing="bounced")
    await office.database.write(lambda conn: conn.execute(bounced))
    await office.people(person("Gul", 1), basis="signed list")
    assert (await addresses(office))[number(1)].standing == "bounced"
    assert (await office.database.read(sizes))[-1] == 0
