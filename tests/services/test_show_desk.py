"""What an answer costs before it is sent, and over which wire it goes."""

from app.services.show_desk import WayBack, count_answer, show_desk
from tests.factories import PRICE, Office

WAY = WayBack("sim", PRICE, "PKR")


def test_segments_letters_left_and_price_are_told() -> None:
    assert count_answer("  ", WAY) is None
    short = count_answer("Hum aa rahe hain.", WAY)
    assert short is not None
    assert (short.segments, short.left, short.price_micro) == (1, 160 - 17, PRICE)
    urdu = count_answer("ہم آ رہے ہیں۔ " * 8, WAY)
    assert urdu is not None
    assert (urdu.segments, urdu.price_micro) == (2, 2 * PRICE)
    assert 0 <= urdu.left < 67


async def test_the_way_back_is_the_wire_of_the_last_text(office: Office) -> None:
    await office.say(1, "hamare gaon mein bijli ka khamba tirchha hai kisi ko bhejen")
    rows = await office.texts()
    address_id = rows[0].address_id
    desk = await show_desk(office.database, office.id, address_id, [])
    assert desk.way == WAY
    other = await Office.open(office.database, office.now, "nirala")
    assert (await show_desk(office.database, other.id, address_id, [])).way is None
