"""What is sent to the doors of meetings, minutes, decisions, resolutions and their sums."""

from typing import Any

from tests.web.neighbours import Belongings
from tests.web.neighbours_asked_pages import at, forms, queries

Requests = dict[str, list[dict[str, Any]]]
FRESH = {"meeting_id": "fresh_id"}


def to_the_register_api(them: Belongings, beside: Belongings) -> Requests:
    theirs, other, named = them.api, beside.api, {"network": them.slug}
    owned = {"no": 1, "text": {"en": "Wall."}, "owner": {"unit_id": theirs.unit_id}}
    sent = {"no": 1, "text": {"en": "Wall."}, "title": {"en": "Wall"}, "seat_id": other.seat_id}
    record = {"language": "en", "decisions": [owned], "resolutions": [sent]}
    here = [{"person_id": theirs.person_id, "presence": "present"}]
    meetings, decisions = "/api/v1/meetings", "/api/v1/decisions"
    one, resolutions = f"{meetings}/{{meeting_id}}", "/api/v1/resolutions"
    return {
        f"GET {meetings}": queries({}, {"body": "GB", "label": theirs.label}, named),
        f"GET {one}": [{}],
        f"GET {one}/agenda": at([{}], **FRESH),
        f"GET {one}/attendance": at([{}], **FRESH),
        f"GET {one}/answers": at([{}], **FRESH),
        f"POST {one}/answers": at(
            bodies({"person_id": theirs.person_id, "answer": "coming"}), meeting_id="coming_id"
        ),
        "GET /api/v1/bodies/{body}/attendance": queries({}, named),
        f"GET {one}/revisions": [{}],
        f"GET {one}/revisions/{{no}}": [{}],
        f"POST {one}": at(bodies({"quorum": 0, **named}), **FRESH),
        f"POST {one}/attendance": at(bodies({"marks": here}), **FRESH),
        f"POST {one}/record": at(bodies({"version": 0, "record": record}), **FRESH),
        f"POST {one}/publication": at(bodies({"version": 1}), **FRESH),
        f"POST {one}/confirmation": bodies({}),
        f"GET {decisions}": queries({}, {"q": f"{theirs.label}/1"}, {"q": them.topic}, named),
        f"GET {decisions}/{{decision_id}}": [{}],
        f"POST {decisions}/{{decision_id}}": bodies(
            {"state": "in hand", "note": "Seen", **named},
            {"state": "done", "approved_in": theirs.meeting_id},
        ),
        f"GET {resolutions}": queries({}, named),
        f"GET {resolutions}/{{resolution_id}}": [{}],
        f"POST {resolutions}/{{resolution_id}}": bodies({"diary_no": "1"}),
        "GET /api/v1/reports/month": queries({}, {"month": "2026-11", **named}),
        "GET /api/v1/reports/month/file": queries({"format": "csv"}, {"format": "csv", **named}),
        "GET /api/v1/reports/clock": queries({}, named),
    }


def bodies(*told: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"json": one} for one in told]


def to_the_register_pages(them: Belongings) -> Requests:
    theirs, decision = them.pages, "/office/decisions/{decision_id}"
    one, fresh = "/office/meetings/{body}/{label:path}", {"label": "fresh_label"}
    coming = {"label": "coming_label"}
    called = {"body": "GB", "label": theirs.fresh_label, "day": "20 Nov", "clock": "10:00"}
    typed = {"in": "en", "version": 0, "d1-text": "Wall.", "d1-short": "Wall", "base": "{}"}
    owner = f"LSO|President|{theirs.unit_id}"
    return {
        "GET /office/decisions": queries({}, {"q": f"{theirs.label}/1"}, {"q": them.topic}),
        f"GET {one}": [*queries({}, {"revision": 1}), *at([{}], **fresh)],
        f"GET {one}/change": at([{}], **fresh),
        f"GET {one}/edit": [{}, *at([{}], **fresh)],
        f"GET {one}/calls": at(queries({}, {"in": "en"}), **coming),
        f"POST {one}/calls": at(forms({"tag": "en"}), **coming),
        f"GET {one}/answer": at(queries({"person": theirs.person_id}), **coming),
        f"POST {one}/answer": at(
            forms({"person": theirs.person_id, "answer": "coming", "back": "calls"}), **coming
        ),
        f"POST {one}/hurry": at(forms({}), **coming),
        f"POST {one}/hurry/approval": at(forms({}), **coming),
        "GET /office/reminders": queries({}, {"body": "GB"}),
        "POST /office/reminders": forms(
            {"body": "GB", "lead120": 1}, {"body": "GB", "do": "usual"}
        ),
        f"POST {one}/change": at(forms({**called, "quorum": 0}), **fresh),
        f"POST {one}/edit": at(
            forms(
                {**typed, "d1-owner": owner, f"h{theirs.person_id}": 1, "do": "live"},
                {"in": "en", "version": 1, "guests": "Naveed", "base": "{}", "do": "save"},
            ),
            **fresh,
        ),
        f"POST {one}/confirmation": forms({}),
        "POST /office/meetings/new": forms({**called, "label": "978", "place": "Hall"}),
        f"POST {decision}": forms(
            {"state": "in hand", "note": "Seen"},
            {"state": "done", "approved_in": theirs.meeting_id},
        ),
        "POST /office/resolutions/{resolution_id}": forms({"diary_no": 1}),
        "GET /office/resolutions": queries({}, {"overdue": 1}),
        "GET /office/reports": queries({}, {"month": "2026-11"}),
        "GET /office/reports/month": queries({"month": "2026-11"}),
    }
