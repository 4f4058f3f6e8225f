"""What is sent to the pages of the directory."""

from typing import Any

from tests.web.neighbours import Belongings
from tests.web.neighbours_asked_api import audiences_of


def to_the_directory_pages(them: Belongings, beside: Belongings) -> dict[str, list[dict[str, Any]]]:
    return {
        **to_units(them),
        **to_people(them),
        **to_posts(them, beside),
        **to_audiences(them),
        **to_lists(them),
        **to_joins(them),
    }


def forms(*fields: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"data": {name: str(value) for name, value in one.items()}} for one in fields]


def queries(*fields: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"params": one} for one in fields]


def at(requests: list[dict[str, Any]], **places: str) -> list[dict[str, Any]]:
    return [{**one, "at": places} for one in requests]


def to_units(them: Belongings) -> dict[str, list[dict[str, Any]]]:
    theirs, door = them.pages, "/office/units"
    vo = {"kind": "VO", "members": "mixed", "status": "member"}
    return {
        "GET /office/people": queries({}, {"open": theirs.unit_id}),
        f"GET {door}": queries({}, {"q": theirs.unit}, {"q": theirs.vo}),
        f"GET {door}/new": queries({}, {"under": theirs.unit_id}, {"under": theirs.unit}),
        f"POST {door}/new": forms(
            {**vo, "name": "Naya Ghar", "under": theirs.unit_id},
            {**vo, "name": "Doosra Ghar", "under": theirs.unit},
        ),
        f"POST {door}/{{unit_id}}/change": at(
            forms({**vo, "name": "Badla Ghar", "place": "Kot"}), unit_id="place_id"
        ),
        f"POST {door}/{{unit_id}}/move": at(
            forms({"under": theirs.place_id}, {"under": theirs.unit}), unit_id="vo_id"
        ),
        f"POST {door}/{{unit_id}}/removal": at(forms({}), unit_id="empty_id"),
    }


def to_people(them: Belongings) -> dict[str, list[dict[str, Any]]]:
    theirs, door = them.pages, "/office/people"
    this = {"address_id": theirs.address_id}
    agreed = {"choice": "alerts", "basis": "Paper form"}
    hidden = {"unit": "Naya Ghar", "unit_was": "Naya Ghar", "unit_id": theirs.vo_id}
    return {
        f"GET {door}/find": queries(
            *({"q": words} for words in (theirs.person, theirs.number, theirs.number[-7:])),
            {"after": theirs.person_id},
        ),
        f"GET {door}/new": queries({}, {"unit": theirs.unit_id}),
        f"POST {door}/new": forms(
            {"name": "Naya Banda", "unit": theirs.unit},
            {"name": "Nayi Khatoon", "unit": theirs.unit_id},
            {"name": "Naya Larka", **hidden},
        ),
        f"POST {door}/{{person_id}}/change": at(
            forms({"name": "Badla Banda", **hidden}, {"name": "Badla", "unit": theirs.unit}),
            person_id="spare_id",
        ),
        f"GET {door}/{{person_id}}/merge": queries({}, {"other": theirs.other_id}),
        f"POST {door}/{{person_id}}/merge": forms({"other": theirs.other_id}),
        f"POST {door}/{{person_id}}": [
            *forms(
                {"do": "phone", "raw": "0390 5550002"},
                {**this, "do": "link", "whose": "office"},
                {**this, "do": "consent", **agreed},
                {"do": "unlink", "address_id": theirs.second_id},
            ),
            *at(forms({"do": "wrong", "address_id": theirs.lost_id}), person_id="loser_id"),
            *at(forms({"do": "confirm", "address_id": theirs.held_id}), person_id="leaver_id"),
            *at(forms({"do": "remove", "sure": "yes"}), person_id="leaver_id"),
        ],
        f"POST {door}/{{person_id}}/number": forms(this),
        f"POST {door}/{{person_id}}/forget": at(
            forms({"address_id": theirs.forgotten_id, "sure": "yes"}), person_id="gone_id"
        ),
        f"POST {door}/welcome": forms({}),
    }


def to_posts(them: Belongings, beside: Belongings) -> dict[str, list[dict[str, Any]]]:
    theirs, other, door = them.pages, beside.pages, "/office/posts"
    spare, body = {"person": theirs.spare_id}, {"name": "Nayi Committee", "term_months": 24}
    bodies = "/office/bodies"
    return {
        f"GET {door}/new": queries(
            {**spare, "unit": other.unit_id, "q": theirs.person},
            {"where": theirs.unit, "q": theirs.person},
            {"body": theirs.code},
        ),
        f"POST {door}/new": forms(
            {**spare, "unit": other.unit_id, "post": "Press Secretary"},
            {**spare, "where": other.unit, "post": "Activist"},
            {**spare, "body": other.code, "post": "Member"},
        ),
        f"GET {door}/{{seat_id}}": queries({}, {**spare, "q": theirs.person}),
        f"POST {door}/{{seat_id}}/end": forms({}),
        f"POST {door}/{{seat_id}}/renewal": at(forms({}), seat_id="renewed_id"),
        f"POST {door}/{{seat_id}}/handover": at(forms(spare), seat_id="handed_id"),
        f"POST {bodies}/new": forms({"code": "NAYP", **body}),
        f"POST {bodies}/{{code}}/change": forms(body),
        f"POST {bodies}/{{code}}/removal": at(forms({}), code="gone_code"),
        f"POST {bodies}/{{code}}/group-code": forms({}),
        f"POST {bodies}/{{code}}/group-removal": forms({"group": theirs.address_id}),
    }


def to_audiences(them: Belongings) -> dict[str, list[dict[str, Any]]]:
    theirs, door, groups = them.pages, "/office/audiences", "/office/groups"
    words = audiences_of(them, "pages")
    gone = {"audience_id": "gone_audience_id"}
    return {
        f"GET {door}": queries({}, *({"words": one} for one in words[1::2]), {"unit": theirs.unit}),
        f"POST {door}": forms(
            {"name": "Chun liye", "words": f"under {theirs.unit}"},
            {"name": "Chun liya", "words": f"gb but not {theirs.audience}"},
        ),
        f"POST {door}/{{audience_id}}": at(forms({"name": "Naya nam"}, {"do": "remove"}), **gone),
        f"POST {groups}/new": forms({"name": "Nayi toli", "kind": "other"}),
        f"POST {groups}/{{group_id}}": forms({"name": "Badli toli", "kind": "other"}),
        f"POST {groups}/{{group_id}}/members": forms(
            {"person_id": theirs.spare_id}, {"who": theirs.person}, {"who": theirs.number}
        ),
        f"POST {groups}/{{group_id}}/members/{{person_id}}": forms({"do": "blank"}, {}),
        "GET /office/write": queries({}, {"to": words[0]}),
        "GET /office/write/{key}": queries({}, {"to": words[0]}, {"to": ", ".join(words[1:3])}),
    }


def to_lists(them: Belongings) -> dict[str, list[dict[str, Any]]]:
    theirs, door = them.pages, "/office/imports/{batch_id}"
    csv = {"format": "csv"}
    draft = {"batch_id": "draft_id"}
    return {
        f"GET {door}": [{}, *at([{}], **draft)],
        f"GET {door}/held": [{}, *at([{}], **draft)],
        f"POST {door}/columns": at(forms({"column-0": "name"}), **draft),
        f"POST {door}/units": at(forms({"makes_units": "yes"}), **draft),
        f"POST {door}/rows": at(forms({"cell-2-name": "Nasreen", "decision-2": "skip"}), **draft),
        f"POST {door}/keep": at(forms({"basis": "Paper form"}), **draft),
        f"POST {door}/drop": at(forms({}), batch_id="dropped_id"),
        f"POST {door}/welcome": forms({}),
        f"POST {door}/undo": at(forms({}), batch_id="undone_id"),
        "POST /office/imports": [
            {"data": {}, "files": {"file": ("list.csv", b"name,phone\nNaya,0390 1234599\n")}}
        ],
        "POST /office/lists": forms(
            *({**csv, "kind": kind} for kind in ("people", "units", "posts", "held", "consents")),
            {**csv, "kind": "groups", "group": theirs.group_id},
            {**csv, "kind": "people", "numbers": "yes"},
        ),
        "GET /office/lists/print": queries(
            *({"list": kind, "of": theirs.unit_id} for kind in ("officers", "people")),
            *({"list": kind, "of": theirs.unit} for kind in ("officers", "people")),
            {"list": "body", "of": theirs.code},
            {"list": "body", "of": "GB"},
            {"list": "group", "of": theirs.group_id},
        ),
    }


def to_joins(them: Belongings) -> dict[str, list[dict[str, Any]]]:
    theirs = them.pages
    return {
        "POST /office/joins/{request_id}": forms(
            {"do": "approve", "who": theirs.person_id},
            {"do": "approve", "who": "new", "unit": theirs.unit},
            {"do": "approve", "who": "new", "unit": theirs.unit_id},
            {"do": "refuse"},
        ),
    }
