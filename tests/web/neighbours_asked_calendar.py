"""What is sent to the doors of the calendar and of the rules by which bodies meet."""

from typing import Any

from tests.web.neighbours import Belongings
from tests.web.neighbours_asked_pages import forms, queries
from tests.web.neighbours_asked_register import bodies

Requests = dict[str, list[dict[str, Any]]]
FAR = "2090-01-01"
"""From then on the rules of these tests hold: no meeting is called for them now."""
DAY = "2027-10-04"
"""A day of the rules that each network has."""


def to_the_calendar_api(them: Belongings) -> Requests:
    named = {"network": them.slug}
    rules, one = "/api/v1/meeting-rules", "/api/v1/meeting-rules/{series_id}"
    kept = {"body": "GB", "clock": "10:00", "starts_on": FAR}
    return {
        "GET /api/v1/calendar": queries({}, {"month": "2026-11-01"}, named),
        f"GET {rules}": queries({}, named),
        f"GET {one}": [{}],
        f"POST {rules}": bodies(
            {**kept, "rule": "first Sunday"}, {**kept, "rule": "last Friday", **named}
        ),
        f"POST {one}/skip": bodies({"day": DAY}, {"day": DAY, **named}),
        f"POST {one}/again": bodies({"day": DAY}, {"day": DAY, **named}),
        f"POST {one}/end": bodies({}, {"calls_off": True}),
    }


def to_the_calendar_pages(_them: Belongings) -> Requests:
    one = "/office/calendar/rules/{series_id}"
    kept = {"body": "GB", "rule": "third Tuesday", "clock": "10:00", "from": "1 Jan 2090"}
    return {
        "GET /office/calendar": queries({}, {"month": "2026-11"}),
        f"GET {one}": [{}],
        "POST /office/calendar/rules/new": forms(kept),
        f"POST {one}/days": forms({"day": DAY, "do": "skip"}, {"day": DAY, "do": "again"}),
        f"POST {one}/end": forms({"do": "off"}),
    }
