"""The editor of minutes: agenda carried over, attendance by ticking, saved as it is typed."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from starlette.responses import HTMLResponse, Response

from app.domain.errors import Refusal
from app.domain.language import chain, choose
from app.domain.minutes import DecisionState
from app.domain.minutes_form import gaps
from app.domain.permissions import Act
from app.services.show_register import list_meetings
from app.web.door import Visit, go, visits
from app.web.office import _minutes_fields as fields
from app.web.office._minutes_desk import (
    MEETINGS,
    TAGS,
    Desk,
    Outcome,
    desk_of,
    keep,
    meeting_named,
    minutes_at,
)
from app.web.office._minutes_merge import ROWS, read_posted

router = APIRouter(include_in_schema=False)

EDIT = MEETINGS + "/{body}/{label:path}/edit"
MOST_FIELDS = 3000
PRECEDING = 3
MOST_TOLD = 20
MOST_SECONDS = 11
"""Digits of a moment, in seconds."""
TOLD_FOR = timedelta(hours=12)
"""So long a page that was opened after keeping says when that was."""
Writer = Annotated[Visit, Depends(visits(Act.WRITE_MINUTES, most_fields=MOST_FIELDS))]
ADDS = {"add-i": "i", "add-d": "d", "add-r": "r"}
FIRST_FIELD = {"i": "title", "d": "text", "r": "title"}


@router.get(EDIT)
async def edit(body: str, label: str, visit: Writer) -> Response:
    """Show the minutes as they stand, ready to be written on."""
    meeting = await meeting_named(visit, body, label)
    desk = await desk_of(visit, meeting.id, _tag(visit.request.query_params.get("in", "")))
    theirs = visit.request.query_params.get("theirs", "").split(",")
    known = [name for name in theirs if fields.is_known(name)]
    return await _page(visit, Outcome(desk), theirs=known)


@router.post(EDIT)
async def save(body: str, label: str, visit: Writer) -> Response:
    """Keep what was typed: all of it with the button, what changed while one types."""
    meeting = await meeting_named(visit, body, label)
    tag = _tag(visit.fields.get("in", ""))
    posted = read_posted(visit.fields)
    try:
        outcome = await keep(visit, meeting.id, tag, posted)
    except Refusal as refusal:
        if refusal.code in {"not_found", "not_allowed"}:
            raise
        desk = await desk_of(visit, meeting.id, tag)
        if not posted.is_whole:
            return _told(visit, Outcome(desk), fault=refusal, left=tuple(posted.values))
        return await _page(visit, Outcome(desk), typed=posted.values, fault=refusal)
    if not posted.is_whole:
        return _told(visit, outcome, others=outcome.desk.minutes.version > posted.version + 1)
    if outcome.left:
        shown = {name: posted.values[name] for name in outcome.left if name in posted.values}
        return await _page(visit, outcome, typed=shown)
    return go(_after(visit, minutes_at(body, label), outcome))


def _tag(told: str) -> str:
    return told if told in TAGS else ""


def _kept_at(visit: Visit) -> datetime | None:
    """When the page says that it was kept, just before it was opened anew; None otherwise."""
    told = visit.request.query_params.get("kept", "")
    if not (told.isascii() and told.isdigit() and len(told) <= MOST_SECONDS):
        return None
    at = datetime.fromtimestamp(int(told), UTC)
    return at if timedelta() <= visit.now - at <= TOLD_FOR else None


def _after(visit: Visit, here: str, outcome: Outcome) -> str:
    """The editor again: at the fresh row that was asked for, telling what others changed."""
    desk, merged, do = outcome.desk, outcome.merged, visit.fields.get("do", "")
    kept = str(int(visit.now.timestamp()))
    query = {"kept": kept, "in": _tag(do.removeprefix("in-")) or desk.reading.tag}
    told = [*merged.theirs, *(f"{row}-{FIRST_FIELD[row[0]]}" for row in merged.moved.values())]
    if told:
        query["theirs"] = ",".join(told[:MOST_TOLD])
    letter = ADDS.get(do)
    place = f"#{letter}{_next_no(desk, letter)}-{FIRST_FIELD[letter]}" if letter else ""
    return f"{here}/edit?{urlencode(query)}{place}"


def _next_no(desk: Desk, letter: str) -> int:
    return max(fields.rows_of(desk.record, letter), default=0) + 1


def _told(
    visit: Visit,
    outcome: Outcome,
    *,
    fault: Refusal | None = None,
    left: Sequence[str] = (),
    others: bool = False,
) -> Response:
    """The parts that move, for the script: what was kept when, and what was not."""
    part = visit.fragment(
        "minutes_edit_kept.html",
        **_shown(visit, outcome),
        is_live=True,
        fault=_said(visit, fault),
        left=[*outcome.left, *left],
        others=others,
    )
    return HTMLResponse(part, headers={"Cache-Control": "no-store"})


async def _page(
    visit: Visit,
    outcome: Outcome,
    *,
    typed: Mapping[str, str] | None = None,
    fault: Refusal | None = None,
    theirs: Sequence[str] = (),
) -> Response:
    desk = outcome.desk
    current = desk.fields
    rows = {letter: _rows(desk, letter, current, typed or {}) for letter in "idr"}
    clashes = outcome.merged.clashes
    return visit.render(
        "minutes_edit.html",
        script="minutes.js",
        status=409 if clashes else 422 if fault or outcome.faults else 200,
        **_shown(visit, outcome),
        is_live=False,
        values={**current, **(typed or {})},
        base=_base(desk, current),
        rows=rows,
        choices=await _choices(visit, desk),
        topics=sorted(set(desk.reading.topics.values())),
        gap_counts=_gap_counts(desk),
        fault=_said(visit, fault),
        theirs=theirs,
        kept_at=_kept_at(visit),
        others=False,
        left=[],
        source=_source(visit, desk),
    )


def _shown(visit: Visit, outcome: Outcome) -> dict[str, Any]:
    desk, minutes = outcome.desk, outcome.desk.minutes
    tag = desk.reading.tag
    return {
        "desk": desk,
        "minutes": minutes,
        "tag": tag,
        "tags": TAGS,
        "belong": sum(one.person_id is not None for one in desk.belonging),
        "here": minutes_at(minutes.body, minutes.label),
        "faults": {name: _said(visit, one) for name, one in outcome.faults.items()},
        "clashes": outcome.merged.clashes,
        "row_of": fields.row_of,
        "gaps": _unsaid(visit, desk) if tag != desk.record.language else (),
    }


def _said(visit: Visit, fault: Refusal | None) -> str:
    return fault.said(visit.speech.say) if fault else ""


def _base(desk: Desk, current: Mapping[str, str]) -> str:
    """What stands in the form when it is opened, so that its changes can be told from others'."""
    told = {ROWS: desk.rows, **{name: value for name, value in current.items() if value}}
    return json.dumps(told, ensure_ascii=False)


def _rows(desk: Desk, letter: str, current: dict[str, str], typed: Mapping[str, str]) -> list[int]:
    """The numbers of the rows that are shown: those there, those typed, and one to go on."""
    there = set(fields.rows_of(desk.record, letter))
    there |= {row[1] for row in map(fields.row_of, typed) if row and row[0] == letter}
    numbers = [*sorted(there), max(there, default=0) + 1]
    for no in set(numbers) - set(fields.rows_of(desk.record, letter)):
        blank = fields.blank_row(letter, no, desk.reading)
        current |= fields.row_fields(letter, no, blank, desk.reading)
    return numbers


def _gap_counts(desk: Desk) -> dict[str, int]:
    """How many decisions and resolutions each language still lacks words of."""
    found = {(one.language, one.what, one.no) for one in gaps(desk.record, TAGS) if one.no}
    return {tag: sum(language == tag for language, _, _ in found) for tag in TAGS}


def _unsaid(visit: Visit, desk: Desk) -> list[tuple[str, int, str]]:
    """What the language lacks: what, its number, and the language in which it is read instead."""
    languages = visit.runtime.desk.catalogue.languages
    order = chain(desk.reading.tag, languages, "en")
    written = {"decision": "d", "resolution": "r"}
    found = []
    for gap in gaps(desk.record, [desk.reading.tag]):
        if gap.what not in written or gap.part == "short":
            continue
        row = fields.rows_of(desk.record, written[gap.what]).get(gap.no)
        instead = (choose(row.texts, order) or next(iter(row.texts), "")) if row else ""
        found.append((gap.what, gap.no, instead))
    return found


def _source(visit: Visit, desk: Desk) -> dict[str, tuple[str, str]]:
    """For who translates: each field's words in the language that readers get meanwhile."""
    tag, record = desk.reading.tag, desk.record
    order = [*chain(tag, visit.runtime.desk.catalogue.languages, "en"), record.language, *TAGS]
    others = [one for one in dict.fromkeys(order) if one and one != tag]
    found: dict[str, tuple[str, str]] = {}
    for other in others:
        reading = fields.in_language(desk.reading, other)
        for name, words in fields.spoken_fields(record, reading).items():
            if words:
                found.setdefault(name, (other, words))
    return found


async def _choices(visit: Visit, desk: Desk) -> dict[str, list[tuple[str, str]]]:
    """What the lists offer: pairs of a value and its words."""
    order = chain(visit.speech.tag, visit.runtime.desk.catalogue.languages, "en")
    say = visit.speech.say
    owners = [
        (key, say(one.post) if one.body == "EC" else one.words[choose(one.words, order) or "en"])
        for key, one in desk.reading.owners.items()
    ]
    return {
        "owner": owners,
        "state": [(one.value, say(one.value).capitalize()) for one in DecisionState],
        "confirms": [(one, one) for one in await _preceding(visit, desk)],
    }


async def _preceding(visit: Visit, desk: Desk) -> list[str]:
    """The meetings of the same body before this one, newest first."""
    page = await list_meetings(visit.runtime.database, visit.network.id, public=False, limit=60)
    found = [
        one.label
        for one in page.lines
        if one.body == desk.minutes.body and one.at < desk.minutes.at and one.state == "held"
    ]
    return found[:PRECEDING]
