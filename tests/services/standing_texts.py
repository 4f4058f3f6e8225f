"""Standing texts for tests: kept by Sajida, agreed to by Rehmat, run at a given hour."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from app.catalogue import Catalogue, read_starters
from app.services.keep_awareness import Reviewer, add_starters, review_item
from app.services.keep_standing import Consenter, Wish, approve_standing, keep_standing
from app.services.keep_story import Writer
from app.services.run_standing import run_standing
from app.services.show_standing import Run, StandingText, list_items, read_standing
from tests.factories import Office, catalogue

EVERY_SUNDAY = Wish(
    name="Fees",
    audience="all",
    rule="every Sunday",
    clock="10:00",
    texts={"ur-Latn": "Fees ka din hai."},
)


async def kept(office: Office, *, standing_id: int | None = None, **changes: Any) -> int:
    return await keep_standing(
        office.database,
        office.id,
        replace(EVERY_SUNDAY, **changes),
        catalogue=catalogue(),
        by=Writer("Sajida", office.officers["Sajida"]),
        now=office.now,
        standing_id=standing_id,
    )


async def shown(office: Office, standing_id: int) -> StandingText:
    return (await read_standing(office.database, office.id, standing_id, now=office.now))[0]


async def agreed(office: Office, standing_id: int, name: str = "Rehmat") -> None:
    hash = (await shown(office, standing_id)).hash
    by = Consenter(name, office.officers[name], hash)
    await approve_standing(office.database, office.id, standing_id, by=by, now=office.now)


async def running(office: Office, **changes: Any) -> int:
    standing_id = await kept(office, **changes)
    await agreed(office, standing_id)
    return standing_id


async def run(office: Office, at: datetime) -> int:
    async def words() -> Catalogue:
        return catalogue()

    return await run_standing(office.database, catalogue=words, now=at)


async def runs(office: Office, standing_id: int) -> list[Run]:
    """What came of its days, oldest first."""
    found = await read_standing(office.database, office.id, standing_id, now=office.now)
    return list(found[1])[::-1]


async def starters(office: Office, reviewed: int = 0, *, now: datetime | None = None) -> list[int]:
    """Bring the shipped items in and review the first of them; gives all ids."""
    now = now or office.now
    await add_starters(office.database, office.id, read_starters(), by="Sajida", now=now)
    items = await list_items(office.database, office.id, now=now)
    for one in items[:reviewed]:
        by = Reviewer("Nusrat", office.officers["Nusrat"], one.seen)
        await review_item(office.database, office.id, one.id, by=by, now=now)
    return [one.id for one in items]
