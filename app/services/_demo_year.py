"""What the demo keeps for its year: festivals, a rule of meetings, a text that goes by itself."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from app.catalogue import Catalogue, read_starters
from app.domain.coming_days import coming_days
from app.domain.institution import EXECUTIVE
from app.domain.recurrence import read_rule
from app.services.keep_awareness import STARTERS, add_starters
from app.services.keep_series import NewSeries, keep_series
from app.services.keep_standing import Wish, keep_standing
from app.services.keep_story import Writer
from app.services.set_hours import add_days
from app.store import series, standing
from app.store.database import Database
from app.store.networks import NetworkInfo

FIRST_BY_RULE = timedelta(days=14)
"""The meeting before that was called by hand."""
VENUE: Mapping[str, str] = {
    "en": "LSO Roshni office, Shahi",
    "ur-Latn": "daftar LSO Roshni, Shahi",
    "ur": "LSO روشنی، شاہی",
}


async def plan_demo_year(
    database: Database, network: NetworkInfo, *, catalogue: Catalogue, by: str, now: datetime
) -> None:
    """Festivals, rule and standing text, each where there is none yet.

    The standing text waits for a second officer, its items for somebody who reviews them.
    """
    today = network.day_at(now)
    if not network.special_days:
        for days in coming_days(today, network.hijri_offset):
            if days.first > today:
                await add_days(database, network.id, days, by=by, now=now)
    if not await database.read(series.active, network.id):
        starts_on, rule = today + FIRST_BY_RULE, read_rule("second Sunday")
        new = NewSeries(EXECUTIVE, rule, clock=time(10), starts_on=starts_on, venue=VENUE)
        await keep_series(database, network.id, new, by=by, now=now)
    if not await database.read(standing.every, network.id):
        await add_starters(database, network.id, read_starters(), by=by, now=now)
        wish = Wish("Awareness", "GB", "first Wednesday", "11:00", series=STARTERS)
        await keep_standing(database, network.id, wish, catalogue=catalogue, by=Writer(by), now=now)
