"""The pulse of a phone: the newest is kept, and silence takes away nothing that was known."""

from datetime import timedelta

from app.domain.messages import Pulse
from app.services.note_pulse import note_pulse
from app.services.show_wires import DeviceHealth, show_wires
from tests.factories import Office, wire

PHONE = Pulse("sim1", battery=23, is_charging=False, network="3G", version="1.48.0", failed=2)


async def device(office: Office) -> DeviceHealth:
    seen = {one.name: one.device for one in await show_wires(office.database, office.id)}
    found = seen["sim1"]
    assert found is not None
    return found


async def test_a_wire_shows_the_phone_behind_it_as_it_last_told(office: Office) -> None:
    await office.wires(wire("sim"), wire("sim1"))
    await note_pulse(office.database, PHONE, now=office.now)
    found = await device(office)
    assert (found.battery, found.is_charging, found.network) == (23, False, "3G")
    assert (found.failed, found.version, found.seen_at) == (2, "1.48.0", office.now)
    assert found.is_low
    assert not found.is_silent(office.now + timedelta(minutes=59))
    assert found.is_silent(office.now + timedelta(minutes=61))
    others = await show_wires(office.database, office.id)
    assert [one.device for one in others if one.name == "sim"] == [None]


async def test_a_phone_that_does_not_answer_is_silent_and_what_was_known_stays(
    office: Office,
) -> None:
    await office.wires(wire("sim1"))
    await note_pulse(office.database, PHONE, now=office.now)
    later = office.now + timedelta(hours=3)
    gone = Pulse("sim1", is_heard=False, trouble="The phone cannot be reached.")
    await note_pulse(office.database, gone, now=later)
    found = await device(office)
    assert (found.battery, found.seen_at, found.asked_at) == (23, office.now, later)
    assert found.trouble == "The phone cannot be reached."
    assert found.is_silent(later)


async def test_a_phone_that_was_never_heard_of_is_silent(office: Office) -> None:
    await office.wires(wire("sim1"))
    await note_pulse(office.database, Pulse("sim1", is_heard=False), now=office.now)
    found = await device(office)
    assert (found.seen_at, found.is_silent(office.now)) == (None, True)


async def test_what_its_server_heard_counts_from_then_and_never_sets_the_phone_back(
    office: Office,
) -> None:
    await office.wires(wire("sim1"))
    before = office.now - timedelta(hours=2)
    await note_pulse(office.database, Pulse("sim1", seen_at=before), now=office.now)
    assert (await device(office)).seen_at == before
    await note_pulse(office.database, PHONE, now=office.now)
    await note_pulse(office.database, Pulse("sim1", seen_at=before), now=office.now)
    found = await device(office)
    assert (found.battery, found.network, found.seen_at) == (23, "3G", office.now)


async def test_words_that_are_too_long_or_hold_a_nul_are_kept_short(office: Office) -> None:
    await office.wires(wire("sim1"))
    odd = Pulse("sim1", version="\x00" + "v" * 99, trouble="t\x00" * 999, network="n" * 99)
    await note_pulse(office.database, odd, now=office.now)
    found = await device(office)
    assert (len(found.version), len(found.trouble), len(found.network)) == (40, 200, 20)
