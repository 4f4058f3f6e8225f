"""Make the demo network: LSON Mirkhai with its units, people, minutes and meetings to come."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app.catalogue import Catalogue
from app.domain.permissions import Post
from app.services.add_account import add_account
from app.services.call_meeting import NewMeeting, call_meeting
from app.services.create_network import NewNetwork, create_network
from app.services.import_contacts import ContactFile, import_contacts
from app.services.publish_minutes import DecisionDraft, MinutesDraft, publish_minutes
from app.store import networks
from app.store.database import Connection, Database

DEMO = "demo"
SLUG = "mirkhai"
LAST_MEETING_AGO = timedelta(days=7)
"""The newest meeting lies at least so long before the day the demo is made."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An officer of the demo; an author cannot approve, so there are two."""

    name: str
    post: str
    token: str

    def facts(self) -> tuple[str, str, str]:
        """Name, post and token."""
        return self.name, self.post, self.token


async def make_demo(
    database: Database, data: Path, *, catalogue: Catalogue, now: datetime
) -> tuple[DemoAccount, ...]:
    """Make the network from the files in `data`; gives its accounts, none when it was there."""
    about = tomllib.loads((data / "mirkhai.toml").read_text(encoding="utf-8"))
    facts = about["network"]
    if await database.read(networks.by_slug, SLUG) is not None:
        return ()
    new = NewNetwork(
        slug=SLUG,
        name=facts["name"],
        tz=facts["tz"],
        language=facts["language"],
        currency=facts["currency"],
        short_names=facts["short"],
    )
    network_id = await create_network(database, new, by=DEMO, now=now)
    await database.write(_add_units, network_id, about["unit"])
    contacts = ContactFile(
        content=(data / "contacts.csv").read_bytes(), name="contacts.csv", by=DEMO
    )
    await import_contacts(database, contacts, now=now)
    minutes = tomllib.loads((data / "minutes.toml").read_text(encoding="utf-8"))
    diary = _Diary(database, catalogue, ZoneInfo(facts["tz"]), now)
    await diary.write(minutes["meeting"])
    return await _accounts(database, now)


async def _accounts(database: Database, now: datetime) -> tuple[DemoAccount, ...]:
    found = []
    for name, post in (("Sajida Parveen", Post.PRESS), ("Rehmat Wali", Post.PRESIDENT)):
        token = await add_account(database, name=name, post=post.value, now=now)
        found.append(DemoAccount(name, post.value, token))
    return tuple(found)


def _add_units(conn: Connection, network_id: int, units: list[dict[str, Any]]) -> None:
    ids: dict[str, int] = {}
    for one in units:
        ids[one["name"]] = networks.add_unit(
            conn,
            {
                "network_id": network_id,
                "parent_id": ids.get(one.get("parent", "")),
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

    async def write(self, meetings: list[dict[str, Any]]) -> None:
        """Call each meeting; publish the minutes of those that were held."""
        held = [one for one in meetings if "date" in one]
        gap = self._today - LAST_MEETING_AGO - max(one["date"] for one in held)
        shift = timedelta(weeks=gap.days // 7)
        for one in meetings:
            on = self._day(one, shift)
            label = one.get("label", str(one["no"]))
            new = NewMeeting(
                body=one["body"],
                no=one["no"],
                label=label,
                at=datetime.combine(on, one["time"], self._zone),
                venue=one.get("venue", {}),
                agenda=one.get("agenda", {}),
            )
            await call_meeting(self._database, SLUG, new, by=DEMO, now=self._now)
            if "date" in one:
                draft = self._minutes(one, label, on)
                await publish_minutes(self._database, SLUG, draft, by=DEMO, now=self._now)

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
