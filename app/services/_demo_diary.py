"""The demo's meetings and minutes, moved so that the newest was held a week or two ago."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.catalogue import Catalogue
from app.domain.minutes import Presence
from app.domain.unit_names import called
from app.services._demo_calendar import remind_demo
from app.services._demo_record import letter_of, record_of, state_now
from app.services.call_meeting import NewMeeting, call_meeting
from app.services.change_decision import Change, change_decision
from app.services.keep_minutes import keep_minutes
from app.services.keep_resolution import keep_resolution
from app.services.publish_minutes import publish_record
from app.services.read_minutes import read_record
from app.services.take_attendance import Belonging, Mark, take_attendance, who_belongs
from app.store import decisions, meetings, minutes, posts, resolutions
from app.store.database import Database
from app.store.networks import NetworkInfo

LAST_MEETING_AGO = timedelta(days=7)
"""The newest meeting lies at least so long before the day the demo is made."""
CALLED_BEFORE = timedelta(days=16)
WRITTEN_AFTER = (1, 2, 2, 4, 3, 6)
"""Days from a meeting to its minutes: in turns, as it happens."""


class Diary:
    """The demo's meetings, moved so that the newest was held a week or two ago.

    Each step looks whether it was done before, so that a demo that was cut off is completed.
    """

    def __init__(
        self, database: Database, network: NetworkInfo, catalogue: Catalogue, by: str, now: datetime
    ) -> None:
        """Write for this network, in the name of `by`."""
        self._database, self._network, self._catalogue = database, network, catalogue
        self._by, self._now = by, now
        self._zone = ZoneInfo(network.tz)
        self._today = now.astimezone(self._zone).date()
        self._units: Mapping[str, int] = {}

    async def write(self, entries: Sequence[dict[str, Any]], quorum: Mapping[str, int]) -> None:
        """Call each meeting; publish the minutes of those that were held, and what came of them."""
        held = [one for one in entries if "date" in one]
        gap = self._today - LAST_MEETING_AGO - max(one["date"] for one in held)
        shift = timedelta(weeks=gap.days // 7)
        rows = await self._database.read(posts.units_with_offices, self._network.id)
        self._units = {called(row.kind, row.name): row.id for row in rows if row.kind == "LSO"}
        days = {id(one): self._day(one, shift) for one in entries}
        for one in entries:
            on = days[id(one)]
            at = datetime.combine(on, one["time"], self._zone)
            meeting_id = await self._call(one, at, quorum)
            if "label" not in one:
                await self._remind(one["body"], at, meeting_id)
            if "date" not in one:
                continue
            follows = self._follows(one, entries, days)
            await self._publish(one, on, meeting_id, follows)
            await self._follow(one, on, meeting_id)

    async def _call(self, one: Mapping[str, Any], at: datetime, quorum: Mapping[str, int]) -> int:
        label = _label(one)
        find = meetings.meeting_by_label
        row = await self._database.read(find, self._network.id, one["body"], label)
        if row is not None:
            return int(row.id)
        new = NewMeeting(
            body=one["body"],
            no=one["no"],
            label=label,
            at=at,
            venue=one.get("venue", {}),
            agenda=one.get("agenda", {}),
            quorum=quorum.get(one["body"], 0),
        )
        now = min(at - CALLED_BEFORE, self._now)
        return await call_meeting(self._database, self._network.slug, new, by=self._by, now=now)

    async def _remind(self, body: str, at: datetime, meeting_id: int) -> None:
        row = await self._database.read(minutes.the_meeting, self._network.id, meeting_id)
        if row is not None and row.state == "planned":
            words, now = self._catalogue, self._now
            await remind_demo(self._database, self._network, (body, at), catalogue=words, now=now)

    def _follows(
        self, one: Mapping[str, Any], entries: Sequence[Mapping[str, Any]], days: Mapping[int, date]
    ) -> tuple[str, datetime | None]:
        """The label of the meeting whose minutes were confirmed, and when the next one is."""
        mine = [other for other in entries if other["body"] == one["body"]]
        place = next(no for no, other in enumerate(mine) if other is one)
        before = [other for other in mine[:place] if other["quorum_met"]]
        # An emergency meeting bears a label of its own; nobody knows of it before.
        after = next((other for other in mine[place + 1 :] if "label" not in other), None)
        at = datetime.combine(days[id(after)], after["time"], self._zone) if after else None
        return (_label(before[-1]) if before else ""), at

    def _day(self, meeting: Mapping[str, Any], shift: timedelta) -> date:
        if "date" in meeting:
            held: date = meeting["date"]
            return held + shift
        return self._today + timedelta(days=meeting["relative_days"])

    async def _publish(
        self,
        one: Mapping[str, Any],
        on: date,
        meeting_id: int,
        follows: tuple[str, datetime | None],
    ) -> None:
        found = await read_record(self._database, self._network.id, meeting_id)
        if found.revision:
            return
        after = timedelta(days=WRITTEN_AFTER[one["no"] % len(WRITTEN_AFTER)])
        now = min(found.at + after, self._now)
        ids = (self._database, self._network.id, meeting_id)
        people = await who_belongs(*ids)
        marks = _marks([who for who in people if who.person_id is not None], one)
        await take_attendance(*ids, marks, by=self._by, now=now)
        record = record_of(
            one,
            on,
            units=self._units,
            write_date=self._catalogue.write_date,
            follows=follows,
        )
        version = await keep_minutes(*ids, record, version=found.version, by=self._by, now=now)
        await publish_record(*ids, version=version, by=self._by, now=now)

    async def _follow(self, one: Mapping[str, Any], on: date, meeting_id: int) -> None:
        """What became of the meeting's decisions and resolutions."""
        written = await self._database.read(meetings.minutes_of, meeting_id)
        if written is None:
            return
        told = {entry["no"]: entry for entry in one.get("decision", ())}
        for row in await self._database.read(decisions.of_minutes, written.id):
            entry = told[row.no]
            state = state_now(entry)
            if row.status == state:
                continue
            change = Change(state, entry.get("note", ""))
            when = self._moment(on + timedelta(days=max(1, entry["due_days"] - 1)))
            await change_decision(
                self._database, self._network.id, row.id, change, by=self._by, now=when
            )
        letters = {entry["no"]: entry for entry in one.get("resolution", ())}
        for row in await self._database.read(resolutions.of_minutes, written.id):
            facts = letter_of(letters[row.no], on)
            await keep_resolution(
                self._database, self._network.id, row.id, facts, by=self._by, now=self._now
            )

    def _moment(self, day: date) -> datetime:
        """Noon of that day, or now where that is still to come."""
        noon = datetime.combine(day, datetime.min.time(), self._zone) + timedelta(hours=12)
        return min(noon, self._now)


def _label(one: Mapping[str, Any]) -> str:
    return str(one.get("label", one["no"]))


def _marks(people: Sequence[Belonging], one: Mapping[str, Any]) -> list[Mark]:
    """So many came, so many of them women; who stayed away takes turns, one of them excused."""
    turn = one["no"] % max(1, len(people))
    turned = [*people[turn:], *people[:turn]]
    women = [who for who in turned if who.sex == "f"]
    men = [who for who in turned if who.sex != "f"]
    came = [*women[: one["women"]], *men[: one["present"] - one["women"]]]
    there = {who.person_id for who in came}
    away = [who.person_id for who in turned if who.person_id not in there]
    marks = []
    for who in people:
        presence = Presence.PRESENT if who.person_id in there else Presence.ABSENT
        if away and who.person_id == away[0]:
            presence = Presence.EXCUSED
        marks.append(Mark(who.person_id, "", presence))
    return marks
