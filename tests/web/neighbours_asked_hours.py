"""What is sent to the doors of hours, of what waits and of the clock."""

from typing import Any

Requests = dict[str, list[dict[str, Any]]]
FORM = {
    "quiet_from": "20:00",
    "quiet_until": "09:00",
    "friday_from": "12:30",
    "friday_until": "14:30",
    "hijri_offset": "0",
    "routine_cap": "4",
}


def to_the_hours_api(them: Any) -> Requests:
    named = {"network": them.slug}
    days = {"kind": "mourning", "first": "2027-05-01"}
    return {
        "GET /api/v1/hours": [{}, {"params": named}],
        "POST /api/v1/hours": [{"json": {"quiet_until": "08:00", **named}}],
        "POST /api/v1/hours/days": [{"json": {**days, "last": "2027-05-01", **named}}],
        "POST /api/v1/hours/days/removal": [{"json": {**days, **named}}],
        "GET /api/v1/held": [{}, {"params": named}],
        "GET /api/v1/clock": [{}],
        "POST /api/v1/clock": [{"json": {"shown_at": "2026-11-21T12:00:00Z"}}],
    }


def to_the_hours_pages(them: Any) -> Requests:
    return {
        "GET /office/held": [{}],
        "POST /office/held": [{"data": {"broadcast": str(them.office_broadcast_id)}}],
        "POST /office/clock": [{"data": {"shown_at": "2026-11-21T12:00:00+00:00"}}],
        "GET /office/hours": [{}],
        "POST /office/hours": [{"data": FORM}],
        "POST /office/hours/days": [{"data": {"kind": "mourning", "first": "1 May"}}],
    }
