"""The list of instalments: what is due, what is late, and whom somebody must tell in person."""

from datetime import date, timedelta

from app.services.keep_instalments import mark_paid
from app.services.show_instalments import list_instalments
from tests.factories import Office, person
from tests.services.test_keep_instalments import add, person_id

TODAY = date(2026, 11, 21)


async def test_the_list_says_what_is_late_and_whom_no_text_reaches(office: Office) -> None:
    await office.people(person("Gul", 1), person("Zar", 2, shared="yes"), person("Sana"))
    gul, zar, sana = [await person_id(office, name) for name in ("Gul", "Zar", "Sana")]
    paid = await add(office, gul, TODAY - timedelta(days=40))
    late = await add(office, gul, TODAY - timedelta(days=2))
    soon = await add(office, zar, TODAY + timedelta(days=7))
    later = await add(office, sana, TODAY + timedelta(days=8))
    await mark_paid(office.database, office.id, paid, paid=True, by="Rehmat", now=office.now)
    found = await list_instalments(office.database, office.id, today=TODAY)
    assert [(one.id, one.days, one.has_private_phone) for one in found.lines] == [
        (paid, -40, True),
        (late, -2, True),
        (soon, 7, False),
        (later, 8, False),
    ]
    assert (found.open, found.late, found.unreached) == (3, 1, 1)
    # What was paid is forgotten by the list after a month.
    month_on = await list_instalments(office.database, office.id, today=TODAY + timedelta(days=31))
    assert [one.id for one in month_on.lines] == [late, soon, later]
    other = await Office.open(office.database, office.now, slug="other")
    assert (await list_instalments(office.database, other.id, today=TODAY)).lines == ()
