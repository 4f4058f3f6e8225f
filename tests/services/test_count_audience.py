"""Whom words reach: exactly the right people of the networks that the sources tell of."""

from collections.abc import AsyncIterator
from datetime import date, datetime

import pytest

from app.domain.errors import Refusal
from app.store import groups, inbound, people
from app.store.database import Connection, Database
from tests.factories import Office, person
from tests.services.shapes import COS, DONORS, VOS, Directory, asked, ibtida, names, sarwan


@pytest.fixture
async def larkana(database_url: str, now: datetime) -> AsyncIterator[Office]:
    """Both LSOs under one LSON."""
    async with Database(database_url) as database:
        office = await Office.open(database, now)

        def build(conn: Connection) -> None:
            here = Directory(conn, office.id, now)
            ours = sarwan(here)
            theirs = ibtida(here, ours["lson"])
            # Two who live where the other one presides: the seat decides, not the home.
            for name, home in (("VO president 2", theirs), ("Leader of VO 121", ours)):
                people.change(conn, here.ids[name], {"unit_id": home["vo"]})
            minister = here.person("Minister", "m")
            health = here.unit("Health Department", "department")
            here.seat(minister, "OUT", "President", health)
            here.seat(here.person("Reporter", "f"), "OUT", "Patron", here.unit("Dawn", "media"))

        await database.write(build)
        yield office


PRESIDENTS = {f"VO president {no}" for no in range(1, VOS + 1)}
CO_PRESIDENTS = {f"CO president {no}" for no in range(VOS + 1, COS + 1)}


async def test_women_presidents_of_vos_under_lso_sarwan_are_exactly_right(larkana: Office) -> None:
    women = PRESIDENTS - {"VO president 14", "VO president 15"}
    for words in (
        "women presidents of VOs under LSO Sarwan",
        "Sarwan vos presidents women",
        "خواتین صدر vos سرواڻ",
    ):
        assert await names(larkana, words) == women, words
    assert await names(larkana, "men presidents of VOs under LSO Sarwan") == {"VO president 14"}
    assert await names(larkana, "presidents of VOs") == (
        PRESIDENTS - {"VO president 15"} | {"Dosti of Ibtida", "Leader of VO 121"}
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("presidents of cos under sarwan", CO_PRESIDENTS | {"VO manager 1"}),
        ("presidents under VO 121", {"Leader of VO 121"}),
        ("VO Dosti of Ibtida presidents", {"Dosti of Ibtida"}),
        ("lso officers", {"Head of Sarwan"}),
        ("outside", {"Minister", "Reporter"}),
        ("department", {"Minister"}),
        ("media women", {"Reporter"}),
        ("patron", {"Reporter"}),
        ("outside presidents", {"Minister"}),
        (
            "presidents under sarwan but not cos, media",
            PRESIDENTS - {"VO president 15"} | {"Head of Sarwan", "Reporter"},
        ),
        ("blood O- women", {f"Donor {no:03}" for no in range(0, DONORS, 8)}),
        ("group blood donors men", {f"Donor {no:03}" for no in range(1, DONORS, 2)}),
    ],
)
async def test_each_word_narrows_to_the_right_people(
    larkana: Office, words: str, expected: set[str]
) -> None:
    assert await names(larkana, words) == expected


async def test_the_shapes_have_the_sizes_of_the_sources(larkana: Office) -> None:
    assert len(await names(larkana, "cos under sarwan")) == COS - VOS + 1
    assert len(await names(larkana, "managers of VOs under sarwan")) == VOS
    assert (await asked(larkana, "blood donors")).phones == DONORS


async def test_a_name_of_two_units_is_refused_with_the_ways(larkana: Office) -> None:
    with pytest.raises(Refusal) as refused:
        await asked(larkana, "women of VO Dosti")
    assert refused.value.code == "audience_ambiguous"
    assert "VO Dosti under LSO Sarwan · VO Dosti under LSO Ibtida" in str(refused.value)
    assert "President" not in str(refused.value)


async def test_taking_a_group_from_itself_leaves_nobody(larkana: Office) -> None:
    for words in ("all", "women", "under sarwan", "cos", "quiet 6", "urdu", "blood donors"):
        assert (await asked(larkana, f"{words} but not {words}")).chosen == 0, words
    everybody = (await asked(larkana, "all")).chosen
    for words in ("women", "under sarwan", "vos", "media", "quiet 3", "roman"):
        these = (await asked(larkana, words)).chosen
        others = (await asked(larkana, f"all but not {words}")).chosen
        assert these + others == everybody, words


async def test_adding_groups_in_any_order_gives_the_same_people(larkana: Office) -> None:
    assert await names(larkana, "vos, media") == await names(larkana, "media, vos")


async def test_a_person_in_two_groups_or_with_two_terms_counts_once(office: Office) -> None:
    def build(conn: Connection) -> None:
        here = Directory(conn, office.id, office.now)
        lso = here.unit("Sarwan", "LSO")
        zarina = here.person("Zarina", unit=lso)
        here.seat(zarina, "GB", "Member", lso)
        here.seat(zarina, "GB", "Member", lso, left_on=date(2024, 1, 1))
        here.seat(zarina, "EC", "President")
        here.phone(zarina)
        here.phone(zarina)

    await office.database.write(build)
    for words in ("gb", "gb, ec", "women, gb, under sarwan", "cabinet", "president under sarwan"):
        assert (await asked(office, words)).chosen == 1, words


async def test_everybody_is_reached_left_out_with_a_reason_or_held(office: Office) -> None:
    def build(conn: Connection) -> None:
        here = Directory(conn, office.id, office.now)
        here.phone(here.person("Own"))
        here.phone(here.person("One of two"), here.person("Other of two"))
        here.phone(here.person("Shared"), private=False)
        for standing in ("stopped", "alerts", "unknown", "wrong", "bounced"):
            here.phone(here.person(standing), standing=standing)
        both = here.person("Own stopped, another shared")
        here.phone(both, standing="stopped")
        here.phone(both, private=False)
        here.person("Nothing")

    await office.database.write(build)
    await office.people(person("Landline", "051-2345678"), person("Doubt", "+923670000001"))
    open_one, private = await asked(office, "all"), await asked(office, "all", is_private=True)
    reasons = {row["reason"]: row["people"] for row in open_one.left_out}
    assert reasons == {
        "stopped": 1,
        "alerts_only": 1,
        "no_consent": 1,
        "wrong_number": 1,
        "bounced": 1,
        "no_phone": 1,
        "call_only": 1,
        "same_phone": 1,
    }
    assert (open_one.people, open_one.phones) == (5, 4)
    assert open_one.held == ({"reason": "unconfirmed_number", "people": 1},)
    assert (private.people, private.phones) == (3, 2)
    assert {row["reason"]: row["people"] for row in private.held} == {
        "shared_phone": 2,
        "unconfirmed_number": 1,
    }
    for count in (open_one, private):
        rest = sum(row["people"] for row in (*count.left_out, *count.held))
        assert count.phones + rest == count.chosen == 13
    urgent = await asked(office, "all", is_urgent=True)
    assert urgent.phones == open_one.phones + 1
    said = {one.name: one.reason for one in private.sample}
    assert said["Shared"] == said["Own stopped, another shared"] == "shared_phone"
    assert all("*" in one.number for one in private.sample if one.number)


async def test_nobody_is_in_a_group_after_its_last_day(office: Office) -> None:
    last = office.now.date()

    def build(conn: Connection) -> None:
        here = Directory(conn, office.id, office.now)
        who = here.person("Sughra")
        for name, day in (("Flood of May", date(2026, 5, 31)), ("Polio drive", last)):
            values = {"network_id": office.id, "name": name, "kind": "campaign", "ends_on": day}
            group_id = groups.add_group(conn, values)
            skill = {"skill": "tailoring" if day == last else "knitting"}
            groups.put_in(conn, {"group_id": group_id, "person_id": who, **skill})

    await office.database.write(build)
    assert await names(office, "polio drive") == {"Sughra"}
    assert await names(office, "skill tailoring") == {"Sughra"}
    assert await names(office, "flood of may") == set()
    assert await names(office, "skill knitting") == set()


async def test_quiet_people_are_those_from_whose_phones_nothing_came(office: Office) -> None:
    def build(conn: Connection) -> None:
        here = Directory(conn, office.id, office.now)
        for no, name in enumerate(("Lately", "Long ago", "Never")):
            msisdn = here.phone(here.person(name), here.person(f"{name} too"))
            at = {0: datetime(2026, 9, 1, tzinfo=office.now.tzinfo)}.get(
                no, datetime(2026, 2, 1, tzinfo=office.now.tzinfo)
            )
            if no < 2:
                row = {
                    "network_id": office.id,
                    "channel": "sim",
                    "external_id": name,
                    "sender": msisdn,
                    "text": "1",
                    "raw": {},
                    "received_at": at,
                }
                row["address_id"] = here.phones
                inbound.record(conn, [row])

    await office.database.write(build)
    assert await names(office, "quiet 6") == {"Long ago", "Long ago too", "Never", "Never too"}
    assert await names(office, "quiet 1") == await names(office, "all")
    assert await names(office, "quiet 12") == {"Never", "Never too"}


async def test_the_language_that_a_phone_asked_for_comes_before_the_persons(office: Office) -> None:
    def build(conn: Connection) -> None:
        here = Directory(conn, office.id, office.now)
        here.phone(here.person("Urdu", language="ur"))
        here.wrote(here.phone(here.person("Asked for Urdu", language="en")), "ur")
        here.wrote(here.phone(here.person("Asked for Sindhi", language="ur")), "sd")

    await office.database.write(build)
    assert await names(office, "urdu") == {"Urdu", "Asked for Urdu"}
    assert await names(office, "sindhi") == {"Asked for Sindhi"}
    assert await names(office, "english") == set()


async def test_people_where_no_road_leads_are_counted_and_reached(office: Office) -> None:
    def build(conn: Connection) -> None:
        here = Directory(conn, office.id, office.now)
        top = here.unit("Laspa", "LSO", cut_from=1115, cut_until=331)
        village = here.unit("Bala", "VO", top)
        summer = here.unit("Lower", "VO", cut_from=601, cut_until=831)
        for name, unit in (("Cut", village), ("Open", summer), ("Homeless", None)):
            here.phone(here.person(name, unit=unit))

    await office.database.write(build)
    count = await asked(office, "all")
    assert (count.cut_off, count.phones) == (1, 3)


async def test_an_officer_without_the_right_learns_nothing_of_health(larkana: Office) -> None:
    for words in ("blood O-", "blood donors", "group blood donors", "women, blood AB+"):
        with pytest.raises(Refusal) as refused:
            await asked(larkana, words, sees_health=False)
        assert refused.value.code == "not_allowed"
