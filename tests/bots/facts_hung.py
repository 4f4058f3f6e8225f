"""Sheets 1 to 3 for the boards that Amina on the 1st phone keeps."""

from tests.factories import Office
from tests.services.hung import Wall


async def lay(office: Office) -> None:
    wall = await Wall.open(office)
    for title in ("Road petition", "Fees", "Meeting"):
        await wall.hang(title)
