"""A small LMTP door (RFC 2033): the mail server of the house hands over what came for us.

Its 250 is sent only after the commit; what cannot be stored now stays in the server's queue.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session

from app.domain.errors import Busy, Unreadable
from app.domain.messages import Dlr, Mo
from app.domain.ports import Take

LARGEST = 20_000_000
TIMEOUT_S = 120.0
Read = Callable[[bytes, Sequence[str]], Sequence[Mo | Dlr]]

log = logging.getLogger(__name__)


class _Door:
    """Takes each mail to the database."""

    def __init__(self, read: Read, take: Take) -> None:
        self._read, self._take = read, take

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """One answer for each recipient, as LMTP wants it."""
        answer = await self._stored(envelope)
        return "\r\n".join([answer] * max(len(envelope.rcpt_tos), 1))

    async def _stored(self, envelope: Envelope) -> str:
        content = envelope.content
        raw = content if isinstance(content, bytes) else (content or "").encode("utf-8", "replace")
        try:
            await self._take(self._read(raw, envelope.rcpt_tos))
        except Busy:
            return "451 4.3.0 It cannot be stored now; keep it and try again"
        except Unreadable:
            return "554 5.6.0 This mail cannot be read"
        except Exception as error:
            log.error("a mail could not be taken: %s", type(error).__name__)
            return "451 4.3.0 It cannot be stored now; keep it and try again"
        return "250 2.0.0 Stored"


async def listen(place: tuple[str, int], read: Read, take: Take) -> None:
    """Listen at this host and port until cancelled."""
    loop = asyncio.get_running_loop()

    def speak() -> SMTP:
        return LMTP(
            _Door(read, take),
            hostname="munadi",
            ident="Munadi",
            data_size_limit=LARGEST,
            timeout=TIMEOUT_S,
            loop=loop,
            decode_data=False,
            enable_SMTPUTF8=True,
        )

    server = await loop.create_server(speak, *place)
    try:
        await asyncio.Event().wait()
    finally:
        server.close()
