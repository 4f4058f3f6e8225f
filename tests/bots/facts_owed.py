"""Decisions 20/1 to 20/3 of the EC, which the President of LSO Roshni on the 1st phone owes."""

from tests.factories import Office
from tests.services.owed import Owing


async def lay(office: Office) -> None:
    owing = await Owing.open(office)
    minutes_id = await owing.meeting("20")
    for no in (1, 2, 3):
        await owing.decide(minutes_id, no)
    await owing.owner(1)
