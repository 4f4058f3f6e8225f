"""How often each person and each LSO came to the last twelve meetings of a body."""

from datetime import timedelta

from app.domain.minutes import Presence
from app.services.show_attendance import attendance_of_body, attendance_of_person
from app.services.take_attendance import Mark, take_attendance
from tests.factories import Office
from tests.services.written import Book


async def test_the_last_twelve_meetings_count_and_older_ones_do_not(office: Office) -> None:
    book = Book(office)
    (aziz,) = await book.members("Aziz")
    for no in range(1, 15):
        meeting_id = await book.meeting(no, days=no - 20)
        await book.attend(meeting_id, [aziz] if no in (1, 2, 14) else [])
        if no not in (1, 2, 14):
            mark = Mark(aziz, "", Presence.EXCUSED if no == 13 else Presence.ABSENT)
            await take_attendance(office.database, office.id, meeting_id, [mark], **book.act)
    await book.meeting(15, days=2)
    seen = await attendance_of_body(office.database, office.id, "EC", now=office.now)
    assert [one.label for one in seen.meetings] == [str(no) for no in range(14, 2, -1)]
    (person,) = seen.people
    assert (person.came, person.asked) == (1, 12)
    assert person.marks == ("present", "excused", *["absent"] * 10)
    (share,) = await attendance_of_person(office.database, office.id, aziz, now=office.now)
    assert (share.body, share.came, share.asked) == ("EC", 1, 12)


async def test_each_lso_has_its_women_and_the_one_that_comes_least_stands_first(
    office: Office,
) -> None:
    book = Book(office)
    other = await Office.open(office.database, office.now, "sarang")
    roshni, umeed = await office.unit("Roshni"), await office.unit("Umeed")
    zarmina, aziz = await book.members("Zarmina", "Aziz", unit_id=roshni)
    rehana, bilal = await book.members("Rehana", "Bilal", unit_id=umeed)
    (naz,) = await book.members("Naz")
    await book.members("Left", left_on=office.now.date() - timedelta(days=1))
    everybody = [zarmina, aziz, rehana, bilal, naz]
    for no, absent in ((13, {rehana, bilal}), (14, {bilal, aziz})):
        marks = [
            Mark(one, "", Presence.ABSENT if one in absent else Presence.PRESENT)
            for one in everybody
        ]
        marks.append(Mark(None, "Guest", Presence.PRESENT))
        meeting_id = await book.meeting(no, days=no - 20)
        await take_attendance(office.database, office.id, meeting_id, marks, **book.act)
    seen = await attendance_of_body(office.database, office.id, "EC", now=office.now)
    assert [
        (one.unit_name, one.came, one.asked, one.women_came, one.women_asked) for one in seen.units
    ] == [("LSO Umeed", 1, 4, 1, 2), ("LSO Roshni", 3, 4, 2, 2), ("", 2, 2, 0, 0)]
    assert [one.name for one in seen.people] == ["Naz", "Aziz", "Zarmina", "Bilal", "Rehana"]
    for network_id, body in ((office.id, "GB"), (other.id, "EC")):
        none = await attendance_of_body(office.database, network_id, body, now=office.now)
        assert (none.meetings, none.people, none.units) == ((), (), ())
    assert await attendance_of_person(office.database, other.id, naz, now=office.now) == ()
