"""Emergency cards, a cabinet, an office number and two stories, for conversation scripts."""

from app.services.keep_card import LineFacts, add_line, check_line
from app.services.set_network import NetworkSettings, set_network
from tests.factories import Office
from tests.services.newsroom import Newsroom
from tests.services.seated import Chamber


async def lay(office: Office) -> None:
    """Cards of the network and of LSO Umeed; a President; the office's number; two stories."""
    chamber = await Chamber.open(office)
    await chamber.officer(
        "Rehmat Wali", chamber.umeed, "President", body="EC", sex="m", local_name="رحمت ولی"
    )
    phone = NetworkSettings(office_phone="0944 100100")
    await set_network(office.database, office.id, phone, by="Nusrat", now=office.now)
    for facts in (
        LineFacts("ambulance", "115"),
        LineFacts("hospital", "0944 411333", unit_id=chamber.umeed),
    ):
        line_id = await add_line(office.database, office.id, facts, by="Nusrat", now=office.now)
        await check_line(office.database, office.id, line_id, by="Nusrat", now=office.now)
    room = Newsroom(office)
    for en, latin, urdu in (
        ("Pump works", "Pump chal gaya", "پمپ چالو"),
        ("School has a teacher", "School ko ustani mil gayi", "سکول میں استانی"),
        ("Road is open", "Sarak khul gayi", "سڑک کھل گئی"),
    ):
        await room.agreed_story(en, titles={"en": en, "ur-Latn": latin, "ur": urdu})
