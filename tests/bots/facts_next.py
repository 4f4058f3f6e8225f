"""The meeting after the next one is called already: EC 16, three weeks after EC 15."""

from datetime import timedelta

from tests.factories import Office


async def lay(office: Office) -> None:
    await office.meeting(
        16, at=office.now + timedelta(days=28, hours=22), venue={"en": "Laspa", "ur-Latn": "Laspa"}
    )
