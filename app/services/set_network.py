"""Set what a network tells of itself: the number of its office, how much strangers may cost."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.errors import Refusal
from app.services._act import Deed
from app.services.keep_card import read_dialled
from app.store import networks
from app.store.database import Connection, Database

MOST_ANSWERS = 10_000


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """What is to be set; None leaves it as it is. An empty number takes the office's away."""

    office_phone: str | None = None
    stranger_answers: int | None = None


async def set_network(
    database: Database, network_id: int, settings: NetworkSettings, *, by: str, now: datetime
) -> None:
    """Keep these settings. Raises Refusal: number, stranger_answers, nothing."""
    await database.write(_set, Deed(network_id, by, now), settings)


def _set(conn: Connection, deed: Deed, settings: NetworkSettings) -> None:
    values: dict[str, str | int] = {}
    if settings.office_phone is not None:
        told = settings.office_phone.strip()
        values["office_phone"] = read_dialled(told) if told else ""
    if settings.stranger_answers is not None:
        if not 0 <= settings.stranger_answers <= MOST_ANSWERS:
            raise Refusal(
                "stranger_answers",
                "Write how many answers a day, from 0 to {most}.",
                most=MOST_ANSWERS,
            )
        values["stranger_answers"] = settings.stranger_answers
    if not values:
        raise Refusal("nothing", "Say what is to be set.")
    networks.change(conn, deed.network_id, values)
    deed.note(conn, "settings changed", "network", set=sorted(values))
