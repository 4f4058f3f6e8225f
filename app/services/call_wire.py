"""Call a wire: one text handed over, within its time, or one of the send errors."""

import asyncio

from app.domain.errors import Uncertain
from app.domain.messages import Mt, Sent
from app.domain.ports import Sends
from app.services.fetch_letter import Mailbag
from app.store.claim import Claimed

GRACE = 1.1
"""The wire's own time-outs come first; ours catches a wire that has none."""


async def call_wire(
    channel: Sends, row: Claimed, call_s: float, mailbag: Mailbag | None = None
) -> Sent:
    """Send one claimed text; raises a SendError, Uncertain when `call_s` seconds have passed.

    A mail's letter comes out of the mailbag first; a text needs none.
    """
    mt = _mt(row) if mailbag is None else await mailbag.fill(_mt(row), row)
    try:
        async with asyncio.timeout(call_s * GRACE):
            return await channel.send(mt)
    except TimeoutError as error:
        raise Uncertain("the wire did not answer in time", "timeout") from error


def _mt(row: Claimed) -> Mt:
    valid_for_s = None
    if row.expires_at is not None:
        valid_for_s = max(int((row.expires_at - row.started_at).total_seconds()), 1)
    return Mt(
        ref=f"{row.id}.{row.token}",
        to=row.to,
        text=row.text,
        started=row.started_at,
        valid_for_s=valid_for_s,
        buttons=row.buttons,
        is_urgent=row.is_urgent,
    )
