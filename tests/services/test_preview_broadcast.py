"""What an author sees while writing: the same figures as the plan's, and faults that are told."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from app.domain.broadcast import Kind
from app.domain.errors import Refusal
from app.services.plan_broadcast import Draft
from app.services.preview_broadcast import Preview, preview_broadcast
from app.services.price_plan import Plan
from app.store.broadcasts import broadcast, recipient
from app.store.database import Connection
from app.store.networks import network
from tests.factories import PRICE, Office, catalogue, number, person, wire

BOTH = {"ur-Latn": "Kal ijlas hai.", "ur": "کل اجلاس ہے۔ " * 6}
EVERYBODY = (
    person("Gul", 1, sex="f", language="ur", body="EC", post="President"),
    person("Naz", 1, sex="f", language="en", shared="yes"),
    person("Sher", 2, sex="m", language="ur-Latn", body="GB"),
    person("Aziz", 3, sex="m", language="ps"),
    person("Zar", 3, sex="m", language="ur"),
    person("Be-Phone"),
    person("Daftar", "051-2345678"),
    person("Bibi", "+923670000001"),
)


async def preview(office: Office, to: str = "all", **changes: Any) -> Preview:
    when = changes.pop("now", office.now)
    draft = Draft(to, BOTH, Kind.NOTICE, "Sajida", office.officers["Sajida"], office.slug)
    return await preview_broadcast(
        office.database, replace(draft, **changes), catalogue=catalogue(), now=when
    )


def people(rows: Any) -> dict[str, int]:
    return {row["reason"]: row["people"] for row in rows}


def codes(found: Preview) -> list[tuple[str, str, str]]:
    return [(fault.field, fault.language, fault.refusal.code) for fault in found.faults]


async def change(office: Office, **values: Any) -> None:
    def work(conn: Connection) -> None:
        conn.execute(network.update().where(network.c.id == office.id).values(**values))

    await office.database.write(work)


def kept(conn: Connection) -> list[int]:
    sizes = [
        conn.execute(select(func.count()).select_from(one)).scalar_one()
        for one in (broadcast, recipient)
    ]
    return [*sizes, *conn.execute(select(network.c.last_ref)).scalars()]


SAME = ("ref", "people", "addresses", "segments", "price_micro", "currency", "seconds", "held")


def alike(shown: Preview, plan: Plan) -> None:
    assert {name: getattr(shown, name) for name in SAME} == {
        name: getattr(plan, name) for name in SAME
    }
    rest = tuple(row for row in shown.left_out if row["reason"] != "same_phone")
    assert rest == plan.left_out
    assert {text.language: (text.body, len(text.segments)) for text in shown.texts} == {
        text.language: (text.body, text.segments) for text in plan.texts
    }


@pytest.mark.parametrize(
    ("to", "changes"),
    [
        ("all", {}),
        ("all", {"kind": Kind.URGENT}),
        ("women", {"texts": {"en": "Meeting."}}),
        ("ec, gb", {"texts": {"ps": "غونډه", "en": "Meeting – at 10"}}),
        (number(3), {}),
        ("leaders", {"kind": Kind.NEWS}),
    ],
)
async def test_the_preview_says_what_the_plan_will_say(
    office: Office, to: str, changes: dict[str, Any]
) -> None:
    await office.wires(
        wire(interval_us=2_000_000, burst=1), wire("cheap", reaches=frozenset({"real"}))
    )
    await office.people(*EVERYBODY, person("Lal", "0300-1234567", language="en"))
    await office.people(person("Nau", 7), basis="")
    await office.say(2, "ALERT")
    shown = await preview(office, to, **changes)
    assert shown.faults == ()
    alike(shown, await office.plan(to, **{"texts": BOTH, **changes}))


async def test_everybody_of_the_audience_is_accounted_for(office: Office) -> None:
    await office.people(*EVERYBODY)
    shown = await preview(office)
    assert (shown.chosen, shown.people, shown.addresses) == (8, 5, 3)
    assert people(shown.left_out) == {"call_only": 1, "no_phone": 1, "same_phone": 2}
    assert people(shown.held) == {"unconfirmed_number": 1}
    rest = people(shown.left_out).values()
    assert shown.chosen == shown.addresses + sum(rest) + people(shown.held)["unconfirmed_number"]


async def test_leaders_are_counted_by_phone_with_the_time_that_they_need(office: Office) -> None:
    await office.wires(wire(interval_us=2_000_000, burst=1))
    await office.unit("Roshni")
    await office.people(*EVERYBODY, person("Wafa", 8, lso="Roshni", body="LSO"))
    shown = await preview(office)
    assert (shown.leaders, shown.leaders_seconds) == (3, 4)
    assert (shown.addresses, shown.seconds) == (4, 6)


async def test_each_text_is_shown_as_it_goes_out_with_its_phones(office: Office) -> None:
    await office.people(*EVERYBODY)
    roman, urdu = (await preview(office)).texts
    assert (roman.text, roman.body) == (BOTH["ur-Latn"], "Mirkhai: Kal ijlas hai. Ref 1")
    assert (roman.encoding, roman.segments, roman.capacity) == ("GSM-7", (29,), 160)
    assert (roman.left, roman.phones) == (131, 1)
    assert urdu.body.startswith("میرخائی: ")
    assert (urdu.encoding, urdu.capacity, urdu.phones) == ("UCS-2", 67, 2)
    assert (sum(urdu.segments), urdu.left) == (len(urdu.body), 67 - urdu.segments[-1])
    assert (urdu.odd, urdu.plain, urdu.plain_segments, urdu.plain_saves_micro) == ((), None, 0, 0)


async def test_make_it_plain_says_what_it_would_save(office: Office) -> None:
    await office.people(person("Gul", 1), person("Naz", 2))
    typed = "Don’t wait – " + "go to the school now. " * 4
    (text,) = (await preview(office, texts={"en": typed})).texts
    assert (text.odd, text.encoding, len(text.segments)) == (("’", "–"), "UCS-2", 2)
    assert text.plain == typed.replace("’", "'").replace("–", "-")
    assert (text.plain_segments, text.plain_saves_micro) == (1, 2 * PRICE)


async def test_a_preview_keeps_nothing_and_takes_no_ref(office: Office) -> None:
    await office.people(person("Gul", 1))
    for _ in range(2):
        assert (await preview(office)).ref == 1
    assert await office.database.read(kept) == [0, 0, 0]


async def test_an_empty_page_still_says_whom_it_would_reach(office: Office) -> None:
    await office.people(*EVERYBODY)
    for texts in ({}, {"en": " \n", "ur": ""}):
        shown = await preview(office, texts=texts)
        assert codes(shown) == [("text", "", "text_empty")]
        assert (shown.people, shown.addresses, shown.texts) == (5, 3, ())
        assert (shown.segments, shown.price_micro) == (0, 0)


async def test_a_text_is_counted_while_the_audience_is_not_understood(office: Office) -> None:
    await office.people(person("Gul", 1))
    for to, code in (("", "audience_empty"), ("everybody and his dog", "audience_unknown")):
        shown = await preview(office, to)
        assert codes(shown) == [("audience", "", code)]
        assert (shown.chosen, shown.addresses, shown.left_out, shown.held) == (0, 0, (), ())
        assert [len(text.segments) for text in shown.texts] == [1, 2]
        assert [text.phones for text in shown.texts] == [0, 0]


@pytest.mark.parametrize(
    ("tag", "text", "code"),
    [
        ("en", "Salam {name}", "unknown_placeholder"),
        ("en", "x" * 700, "text_too_long"),
        ("tlh", "nuqneH", "language"),
    ],
)
async def test_a_broken_text_is_told_beside_it_and_the_rest_is_counted(
    office: Office, tag: str, text: str, code: str
) -> None:
    await office.people(*EVERYBODY)
    shown = await preview(office, texts={tag: text, "ur": "کل اجلاس ہے۔"})
    assert codes(shown) == [("text", tag, code)]
    assert shown.addresses == 3
    broken, good = shown.texts
    assert (broken.text, broken.body) == (text, text)
    assert broken.left == broken.capacity - broken.segments[-1]
    assert broken.phones + good.phones == 3
    with pytest.raises(Refusal) as refused:
        await office.plan(texts={tag: text})
    assert str(refused.value) == str(shown.faults[0].refusal)


async def test_an_audience_that_nobody_answers_to_is_told(office: Office) -> None:
    await office.people(person("Gul", 1), basis="")
    shown = await preview(office)
    assert codes(shown) == [("audience", "", "nobody")]
    assert (shown.chosen, people(shown.left_out)) == (1, {"no_consent": 1})
    assert codes(await preview(office, "women")) == [("audience", "", "nobody")]


async def test_what_only_the_keeper_can_mend_is_told_apart(office: Office) -> None:
    await office.people(person("Gul", 1))
    await office.wires(wire(price_micro=0))
    await change(office, monthly_cap_micro=1)
    assert codes(await preview(office)) == [("wire", "", "no_price")]
    await office.wires()
    assert codes(await preview(office)) == [("wire", "", "no_route")]


async def test_only_a_missing_network_is_refused(office: Office) -> None:
    with pytest.raises(Refusal, match="no such network"):
        await preview(office, network="nowhere")


async def test_money_stands_beside_the_month(office: Office) -> None:
    await change(office, monthly_cap_micro=100 * PRICE, broadcast_cap_micro=PRICE)
    await office.people(person("Gul", 1))
    await office.send()
    await office.people(person("Naz", 2))
    shown = await preview(office, texts={"en": "Meeting."})
    assert (shown.month_spent_micro, shown.month_cap_micro) == (PRICE, 100 * PRICE)
    assert people(shown.held) == {"budget": 2}
    later = await preview(office, now=office.now + timedelta(days=12))
    assert later.month_spent_micro == 0


async def test_it_starts_after_the_undo_and_not_at_night(office: Office) -> None:
    await office.wires(wire(interval_us=60_000_000, burst=1))
    await office.people(*(person(f"P{n}", n) for n in range(31)))
    shown = await preview(office)
    assert shown.first_at == office.now + timedelta(seconds=60)
    assert (shown.last_at, shown.cut_at) == (shown.first_at + timedelta(minutes=30), None)
    night = office.now + timedelta(hours=11)
    shown = await preview(office, now=night)
    assert shown.first_at == office.now.replace(hour=4) + timedelta(days=1)
    assert people(shown.held) == {"quiet": 31}
    urgent = await preview(office, now=night, kind=Kind.URGENT)
    assert (urgent.first_at, urgent.held) == (night + timedelta(seconds=60), ())
    # 19:45 in Karachi: a quarter of an hour is left, thirty minutes are needed.
    evening = office.now.replace(hour=14, minute=45)
    assert (await preview(office, now=evening)).cut_at == evening + timedelta(minutes=15)
    assert (await preview(office, now=evening, kind=Kind.URGENT)).cut_at is None


async def test_another_network_is_neither_counted_nor_seen(office: Office) -> None:
    other = await Office.open(office.database, office.now, "sarang")
    await other.people(person("Zar", 1), person("Wafa", 2))
    await other.send()
    await office.people(person("Gul", 1))
    shown = await preview(office)
    assert (shown.chosen, shown.ref, shown.month_spent_micro) == (1, 1, 0)
