"""Note how the device behind a wire is: its battery, its network, when it was last heard of."""

from datetime import datetime

from app.domain.messages import Pulse
from app.store import pulses
from app.store.database import Database


async def note_pulse(database: Database, pulse: Pulse, *, now: datetime) -> None:
    """Keep the newest pulse of that wire; raises Busy when it could not be committed."""
    await database.write(pulses.note, pulse, now)
