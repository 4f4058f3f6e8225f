"""What is sent to the doors of the directory's API."""

from typing import Any

from tests.web.neighbours import Belongings

A_LIST = "name,lso,phone\nNaya Banda,{unit},0390 1234599\n"


def to_the_directory_api(them: Belongings, beside: Belongings) -> dict[str, list[dict[str, Any]]]:
    return {
        **to_units(them),
        **to_people(them),
        **to_addresses(them),
        **to_posts(them, beside),
        **to_audiences(them),
        **to_lists(them),
        **to_joins(them, beside),
    }


def to_units(them: Belongings) -> dict[str, list[dict[str, Any]]]:
    theirs, named = them.api, {"network": them.slug}
    door = "/api/v1/units"
    return {
        f"GET {door}": [
            *({"params": query} for query in ({"parent": theirs.unit_id}, {"q": theirs.unit})),
            {"params": named},
        ],
        f"GET {door}/which": [
            {"params": {"name": str(theirs.unit_id)}},
            {"params": {"name": theirs.vo, "under": theirs.unit}},
            {"params": {"name": theirs.vo, **named}},
        ],
        f"GET {door}/{{unit_id}}": [{}, {"params": named}],
        f"POST {door}": [
            {"json": {"kind": "VO", "name": "Naya Ghar", "under": theirs.unit_id}},
            {"json": {"kind": "LSO", "name": "Naya Shehr", **named}},
        ],
        f"PATCH {door}/{{unit_id}}": [
            {"json": {"place": "Kot"}},
            {"json": {"place": "Kot Naya", **named}},
        ],
        f"POST {door}/{{unit_id}}/move": [
            {"json": {"under": theirs.place_id}, "at": {"unit_id": "vo_id"}},
            {"json": {"under": theirs.unit_id, **named}, "at": {"unit_id": "vo_id"}},
        ],
        f"POST {door}/{{unit_id}}/removal": [{"json": {}, "at": {"unit_id": "empty_id"}}],
    }


def to_people(them: Belongings) -> dict[str, list[dict[str, Any]]]:
    theirs, named = them.api, {"network": them.slug}
    door = "/api/v1/people"
    return {
        f"GET {door}": [
            *({"params": {"q": words}} for words in (theirs.person, theirs.number, theirs.unit)),
            {"params": {"q": theirs.number[-7:]}},
            {"params": {"cursor": theirs.person_id}},
            {"params": named},
        ],
        f"POST {door}": [
            {"json": {"name": "Naya Banda", "unit": theirs.unit_id}},
            {"json": {"name": "Nayi Khatoon", **named}},
        ],
        f"GET {door}/{{person_id}}": [{}, {"params": named}],
        f"POST {door}/{{person_id}}": [
            {"json": {"unit": theirs.vo_id}},
            {"json": {"notes": "Seen", **named}},
        ],
        f"POST {door}/{{person_id}}/removal": [{"json": {}, "at": {"person_id": "leaver_id"}}],
        f"POST {door}/{{person_id}}/merge": [
            {"json": {"other": theirs.other_id, "dry_run": True}},
            {"json": {"other": theirs.other_id, **named}},
        ],
    }


def to_addresses(them: Belongings) -> dict[str, list[dict[str, Any]]]:
    theirs, named = them.api, {"network": them.slug}
    people, door = "/api/v1/people/{person_id}/addresses", "/api/v1/addresses/{address_id}"
    return {
        f"POST {people}": [
            {"json": {"raw": "0390 5550001"}},
            {"json": {"raw": "naya@example.org", "kind": "email", **named}},
        ],
        f"POST {people}/{{address_id}}": [{"json": {"whose": "office", "private": False}}],
        f"POST {people}/{{address_id}}/removal": [{"json": {}, "at": {"address_id": "second_id"}}],
        f"POST {door}/consents": [
            {"json": {"choice": "all", "basis": "Paper form"}},
            {"json": {"choice": "alerts", "basis": "Paper form", **named}},
        ],
        f"POST {door}/confirmation": [{"json": {}, "at": {"address_id": "held_id"}}],
        f"POST {door}/wrong": [{"json": {}, "at": {"address_id": "lost_id"}}],
        "GET /api/v1/welcomes": [{}, {"params": named}],
        "POST /api/v1/welcomes": [{"json": {"only": [theirs.address_id]}}, {"json": named}],
        "POST /api/v1/forget": [{"json": {"msisdn": theirs.forgotten}}],
    }


def to_posts(them: Belongings, beside: Belongings) -> dict[str, list[dict[str, Any]]]:
    theirs, other, named = them.api, beside.api, {"network": them.slug}
    spare = {"person_id": theirs.spare_id}
    body = {"code": "NAYA", "name": "Nayi Committee", **named}
    return {
        "GET /api/v1/posts": [
            *({"params": {"unit": unit}} for unit in (theirs.unit, str(theirs.unit_id))),
            {"params": {"vacant": True}},
            {"params": named},
        ],
        "POST /api/v1/seats": [
            {"json": {**spare, "unit_id": other.unit_id, "post": "Press Secretary"}},
            {"json": {**spare, "unit": other.unit, "post": "Activist"}},
            {"json": {**spare, "body": other.code}},
            {"json": {**spare, "body": other.code, **named}},
        ],
        "POST /api/v1/seats/{seat_id}/end": [{"json": {}}],
        "POST /api/v1/seats/{seat_id}/renewal": [{"json": {}, "at": {"seat_id": "renewed_id"}}],
        "POST /api/v1/seats/{seat_id}/handover": [{"json": spare, "at": {"seat_id": "handed_id"}}],
        "GET /api/v1/bodies": [{}, {"params": named}],
        "GET /api/v1/bodies/{code}": [{}, {"params": named}],
        "POST /api/v1/bodies": [{"json": body}],
        "POST /api/v1/bodies/{code}": [
            {"json": {"name": "Committee Do"}},
            {"json": {"name": "Committee Teen", **named}},
        ],
        "POST /api/v1/bodies/{code}/removal": [{"json": {}, "at": {"code": "gone_code"}}],
        "GET /api/v1/reports/bodies": [{}, {"params": named}],
    }


def audiences_of(them: Belongings, side: str) -> list[str]:
    """Words that name something of theirs."""
    one = getattr(them, side)
    words = [f"under {one.unit}", f"group {one.group}", one.audience, one.unit, one.code]
    return [*words, f"gb, {one.number}", f"gb but not under {one.unit}", f"unit {one.unit_id}"]


def to_audiences(them: Belongings) -> dict[str, list[dict[str, Any]]]:
    theirs, named = them.api, {"network": them.slug}
    groups = "/api/v1/groups"
    texts = {"texts": {"en": "Water stops at 5."}}
    return {
        "POST /api/v1/audiences/count": [
            *({"json": {"words": words}} for words in audiences_of(them, "api")),
            {"json": {"words": "gb", **named}},
        ],
        "GET /api/v1/audiences": [{}, {"params": named}],
        "POST /api/v1/audiences": [
            {"json": {"name": "Chunay hue", "words": f"under {theirs.unit}"}},
            {"json": {"name": "Chuni hui", "words": f"gb but not {theirs.audience}"}},
            {"json": {"name": "Chuna hua", "words": "gb", **named}},
        ],
        "POST /api/v1/audiences/{audience_id}": [
            {"json": {"name": "Naya naam"}, "at": {"audience_id": "gone_audience_id"}},
        ],
        "POST /api/v1/audiences/{audience_id}/removal": [
            {"json": {}, "at": {"audience_id": "gone_audience_id"}},
        ],
        f"GET {groups}": [{}, {"params": named}],
        f"POST {groups}": [{"json": {"name": "Naya jatha", **named}}],
        f"GET {groups}/{{group_id}}": [{}, {"params": named}],
        f"POST {groups}/{{group_id}}": [{"json": {"name": "Badla jatha"}}],
        f"POST {groups}/{{group_id}}/members": [
            {"json": {"person_id": theirs.spare_id}},
            {"json": {"person_id": theirs.spare_id, "skill": "hosiery", **named}},
        ],
        f"POST {groups}/{{group_id}}/members/{{person_id}}/removal": [{"json": {}}],
        "POST /api/v1/broadcasts": [
            {"json": {**texts, "audience": "gb", **named}},
            {"json": {**texts, "audience": "all"}},
            *(
                {"json": {**texts, "audience": words}}
                for words in audiences_of(them, "api")
                if words != theirs.code
            ),
        ],
    }


def to_lists(them: Belongings) -> dict[str, list[dict[str, Any]]]:
    theirs, named = them.api, {"network": them.slug}
    door = "/api/v1/imports"
    dry = {"name": "list.csv", "dry_run": True}
    undone = {"at": {"batch_id": "undone_id"}}
    groups = [{"group": theirs.group}, {"group": str(theirs.group_id)}, {"group": "", **named}]
    return {
        f"POST {door}": [
            {"params": {**dry, **named}, "content": A_LIST.format(unit="").encode()},
            {"params": dry, "content": A_LIST.format(unit=theirs.unit).encode()},
        ],
        f"GET {door}": [{}, {"params": named}],
        f"GET {door}/{{batch_id}}": [{}, {"params": named}],
        f"GET {door}/{{batch_id}}/rows": [{}, {"params": {"verdict": "held", **named}}],
        f"GET {door}/{{batch_id}}/errors.csv": [{}, {"params": named}],
        f"POST {door}/{{batch_id}}/undo": [undone],
        "GET /api/v1/exports/{kind}": [
            *({"params": {"numbers": True, **query}} for query in groups),
            *({"params": query} for query in ({}, *groups)),
        ],
    }


def to_joins(them: Belongings, beside: Belongings) -> dict[str, list[dict[str, Any]]]:
    theirs, other, named = them.api, beside.api, {"network": them.slug}
    door = "/api/v1/joins"
    return {
        f"GET {door}": [{}, {"params": named}],
        f"POST {door}/{{request_id}}/approval": [
            {"json": {"unit_id": theirs.unit_id}},
            {"json": {"person_id": theirs.person_id}},
            {"json": {"person_id": other.person_id, "unit_id": theirs.unit_id, **named}},
        ],
        f"POST {door}/{{request_id}}/refusal": [
            {"json": body, "at": {"request_id": "refused_id"}} for body in (named, {})
        ],
    }
