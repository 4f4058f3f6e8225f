"""Networks: who we speak for, in what zone, language and currency."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, Connection, insert, select, update
from sqlmodel import Field

from app.domain import special_days
from app.domain.errors import Refusal
from app.domain.guard import STRANGERS_A_DAY
from app.domain.quiet_hours import QuietHours
from app.domain.special_days import SpecialDays
from app.store.schema import Row, big, new_id, table_of

ROUTINE_A_MONTH = 4


class Network(Row, table=True):
    """One network: an LSON or an office that speaks for one."""

    id: int = new_id()
    slug: str = Field(max_length=40, unique=True)
    name: str = Field(max_length=120)
    short_names: dict[str, str] = Field(sa_type=JSON)
    """The name that starts every text, at most 8 letters, by language tag."""
    tz: str = Field(max_length=60)
    language: str = Field(max_length=20)
    currency: str = Field(max_length=3)
    quiet_from: time
    quiet_until: time
    friday_from: time = time(12, 30)
    friday_until: time = time(14, 30)
    """The gap of Friday's midday prayer; equal times mean none."""
    ramadan_from: time | None = None
    ramadan_until: time | None = None
    """The night of Ramadan, where it is another one than the year's."""
    special_days: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)
    """Days by their `kind`: `ramadan`, `festival`, `mourning`; `first`, `last`, and a `name`."""
    hijri_offset: int = 0
    """How many days the moon is sighted here after Umm al-Qura."""
    routine_cap: int = ROUTINE_A_MONTH
    """So many routine texts a month go to one phone at most; 0 means no such limit."""
    last_ref: int = 0
    monthly_cap_micro: int = big()
    """0 means no cap is set."""
    broadcast_cap_micro: int = big()
    stranger_answers: int = STRANGERS_A_DAY
    """So many automatic answers a day go to all phones together that are on no list."""
    office_phone: str = Field(default="", max_length=30)
    """The number of the office, told to whoever asks for one of its people; "" for none."""
    words_version: int = 0
    """Counts each time a synonym is kept or retired, so that memories of the words grow stale."""
    created_at: datetime


network = table_of(Network)


@dataclass(frozen=True, slots=True)
class NetworkInfo:
    """What the use cases need to know of a network."""

    id: int
    slug: str
    name: str
    short_names: Mapping[str, str]
    tz: str
    language: str
    currency: str
    quiet: QuietHours
    monthly_cap_micro: int
    broadcast_cap_micro: int
    stranger_answers: int = STRANGERS_A_DAY
    words_version: int = 0
    office_phone: str = ""
    special_days: Sequence[SpecialDays] = ()
    hijri_offset: int = 0
    routine_cap: int = ROUTINE_A_MONTH

    def day_at(self, moment: datetime) -> date:
        """The day that it is there at that moment."""
        return moment.astimezone(ZoneInfo(self.tz)).date()

    def short_name(self, languages: Sequence[str]) -> str:
        """The short name in the first of these languages that has one."""
        for tag in languages:
            if tag in self.short_names:
                return self.short_names[tag]
        return next(iter(self.short_names.values()), self.slug)


def _info(row: Any) -> NetworkInfo:
    days = special_days.read(row.special_days)
    return NetworkInfo(
        id=row.id,
        slug=row.slug,
        name=row.name,
        short_names=row.short_names,
        tz=row.tz,
        language=row.language,
        currency=row.currency,
        quiet=QuietHours(
            starts=row.quiet_from,
            ends=row.quiet_until,
            friday_from=row.friday_from,
            friday_until=row.friday_until,
            ramadan=special_days.ramadan(days),
            ramadan_starts=row.ramadan_from,
            ramadan_ends=row.ramadan_until,
            closed_days=special_days.closed(days),
        ),
        monthly_cap_micro=row.monthly_cap_micro,
        broadcast_cap_micro=row.broadcast_cap_micro,
        stranger_answers=row.stranger_answers,
        words_version=row.words_version,
        office_phone=row.office_phone,
        special_days=days,
        hijri_offset=row.hijri_offset,
        routine_cap=row.routine_cap,
    )


def add(conn: Connection, values: Mapping[str, Any]) -> int:
    """Store a new network and give its id."""
    return int(conn.execute(insert(network).values(**values).returning(network.c.id)).scalar_one())


def change(conn: Connection, network_id: int, values: Mapping[str, Any]) -> None:
    """Set these columns of a network."""
    conn.execute(update(network).where(network.c.id == network_id).values(**values))


_every = select(network).order_by(network.c.id)


def every(conn: Connection, network_id: int | None = None) -> list[NetworkInfo]:
    """All networks, oldest first; only the one with that id, where one is given."""
    wanted = _every if network_id is None else _every.where(network.c.id == network_id)
    return [_info(row) for row in conn.execute(wanted)]


def at_home(known: Sequence[NetworkInfo], slug: str) -> NetworkInfo | None:
    """The network with that slug, whose wire it is; else the oldest, None where there is none."""
    return next((one for one in known if one.slug == slug), next(iter(known), None))


def by_slug(conn: Connection, slug: str) -> NetworkInfo | None:
    """The network with that slug."""
    row = conn.execute(select(network).where(network.c.slug == slug)).one_or_none()
    return _info(row) if row else None


def by_id(conn: Connection, network_id: int) -> NetworkInfo:
    """The network with that id, which must exist."""
    return _info(conn.execute(select(network).where(network.c.id == network_id)).one())


def named(conn: Connection, slug: str) -> NetworkInfo:
    """The network with that slug, or the only one there is; raises Refusal."""
    known = [one for one in every(conn) if slug in ("", one.slug)]
    if not known:
        raise Refusal("no_network", "There is no such network. See `network create`.")
    if len(known) > 1:
        names = ", ".join(one.slug for one in known)
        raise Refusal("which_network", "Say which network is meant: {names}.", names=names)
    return known[0]


def hold(conn: Connection, network_id: int) -> None:
    """Keep others from planning for, or writing into the journal of, this network until commit."""
    conn.execute(select(network.c.id).where(network.c.id == network_id).with_for_update())


def next_ref(conn: Connection, network_id: int) -> int:
    """A Ref that this network has never used; counts up without gaps left by other networks."""
    statement = (
        update(network)
        .where(network.c.id == network_id)
        .values(last_ref=network.c.last_ref + 1)
        .returning(network.c.last_ref)
    )
    return int(conn.execute(statement).scalar_one())


def coming_ref(conn: Connection, network_id: int) -> int:
    """The Ref that the network's next plan will bear; looked at, not taken."""
    statement = select(network.c.last_ref + 1).where(network.c.id == network_id)
    return int(conn.execute(statement).scalar_one())
