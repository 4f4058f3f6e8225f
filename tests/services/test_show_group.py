"""Groups as they are shown: donors in the order in which one calls them at night."""

from datetime import date

from app.services.show_group import list_groups, show_group
from app.store import groups
from app.store.database import Connection
from tests.factories import Office
from tests.services.shapes import Directory, ibtida

GAVE = {
    "Just gave": date(2026, 11, 1),
    "Gave long ago": date(2025, 1, 1),
    "89 days": date(2026, 8, 24),
    "90 days": date(2026, 8, 23),
    "Never gave": None,
}


async def donors(office: Office) -> int:
    def build(conn: Connection) -> int:
        here = Directory(conn, office.id, office.now)
        values = {"network_id": office.id, "name": "Blood donors", "kind": "donors"}
        group_id = groups.add_group(conn, values)
        for name, day in GAVE.items():
            member = {"group_id": group_id, "person_id": here.person(name)}
            here.phone(here.ids[name])
            groups.put_in(conn, {**member, "blood_group": "O-", "last_on": day})
        first = {"group_id": group_id, "person_id": here.person("Another group")}
        groups.put_in(conn, {**first, "blood_group": "A+"})
        return group_id

    return await office.database.write(build)


async def test_donors_stand_by_group_and_who_gave_longest_ago_comes_first(office: Office) -> None:
    shown = await show_group(
        office.database, office.slug, await donors(office), now=office.now, sees_health=True
    )
    assert [(one.name, one.may_give) for one in shown.members] == [
        ("Another group", True),
        ("Never gave", True),
        ("Gave long ago", True),
        ("90 days", True),
        ("89 days", False),
        ("Just gave", False),
    ]
    assert all("*" in one.number for one in shown.members[1:])
    assert shown.members[0].number == ""


async def test_a_long_group_comes_in_pages_without_a_gap(office: Office) -> None:
    def build(conn: Connection) -> int:
        here = Directory(conn, office.id, office.now)
        return ibtida(here, here.unit("Larkana", "LSON"))["donors"]

    group_id = await office.database.write(build)
    seen, after = [], 0
    while after is not None:
        shown = await show_group(
            office.database, office.slug, group_id, now=office.now, sees_health=True, after=after
        )
        assert shown.group.members == 107
        seen += [one.person_id for one in shown.members]
        after = shown.next
    assert len(seen) == len(set(seen)) == 107


async def test_the_list_of_groups_hides_donors_from_who_may_not_see_them(office: Office) -> None:
    await donors(office)

    def build(conn: Connection) -> None:
        values = {"network_id": office.id, "name": "Flood", "kind": "campaign"}
        groups.add_group(conn, {**values, "ends_on": date(2026, 11, 20)})

    await office.database.write(build)
    all_of_them = await list_groups(office.database, office.slug, now=office.now, sees_health=True)
    assert [(one.name, one.members, one.is_over) for one in all_of_them] == [
        ("Blood donors", 6, False),
        ("Flood", 0, True),
    ]
    seen = await list_groups(office.database, office.slug, now=office.now)
    assert [one.name for one in seen] == ["Flood"]
