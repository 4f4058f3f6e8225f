"""Write and send: one message in each reader's own language, counted and priced while it grows."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.domain.audience import MOST_LETTERS
from app.domain.broadcast import Kind
from app.domain.errors import Refusal
from app.domain.lint import Severity, lint
from app.domain.permissions import Act
from app.domain.send_time import read_send_time
from app.services.keep_draft import Typed, drop_draft, keep_draft, read_draft
from app.services.plan_broadcast import Draft
from app.services.plan_draft import plan_draft
from app.services.preview_broadcast import Preview, preview_broadcast
from app.services.save_audience import list_audiences
from app.services.show_group import list_groups
from app.store import drafts
from app.web.door import Visit, go, visits

router = APIRouter(include_in_schema=False)

MAIN_LANGUAGES = ("ur-Latn", "ur", "en")
"""Always shown; the others open on demand."""
FIELDS = ("kind", "source", "who", "private", "send_at")
_key = re.compile(r"[A-Za-z0-9_-]{16}").fullmatch

Writer = Annotated[Visit, Depends(visits(Act.PLAN))]


@router.get("/office/write")
async def blank(visit: Writer) -> Response:
    """Go to a blank page at an address of its own: renewed or clicked twice, it is one message."""
    asked = visit.request.query_params
    query = {"kind": _kind(asked).value}
    if asked.get("to"):
        query["to"] = asked["to"][:MOST_LETTERS]
    return go(f"/office/write/{secrets.token_urlsafe(12)}?{urlencode(query)}")


@router.get("/office/write/{key}")
async def draft(key: str, visit: Writer) -> Response:
    """A draft as it was left."""
    _check(key)
    row = await read_draft(visit.runtime.database, key, _account_id(visit))
    if row is None:
        asked = visit.request.query_params
        first = {"kind": asked.get("kind", ""), "who": asked.get("to", "")[:MOST_LETTERS]}
        return await _page(visit, key, first)
    planned = await visit.runtime.database.read(drafts.plan_of, key)
    if planned is not None and planned.approved_at is not None:
        return go(f"/office/broadcasts/{planned.id}")
    return await _page(visit, key, row.fields, broadcast_id=planned.id if planned else None)


@router.post("/office/write/{key}")
async def typed(key: str, visit: Writer) -> Response:
    """Keep what is typed; then count, make plain, plan, or throw away."""
    _check(key)
    database, account_id = visit.runtime.database, _account_id(visit)
    fields = _typed(visit)
    match visit.fields.get("do", "count").partition(" "):
        case ("drop", _, _):
            await drop_draft(database, key, account_id)
            return go("/office/today")
        case ("plain", _, tag):
            fields = await _made_plain(visit, fields, tag)
    typed = Typed(key, visit.network.id, account_id, fields)
    await keep_draft(database, typed, now=visit.now)
    if visit.fields.get("do") == "live":
        return await _page(visit, key, fields, template="write_parts.html")
    if visit.fields.get("do") == "plan":
        return await _plan(visit, key, fields)
    return go(f"/office/write/{key}")


async def _plan(visit: Visit, key: str, fields: Mapping[str, str]) -> Response:
    """Ask a second person, or show what has to be put right first."""
    if fields["kind"] == Kind.URGENT and not fields["source"].strip():
        fault = Refusal(
            "source", "Say how you know of the danger. Whoever agrees with you needs it."
        )
        return await _page(visit, key, fields, stopped=fault)
    catalogue = visit.runtime.desk.catalogue
    try:
        draft = replace(_as_draft(visit, fields), send_at=_send_at(visit, fields))
        broadcast_id = await plan_draft(
            visit.runtime.database, key, draft, catalogue=catalogue, now=visit.now
        )
    except Refusal as fault:
        return await _page(visit, key, fields, stopped=fault)
    return go(f"/office/broadcasts/{broadcast_id}")


async def _page(  # noqa: PLR0913 -- what one page can show
    visit: Visit,
    key: str,
    fields: Mapping[str, str],
    *,
    broadcast_id: int | None = None,
    stopped: Refusal | None = None,
    template: str = "write.html",
) -> Response:
    catalogue = visit.runtime.desk.catalogue
    fields = {**dict.fromkeys(_names(visit), ""), **fields}
    draft, send_fault = _as_draft(visit, fields), None
    try:
        draft = replace(draft, send_at=_send_at(visit, fields))
    except Refusal as fault:
        send_fault = fault
    preview = await preview_broadcast(
        visit.runtime.database, draft, catalogue=catalogue, now=visit.now
    )
    return visit.render(
        template,
        status=422 if stopped else 200,
        key=key,
        fields=fields,
        languages=_languages(visit),
        kinds=list(Kind),
        preview=preview,
        text_of={text.language: text for text in preview.texts},
        faults=_faults(preview),
        send_at=draft.send_at,
        send_fault=send_fault,
        warnings=_warnings(visit, fields),
        stopped=stopped,
        broadcast_id=broadcast_id,
        **await _offered(visit),
    )


async def _offered(visit: Visit) -> dict[str, Any]:
    """The names that an audience may be said by."""
    database, slug = visit.runtime.database, visit.network.slug
    sees = visit.officer.may(Act.SEE_HEALTH)
    return {
        "audiences": await list_audiences(database, slug),
        "groups": [
            one
            for one in await list_groups(database, slug, now=visit.now, sees_health=sees)
            if not one.is_over
        ],
    }


def _faults(preview: Preview) -> dict[str, Refusal]:
    """The first fault by the field that it belongs to; not before anything is typed there."""
    found: dict[str, Refusal] = {}
    for fault in preview.faults:
        found.setdefault(f"text_{fault.language}" if fault.language else fault.field, fault.refusal)
    return found


def _warnings(visit: Visit, fields: Mapping[str, str]) -> dict[str, list[Any]]:
    """What the author should look at once more, by language."""
    return {
        tag: [one for one in lint(text, tag) if one.severity is Severity.WARN]
        for tag in visit.runtime.desk.catalogue.languages
        if (text := fields.get(f"text_{tag}", ""))
    }


def _languages(visit: Visit) -> tuple[list[Any], list[Any]]:
    """The languages to write in: those always shown, and the others."""
    known = visit.runtime.desk.catalogue.languages
    main = [known[tag] for tag in MAIN_LANGUAGES if tag in known]
    return main, [one for tag, one in sorted(known.items()) if tag not in MAIN_LANGUAGES]


def _as_draft(visit: Visit, fields: Mapping[str, str]) -> Draft:
    texts = {
        tag: fields.get(f"text_{tag}", "")
        for tag in visit.runtime.desk.catalogue.languages
        if fields.get(f"text_{tag}", "").strip()
    }
    return Draft(
        audience=fields.get("who", ""),
        texts=texts,
        kind=_kind(fields),
        author=visit.officer.name,
        author_id=visit.officer.id,
        network=visit.network.slug,
        source=fields.get("source", ""),
        is_private=fields.get("private", "") == "yes",
        sees_health=visit.officer.may(Act.SEE_HEALTH),
    )


def _send_at(visit: Visit, fields: Mapping[str, str]) -> datetime | None:
    """The moment that is written in its field; raises Refusal for what is none."""
    return read_send_time(fields.get("send_at", "")[:80], visit.now, visit.network.tz)


def _kind(fields: Mapping[str, str]) -> Kind:
    wanted = fields.get("kind", "")
    return Kind(wanted) if wanted in set(Kind) else Kind.NOTICE


def _typed(visit: Visit) -> dict[str, str]:
    """The fields of this page and no others, as a phone's browser sends them."""
    found = {name: visit.fields.get(name, "").replace("\r\n", "\n") for name in _names(visit)}
    return {**found, "kind": _kind(found).value}


def _names(visit: Visit) -> list[str]:
    return [*FIELDS, *(f"text_{tag}" for tag in visit.runtime.desk.catalogue.languages)]


async def _made_plain(visit: Visit, fields: Mapping[str, str], tag: str) -> dict[str, str]:
    """The fields with one text made plain."""
    preview = await preview_broadcast(
        visit.runtime.database,
        _as_draft(visit, fields),
        catalogue=visit.runtime.desk.catalogue,
        now=visit.now,
    )
    plain = {
        f"text_{text.language}": text.plain
        for text in preview.texts
        if text.language == tag and text.plain is not None
    }
    return {**fields, **plain}


def _check(key: str) -> None:
    if not _key(key):
        raise Refusal("not_found", "There is no such page.")


def _account_id(visit: Visit) -> int:
    return visit.officer.id or 0
