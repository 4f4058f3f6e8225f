"""Reports change hands, move and are protected; each step stands in the history."""

import pytest

from app.domain.errors import Refusal
from app.domain.permissions import Post
from app.services.change_ticket import TicketChange, change_ticket, reopen_ticket
from app.services.forget_number import forget_number
from app.store import person_ties, tickets
from tests.factories import Office, number
from tests.services.reported import Reports


@pytest.fixture
async def reports(office: Office) -> Reports:
    found = Reports(office)
    await office.say(1, "6 Pani ka pump kharab hai Laspa mein")
    return found


async def change(reports: Reports, post: Post = Post.GENERAL_SECRETARY, **what: object) -> None:
    wanted = TicketChange(**what)  # type: ignore[arg-type]
    await change_ticket(reports.office.database, 1, wanted, reports.hand(post))


async def test_owner_unit_and_state_change_with_a_line_each(reports: Reports) -> None:
    unit_id = await reports.office.unit("Umeed")
    await change(
        reports, owner_post="finance secretary", unit_id=unit_id, is_in_hand=True, note="Rs 500"
    )
    (row,) = await reports.all()
    assert (row.owner_post, row.unit_id, row.state) == ("Finance Secretary", unit_id, "in hand")
    assert await reports.steps() == ["filed", "assigned", "placed", "in hand"]
    await change(reports, unit_id=0)
    assert (await reports.all())[0].unit_id is None
    assert (await reports.journal()).count("report changed") == 2


async def test_a_unit_can_own_it(reports: Reports) -> None:
    unit_id = await reports.office.unit("Umeed")
    await change(reports, owner_post="President", owner_unit_id=unit_id)
    (row,) = await reports.all()
    assert (row.owner_body, row.owner_post, row.owner_unit_id) == ("", "President", unit_id)


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ({}, "nothing"),
        ({"owner_post": "Chief"}, "owner"),
        ({"unit_id": 99}, "not_found"),
        ({"owner_post": "President", "owner_unit_id": 99}, "not_found"),
        ({"note": "x" * 501}, "note_too_long"),
    ],
)
async def test_what_cannot_be_is_refused(
    reports: Reports, what: dict[str, object], code: str
) -> None:
    with pytest.raises(Refusal) as fault:
        await change(reports, **what)
    assert fault.value.code == code
    assert await reports.steps() == ["filed"]


async def test_protecting_takes_the_text_out_of_the_inbox_too(reports: Reports) -> None:
    await change(reports, is_protected=True)
    (row,), (heard,) = await reports.all(), await reports.heard()
    assert (row.is_protected, row.owner_post) == (True, "President")
    assert (heard.text, heard.sender, heard.address_id, heard.is_hidden) == ("", "", None, True)
    with pytest.raises(Refusal, match="may not"):
        await change(reports, note="what is it")
    await change(reports, Post.PRESIDENT, is_protected=False)
    assert await reports.steps() == ["filed", "protected", "unprotected"]


async def test_a_closed_report_is_opened_by_the_members_word(reports: Reports) -> None:
    def close(conn):  # type: ignore[no-untyped-def]
        tickets.change(conn, 1, state="closed", to_president_at=reports.office.now)

    await reports.office.database.write(close)
    await reports.office.say(1, "R1 abhi tak kharab hai")
    (row,) = await reports.all()
    assert (row.state, row.to_president_at) == ("open", None)
    assert (await reports.steps())[-1] == "reopened"


async def test_an_officer_opens_it_again_once(reports: Reports) -> None:
    with pytest.raises(Refusal, match="open already"):
        await reopen_ticket(reports.office.database, 1, reports.hand())
    await reports.office.database.write(lambda conn: tickets.change(conn, 1, state="closed"))
    await reopen_ticket(reports.office.database, 1, reports.hand())
    assert (await reports.all())[0].state == "open"


async def test_another_networks_report_is_not_there(reports: Reports) -> None:
    other = await Office.open(reports.office.database, reports.office.now, "sarang")
    with pytest.raises(Refusal, match="no such report"):
        await change_ticket(
            other.database, 1, TicketChange(note="x"), Reports(other).hand(Post.PRESIDENT)
        )


async def test_added_words_of_abuse_protect_it_from_then_on(reports: Reports) -> None:
    await reports.office.say(1, "R1 woh larkiyon ko tang karta hai")
    (row,) = await reports.all()
    assert row.is_protected
    assert [one.is_hidden for one in await reports.heard()] == [True, True]


async def test_forgetting_the_number_empties_the_report_and_keeps_its_number(
    reports: Reports,
) -> None:
    office = reports.office
    await office.say(1, "R1 abhi tak kharab hai")
    await forget_number(
        office.database, number(1), network_id=office.id, by="keeper", now=office.now
    )
    (row,) = await reports.all()
    assert (row.no, row.text, row.address_id, row.person_id) == (1, "", None, None)
    assert await reports.steps() == ["filed", "added"]
    assert (await office.say(1, "R1")).reply.startswith("Is phone se R1")


async def test_people_who_are_one_keep_the_report(office: Office) -> None:
    reports = Reports(office)
    first, second = await reports.known(1, "Gul Bano"), await reports.known(2, "Gul Bano Jan")
    await office.say(2, "6 Pani ka pump kharab hai Laspa mein")
    await office.database.write(lambda conn: person_ties.move_rest(conn, second, first))
    assert (await reports.all())[0].person_id == first
