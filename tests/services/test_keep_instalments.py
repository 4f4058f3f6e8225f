"""Instalments are written down one by one or as a list; amounts never."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.domain.errors import Refusal
from app.services.forget_number import forget_number
from app.services.keep_instalments import (
    NewInstalment,
    TakenList,
    add_instalment,
    drop_instalment,
    mark_paid,
    take_instalments,
)
from app.services.merge_people import merge_people
from app.services.show_instalments import list_instalments
from app.store.instalments import instalment
from app.store.journal import journal as journal_table
from app.store.people import person as person_table
from tests.factories import Office, number, person

DUE = date(2026, 12, 3)


async def person_id(office: Office, name: str) -> int:
    statement = select(person_table.c.id).where(
        person_table.c.name == name, person_table.c.network_id == office.id
    )
    return int(await office.database.read(lambda conn: conn.execute(statement).scalar_one()))


async def add(office: Office, who: int, due: date = DUE, label: str = "goat loan") -> int:
    new = NewInstalment(who, due, label)
    return await add_instalment(office.database, office.id, new, by="Rehmat", now=office.now)


async def take(office: Office, text: str | bytes) -> TakenList:
    content = text if isinstance(text, bytes) else text.encode()
    return await take_instalments(
        office.database, office.id, content, "list.csv", by="Rehmat", now=office.now
    )


async def shown(office: Office) -> list[tuple[str, date, str, bool]]:
    found = await list_instalments(office.database, office.id, today=office.now.date())
    return [(one.name, one.due_on, one.label, one.paid_on is not None) for one in found.lines]


async def test_one_is_kept_once_marked_as_paid_and_taken_out(office: Office) -> None:
    await office.people(person("Gul", 1))
    gul = await person_id(office, "Gul")
    first = await add(office, gul)
    assert await add(office, gul) == first
    assert await shown(office) == [("Gul", DUE, "goat loan", False)]
    for paid in (True, True, False):
        await mark_paid(office.database, office.id, first, paid=paid, by="Rehmat", now=office.now)
        assert await shown(office) == [("Gul", DUE, "goat loan", paid)]
    await drop_instalment(office.database, office.id, first, by="Rehmat", now=office.now)
    assert await shown(office) == []
    entries = select(journal_table.c.action).where(journal_table.c.action.contains("instalment"))
    acts = await office.database.read(lambda conn: conn.execute(entries).scalars().all())
    wanted = ["added", "paid", "not paid", "removed"]
    assert list(acts) == [f"instalment {act}" for act in wanted]


async def test_what_cannot_be_kept_is_refused_and_changes_nothing(office: Office) -> None:
    await office.people(person("Gul", 1))
    other = await Office.open(office.database, office.now, slug="other")
    await other.people(person("Zar", 1))
    gul, zar = await person_id(office, "Gul"), await person_id(other, "Zar")
    foreign = await add(other, zar)
    for code, who, due, label in (
        ("not_found", zar, DUE, "goat loan"),
        ("not_found", 0, DUE, "goat loan"),
        ("not_found", 2**70, DUE, "goat loan"),
        ("day_far", gul, DUE + timedelta(days=4000), "goat loan"),
        ("label_empty", gul, DUE, " \u200b "),
        ("label_long", gul, DUE, "g" * 31),
        ("label_amount", gul, DUE, "Rs 500"),
        ("label_amount", gul, DUE, "loan 5,000"),
        ("label_amount", gul, DUE, "پانچ ہزار روپے"),
        ("label_amount", gul, DUE, "{ref}"),
    ):
        with pytest.raises(Refusal) as refused:
            await add(office, who, due, label)
        assert refused.value.code == code, label
    for act in (drop_instalment, mark_paid):
        more = {"paid": True} if act is mark_paid else {}
        with pytest.raises(Refusal, match="no such instalment"):
            await act(office.database, office.id, foreign, by="Rehmat", now=office.now, **more)
    assert await shown(office) == []
    assert len(await shown(other)) == 1


LIST = f"""نام\tفون\tتاریخ\tقسط
Gul\t{number(1)}\t3 Dec 2026\tgoat loan
\t0390 0000002\t2026-12-05\tseed
Amina\t\t۵ دسمبر\tseed
Nobody\t\t3 Dec\tgoat
Zar\t\t3 Dec\tgoat

Gul\t{number(1)}\t\tgoat
Gul\t{number(1)}\t3 Dec\tRs 5000
Gul\t{number(1)}\t31 Feb\tgoat
Gul\tabc\t3 Dec\tgoat
"""


async def test_a_list_is_taken_row_by_row_and_says_what_is_wrong_with_the_others(
    office: Office,
) -> None:
    await office.people(
        person("Gul", 1), person("Amina", 2), person("Zar", 3), person("Zar", 4, lso="")
    )
    taken = await take(office, LIST)
    assert (taken.added, taken.same) == (2, 1)
    assert [(one.row, one.refusal.code) for one in taken.faults] == [
        (5, "nobody"),
        (6, "several"),
        (8, "day_missing"),
        (9, "label_amount"),
        (10, "date"),
        (11, "number_unread"),
    ]
    assert (await take(office, LIST)).added == 0
    plain = f"Gul,{number(1)},4 Dec 2026,hen loan\n"
    assert (await take(office, plain)).added == 1
    for words, code in (("name,phone\nGul,1\n", "columns"), ("", "file_empty")):
        with pytest.raises(Refusal) as refused:
            await take(office, words)
        assert refused.value.code == code


async def test_they_go_with_a_merged_person_and_leave_with_a_forgotten_one(
    office: Office,
) -> None:
    await office.people(person("Gul", 1), person("Gul Bibi", 2))
    keep, other = await person_id(office, "Gul"), await person_id(office, "Gul Bibi")
    for who, label in ((keep, "goat"), (other, "goat"), (other, "seed")):
        await add(office, who, label=label)
    await merge_people(office.database, office.id, keep, other, by="Rehmat", now=office.now)
    assert [(name, label) for name, _, label, _ in await shown(office)] == [
        ("Gul", "goat"),
        ("Gul", "seed"),
    ]
    for phone in (1, 2):
        await forget_number(office.database, number(phone), by="Rehmat", now=office.now)
    left = await office.database.read(lambda conn: conn.execute(select(instalment)).all())
    assert left == []
