"""Addresses in the store: one row for each name on each wire, and what a person confirmed stays."""

from sqlalchemy import inspect

from app.store import addresses, people
from app.store.addresses import address
from app.store.database import Connection
from tests.factories import Office, number


async def test_a_name_on_a_wire_has_one_row_however_often_it_is_told(office: Office) -> None:
    values = {"network_id": office.id, "handle": "gul@example.org", "created_at": office.now}

    def tell(conn: Connection) -> tuple[int, int, int]:
        first = addresses.ensure_handle(conn, {**values, "kind": "email"})
        again = addresses.ensure_handle(conn, {**values, "kind": "email"})
        other = addresses.ensure_handle(conn, {**values, "kind": "telegram"})
        return first, again, other

    first, again, other = await office.database.write(tell)
    assert first == again != other


async def test_a_confirmed_number_stays_so_when_it_comes_again(office: Office) -> None:
    def confirm(conn: Connection) -> tuple[bool, bool, str]:
        told = (conn, office.id, "+923801234567", "held", office.now)
        row = addresses.ensure_address(*told)
        done = addresses.confirm(conn, row.id), addresses.confirm(conn, row.id)
        return *done, addresses.ensure_address(*told).reach

    assert await office.database.write(confirm) == (True, False, "real")


async def test_a_wrong_number_has_its_records_and_no_other_address_changes(office: Office) -> None:
    def mark(conn: Connection) -> list[str]:
        for n in (1, 2):
            row = addresses.ensure_address(conn, office.id, number(n), "demo", office.now)
            addresses.record_standing(
                conn, office.id, [row.id], "active", source="office", at=office.now
            )
        addresses.record_standing(
            conn, office.id, [row.id], "wrong", source="office", at=office.now
        )
        newest = addresses.newest_consent(conn, row.id)
        assert newest is not None
        assert not newest.is_given
        rows = conn.execute(address.select().order_by(address.c.id)).all()
        return [one.standing for one in rows]

    assert await office.database.write(mark) == ["active", "wrong"]


async def test_who_shares_an_address_loses_privacy_there_and_nowhere_else(office: Office) -> None:
    def share(conn: Connection) -> list[tuple[int, bool]]:
        ids = [people.add_person(conn, {"network_id": office.id, "name": n}) for n in "ab"]
        rows = [
            addresses.ensure_address(conn, office.id, number(n), "demo", office.now) for n in (1, 2)
        ]
        for person_id in ids:
            for row in rows:
                people.put_link(conn, person_id, row.id, whose="own", is_private=True)
        people.make_shared(conn, rows[0].id)
        links = people.links_of(conn, [row.id for row in rows])
        return sorted((one.address_id - rows[0].id, one.is_private) for one in links)

    found = await office.database.write(share)
    assert found == [(0, False), (0, False), (1, True), (1, True)]


async def test_a_plans_recipients_are_found_by_their_address(office: Office) -> None:
    """Forgetting a number and undoing a list look there, among millions of rows."""

    def leading(conn: Connection) -> set[str | None]:
        return {one["column_names"][0] for one in inspect(conn).get_indexes("recipient")}

    assert "address_id" in await office.database.read(leading)
