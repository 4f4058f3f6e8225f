"""Lists of reports and one of them: who sees what, in which order, and what stays unsaid."""

from datetime import timedelta

import pytest

from app.domain.errors import Refusal
from app.domain.permissions import Post
from app.services.show_tickets import Looking, count_waiting, list_tickets, show_ticket
from app.store import tickets
from tests.factories import Office
from tests.services.reported import Reports

ABUSE = "ghar mein maar peet hoti hai roz"


@pytest.fixture
async def reports(office: Office) -> Reports:
    found = Reports(office)
    await found.known(1, "Gul Bano")
    await office.say(1, "6 Pani ka pump kharab hai Laspa mein")
    await office.say(2, "6 transformer jal gaya hai Shahi mein")
    await office.say(3, ABUSE)
    await office.say(4, "6 gumnam numberdar paise mangta hai")
    return found


def looking(reports: Reports, post: Post = Post.VIEWER, days: int = 0) -> Looking:
    return Looking(reports.office.id, post, reports.office.now.date() + timedelta(days=days))


async def numbers(
    reports: Reports, which: str, post: Post = Post.VIEWER, days: int = 0
) -> list[int]:
    page = await list_tickets(reports.office.database, looking(reports, post, days), which=which)
    return [one.no for one in page.lines]


async def test_lists_are_newest_first_and_leave_out_what_is_protected(reports: Reports) -> None:
    await reports.office.database.write(lambda conn: tickets.change(conn, 2, state="closed"))
    assert await numbers(reports, "open") == [4, 1]
    assert await numbers(reports, "closed") == [2]
    assert await numbers(reports, "all") == [4, 2, 1]
    assert await numbers(reports, "overdue") == []
    assert await numbers(reports, "overdue", days=8) == [4, 1]
    assert await numbers(reports, "protected", Post.FOCAL) == [3]
    with pytest.raises(Refusal, match="no list"):
        await numbers(reports, "mine")


@pytest.mark.parametrize(
    "post", [post for post in Post if post not in (Post.PRESIDENT, Post.FOCAL)]
)
async def test_no_other_post_reads_a_protected_report(reports: Reports, post: Post) -> None:
    with pytest.raises(Refusal, match="may not"):
        await numbers(reports, "protected", post)
    with pytest.raises(Refusal, match="may not"):
        await show_ticket(reports.office.database, looking(reports, post), 3)
    counted = await count_waiting(reports.office.database, looking(reports, post))
    assert (counted.open, counted.protected) == (3, 0)


async def test_the_president_reads_it_and_is_told_how_many_wait(reports: Reports) -> None:
    view = await show_ticket(reports.office.database, looking(reports, Post.PRESIDENT), 3)
    assert view.line.text == ABUSE
    counted = await count_waiting(reports.office.database, looking(reports, Post.PRESIDENT, days=9))
    assert (counted.open, counted.overdue, counted.oldest, counted.protected) == (3, 3, 1, 1)


async def test_names_are_shown_numbers_masked_and_the_nameless_stay_unknown(
    reports: Reports,
) -> None:
    page = await list_tickets(reports.office.database, looking(reports), which="all")
    who = {one.no: one.who for one in page.lines}
    assert who == {1: "Gul Bano", 2: "039*****02", 4: ""}
    (nameless,) = (one for one in page.lines if one.no == 4)
    assert (nameless.address_id, nameless.person_id) == (None, None)
    view = await show_ticket(reports.office.database, looking(reports), 4)
    assert view.may_text
    assert [one.step for one in view.steps] == ["filed"]


async def test_pages_go_on_below_the_last_number(reports: Reports) -> None:
    page = await list_tickets(reports.office.database, looking(reports), which="all", before=4)
    assert [one.no for one in page.lines] == [2, 1]


@pytest.mark.parametrize("no", [0, -1, 99, 2**31, 2**70])
async def test_a_number_that_is_none_is_not_there(reports: Reports, no: int) -> None:
    with pytest.raises(Refusal, match="no such report"):
        await show_ticket(reports.office.database, looking(reports), no)


async def test_another_network_sees_nothing_of_it(reports: Reports) -> None:
    other = Reports(await Office.open(reports.office.database, reports.office.now, "sarang"))
    assert await numbers(other, "all") == []
    with pytest.raises(Refusal, match="no such report"):
        await show_ticket(reports.office.database, looking(other, Post.PRESIDENT), 1)
