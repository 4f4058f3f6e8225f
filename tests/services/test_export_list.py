"""Lists to take away: nothing in them runs, numbers only on an explicit ask, and it is kept."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy import insert, select

from app.domain.errors import Refusal
from app.domain.names import name_key
from app.domain.permissions import Post
from app.services.export_list import Asked, export_list
from app.services.import_contacts import ContactFile, import_contacts
from app.store import addresses, people, seats
from app.store.database import Connection
from app.store.groups import health_consent, membership, people_group
from app.store.journal import journal
from tests.factories import Office, number, person

KEEPER = Asked(kind="people", by="keeper", post=Post.KEEPER)
DANGEROUS = [
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x.example","y")',
    "+923901234567",
    "-1",
    "@SUM(A1:A2)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "＝1+1",
]


def add_person(conn: Connection, office: Office, name: str, phone: str = "", **more: object) -> int:
    """A person with a phone, without an import."""
    shared = bool(more.pop("is_shared", False))
    person_id = people.add_person(conn, {"network_id": office.id, "name": name, **more})
    if phone:
        reach = str(more.get("reach", "demo"))
        row = addresses.ensure_address(conn, office.id, phone, reach, office.now)
        people.link_address(conn, person_id, row.id, is_shared=shared)
    return person_id


async def add(office: Office, name: str, phone: str = "", **more: object) -> int:
    return await office.database.write(add_person, office, name, phone, **more)


async def taken(office: Office, asked: Asked) -> list[dict[str, str]]:
    """The list as whoever opens the CSV reads it."""
    exported = await export_list(office.database, office.slug, asked, now=office.now)
    with exported.file as file:
        text = file.read().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("name", DANGEROUS)
async def test_what_looks_like_a_formula_is_written_as_text_in_csv(
    office: Office, name: str
) -> None:
    await add(office, name)
    (row,) = await taken(office, KEEPER)
    assert row["name"] == f"'{name}"


@pytest.mark.parametrize("name", [*DANGEROUS, "زرینہ بی بی", "0391", "1E5", "TRUE", "\x07bell"])
async def test_every_cell_of_a_spreadsheet_is_text(office: Office, name: str) -> None:
    await add(office, name, number(1), sex="m")
    asked = replace(KEEPER, form="xlsx", with_numbers=True)
    exported = await export_list(office.database, office.slug, asked, now=office.now)
    with exported.file as file:
        sheet = load_workbook(file).active
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    assert {cell.number_format for cell in cells} == {"@"}
    shown = [cell.value for cell in cells]
    assert name.replace("\x07", "").replace("\r", "\n") in [v.replace("\r", "\n") for v in shown]
    assert "0390-0000001" in shown


async def test_excel_shows_urdu_because_the_file_begins_with_its_mark(office: Office) -> None:
    await add(office, "Zarina", local_name="زرینہ بی بی")
    exported = await export_list(office.database, office.slug, KEEPER, now=office.now)
    with exported.file as file:
        assert file.read(3) == b"\xef\xbb\xbf"
    assert (await taken(office, KEEPER))[0]["name_ur"] == "زرینہ بی بی"


async def test_numbers_are_masked_and_a_womans_is_not_given_at_all(office: Office) -> None:
    await add(office, "Babar", number(1), sex="m")
    await add(office, "Zarina", number(2), sex="f")
    await add(office, "Nobody knows", number(3))
    phones = [row["phone"] for row in await taken(office, KEEPER)]
    assert phones == ["039*****01", "through the office", "through the office"]


async def test_whoever_may_see_numbers_gets_them_on_asking_and_it_is_written_down(
    office: Office,
) -> None:
    await add(office, "Babar", number(1), sex="m")
    await add(office, "Zarina", number(2), sex="f")
    await add(office, "Paper")
    rows = await taken(office, replace(KEEPER, with_numbers=True))
    assert [row["phone"] for row in rows] == ["0390-0000001", "0390-0000002", ""]
    last = select(journal).order_by(journal.c.id.desc()).limit(1)
    entry = await office.database.read(lambda conn: conn.execute(last).one())
    assert (entry.actor, entry.action, entry.subject) == ("keeper", "numbers exported", "people")
    assert entry.detail == {"rows": 3, "form": "csv", "numbers": 2}


async def test_a_viewer_gets_no_numbers(office: Office) -> None:
    await add(office, "Babar", number(1), sex="m")
    asked = replace(KEEPER, post=Post.VIEWER, with_numbers=True)
    with pytest.raises(Refusal, match="A viewer may not do this"):
        await taken(office, asked)
    said = select(journal.c.action).where(journal.c.action == "numbers exported")
    assert await office.database.read(lambda conn: conn.execute(said).all()) == []


async def test_a_list_or_form_that_is_not_there_names_those_that_are(office: Office) -> None:
    with pytest.raises(Refusal, match="people, units, posts, groups, held, consents"):
        await taken(office, replace(KEEPER, kind="everything"))
    with pytest.raises(Refusal, match="written as csv, xlsx"):
        await taken(office, replace(KEEPER, form="pdf"))
    with pytest.raises(Refusal, match="There is no group “Khoon”"):
        await taken(office, replace(KEEPER, kind="groups", group="Khoon"))


async def test_a_long_list_comes_whole_and_in_order(office: Office) -> None:
    def fill(conn: Connection) -> None:
        for n in range(2_345):
            add_person(conn, office, f"Person {n}")

    await office.database.write(fill)
    names = [row["name"] for row in await taken(office, KEEPER)]
    assert names == [f"Person {n}" for n in range(2_345)]


async def test_another_networks_people_are_not_on_it(office: Office) -> None:
    other = await Office.open(office.database, office.now, slug="sarang")
    await add(office, "Ours")
    await add(other, "Theirs")
    assert [row["name"] for row in await taken(other, KEEPER)] == ["Theirs"]
    for kind in ("units", "posts", "groups", "held", "consents"):
        assert await taken(other, replace(KEEPER, kind=kind)) == []


async def give_blood_groups(office: Office) -> None:
    babar, zarina = await add(office, "Babar", sex="m"), await add(office, "Zarina", sex="f")

    def fill(conn: Connection) -> None:
        name = "خون دینے والے"
        group = {"network_id": office.id, "name": name, "name_key": name_key(name)}
        group_id = conn.execute(
            insert(people_group).values(**group, kind="donors").returning(people_group.c.id)
        ).scalar_one()
        for who, blood in ((babar, "O-"), (zarina, "A+")):
            values = {"group_id": group_id, "person_id": who, "blood_group": blood}
            conn.execute(insert(membership).values(**values, last_on=date(2026, 8, 1)))
        for who, is_given in ((babar, True), (zarina, True), (zarina, False)):
            values = {"network_id": office.id, "person_id": who, "is_given": is_given}
            conn.execute(insert(health_consent).values(**values, at=office.now))

    await office.database.write(fill)


async def test_blood_groups_go_only_to_whom_they_concern_and_with_consent(office: Office) -> None:
    await give_blood_groups(office)
    asked = replace(KEEPER, kind="groups", group="خون دینے والے")
    rows = await taken(office, asked)
    assert [(row["name"], row["blood"], row["last_donation"]) for row in rows] == [
        ("Babar", "O-", "2026-08-01"),
        ("Zarina", "", ""),
    ]
    seen_by_press = await taken(office, replace(asked, post=Post.PRESS))
    assert [row["blood"] + row["last_donation"] for row in seen_by_press] == ["", ""]


async def test_a_file_bears_the_groups_name_and_leads_nowhere_else(office: Office) -> None:
    await give_blood_groups(office)
    asked = replace(KEEPER, kind="groups", group="خون دینے والے")
    exported = await export_list(office.database, office.slug, asked, now=office.now)
    exported.file.close()
    assert exported.name == "mirkhai-groups-خون-دینے-والے-2026-11-21.csv"


async def test_posts_units_held_numbers_and_consents_have_their_lists(office: Office) -> None:
    unit_id = await office.unit("Sarwan", local_name="سروان", place="Sarwan Bala")
    who = await add(office, "Babar", number(1), sex="m", unit_id=unit_id)
    held = "+923670000001"

    def fill(conn: Connection) -> None:
        post = {"network_id": office.id, "person_id": who, "unit_id": unit_id}
        seats.add(conn, [{**post, "body": "LSO", "post": "President"}])
        row = addresses.ensure_address(conn, office.id, held, "held", office.now)
        people.link_address(conn, who, row.id, is_shared=False)
        addresses.record_standing(
            conn, office.id, [row.id], "active", source="office", basis="form", at=office.now
        )

    await office.database.write(fill)
    (unit,) = await taken(office, replace(KEEPER, kind="units"))
    assert (unit["kind"], unit["name"], unit["place"]) == ("LSO", "Sarwan", "Sarwan Bala")
    (post,) = await taken(office, replace(KEEPER, kind="posts"))
    assert (post["body"], post["post"], post["unit"]) == ("LSO", "President", "Sarwan")
    (waits,) = await taken(office, replace(KEEPER, kind="held", with_numbers=True))
    assert (waits["name"], waits["unit"], waits["phone"]) == ("Babar", "Sarwan", "0367-0000001")
    given = await taken(office, replace(KEEPER, kind="consents"))
    assert {(row["purpose"], row["consent"]) for row in given} == {
        ("routine", "given"),
        ("alert", "given"),
    }
    assert {row["phone"] for row in given} == {"036*****01"}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
async def test_a_list_with_numbers_brought_back_changes_nothing(office: Office, form: str) -> None:
    await office.unit("Sarwan")
    await office.unit("Tameer")
    rows = [
        person("Zarina", 1, sex="F", language="urdu", lso="Sarwan", body="GB|LSO", post="|Manager"),
        person("Noor Jehan", 2, sex="F", lso="Sarwan", shared="yes"),
        person("Gul", 2, sex="F", lso="Tameer", shared="yes"),
        person("Ali Raza", "+447911123456", sex="M", lso="Tameer"),
        person("Landline", "051-2345678", sex="M"),
        person("No phone", lso="Sarwan"),
    ]
    assert (await office.people(*rows)).totals["added"] == len(rows)
    asked = replace(KEEPER, form=form, with_numbers=True)
    exported = await export_list(office.database, office.slug, asked, now=office.now)
    with exported.file as file:
        content = file.read()
    again = ContactFile(content, exported.name, by="keeper", network=office.slug, is_dry_run=True)
    found = await import_contacts(office.database, again, now=office.now)
    assert {one.verdict for one in found.verdicts} == {"same"}, found.verdicts
    assert len(found.verdicts) == len(rows)
