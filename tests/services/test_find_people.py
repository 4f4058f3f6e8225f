"""Finding people by name in any script, post, unit or number; and how fast among 25,000."""

import time

import pytest
from sqlalchemy import insert

from app.domain.errors import Refusal
from app.services.find_people import find_people
from app.store import seats
from app.store.addresses import address
from app.store.database import Connection
from app.store.people import keyed, person, person_address
from tests.factories import Office, number
from tests.factories import person as row
from tests.services.people_of import person_id


async def names(office: Office, words: str, **more: object) -> list[str]:
    page = await find_people(office.database, office.id, words, **more)  # type: ignore[arg-type]
    return [one.name for one in page.people]


@pytest.fixture
async def village(office: Office) -> Office:
    roshni = await office.unit("Roshni", local_name="روشنی")
    await office.unit("Umeed")
    await office.people(
        row("Gul Rukh Naz", 11, lso="Roshni", body="GB", post="Press Secretary"),
        row("Gulzar Khan", 12, lso="Umeed"),
        row("Amina Bibi", 13, shared="yes"),
        row("Bilal", 13, shared="yes"),
        row("Zar 100% Gul", ""),
    )
    gul = await person_id(office, "Gul Rukh Naz")
    values = {"local_name": "گل رخ ناز", "unit_id": roshni}

    def change(conn: Connection) -> None:
        conn.execute(person.update().where(person.c.id == gul).values(**keyed(values)))

    await office.database.write(change)
    return office


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("gul", ["Gul Rukh Naz", "Gulzar Khan", "Zar 100% Gul"]),
        ("GUL  naz", ["Gul Rukh Naz"]),
        ("گل", ["Gul Rukh Naz"]),
        ("كل", []),
        ("روشني", ["Gul Rukh Naz"]),
        ("umeed", ["Gulzar Khan"]),
        ("press gul", ["Gul Rukh Naz"]),
        ("ul", []),
        ("100%", ["Zar 100% Gul"]),
        ("%", ["Amina Bibi", "Bilal", "Gul Rukh Naz", "Gulzar Khan", "Zar 100% Gul"]),
        ("_", []),
        ("nobody", []),
        ("0390 0000013", ["Amina Bibi", "Bilal"]),
        ("۰۳۹۰۰۰۰۰۰۱۲", ["Gulzar Khan"]),
        ("+92 390-0000011", ["Gul Rukh Naz"]),
        ("0012", ["Gulzar Khan"]),
        ("9999", []),
        ("03900000", ["Amina Bibi", "Bilal", "Gul Rukh Naz", "Gulzar Khan"]),
    ],
)
async def test_people_are_found_by_whatever_is_known_of_them(
    village: Office, words: str, found: list[str]
) -> None:
    assert await names(village, words) == found


async def test_too_few_digits_are_refused_with_what_to_do(village: Office) -> None:
    with pytest.raises(Refusal, match="Write the last 4 or more"):
        await names(village, "012")


async def test_a_result_says_where_somebody_belongs_and_what_goes_there_without_the_number(
    village: Office,
) -> None:
    page = await find_people(village.database, village.id, "gul naz")
    (one,) = page.people
    assert (one.unit, one.local_unit, one.local_name) == ("Roshni", "روشنی", "گل رخ ناز")
    assert [(post.body, post.post) for post in one.posts] == [("GB", "Press Secretary")]
    (phone,) = one.phones
    assert (phone.shown, phone.whose, phone.is_private) == ("039*****11", "own", True)
    assert number(11) not in repr(page)


async def test_pages_follow_each_other_without_gap_or_repeat(village: Office) -> None:
    seen: list[str] = []
    after = None
    for _ in range(3):
        page = await find_people(village.database, village.id, "", after=after, limit=2)
        assert page.total == 5
        seen += [one.name for one in page.people]
        after = page.next
    assert after is None
    assert seen == ["Amina Bibi", "Bilal", "Gul Rukh Naz", "Gulzar Khan", "Zar 100% Gul"]


async def test_somebody_who_gave_up_a_post_is_not_found_by_it(village: Office) -> None:
    def leave(conn: Connection) -> None:
        conn.execute(seats.seat.update().values(left_on=village.now.date()))

    await village.database.write(leave)
    assert await names(village, "press") == []


async def test_another_network_s_people_are_not_found(village: Office) -> None:
    other = await Office.open(village.database, village.now, "sarang")
    await other.people(row("Gul Sarang", 11))
    assert await names(other, "gul") == ["Gul Sarang"]
    assert await names(other, number(11)) == ["Gul Sarang"]
    with pytest.raises(Refusal):
        await names(other, "", after=await person_id(village, "Bilal"))


async def test_a_search_among_25_000_people_takes_a_moment(office: Office) -> None:
    def fill(conn: Connection) -> None:
        many = range(25_000)
        network = {"network_id": office.id}
        people = [
            keyed({**network, "name": f"Name{n % 977} Wafa{n}", "local_name": f"نام {n}"})
            for n in many
        ]
        conn.execute(insert(person), people)
        first = conn.execute(person.select().order_by(person.c.id).limit(1)).one().id
        phones = [
            {**network, "msisdn": number(n), "reach": "demo", "created_at": office.now}
            for n in many
        ]
        conn.execute(insert(address), phones)
        links = [{"person_id": first + n, "address_id": n + 1} for n in many]
        conn.execute(insert(person_address), links)

    await office.database.write(fill)
    for words in ("", "name12", "wafa24999", "نام 77", "president", "9999", number(24_000)):
        began = time.perf_counter()
        await find_people(office.database, office.id, words)
        assert time.perf_counter() - began < 1.0, words
