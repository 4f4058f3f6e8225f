"""The register for two networks: one of every thing that a door of it can name."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app.domain.minutes import Item, Record, ResolutionEntry
from app.domain.sheets import Form, Sheet
from app.printing.render import MEDIA_TYPES, Printed
from app.services.approve_story import Agreeing, approve_story
from app.services.hang_sheet import NewSheet, hang_sheet
from app.services.keep_board import BoardFacts, add_board
from app.services.keep_press_note import PressFacts, keep_press_note
from app.services.keep_story import StoryFacts, Writer, keep_story
from app.services.make_newsletter import Wish, make_newsletter
from app.services.prepare_publication import PublicationDraft, prepare_publication
from app.services.publish_minutes import DecisionDraft, MinutesDraft, publish_minutes
from app.store import boards, follow_up, networks, seats
from app.store.database import Connection
from app.store.meetings import decision, minutes
from app.store.newsletters import newsletter_item
from app.store.resolutions import resolution
from tests.web.neighbours_asked_cards import build_cards
from tests.web.neighbours_asked_instalments import build_instalments
from tests.web.neighbours_asked_standing import build_standing
from tests.web.neighbours_asked_tickets import build_tickets
from tests.web.office import Office

KEEPER = "keeper"
SECOND = Agreeing("Second", 0, 1)
AT = "2026-11-0{}T10:00:00+05:00"
"""Each meeting has a day of its own, so that the minutes of the first can be confirmed."""
TO_COME = "2027-09-0{}T10:00:00+05:00"
"""Who comes is asked of a meeting to come."""


@dataclass(frozen=True, slots=True)
class Register:
    """What the doors of the register are asked for; that of `Register()` is nobody's."""

    meeting_id: int = 987654350
    """Its minutes are published and went out to nobody."""
    label: str = "987654351"
    fresh_id: int = 987654352
    """Nothing is written of it yet."""
    fresh_label: str = "987654353"
    coming_id: int = 987654393
    """A meeting to come, of which people are asked whether they come."""
    coming_label: str = "987654393"
    decision_id: int = 987654354
    resolution_id: int = 987654355
    publication_id: int = 987654356
    publication_hash: str = "a" * 64
    gone_publication_id: int = 987654357
    story_id: int = 987654358
    agreed_story_id: int = 987654359
    newsletter_id: int = 987654360
    left_issue_id: int = 987654361
    agreed_issue_id: int = 987654362
    item_id: int = 987654363
    """What stands in `left_issue_id`."""
    note_id: int = 987654364
    agreed_note_id: int = 987654365
    board_id: int = 987654366
    gone_board_id: int = 987654367
    sheet_id: int = 987654368
    hanging_id: int = 987654369
    off_id: int = 987654370
    """A sheet on a board that is to come down."""
    report_id: int = 987654371
    wrong_report_id: int = 987654372
    ticket_no: int = 987654373
    shut_ticket_no: int = 987654374
    again_ticket_no: int = 987654375
    hidden_ticket_no: int = 987654376
    line_id: int = 987654377
    """A number on an emergency card."""
    gone_line_id: int = 987654378
    instalment_id: int = 987654391
    """To be paid; the other one is to be taken off the list."""
    gone_instalment_id: int = 987654392
    standing_id: int = 987654381
    """A text that goes again, to be changed; the others are to be agreed to, left out, stopped."""
    asked_standing_id: int = 987654382
    run_standing_id: int = 987654383
    gone_standing_id: int = 987654384
    standing_hash: str = "d" * 16
    kept_awareness_id: int = 987654385
    """An item to be changed; the others are to be reviewed, put away."""
    read_awareness_id: int = 987654386
    gone_awareness_id: int = 987654387
    series_id: int = 987654379
    """A rule by which a body meets, in times far away."""


async def build_register(
    office: Office, slug: str, topic: str, numbers: str, side: Any
) -> dict[str, Any]:
    """Give one side of a network all that the register holds; gives it by name.

    The labels of its meetings begin with `numbers`.
    """
    network_id = (await office.app.state.runtime.database.read(networks.named, slug)).id
    desk = _Desk(office, slug, network_id, f"{topic} {side.unit.rpartition(' ')[2]}")
    held = [await desk.meet(f"{numbers}{digit}") for digit in "4567"]
    coming = await desk.meet(f"{numbers}9", TO_COME)
    sits = {"network_id": network_id, "person_id": side.person_id, "body": "GB"}
    await office.app.state.runtime.database.write(seats.add, [{**sits, "post": ""}])
    for one in held[:3]:
        await desk.publish(one)
    found = {
        **await desk.rows_of(held[0]),
        "meeting_id": held[0][0],
        "label": held[0][1],
        "fresh_id": held[3][0],
        "fresh_label": held[3][1],
        "coming_id": coming[0],
        "coming_label": coming[1],
        **await desk.circulate(held[1][0], held[2][0]),
        **await desk.write(side.unit_id),
    }
    await desk.subscribe_a_paper()
    wall = await build_wall(office, network_id, side, desk.words)
    first = int(numbers.removeprefix("E")) * 100_000 + 50_000 * numbers.startswith("E") + 7
    runtime = office.app.state.runtime
    told = await build_tickets(runtime.database, network_id, first, desk.words, runtime.clock())
    months = "October and November" if numbers.startswith("E") else "October"
    found["series_id"] = await desk.meet_by(f"first Monday of {months}")
    cards = await build_cards(runtime.database, network_id, desk.words, runtime.clock())
    cards |= await build_instalments(
        runtime.database, network_id, side.person_id, desk.words, runtime.clock()
    )
    again = await build_standing(runtime.database, network_id, desk.words, runtime.clock())
    return {**found, **asdict(wall), **told, **cards, **again}


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where the things of one side are made."""

    office: Office
    slug: str
    network_id: int
    words: str

    @property
    def _given(self) -> tuple[Any, int]:
        return self.office.app.state.runtime.database, self.network_id

    @property
    def _now(self) -> Any:
        return self.office.app.state.runtime.clock()

    async def meet(self, label: str, when: str = AT) -> tuple[int, str]:
        no = int("".join(filter(str.isdecimal, label)))
        at = when.format(label[-1])
        new = {"body": "GB", "no": no, "label": label, "at": at, "network": self.slug, "quorum": 0}
        return (await self.office.call("POST", "/api/v1/meetings", json=new))["id"], label

    async def meet_by(self, rule: str) -> int:
        new = {"body": "GB", "rule": rule, "clock": "10:00", "starts_on": "2027-10-01"}
        return (
            await self.office.call(
                "POST", "/api/v1/meeting-rules", json={**new, "network": self.slug}
            )
        )["id"]

    async def publish(self, met: tuple[int, str]) -> None:
        """Minutes with a decision and a resolution."""
        told = {"en": f"Words of {self.words}"}
        record = Record(
            items=(Item(told, told),), resolutions=(ResolutionEntry(1, told, told, told),)
        )
        decided = DecisionDraft(1, {"en": {"text": f"Wall of {self.words}", "short": "Wall"}})
        draft = MinutesDraft("GB", met[1], 9, 4, {"en": "Wall."}, (decided,), record=record)
        database = self._given[0]
        await publish_minutes(database, self.slug, draft, by=KEEPER, now=self._now)

    async def rows_of(self, met: tuple[int, str]) -> dict[str, int]:
        def read(conn: Connection) -> dict[str, int]:
            of_it = select(minutes.c.id).where(minutes.c.meeting_id == met[0]).scalar_subquery()
            return {
                f"{table.name}_id": conn.execute(
                    select(table.c.id).where(table.c.minutes_id == of_it)
                ).scalar_one()
                for table in (decision, resolution)
            }

        return dict(await self._given[0].read(read))

    async def circulate(self, one: int, other: int) -> dict[str, Any]:
        """Two publications that wait for a second officer."""
        database, network_id = self._given
        runtime = self.office.app.state.runtime
        made = []
        for meeting_id in (one, other):
            draft = PublicationDraft(network_id, meeting_id, KEEPER, None, "gb")
            words = runtime.desk.catalogue
            made.append(
                await prepare_publication(
                    database, draft, catalogue=words, now=self._now, printer=self._print
                )
            )
        return {
            "publication_id": made[0].id,
            "publication_hash": made[0].hash,
            "gone_publication_id": made[1].id,
        }

    async def subscribe_a_paper(self) -> None:
        """A reporter of a paper with a mailbox, to whom press notes go."""

        async def add(path: str, **told: Any) -> Any:
            body = {**told, "network": self.slug}
            answer = await self.office.call("POST", f"/api/v1/{path}", json=body)
            return answer.get("id") or answer.get("address_id")

        paper = await add("units", kind="media", name=f"Akhbar {self.words}")
        reporter = await add("people", name=f"Sahafi {self.words}", unit_id=paper)
        mailbox = f"{self.words.replace(' ', '-')}@example.org"
        address_id = await add(f"people/{reporter}/addresses", raw=mailbox, kind="email")
        await add(f"addresses/{address_id}/consents", choice="all", basis="Paper form")
        await add("seats", person_id=reporter, unit_id=paper, post="Reporter")

    def _print(self, _sheet: Sheet, form: Form) -> Printed:
        """Paper with the words of this network on it; setting it in type takes long."""
        return Printed(self.words.encode(), MEDIA_TYPES[form], f"paper.{form}")

    async def write(self, unit_id: int) -> Mapping[str, int]:
        """Stories, newsletters and press notes, in each state that a door needs."""
        given, by, now = self._given, Writer(KEEPER), self._now
        catalogue = self.office.app.state.runtime.desk.catalogue
        here = {"languages": catalogue.languages, "by": by, "now": now}
        told = {"en": f"News of {self.words}"}
        shelves = [f"{one}-{self.words.replace(' ', '-')}"[:20] for one in "abc"]
        facts = StoryFacts(told, told, topics=tuple(shelves), unit_id=unit_id)
        stories = [await keep_story(*given, facts, **here) for _ in range(3)]
        await approve_story(*given, stories[0], by=SECOND, now=now)
        issues = [
            await make_newsletter(
                *given, Wish(topics=(one,), audience="gb"), catalogue=catalogue, by=by, now=now
            )
            for one in shelves
        ]
        note = PressFacts(date(2026, 11, 20), told, told)
        notes = [await keep_press_note(*given, note, **here) for _ in range(2)]
        in_it = select(newsletter_item.c.id).where(newsletter_item.c.newsletter_id == issues[1])
        item_id = await given[0].read(lambda conn: conn.execute(in_it).scalar_one())
        names = ("story_id", "agreed_story_id")
        found = dict(zip(names, stories[1:], strict=True))
        names = ("newsletter_id", "left_issue_id", "agreed_issue_id")
        found |= dict(zip(names, issues, strict=True))
        found |= {"note_id": notes[0], "agreed_note_id": notes[1], "item_id": item_id}
        return found


@dataclass(frozen=True, slots=True)
class Wall:
    """The ids of what a network has: `gone_board_id` is to be closed, `off_id` to come down."""

    board_id: int
    gone_board_id: int
    sheet_id: int
    hanging_id: int
    off_id: int
    report_id: int
    wrong_report_id: int


async def build_wall(office: Office, network_id: int, directory: Any, words: str) -> Wall:
    """Boards of the directory's LSO and President, a sheet on both, and two reports of hers."""
    runtime = office.app.state.runtime
    database, now = runtime.database, runtime.clock()
    facts = BoardFacts(f"Gate of {words}", directory.unit_id, directory.person_id)
    kept = [await add_board(database, network_id, facts, by=KEEPER, now=now) for _ in range(2)]
    new = NewSheet("notice", {"en": f"Notice of {words}"}, board_ids=tuple(one.id for one in kept))
    hung = await hang_sheet(database, network_id, new, by=KEEPER, now=now)

    def rest(conn: Connection) -> list[int]:
        hangings = [row.id for row in boards.up(conn, network_id) if row.sheet_id == hung.id]
        mine = select(decision.c.id).where(decision.c.network_id == network_id)
        owed = conn.execute(mine.order_by(decision.c.id).limit(1)).scalar_one()
        phones = (directory.address_id, directory.second_id)
        told = {"network_id": network_id, "decision_id": owed, "person_id": directory.person_id}
        told |= {"said": "done", "note": words, "inbound_id": None, "language": "en"}
        told |= {"state": "waiting", "at": now}
        reports = [follow_up.put(conn, {**told, "address_id": phone}) for phone in phones]
        return [*hangings, *reports]

    return Wall(kept[0].id, kept[1].id, hung.id, *await database.write(rest))
