"""What is sent to the doors of publishing and printing."""

from typing import Any

from tests.web.neighbours import Belongings
from tests.web.neighbours_asked_pages import at, forms, queries
from tests.web.neighbours_asked_register import bodies

Requests = dict[str, list[dict[str, Any]]]
GONE = {"publication_id": "gone_publication_id"}


def papers_of(them: Belongings, side: str) -> list[tuple[str, str]]:
    """Each kind of sheet, and what is said for which one is meant."""
    one = getattr(them, side)
    return [
        ("minutes", f"GB {one.label}"),
        ("letter", str(one.resolution_id)),
        ("press", str(one.note_id)),
        ("newsletter", str(one.newsletter_id)),
    ]


def to_the_publications_api(them: Belongings) -> Requests:
    theirs, named, plain = them.api, {"network": them.slug}, {"form": "txt"}
    door, notice = "/api/v1/publications", {"title": "Wall", "body": "Built.", "form": "txt"}
    one = f"{door}/{{publication_id}}"
    meant = {"hash": theirs.publication_hash}
    return {
        f"POST {door}": bodies(
            {"meeting_id": theirs.meeting_id, "audience": "gb"},
            {"body": "GB", "label": theirs.label, "audience": f"unit {theirs.unit_id}", **named},
        ),
        f"GET {one}": [{}],
        f"GET {one}/forms/{{form}}/{{language}}": [{}],
        f"GET {one}/reach": [{}],
        f"POST {one}/approval": bodies(meant),
        f"POST {one}/cancellation": at(bodies({}), **GONE),
        "GET /api/v1/print/{kind}": [
            request
            for kind, of in papers_of(them, "api")
            for request in at(queries({"of": of, **plain}), kind=kind)
        ],
        "POST /api/v1/print/notice": bodies(notice, {**notice, **named}),
    }


def to_the_publications_pages(them: Belongings) -> Requests:
    theirs, door = them.pages, "/office/publications/{publication_id}"
    publish = "/office/meetings/{body}/{label:path}/publish"
    papers = papers_of(them, "pages")
    return {
        f"GET {publish}": [{}],
        f"POST {publish}": forms({"who": f"unit {theirs.unit_id}", "version": 1}),
        f"POST {door}/approval": forms({"hash": theirs.publication_hash}),
        f"POST {door}/cancellation": at(forms({}), **GONE),
        "GET /office/print/{kind}": at(queries({"of": papers[1][1]}), kind="letter"),
        "GET /office/print/{kind}/sheet": [
            request
            for kind, of in papers
            for request in at(queries({"of": of, "form": "txt"}), kind=kind)
        ],
        "POST /office/print": forms(
            {"title": "Wall", "body": "Built.", "form": "txt", "tag": "en"}
        ),
    }
