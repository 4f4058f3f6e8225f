"""What went out and what came in: newest first, page by page, and what waits for a person."""

from app.domain.messages import State
from app.services.show_messages import Wanted, show_inbox, show_messages
from app.store.settle import Result, settle
from tests.factories import Office, number, person


async def test_what_went_out_is_listed_newest_first_in_a_fixed_shape(office: Office) -> None:
    await office.people(person("Gul", 1))
    await office.send()
    (row,) = (await office.claim()).rows
    done = Result(row.id, row.token, row.no, State.SENT, "sent", external_id="SM9")
    await office.database.write(settle, [done], office.now)
    await office.say(2, "KARWAI")
    reply, notice = await show_messages(office.database, Wanted())
    assert notice == {
        "id": row.id,
        "direction": "out",
        "channel": "sim",
        "provider_id": "SM9",
        "msisdn": number(1),
        "state": "sent",
        "at": office.now.isoformat(),
    }
    assert (reply["msisdn"], reply["provider_id"], reply["state"]) == (number(2), None, "queued")


async def test_messages_are_narrowed_and_paged(office: Office) -> None:
    for n in range(5):
        await office.say(n, "KARWAI")
    everything = await show_messages(office.database, Wanted(limit=2))
    rest = await show_messages(office.database, Wanted(before=everything[-1]["id"]))
    assert [one["msisdn"] for one in everything + rest] == [number(n) for n in (4, 3, 2, 1, 0)]
    assert await show_messages(office.database, Wanted(state="delivered")) == []
    assert await show_messages(office.database, Wanted(provider_id="nobody's")) == []


async def test_what_came_in_is_found_by_the_gateways_id(office: Office) -> None:
    await office.hear(office.mo(1, "KARWAI", external_id="SMx"), office.mo(2, "HELP"))
    (found,) = await show_messages(office.database, Wanted(incoming=True, provider_id="SMx"))
    assert (found["direction"], found["state"], found["msisdn"]) == ("in", "received", number(1))
    assert len(await show_messages(office.database, Wanted(incoming=True))) == 2


async def test_the_inbox_holds_what_only_a_person_can_answer(office: Office) -> None:
    await office.say(1, "KARWAI")
    await office.say(2, "bund toot gaya hai hamare gaon mein pani aa raha hai")
    await office.say("8171", "Aap ki qist")
    waiting = await show_inbox(office.database)
    assert [one["msisdn"] for one in waiting] == ["8171", number(2)]
    assert waiting[1]["text"].startswith("bund toot gaya")


async def test_a_network_sees_only_its_own_messages(office: Office) -> None:
    other = await Office.open(office.database, office.now, slug="sarang")
    for n, one in enumerate((office, other, office, other)):
        await one.say(n, "hamare gaon ka transformer jal gaya hai kya karein")
    for one, phones in ((office, (2, 0)), (other, (3, 1))):
        mine = [number(n) for n in phones]
        for incoming in (False, True):
            wanted = Wanted(incoming=incoming)
            found = await show_messages(office.database, wanted, network_id=one.id)
            assert [line["msisdn"] for line in found] == mine
            (older,) = await show_messages(
                office.database, Wanted(incoming, before=found[0]["id"]), network_id=one.id
            )
            assert older == found[1]
        waiting = await show_inbox(office.database, network_id=one.id)
        assert [line["msisdn"] for line in waiting] == mine
    assert len(await show_messages(office.database, Wanted())) == 4
    assert len(await show_inbox(office.database)) == 4
