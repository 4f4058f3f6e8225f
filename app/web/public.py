"""Public pages of a network, for everyone: what was decided, the minutes, whether a Ref is real."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.domain.errors import Refusal
from app.domain.storable import storable
from app.services.find_decisions import Question, find_decisions
from app.services.show_register import MeetingLine, MinutesPage, list_meetings, read_minutes
from app.services.verify_ref import verify_ref
from app.store import networks
from app.store.networks import NetworkInfo
from app.web.door import network_name
from app.web.office.today import noon
from app.web.pages import the_pages
from app.web.runtime import Runtime, runtime_of
from app.web.speech import Speech

router = APIRouter(prefix="/p/{slug}", include_in_schema=False)

FOR_EVERYONE = {"Cache-Control": "public, max-age=60", "Vary": "Accept-Language, Cookie"}
LATEST = 5
SHOWN = 25
MOST_LETTERS = 200
NO_REF = 0
"""Stands for a number that no Ref ever has."""
_ref = re.compile(r"(?:(?:ref|ریف)[\s.:#]*|#?)(\d+)", re.IGNORECASE).fullmatch
_ref_in_text = re.compile(r"\bref[\s.:#]*(\d+)", re.IGNORECASE).search


@dataclass(frozen=True, slots=True)
class PublicVisit:
    """One request of anybody at the pages of a network."""

    request: Request
    network: NetworkInfo
    speech: Speech

    @property
    def runtime(self) -> Runtime:
        """The running office."""
        return runtime_of(self.request)

    @property
    def now(self) -> datetime:
        """This moment."""
        return self.runtime.clock()

    @property
    def today(self) -> date:
        """The day that it is in the network's zone."""
        return self.now.astimezone(self.speech.zone).date()

    @property
    def home(self) -> str:
        """The first page of the network."""
        return f"/p/{quote(self.network.slug, safe='')}/"

    def minutes_at(self, body: str, label: str) -> str:
        """The page of a meeting's minutes."""
        return f"{self.home}minutes/{quote(body, safe='')}/{quote(label, safe='')}"

    def decision_at(self, code: str) -> str:
        """The page that shows that decision alone."""
        return f"{self.home}decisions?{urlencode({'q': code})}"

    def asked(self, field: str) -> str:
        """What somebody typed into that field, only what a database can hold."""
        return storable(self.request.query_params.get(field, "")).strip()[:MOST_LETTERS]

    def render(self, name: str, /, *, status: int = 200, **context: Any) -> Response:
        """A page that anybody's browser, and any store on the way, may keep for a minute."""
        answer = the_pages().render(
            self.request,
            self.speech,
            name,
            status=status,
            here=self,
            network=self.network,
            network_name=network_name(self.network, self.speech),
            noon=lambda day: noon(day, self.speech.zone),
            **context,
        )
        answer.headers.update(FOR_EVERYONE)
        return answer


async def _visit(slug: str, request: Request) -> PublicVisit:
    """Whoever comes to that network; raises Refusal when there is none of that name."""
    network = await runtime_of(request).database.read(networks.by_slug, storable(slug))
    if network is None:
        raise Refusal("not_found", "There is no network at this address. Look at its spelling.")
    return PublicVisit(request, network, the_pages().speech(request, network.tz))


Here = Annotated[PublicVisit, Depends(_visit)]


@router.get("/")
async def first_page(here: Here) -> Response:
    """Show the network: its next meeting, its newest minutes and its newest decisions."""
    database, network_id = here.runtime.database, here.network.id
    page = await list_meetings(database, network_id, public=True)
    written = next((one for one in page.lines if one.has_minutes), None)
    return here.render(
        "public_home.html",
        next_meeting=_next_of(page.lines, here.now),
        minutes=await _minutes(here, written.body, written.label) if written else None,
        decisions=await _search(here, "", LATEST),
    )


@router.get("/decisions")
async def decisions(here: Here) -> Response:
    """Find decisions by number or by words."""
    words = here.asked("q")
    found = await _search(here, words, SHOWN)
    return here.render("public_decisions.html", words_asked=words, decisions=found, most=SHOWN)


@router.get("/minutes")
async def all_minutes(here: Here) -> Response:
    """Show the meetings whose minutes are published, newest first."""
    before = here.request.query_params.get("before")
    page = await list_meetings(here.runtime.database, here.network.id, public=True, before=before)
    return here.render(
        "public_minutes_list.html",
        meetings=[one for one in page.lines if one.has_minutes],
        older=f"{here.home}minutes?{urlencode({'before': page.next})}" if page.next else "",
        is_first=before is None,
    )


@router.get("/minutes/{body}/{label:path}")
async def minutes(body: str, label: str, here: Here) -> Response:
    """Show the minutes of a meeting; restricted ones as if there were none."""
    try:
        page = await _minutes(here, body, label)
    except Refusal:
        return here.render("public_missing.html", status=404)
    return here.render("public_minutes.html", page=page, meeting=page.meeting)


@router.get("/real")
async def real(here: Here) -> Response:
    """Say whether a text with that Ref is the network's own."""
    asked = here.asked("ref")
    ref = ref_in(asked)
    found = await verify_ref(here.runtime.database, here.network.id, ref) if ref else None
    return here.render("public_real.html", asked=asked, ref=ref, found=found)


def ref_in(asked: str) -> int | None:
    """The Ref that somebody typed, in the digits of any writing; None when it is no number.

    A whole text may be pasted: the number after the word Ref counts.
    """
    found = _ref(asked) or _ref_in_text(asked)
    if found is None:
        return None
    # A Ref has ten digits at most; a longer number is none of ours, however it reads.
    return int(found[1]) if len(found[1]) <= 18 else NO_REF


def _next_of(lines: tuple[MeetingLine, ...], now: datetime) -> MeetingLine | None:
    """The soonest meeting that is to come."""
    to_come = (one for one in lines if one.state == "planned" and one.at > now)
    return min(to_come, key=lambda one: one.at, default=None)


async def _minutes(here: PublicVisit, body: str, label: str) -> MinutesPage:
    return await read_minutes(
        here.runtime.database, here.network.id, body, label, public=True, today=here.today
    )


async def _search(here: PublicVisit, words: str, limit: int) -> Any:
    question = Question(words, here.runtime.desk.vocabulary.topics, limit)
    return await find_decisions(
        here.runtime.database, here.network.id, question, public=True, today=here.today
    )
