"""Broadcasts of the first page: who may approve which, how far they are, when they leave it."""

from datetime import datetime, timedelta

from app.domain.broadcast import Kind
from app.domain.messages import State
from app.services.cancel_broadcast import cancel_broadcast
from app.services.list_broadcasts import Listed, Officer, list_broadcasts
from app.services.resolve_uncertain import Decider, Verdict, decide_uncertain
from app.store import restored
from app.store.settle import Result, settle
from tests.factories import Office, person


async def listed(
    office: Office, name: str = "Rehmat", now: datetime | None = None, may_approve: bool = True
) -> Listed:
    officer = Officer(office.officers.get(name), may_approve)
    return await list_broadcasts(office.database, office.id, officer=officer, now=now or office.now)


async def three_people(office: Office) -> None:
    await office.people(person("Gul", 1), person("Noor", 2), person("Lal", 3))


async def end(office: Office, *states: State) -> list[int]:
    rows = (await office.claim(len(states))).rows
    results = [
        Result(row.id, row.token, row.no, state, state.value)
        for row, state in zip(rows, states, strict=True)
    ]
    await office.database.write(settle, results, office.now)
    return [row.id for row in rows]


async def test_a_plan_waits_for_others_and_is_shown_to_its_author_as_waiting(
    office: Office,
) -> None:
    await three_people(office)
    plan = await office.plan(text="Kal ijlas hai.")
    others, own = await listed(office), await listed(office, "Sajida")
    (planned,) = others.to_approve
    assert (planned.id, planned.ref, planned.kind) == (plan.id, plan.ref, "notice")
    assert (planned.author, planned.people, planned.addresses) == ("Sajida", 3, 3)
    assert (planned.price_micro, planned.currency) == (plan.price_micro, "PKR")
    assert (planned.words, planned.language) == (f"Kal ijlas hai. Ref {plan.ref}", "ur-Latn")
    assert (others.own_waiting, own.to_approve) == ((), ())
    assert [one.id for one in own.own_waiting] == [plan.id]


async def test_who_may_not_approve_is_not_asked_to(office: Office) -> None:
    await three_people(office)
    await office.plan()
    for seen in (await listed(office, may_approve=False), await listed(office, "nobody")):
        assert (seen.to_approve, seen.own_waiting) == ((), ())


async def test_the_networks_own_language_and_only_the_first_words_are_shown(
    office: Office,
) -> None:
    await three_people(office)
    long = "Ajlas " * 15
    await office.plan(texts={"en": "Meeting tomorrow.", "ur-Latn": long, "ur": "کل اجلاس"})
    (planned,) = (await listed(office)).to_approve
    assert planned.language == "ur-Latn"
    assert planned.words.endswith(" Ajlas…")
    assert len(planned.words) <= 61


async def test_a_broadcast_is_going_until_none_of_its_texts_waits(office: Office) -> None:
    await three_people(office)
    plan = await office.send()
    await end(office, State.DELIVERED, State.REJECTED)
    seen = await listed(office)
    (going,) = seen.going
    assert (going.ref, going.gone, going.waiting, going.total) == (plan.ref, 1, 1, 3)
    assert (going.held_until, going.held_reason, going.undo_until) == (None, "", None)
    assert seen.sent == ()
    await end(office, State.SENT)
    seen = await listed(office)
    (sent,) = seen.sent
    assert (sent.id, sent.delivered, sent.total) == (plan.id, 1, 3)
    assert (sent.price_micro, sent.approved_at) == (plan.price_micro, office.now)
    assert seen.going == ()


async def test_a_text_under_way_or_in_doubt_keeps_its_place(office: Office) -> None:
    await three_people(office)
    await office.send()
    await end(office, State.SENT, State.UNCERTAIN)
    await office.claim()
    (going,) = (await listed(office)).going
    assert (going.gone, going.waiting, going.total) == (1, 1, 3)


async def test_a_text_sent_once_more_does_not_make_the_total_grow(office: Office) -> None:
    await three_people(office)
    await office.send()
    first, *_ = await end(office, State.UNCERTAIN, State.SENT, State.SENT)
    await decide_uncertain(
        office.database, first, Verdict.AGAIN, by=Decider("Nusrat"), now=office.now
    )
    (going,) = (await listed(office)).going
    assert (going.gone, going.waiting, going.total) == (2, 1, 3)


async def test_a_broadcast_can_be_undone_for_a_minute(office: Office) -> None:
    await three_people(office)
    await office.approve(await office.plan(), at_once=False)
    until = office.now + timedelta(seconds=60)
    assert (await listed(office)).going[0].undo_until == until
    assert (await listed(office, now=until)).going[0].undo_until is None


async def test_a_notice_held_for_the_night_says_until_when(office: Office) -> None:
    await three_people(office)
    night = office.now.replace(hour=17)
    await office.approve(await office.plan(now=night), now=night)
    (going,) = (await listed(office, now=night)).going
    assert (going.held_reason, going.gone, going.waiting) == ("quiet", 0, 3)
    assert going.held_until == (night + timedelta(days=1)).replace(hour=4)
    await office.database.write(restored.hold_back, night)
    (going,) = (await listed(office, now=night)).going
    assert (going.held_reason, going.held_until) == ("restored", None)


async def test_what_was_sent_is_shown_for_a_week_and_what_is_going_for_ever(
    office: Office,
) -> None:
    await office.people(person("Gul", 1))
    await office.send(kind=Kind.NEWS)
    week = office.now + timedelta(days=7)
    later = week + timedelta(seconds=1)
    assert len((await listed(office, now=later)).going) == 1
    await end(office, State.SENT)
    assert len((await listed(office, now=week)).sent) == 1
    assert (await listed(office, now=later)).sent == ()


async def test_a_cancelled_broadcast_is_neither_going_nor_sent(office: Office) -> None:
    await three_people(office)
    plan = await office.send()
    await cancel_broadcast(office.database, plan.id, by="Rehmat", now=office.now)
    seen = await listed(office)
    assert (seen.to_approve, seen.going, seen.sent) == ((), (), ())
