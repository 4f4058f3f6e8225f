"""How people are reached: any spelling, shared phones, private or not, wrong numbers."""

import pytest

from app.domain.errors import Refusal
from app.services.change_address import (
    Linked,
    NewAddress,
    add_address,
    change_link,
    confirm_number,
    mark_wrong,
    take_away,
)
from app.services.show_person import show_person
from app.store.addresses import address, consent
from app.store.people import person_address
from tests.factories import Office, number
from tests.factories import person as row
from tests.services.people_of import noted, person_id, phone, rows


@pytest.fixture
async def amina(office: Office) -> int:
    await office.people(row("Amina"))
    return await person_id(office, "Amina")


async def add(office: Office, who: int, raw: str, **more: object) -> Linked:
    new = NewAddress(raw, **more)  # type: ignore[arg-type]
    return await add_address(office.database, office.id, who, new, by="Nusrat", now=office.now)


async def link_of(office: Office, who: int) -> tuple[str, bool]:
    (one,) = await rows(office, person_address, person_address.c.person_id == who)
    return one.whose, one.is_private


@pytest.mark.parametrize("raw", ["0390 0000005", "+92-390-0000005", "۰۳۹۰۰۰۰۰۰۰۵", "3900000005"])
async def test_a_number_is_taken_in_any_spelling_and_is_nobody_else_s(
    office: Office, amina: int, raw: str
) -> None:
    linked = await add(office, amina, raw)
    assert (linked.reach, linked.shared_with, linked.is_new) == ("demo", (), True)
    assert await link_of(office, amina) == ("own", True)
    assert (await phone(office, 5)).standing == "unknown"
    _, action, subject, detail = (await noted(office))[-1]
    assert (action, subject) == ("phone linked", f"person {amina}")
    assert number(5) not in str(detail)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("", "There is no number here"),
        ("3.00E+09", "shortened this number"),
        ("0300 123456", "1 digit is missing"),
        ("0300 1234567 / 0301 1234567", "2 numbers in one place"),
        ("8171", "short code"),
    ],
)
async def test_what_is_no_number_is_refused_in_plain_words(
    office: Office, amina: int, raw: str, words: str
) -> None:
    with pytest.raises(Refusal, match=words):
        await add(office, amina, raw)
    assert await rows(office, address) == []


async def test_a_landline_is_kept_to_be_called_and_is_never_texted(
    office: Office, amina: int
) -> None:
    linked = await add(office, amina, "0943 412345")
    assert linked.reach == "none"
    assert "can be called" in linked.problem
    page = await show_person(office.database, office.id, amina)
    assert [one.reach for one in page.addresses] == ["none"]
    with pytest.raises(Refusal, match="does not wait"):
        await confirm_number(
            office.database, office.id, linked.address_id, by="Nusrat", now=office.now
        )


async def test_an_unknown_prefix_waits_until_a_person_confirms_it(
    office: Office, amina: int
) -> None:
    linked = await add(office, amina, "0380 1234567")
    assert (linked.reach, "not known" in linked.problem) == ("held", True)
    await confirm_number(office.database, office.id, linked.address_id, by="Nusrat", now=office.now)
    (one,) = await rows(office, address)
    assert one.reach == "real"
    assert (await noted(office))[-1][1] == "number confirmed"
    again = await add(office, amina, "0380 1234567")
    assert (again.reach, again.problem, again.is_new) == ("real", "", False)
    await office.people(row("Amina", "0380 1234567"))
    assert [one.reach for one in await rows(office, address)] == ["real"]


async def test_two_people_on_one_phone_share_one_number_and_nothing_private_goes_there(
    office: Office, amina: int
) -> None:
    await office.people(row("Bilal", 5))
    bilal = await person_id(office, "Bilal")
    assert await link_of(office, bilal) == ("own", True)
    linked = await add(office, amina, number(5))
    assert linked.shared_with == (bilal,)
    assert len(await rows(office, address)) == 1
    assert await link_of(office, amina) == ("family", False)
    assert await link_of(office, bilal) == ("own", False)
    for one, other in ((amina, "Bilal"), (bilal, "Amina")):
        page = await show_person(office.database, office.id, one)
        assert [who.name for who in page.addresses[0].others] == [other]


async def test_an_officer_can_say_that_private_texts_may_go_to_a_shared_phone(
    office: Office, amina: int
) -> None:
    await office.people(row("Bilal", 5))
    linked = await add(office, amina, number(5))
    how = {"whose": "neighbour", "is_private": True, "by": "Nusrat", "now": office.now}
    await change_link(office.database, office.id, amina, linked.address_id, **how)  # type: ignore[arg-type]
    assert await link_of(office, amina) == ("neighbour", True)
    assert await link_of(office, await person_id(office, "Bilal")) == ("own", False)
    # The same number again, without a word about whose: what was decided stays.
    await add(office, amina, number(5))
    assert await link_of(office, amina) == ("neighbour", True)


@pytest.mark.parametrize("whose", ["family", "neighbour", "office"])
async def test_private_texts_go_only_to_a_phone_of_their_own_unless_said(
    office: Office, amina: int, whose: str
) -> None:
    await add(office, amina, number(5), whose=whose)
    assert await link_of(office, amina) == (whose, False)


async def test_mail_and_chat_names_are_kept_in_one_form(office: Office, amina: int) -> None:
    for kind, raw in (("email", "Amina@Example.ORG"), ("telegram", "@Amina_Bibi")):
        await add(office, amina, raw, kind=kind)
        assert not (await add(office, amina, raw, kind=kind)).is_new
    await add(office, amina, "0390 0000009", kind="whatsapp")
    found = {(one.kind, one.handle, one.reach) for one in await rows(office, address)}
    assert found == {
        ("email", "Amina@example.org", "email"),
        ("telegram", "amina_bibi", "telegram"),
        ("whatsapp", number(9), "whatsapp"),
    }
    page = await show_person(office.database, office.id, amina)
    shown = [one.shown for one in page.addresses]
    assert shown == ["A*****@example.org", "am*****", "039*****09"]
    with pytest.raises(Refusal, match="not an e-mail address"):
        await add(office, amina, "amina at example", kind="email")
    with pytest.raises(Refusal, match="Say what it is"):
        await add(office, amina, "amina", kind="pigeon")


async def test_a_wrong_number_gets_nothing_any_more_and_what_waited_is_cancelled(
    office: Office,
) -> None:
    await office.people(row("Gul", 1))
    await office.send()
    which = (await phone(office, 1)).id
    for _ in "ab":
        await mark_wrong(office.database, office.id, which, by="Nusrat", now=office.now)
    assert (await phone(office, 1)).standing == "wrong"
    assert await office.states() == ["cancelled"]
    records = await rows(office, consent, consent.c.source == "office")
    assert [(one.purpose, one.is_given) for one in records] == [
        ("routine", False),
        ("alert", False),
    ]


async def test_a_stop_is_not_painted_over_by_a_wrong_number(office: Office) -> None:
    await office.people(row("Gul", 1))
    await office.say(1, "STOP")
    which = (await phone(office, 1)).id
    with pytest.raises(Refusal, match="stopped all messages"):
        await mark_wrong(office.database, office.id, which, by="Nusrat", now=office.now)


async def test_a_phone_is_taken_from_one_person_and_stays_with_the_other(office: Office) -> None:
    await office.people(row("Amina", 5, shared="yes"), row("Bilal", 5, shared="yes"))
    amina, which = await person_id(office, "Amina"), (await phone(office, 5)).id
    how = {"by": "Nusrat", "now": office.now}
    await take_away(office.database, office.id, amina, which, **how)  # type: ignore[arg-type]
    (left,) = await rows(office, person_address)
    assert left.person_id == await person_id(office, "Bilal")
    assert (await phone(office, 5)).standing == "active"
    with pytest.raises(Refusal):
        await take_away(office.database, office.id, amina, which, **how)  # type: ignore[arg-type]


async def test_ids_of_another_network_are_not_there(office: Office, amina: int) -> None:
    other = await Office.open(office.database, office.now, "sarang")
    await other.people(row("Theirs", 7))
    theirs, which = await person_id(other, "Theirs"), (await phone(other, 7)).id
    how = {"by": "x", "now": office.now}
    calls = (
        add(office, theirs, number(8)),
        mark_wrong(office.database, office.id, which, **how),  # type: ignore[arg-type]
        confirm_number(office.database, office.id, which, **how),  # type: ignore[arg-type]
        take_away(office.database, office.id, amina, which, **how),  # type: ignore[arg-type]
        change_link(
            office.database,
            office.id,
            theirs,
            which,
            whose="own",
            is_private=True,
            **how,  # type: ignore[arg-type]
        ),
    )
    for call in calls:
        with pytest.raises(Refusal) as refused:
            await call
        assert refused.value.code == "not_found"
