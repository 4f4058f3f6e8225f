"""Make the demo network: LSON Mirkhai with its units, people, minutes and meetings to come."""

import csv
import io
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from app.catalogue import Catalogue
from app.domain.permissions import Post
from app.services._demo_boards import hang_demo
from app.services._demo_calendar import answer_demo, ready_demo_wire
from app.services._demo_cards import give_demo_cards
from app.services._demo_diary import Diary
from app.services._demo_news import tell_demo
from app.services._demo_tickets import report_demo
from app.services._demo_year import plan_demo_year
from app.services.add_account import Credentials, NewAccount, add_account
from app.services.add_units import NewUnit, add_units
from app.services.create_network import NewNetwork, create_network
from app.services.import_contacts import ContactFile, import_contacts
from app.services.invent_people import Inventor, sheet
from app.services.record_consent import ConsentForm, record_consent
from app.store import accounts, addresses, clock, networks
from app.store.database import Connection, Database
from app.store.networks import NetworkInfo

DEMO = "demo"
SLUG = "mirkhai"
OFFICERS = {
    "Sajida Parveen": Post.PRESS,
    "Rehmat Wali": Post.PRESIDENT,
    "Hidayat Gul": Post.GENERAL_SECRETARY,
}
"""An author cannot approve, so there are two; the third keeps lists and minutes."""
TERM = timedelta(days=730)
_TERMS_END_IN = (24, 5, 58, -3)
"""Days until the terms of the first people on the list end; the others have most of theirs left."""
_STOPPED_EVERY, _ALERTS_EVERY = 50, 100
"""Of so many phones of leaders one has stopped, and one takes danger alerts only."""


async def make_demo(
    database: Database, data: Path, *, catalogue: Catalogue, now: datetime
) -> tuple[Credentials, ...]:
    """Make the network from the files in `data`; gives its new accounts, none when all is there.

    Steps that were done before are left as they are, so that one cut off is completed; the
    accounts come last and say that it is whole. Whoever starts it after weeks need not say that
    the clock is right: nobody is texted.
    """
    await database.write(clock.forget)
    missing = await database.read(_missing_officers)
    if not missing:
        return ()
    about = _words(data, "mirkhai")
    network = await _network(database, about["network"], now)
    today = network.day_at(now)
    await _fill(database, data, about["unit"], today, now)
    await _let_some_stop(database, network, now)
    await database.write(_let_mail_come, network.id, now)
    await ready_demo_wire(database)
    diary = Diary(database, network, catalogue, DEMO, now)
    book = _words(data, "minutes")
    await diary.write(book["meeting"], book["quorum"])
    await answer_demo(database, network, now=now)
    network = await database.read(networks.named, SLUG)
    await plan_demo_year(database, network, catalogue=catalogue, by=DEMO, now=now)
    await hang_demo(database, network, by=DEMO, now=now)
    await give_demo_cards(database, network, by=DEMO, now=now)
    await report_demo(database, network, now=now)
    stories = _words(data, "news")["story"]
    await tell_demo(database, network, stories, catalogue=catalogue, by=DEMO, now=now)
    return tuple([await _make_account(database, name, now) for name in missing])


def _words(data: Path, name: str) -> dict[str, Any]:
    return tomllib.loads((data / f"{name}.toml").read_text(encoding="utf-8"))


async def _network(database: Database, facts: Mapping[str, Any], now: datetime) -> NetworkInfo:
    if await database.read(networks.by_slug, SLUG) is None:
        new = NewNetwork(
            slug=SLUG,
            name=facts["name"],
            tz=facts["tz"],
            language=facts["language"],
            currency=facts["currency"],
            short_names=facts["short"],
        )
        await create_network(database, new, by=DEMO, now=now)
    return await database.read(networks.named, SLUG)


async def _fill(
    database: Database, data: Path, units: Sequence[Mapping[str, Any]], today: date, now: datetime
) -> None:
    """Units, then the lists of people, as a keeper would bring them."""
    inventor = Inventor(_words(data, "names"), today)
    lsos = [one for one in units if one["kind"] == "LSO"]
    tree = [*map(_unit, units), *inventor.units(lsos)]
    await add_units(database, SLUG, tree, by=DEMO, now=now)
    officers = (data / "contacts.csv").read_text(encoding="utf-8")
    for name, content in (
        ("contacts.csv", _with_terms(officers, today)),
        ("leaders.csv", sheet(inventor.leaders(lsos))),
        ("stakeholders.csv", sheet(inventor.stakeholders())),
    ):
        file = ContactFile(content, name, by=DEMO, network=SLUG)
        await import_contacts(database, file, now=now)


def _unit(one: Mapping[str, Any]) -> NewUnit:
    return NewUnit(
        kind=one["kind"],
        name=one["name"],
        local_name=one.get("name_ur", ""),
        place=one.get("union_council", ""),
        local_place=one.get("union_council_ur", ""),
        members=one.get("members", "mixed"),
        households=one.get("households", 0),
    )


def _with_terms(officers: str, today: date) -> bytes:
    """The list of officers with the first and last day of each one's term."""
    lines = list(csv.DictReader(io.StringIO(officers)))
    for no, line in enumerate(lines):
        ends = today + timedelta(days=_TERMS_END_IN[no] if no < len(_TERMS_END_IN) else 330)
        line |= {"starts": (ends - TERM).isoformat(), "ends": ends.isoformat()}
    text = io.StringIO()
    writer = csv.DictWriter(text, lines[0])
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue().encode()


async def _let_some_stop(database: Database, network: NetworkInfo, now: datetime) -> None:
    """Some members want nothing any more, some only danger alerts."""
    phones = await database.read(addresses.standings, network.id)
    alerts = ConsentForm("alerts", "asked at the VO meeting")
    stop = ConsentForm("stop", "asked at the VO meeting")
    for form, chosen in ((stop, phones[99::_STOPPED_EVERY]), (alerts, phones[110::_ALERTS_EVERY])):
        for address_id, standing in chosen:
            if standing == "active":
                await record_consent(database, network.id, address_id, form, by=DEMO, now=now)


def _let_mail_come(conn: Connection, network_id: int, now: datetime) -> None:
    """Whoever has a mail address gave it on the form of the meeting at which they were asked."""
    ids = addresses.silent_mail(conn, network_id)
    basis = "asked at the meeting"
    addresses.record_standing(conn, network_id, ids, "active", source=DEMO, basis=basis, at=now)


def _missing_officers(conn: Connection) -> list[str]:
    return [name for name in OFFICERS if accounts.by_name(conn, name) is None]


async def _make_account(database: Database, name: str, now: datetime) -> Credentials:
    new = NewAccount(name, OFFICERS[name].value, network=SLUG, is_demo=True)
    return await add_account(database, new, now=now)
