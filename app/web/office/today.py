"""Today: what waits for whoever looks, what is going out, and how the wires are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.domain.errors import Refusal
from app.domain.language import tag_of
from app.domain.permissions import Act
from app.services.backup_office import last_backup
from app.services.release_restored import release_restored
from app.services.show_held import count_held
from app.services.show_standing import standing_today
from app.services.show_tickets import Looking, count_waiting
from app.services.show_today import show_today
from app.store import drafts
from app.web.door import Visit, go, visits
from app.web.who import Officer

router = APIRouter(include_in_schema=False)

MOST_DRAFTS = 100
DRAFTS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class OwnDraft:
    """A message that was begun: the address of its page, and the first of its words."""

    key: str
    text: str
    language: str


@router.get("/office/today")
async def today(visit: Annotated[Visit, Depends(visits(Act.LOOK))]) -> Response:
    """Show the first page."""
    officer = visit.officer
    shown = await show_today(
        visit.runtime.database,
        visit.network.id,
        account_id=officer.id,
        may_approve=officer.may(Act.APPROVE),
        now=visit.now,
    )
    own = await _own_drafts(visit)
    looking = Looking(visit.network.id, officer.post, visit.today)
    context: dict[str, Any] = {
        "today": shown,
        "dangers": [line for line in shown.inbox.newest if line.is_danger],
        "reports": await count_waiting(visit.runtime.database, looking),
        "again": await standing_today(
            visit.runtime.database,
            visit.network.id,
            account_id=officer.id,
            may_approve=officer.may(Act.APPROVE),
            now=visit.now,
        ),
        "drafts": own,
    }
    return visit.render(
        "today.html",
        **context,
        backup=last_backup(visit.runtime.data_dir),
        drafts_shown=own[:DRAFTS_SHOWN],
        held=await count_held(visit.runtime.database, visit.network.id, now=visit.now),
        is_quiet=not any(_waits(officer, context)),
        noon=lambda day: noon(day, visit.speech.zone),
        tag_of=tag_of,
    )


def _waits(officer: Officer, context: Mapping[str, Any]) -> tuple[object, ...]:
    """What waits for this officer, each of it nothing where nothing does."""
    today, reports, again = context["today"], context["reports"], context["again"]
    return (
        again.to_approve,
        again.unreviewed,
        again.dropped,
        today.to_approve,
        today.own_waiting,
        today.uncertain.count,
        today.inbox.count - len(context["dangers"]),
        today.overdue.count,
        context["drafts"],
        today.restored if officer.may(Act.KEEP) else 0,
        today.asking if officer.may(Act.ADMIT) else 0,
        today.terms.count,
        today.stale_cards,
        reports.open if officer.may(Act.WORK_TICKETS) else 0,
        reports.overdue,
        reports.protected,
    )


@router.post("/office/restored")
async def restored(visit: Annotated[Visit, Depends(visits(Act.KEEP))]) -> Response:
    """Say yes or no to what a restored backup holds back."""
    word = visit.fields.get("do", "")
    if word not in {"release", "drop"}:
        raise Refusal("do", "It is not clear what to do with these texts. Press one of the two.")
    await release_restored(
        visit.runtime.database,
        is_dropped=word == "drop",
        network_id=visit.network.id,
        by=visit.officer.name,
        now=visit.now,
    )
    visit.runtime.dispatcher.wake()
    return go("/office/today")


def noon(day: date, zone: ZoneInfo) -> datetime:
    """A moment of that day for those who write days."""
    return datetime.combine(day, time(12), zone)


async def _own_drafts(visit: Visit) -> list[OwnDraft]:
    if visit.officer.id is None or not visit.officer.may(Act.PLAN):
        return []
    rows: Sequence[Any] = await visit.runtime.database.read(
        drafts.waiting, visit.network.id, visit.officer.id, limit=MOST_DRAFTS
    )
    return [OwnDraft(row.key, *_first_text(row.fields)) for row in rows]


def _first_text(fields: Mapping[str, str]) -> tuple[str, str]:
    """The first words that were typed, with the tag of their language."""
    for name, value in sorted(fields.items()):
        if name.startswith("text_") and value.strip():
            return value.strip(), name.removeprefix("text_")
    return "", ""
