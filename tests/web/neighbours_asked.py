"""What is sent to every door of the app, by the door, each time with something of a network's.

`them` is named first; where a request names two things, the other is of `beside`. A request says
under `at` which of the directory's things the address names, where it is not the usual one.
"""

from functools import lru_cache
from typing import Any

from app.services.show_threads import WHOSE
from tests.web.neighbours import Belongings
from tests.web.neighbours_asked_api import to_the_directory_api
from tests.web.neighbours_asked_boards import to_the_boards_api, to_the_boards_pages
from tests.web.neighbours_asked_calendar import to_the_calendar_api, to_the_calendar_pages
from tests.web.neighbours_asked_cards import to_the_cards_api, to_the_cards_pages
from tests.web.neighbours_asked_hours import to_the_hours_api, to_the_hours_pages
from tests.web.neighbours_asked_inbox import to_the_inbox_api, to_the_inbox_pages
from tests.web.neighbours_asked_instalments import (
    to_the_instalments_api,
    to_the_instalments_pages,
)
from tests.web.neighbours_asked_news import to_the_news_api, to_the_news_pages
from tests.web.neighbours_asked_pages import to_the_directory_pages
from tests.web.neighbours_asked_publications import (
    to_the_publications_api,
    to_the_publications_pages,
)
from tests.web.neighbours_asked_register import to_the_register_api, to_the_register_pages
from tests.web.neighbours_asked_standing import to_the_standing_api, to_the_standing_pages
from tests.web.neighbours_asked_tickets import to_the_tickets_api, to_the_tickets_pages

OUR_NUMBER = "+923901111101"
"""Known to us from the beginning; to the others once somebody of theirs has typed on it."""


Requests = dict[str, list[dict[str, Any]]]
"""What is sent to a door, by the door: all that can be named is something of theirs."""


def requests_of(
    door: str, them: Belongings, beside: Belongings | None = None
) -> list[dict[str, Any]]:
    """What is sent to a door; one that can name nothing is just knocked at."""
    asked = everything_asked(them, beside or them)
    names_nothing = door.startswith("GET") or door.endswith("/cancellation")
    if door not in asked and names_nothing:
        return [{}]
    return [dict(one) for one in asked[door]]


@lru_cache(maxsize=8)
def everything_asked(them: Belongings, other: Belongings) -> Requests:
    asked = to_the_api(them) | to_the_pages(them)
    asked |= to_the_directory_api(them, other) | to_the_directory_pages(them, other)
    asked |= to_the_register_api(them, other) | to_the_register_pages(them)
    asked |= to_the_publications_api(them) | to_the_publications_pages(them)
    asked |= to_the_news_api(them) | to_the_news_pages(them)
    asked |= to_the_boards_api(them, other) | to_the_boards_pages(them)
    asked |= to_the_tickets_api(them) | to_the_tickets_pages(them)
    asked |= to_the_cards_api(them) | to_the_cards_pages(them)
    asked |= to_the_instalments_api(them) | to_the_instalments_pages(them)
    asked |= to_the_hours_api(them) | to_the_hours_pages(them)
    asked |= to_the_calendar_api(them) | to_the_calendar_pages(them)
    asked |= to_the_standing_api(them) | to_the_standing_pages(them)
    asked |= to_the_inbox_api(them) | to_the_inbox_pages(them)
    return asked


def to_the_api(them: Belongings) -> Requests:
    words = {"texts": {"en": "Water stops at 5."}, "kind": "urgent"}
    at = "2026-12-01T10:00:00+05:00"
    told = {"body": "GB", "present": 9, "women": 4, "summaries": {"en": "Road."}}
    said = {"msisdn": OUR_NUMBER, "text": "KARWAI", "key": "say-0123459989"}
    account = {"name": "Naveed", "post": "viewer", "network": them.slug}
    file = {"name": "list.csv", "network": them.slug}
    return {
        "POST /api/v1/broadcasts": [
            {"json": {**words, "audience": "gb", "network": them.slug}},
            {"json": {**words, "audience": them.number}},
        ],
        "POST /api/v1/broadcasts/{broadcast_id}/approval": [{"json": {"hash": them.plan_hash}}],
        "GET /api/v1/messages": [
            *({"params": {"incoming": incoming}} for incoming in (False, True)),
            {"params": {"state": "uncertain"}},
            {"params": {"provider_id": them.sent_id}},
            {"params": {"provider_id": them.heard_id, "incoming": True}},
        ],
        "POST /api/v1/messages/{message_id}/decision": [{"json": {"resend": True}}],
        "POST /api/v1/networks": [{"json": {"slug": them.slug, "name": "New"}}],
        "POST /api/v1/accounts": [{"json": account}],
        "POST /api/v1/accounts/reset": [{"json": {"name": them.officer}}],
        "POST /api/v1/accounts/removal": [{"json": {"name": them.officer}}],
        "POST /api/v1/imports": [
            {"params": query, "content": b"name,phone\nNaya,0390 1234599\n"}
            for query in (file, {"name": "list.csv"})
        ],
        "POST /api/v1/meetings": [
            {"json": {"body": "EC", "no": 7, "at": at, "network": them.slug}}
        ],
        "POST /api/v1/minutes": [
            {"json": {**told, "label": them.called, "network": them.slug}},
            {"json": {**told, "label": them.called_too}},
        ],
        "POST /api/v1/say": [{"json": said}],
        "POST /api/v1/restored": [{"json": {"drop": False}}],
    }


def to_the_pages(them: Belongings) -> Requests:
    return {
        "POST /office/restored": [{"data": {"do": "drop"}}],
        "POST /office/write/{key}": [
            {"data": {"do": "plan", "who": them.number, "text_en": "Water stops at 5."}},
        ],
        "POST /office/broadcasts/{broadcast_id}/approval": [
            {"data": {"hash": them.office_plan_hash}}
        ],
        "POST /office/broadcasts/{broadcast_id}/uncertain/{outbox_id}": [
            {"data": {"do": "arrived"}}
        ],
        "GET /office/messages": [
            *({"params": {"which": which}} for which in ("", "waiting", "all", "in", "out")),
            *({"params": {"whose": whose}} for whose in WHOSE),
        ],
        "POST /office/messages": [{"data": {"text_id": str(them.machine_text_id)}}],
        "GET /office/phones": [{}, {"params": {"phone": them.number}}],
        "GET /office/phones/screens": [{"params": {"phone": them.number}}],
        "POST /office/phones": [
            {"data": {"phone": number, "once": "o" * 16, **typed}}
            for number in (them.number, OUR_NUMBER)
            for typed in ({"text": "KARWAI"}, {"key": "call"})
        ],
    }
