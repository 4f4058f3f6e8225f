"""The demo's meetings and minutes, moved so that the newest was held a week or two ago."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.catalogue import Catalogue
from app.services.call_meeting import NewMeeting, call_meeting
from app.services.publish_minutes import DecisionDraft, MinutesDraft, publish_minutes
from app.store import meetings
from app.store.database import Database
from app.store.networks import NetworkInfo

LAST_MEETING_AGO = timedelta(days=7)
"""The newest meeting lies at least so long before the day the demo is made."""


class Diary:
    """The demo's meetings, moved so that the newest was held a week or two ago."""

    def __init__(
        self, database: Database, network: NetworkInfo, catalogue: Catalogue, by: str, now: datetime
    ) -> None:
        """Write for this network, in the name of `by`."""
        self._database, self._network, self._catalogue = database, network, catalogue
        self._by, self._now = by, now
        self._zone = ZoneInfo(network.tz)
        self._today = now.astimezone(self._zone).date()

    async def write(self, entries: list[dict[str, Any]]) -> None:
        """Call each meeting; publish the minutes of those that were held."""
        held = [one for one in entries if "date" in one]
        gap = self._today - LAST_MEETING_AGO - max(one["date"] for one in held)
        shift = timedelta(weeks=gap.days // 7)
        find = meetings.meeting_by_label
        for one in entries:
            on, label = self._day(one, shift), one.get("label", str(one["no"]))
            row = await self._database.read(find, self._network.id, one["body"], label)
            if row is None:
                new = self._meeting(one, label, on)
                await call_meeting(
                    self._database, self._network.slug, new, by=self._by, now=self._now
                )
            if "date" in one and not (row and await self._has_minutes(row.id)):
                draft = self._minutes(one, label, on)
                await publish_minutes(
                    self._database, self._network.slug, draft, by=self._by, now=self._now
                )

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
