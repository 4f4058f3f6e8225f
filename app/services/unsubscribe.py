"""Unsubscribe: who holds the token of a mail stops that mail address, without a log-in."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from itsdangerous import BadData, URLSafeSerializer

from app.domain.handles import mask_handle
from app.domain.storable import LARGEST_ID
from app.services.mark_gone import OPEN
from app.store import addresses, networks, outbox
from app.store.database import Connection, Database

SALT = "unsubscribe"
LONGEST_TOKEN = 200
STOPPABLE = OPEN | {"bounced"}


class UnsubscribePages:
    """Makes and reads the tokens; one works for as long as the secret key stays the same."""

    def __init__(self, secret: str, public_url: str) -> None:
        """`public_url` is where readers of a mail reach this office, "" when they cannot."""
        self._sealed = URLSafeSerializer(secret, salt=SALT)
        self._public_url = public_url.rstrip("/")

    def token(self, address_id: int) -> str:
        """The token of one address; it tells nothing of whose it is."""
        sealed = self._sealed.dumps(address_id)
        return sealed.decode() if isinstance(sealed, bytes) else sealed

    def url(self, address_id: int) -> str:
        """Where the holder of that address stops our mail; "" when nobody outside reaches us."""
        return f"{self._public_url}/u/{quote(self.token(address_id))}" if self._public_url else ""

    def address_id(self, token: str) -> int | None:
        """The address of a token of ours; None for any other."""
        if len(token) > LONGEST_TOKEN:
            return None
        try:
            found = self._sealed.loads(token)
        except BadData:
            return None
        return found if isinstance(found, int) and 0 < found <= LARGEST_ID else None


@dataclass(frozen=True, slots=True)
class Subscription:
    """One mail address as its holder sees it: the network that writes, and whether it still does.

    `shown` is the address with most of it hidden: a mail may have been passed on.
    """

    network: str
    tz: str
    language: str
    shown: str
    is_stopped: bool


async def show_subscription(database: Database, address_id: int) -> Subscription | None:
    """What stands of an address; None when it has been forgotten."""
    return await database.read(_show, address_id)


async def unsubscribe(database: Database, address_id: int, *, now: datetime) -> Subscription | None:
    """Stop the address and cancel what waits for it; safe to repeat, None when it is forgotten."""
    return await database.write(_stop, address_id, now)


def _show(conn: Connection, address_id: int) -> Subscription | None:
    row = addresses.mailbox(conn, address_id)
    if row is None:
        return None
    network = next((one for one in networks.every(conn) if one.id == row.network_id), None)
    if network is None:
        return None
    return Subscription(
        network=network.name,
        tz=network.tz,
        language=row.language,
        shown=mask_handle(row.kind, row.handle),
        is_stopped=row.standing in ("stopped", "wrong"),
    )


def _stop(conn: Connection, address_id: int, now: datetime) -> Subscription | None:
    row = addresses.mailbox(conn, address_id, locked=True)
    if row is not None and row.standing in STOPPABLE:
        addresses.record_standing(
            conn,
            row.network_id,
            [address_id],
            "stopped",
            source="mail",
            basis="unsubscribed by the button of a mail",
            at=now,
        )
        outbox.cancel_for_address(conn, [address_id], keep_urgent=False, now=now)
    return _show(conn, address_id)
