"""Make the demo network: LSON Mirkhai with its units, people, minutes and meetings to come."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app.catalogue import Catalogue
from app.domain.permissions import Post
from app.services.add_account import Credentials, NewAccount, add_account
from app.services.call_meeting import NewMeeting, call_meeting
from app.services.create_network import NewNetwork, create_network
from app.services.import_contacts import ContactFile, import_contacts
from app.services.publish_minutes import DecisionDraft, MinutesDraft, publish_minutes
from app.store import accounts, meetings, networks, units
from app.store.database import Connection, Database

DEMO = "demo"
SLUG = "mirkhai"
OFFICERS = {"Sajida Parveen": Post.PRESS, "Rehmat Wali": Post.PRESIDENT}
"""An author cannot approve, so there are two."""
LAST_MEETING_AGO = timedelta(days=7)
"""The newest meeting lies at least so long before the day the demo is made."""


async def make_demo(
    database: Database, data: Path, *, catalogue: Catalogue, now: datetime
) -> tuple[Credentials, ...]:
    """Make the network from the files in `data`; gives its new accounts, none when all is there.

    Steps that were done before are left as they are, so that one cut off is completed; the
    accounts come last and say that it is whole.
    """
    missing = await database.read(_missing_officers)
    if not missing:
        return ()
    about = tomllib.loads((data / "mirkhai.toml").read_text(encoding="utf-8"))
    facts = about["network"]
    network = await database.read(networks.by_slug, SLUG)
    network_id = network.id if network else await _make_network(database, facts, now)
    await database.write(_add_units, network_id, about["unit"])
    content = (data / "contacts.csv").read_bytes()
    contacts = ContactFile(content, "contacts.csv", by=DEMO, network=SLUG)
    await import_contacts(database, contacts, now=now)
    minutes = tomllib.loads((data / "minutes.toml").read_text(encoding="utf-8"))
    diary = _Diary(database, catalogue, ZoneInfo(facts["tz"]), now)
    await diary.write(network_id, minutes["meeting"])
    return tuple([await _make_account(database, name, now) for name in missing])


async def _make_network(database: Database, facts: Mapping[str, Any], now: datetime) -> int:
    new = NewNetwork(
        slug=SLUG,
        name=facts["name"],
        tz=facts["tz"],
        language=facts["language"],
        currency=facts["currency"],
        short_names=facts["short"],
    )
    return await create_network(database, new, by=DEMO, now=now)


def _missing_officers(conn: Connection) -> list[str]:
    return [name for name in OFFICERS if accounts.by_name(conn, name) is None]


async def _make_account(database: Database, name: str, now: datetime) -> Credentials:
    new = NewAccount(name, OFFICERS[name].value, network=SLUG, is_demo=True)
    return await add_account(database, new, now=now)


def _add_units(conn: Connection, network_id: int, entries: list[dict[str, Any]]) -> None:
    ids = dict(units.by_name(conn, network_id))
    for one in entries:
        if one["name"].casefold() in ids:
            continue
        ids[one["name"].casefold()] = units.add(
            conn,
            {
                "network_id": network_id,
                "parent_id": ids.get(one.get("parent", "").casefold()),
                "kind": one["kind"],
                "name": one["name"],
                "local_name": one.get("name_ur", ""),
                "place": one.get("union_council", ""),
                "members": one.get("members", "mixed"),
            },
        )


class _Diary:
    """The demo's meetings, moved so that the newest was held a week or two ago."""

    def __init__(
        self, database: Database, catalogue: Catalogue, zone: ZoneInfo, now: datetime
    ) -> None:
        self._database, self._catalogue, self._zone, self._now = database, catalogue, zone, now
        self._today = now.astimezone(zone).date()

    async def write(self, network_id: int, entries: list[dict[str, Any]]) -> None:
        """Call each meeting; publish the minutes of those that were held."""
        held = [one for one in entries if "date" in one]
        gap = self._today - LAST_MEETING_AGO - max(one["date"] for one in held)
        shift = timedelta(weeks=gap.days // 7)
        find = meetings.meeting_by_label
        for one in entries:
            on, label = self._day(one, shift), one.get("label", str(one["no"]))
            row = await self._database.read(find, network_id, one["body"], label)
            if row is None:
                new = self._meeting(one, label, on)
                await call_meeting(self._database, SLUG, new, by=DEMO, now=self._now)
            if "date" in one and not (row and await self._has_minutes(row.id)):
                draft = self._minutes(one, label, on)
                await publish_minutes(self._database, SLUG, draft, by=DEMO, now=self._now)

    async def _has_minutes(self, meeting_id: int) -> bool:
        return await self._database.read(meetings.minutes_of, meeting_id) is not None

    def _meeting(self, one: Mapping[str, Any], label: str, on: date) -> NewMeeting:
        return NewMeeting(
            body=one["body"],
            no=one["no"],
            label=label,
            at=datetime.combine(on, one["time"], self._zone),
            venue=one.get("venue", {}),
            agenda=one.get("agenda", {}),
        )

    def _day(self, meeting: Mapping[str, Any], shift: timedelta) -> date:
        if "date" in meeting:
            held: date = meeting["date"]
            return held + shift
        return self._today + timedelta(days=meeting["relative_days"])

    def _minutes(self, meeting: Mapping[str, Any], label: str, on: date) -> MinutesDraft:
        return MinutesDraft(
            body=meeting["body"],
            label=label,
            present=meeting["present"],
            women=meeting["women"],
            summaries={
                tag: text.replace("{date}", self._catalogue.write_date(on, tag))
                for tag, text in meeting["summary"].items()
            },
            decisions=[_decision(one, on) for one in meeting.get("decision", [])],
        )


def _decision(one: Mapping[str, Any], on: date) -> DecisionDraft:
    shorts = one.get("short", {})
    return DecisionDraft(
        no=one["no"],
        texts={
            tag: {"text": text, "short": shorts.get(tag, "")} for tag, text in one["text"].items()
        },
        owner=one["owner"],
        due=on + timedelta(days=one["due_days"]) if "due_days" in one else None,
        status=one["status"],
        topics=one["topics"],
        is_restricted=one.get("restricted", False),
    )
