"""What members text becomes a report: its number, its place, its owner, and who may see it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.errors import Refusal
from app.domain.tickets import due_on
from app.services.file_ticket import WalkIn, file_from_inbox, file_walk_in
from app.store import talk
from app.store.inbound import HIDDEN
from tests.factories import Office
from tests.services.reported import Reports

PUMP = "6 Pani ka pump kharab hai Laspa mein"


@pytest.fixture
def reports(office: Office) -> Reports:
    return Reports(office)


async def test_a_problem_gets_a_number_a_place_an_owner_and_seven_days(reports: Reports) -> None:
    umeed = await reports.office.unit("Umeed", place="UC Laspa")
    person_id = await reports.known()
    await reports.holds("Vice President", 9, "Lal Khan")
    reply = (await reports.office.say(1, PUMP)).reply
    assert reply == (
        "Masla likh liya. Number R1. Jawab Naib Sadar se 7 din mein. Haalat ke liye R1 bhejen. "
        "Jaan ka khatra ho to 1122 call karen"
    )
    (row,) = await reports.all()
    assert (row.text, row.unit_id) == ("Pani ka pump kharab hai Laspa mein", umeed)
    assert (row.person_id, row.owner_post, row.state) == (person_id, "Vice President", "open")
    assert row.due == due_on(reports.office.now.date())
    assert await reports.steps() == ["filed"]


async def test_numbers_have_no_gaps_in_each_of_two_networks(office: Office) -> None:
    other = await Office.open(office.database, office.now, "sarang")
    for n, one in enumerate((office, other, office, other, office)):
        await one.say(n, f"6 masla number {'x' * (n + 1)} hai")
    numbers: dict[int, list[int]] = {}
    for row in await Reports(office).all():
        numbers.setdefault(row.network_id, []).append(row.no)
    assert numbers == {office.id: [1, 2, 3], other.id: [1, 2]}


async def test_the_general_secretary_owns_it_where_no_vice_president_is(reports: Reports) -> None:
    await reports.holds("General Secretary", 9, "Hidayat Gul")
    assert "General Secretary se 7 din" in (await reports.office.say(1, PUMP)).reply


async def test_six_alone_asks_and_the_next_text_is_the_report(reports: Reports) -> None:
    assert (await reports.office.say(1, "6")).reply.startswith("Masla kya hai aur kahan?")
    assert "Number R1" in (await reports.office.say(1, "transformer jal gaya hai kal se")).reply
    (row,) = await reports.all()
    assert row.text == "transformer jal gaya hai kal se"


async def test_after_a_day_the_question_is_over(reports: Reports) -> None:
    await reports.office.say(1, "6")
    later = reports.office.now + timedelta(hours=25)
    mo = reports.office.mo(1, "transformer jal gaya hai kal se")
    await reports.office.hear(mo, now=later)
    assert await reports.all() == []


async def test_the_same_text_twice_is_one_report(reports: Reports) -> None:
    first = await reports.office.say(1, PUMP)
    again = await reports.office.say(1, PUMP)
    assert len(await reports.all()) == 1
    assert "R1" in first.reply
    assert again.reply in ("", first.reply)


async def test_only_the_phone_that_reported_hears_of_it(reports: Reports) -> None:
    await reports.office.say(1, PUMP)
    assert (await reports.office.say(1, "R1")).reply.startswith("R1 (21 Nov): jawab baqi hai.")
    assert (await reports.office.say(2, "R1")).reply.startswith("Is phone se R1 naam ki koi")


async def test_whoever_reported_hears_of_it_on_another_phone_of_theirs(reports: Reports) -> None:
    from app.store import addresses, people

    person_id = await reports.known(1)
    await reports.office.say(1, PUMP)
    await reports.office.say(3, "HELP")

    def link(conn):  # type: ignore[no-untyped-def]
        found = addresses.addresses_of(conn, reports.office.id, ["+923900000003"])
        (phone,) = found.values()
        people.link_address(conn, person_id, phone.id, is_shared=False)

    await reports.office.database.write(link)
    assert (await reports.office.say(3, "R1")).reply.startswith("R1 (21 Nov)")


async def test_a_second_text_adds_to_it(reports: Reports) -> None:
    await reports.office.say(1, PUMP)
    assert (await reports.office.say(1, "R1 abhi tak kharab hai")).reply.startswith("R1 mein likh")
    assert len(await reports.all()) == 1
    assert await reports.steps() == ["filed", "added"]


@pytest.mark.parametrize(
    "text", ["6 gumnam numberdar paise mangta hai", "mera shohar mujhe roz maarta hai"]
)
async def test_what_is_told_in_confidence_stands_in_no_list(reports: Reports, text: str) -> None:
    await reports.known()
    await reports.office.say(1, text)
    (row,) = await reports.heard()
    kept = {name: getattr(row, name) for name in HIDDEN}
    assert kept == dict(HIDDEN)
    database, office = reports.office.database, reports.office
    (ticket,) = await reports.all()
    out = await database.read(
        lambda conn: [
            *talk.went_out(conn, office.id, state=None, before=None, limit=9),
            *talk.out_to(conn, ticket.address_id, 9),
            *talk.in_from(conn, ticket.address_id, 9),
        ]
    )
    assert out == []
    assert ticket.text in text
    assert len(await reports.bodies()) == 1


async def test_without_a_name_the_report_knows_no_person(reports: Reports) -> None:
    await reports.known()
    await reports.office.say(1, "6 gumnam")
    await reports.office.say(1, "numberdar paise mangta hai sab se")
    (row,) = await reports.all()
    assert (row.is_nameless, row.person_id, row.text) == (
        True, None, "numberdar paise mangta hai sab se",
    )  # fmt: skip
    assert (await reports.office.say(1, "R1")).reply.startswith("R1 (21 Nov)")
    assert [one.is_hidden for one in await reports.heard()] == [True, True, True]


async def test_abuse_is_the_presidents_and_the_answer_is_neutral(reports: Reports) -> None:
    reply = (await reports.office.say(1, "ghar mein maar peet hoti hai roz")).reply
    assert reply == (
        "Aap ka paigham mila. Number R1. Haalat ke liye R1 bhejen. Hangami madad: 1122"
    )
    (row,) = await reports.all()
    assert (row.is_protected, row.owner_post) == (True, "President")
    status = (await reports.office.say(1, "R1")).reply
    assert status == "R1: jawab baqi hai. Mazeed batane ke liye R1 aur apni baat bhejen"


async def test_danger_in_a_report_waits_for_a_person_too(reports: Reports) -> None:
    await reports.office.say(1, "6 sailab aa gaya bund toot gaya Laspa mein")
    (row,) = await reports.heard()
    assert row.needs_person
    assert len(await reports.all()) == 1


async def test_a_text_in_the_inbox_becomes_a_report_once(reports: Reports) -> None:
    office = reports.office
    await office.say(1, "hamare mohalle mein nali ka pani khara hai kab se bataya tha")
    (row,) = await reports.heard()

    async def turn() -> object:
        return await office.database.write(
            lambda conn: file_from_inbox(conn, office.id, row.id, by="Nusrat", now=office.now)
        )

    first, again = await turn(), await turn()
    assert (first.number, first.is_new, again.number, again.is_new) == ("R1", True, "R1", False)  # type: ignore[attr-defined]
    (row,) = await reports.heard()
    assert not row.needs_person
    assert "report filed" in await reports.journal()


async def test_another_networks_text_is_not_there(reports: Reports) -> None:
    office = reports.office
    other = await Office.open(office.database, office.now, "sarang")
    await office.say(1, "hamare mohalle mein nali ka pani khara hai kab se bataya tha")
    (row,) = await reports.heard()
    for inbound_id in (row.id, 999, 0, 2**63):
        with pytest.raises(Refusal, match="no such text"):
            await office.database.write(
                lambda conn, one=inbound_id: file_from_inbox(
                    conn, other.id, one, by="Nusrat", now=office.now
                )
            )


async def test_what_somebody_came_to_tell_is_written_down(reports: Reports) -> None:
    office = reports.office
    told = WalkIn("Pani ka pump kharab", teller="Gul Bano, VO Dosti")
    filed = await file_walk_in(office.database, office.id, told, by="Nusrat", now=office.now)
    (row,) = await reports.all()
    assert (filed.number, row.source, row.teller) == ("R1", "office", "Gul Bano, VO Dosti")
    for wrong, code in (
        (WalkIn("  "), "text_empty"),
        (WalkIn("x" * 1601), "text_too_long"),
        (WalkIn("x", unit_id=77), "not_found"),
        (WalkIn("x", person_id=2**63), "not_found"),
    ):
        with pytest.raises(Refusal) as fault:
            await file_walk_in(office.database, office.id, wrong, by="Nusrat", now=office.now)
        assert fault.value.code == code


async def test_places_are_found_in_both_scripts_and_words_are_none(reports: Reports) -> None:
    office = reports.office
    umeed = await office.unit("Umeed", place="Laspa", local_place="لاسپہ")
    roshni = await office.unit("Roshni", place="Gul Dherai", local_place="گل ڈھیرئی")
    await office.unit("School", kind="CO", parent_id=roshni)
    for n, (text, unit_id) in enumerate(
        [
            ("6 pump kharab hai, LASPA", umeed),
            ("6 لاسپہ میں پمپ خراب ہے", umeed),
            ("6 gul dherai mein ustad nahi", roshni),
            ("6 LSO Roshni ka daftar band hai", roshni),
            ("6 school mein ustad nahi hai", None),
        ]
    ):
        await office.say(n, text)
        assert (await reports.all())[-1].unit_id == unit_id


async def test_a_long_text_and_markup_are_kept_as_written(reports: Reports) -> None:
    mo = reports.office.mo(1, "6 <b>pump</b> " + "kharab hai " * 60)
    await reports.office.hear(replace(mo))
    (row,) = await reports.all()
    assert row.text.startswith("<b>pump</b>") or "pump" in row.text
