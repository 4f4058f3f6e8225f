"""Remind of meetings: 7 days before all are told; later the silent are asked, the others reminded.

Whoever said no gets none, unless somebody comes in their place. A notice is made in chunks of
people, each in a transaction of its own: a kill leaves it to the next process, which goes on where
it stood, and (meeting, person, lead) of a revision is written once.
"""

from datetime import datetime

from app.catalogue import Catalogue
from app.services._stage_notice import CHUNK, Making, stage_chunk
from app.services.approve_broadcast import fan_out_broadcast
from app.services.plan_reminders import plan_reminders
from app.store import networks, notice_walk
from app.store.database import Database


async def remind_meetings(
    database: Database, *, catalogue: Catalogue, now: datetime, chunk: int = CHUNK
) -> int:
    """Send the reminders and changes that are due in all networks; gives how many texts' notices.

    Each goes out once, whoever asks and however often.
    """
    if not await plan_reminders(database, now=now):
        return 0
    return await make_notices(database, catalogue=catalogue, now=now, chunk=chunk)


async def make_notices(
    database: Database, *, catalogue: Catalogue, now: datetime, chunk: int = CHUNK
) -> int:
    """Make what was claimed, and what a killed process left half made; gives how many notices."""
    made = 0
    known = {network.id: network for network in await database.read(networks.every)}
    for walk in await database.read(notice_walk.making):
        making = Making(known[walk.network_id], catalogue, walk, now, chunk)
        while (done := await database.write(stage_chunk, making)) is None:
            pass
        for broadcast_id in done:
            await fan_out_broadcast(database, broadcast_id, now=now)
        made += len(done)
    return made
