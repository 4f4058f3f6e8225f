"""What is sent to the doors of stories, newsletters and press notes."""

from typing import Any

from tests.web.neighbours import Belongings
from tests.web.neighbours_asked_pages import at, forms, queries
from tests.web.neighbours_asked_register import bodies

Requests = dict[str, list[dict[str, Any]]]
MADE = 2
"""The version of a newsletter that was made and never changed; of all else it is 1."""
STORY = {"story_id": "agreed_story_id"}
NOTE = {"note_id": "agreed_note_id"}
ISSUE = {"newsletter_id": "agreed_issue_id"}
LEFT = {"newsletter_id": "left_issue_id"}


def to_the_news_api(them: Belongings) -> Requests:
    theirs, named = them.api, {"network": them.slug}
    of_unit = ({"unit_id": theirs.unit_id}, {"unit": theirs.unit}, named)
    words = {"titles": {"en": "Wall"}, "texts": {"en": "Built."}}
    story, stories = "/api/v1/stories/{story_id}", "/api/v1/stories"
    news, one = "/api/v1/newsletters", "/api/v1/newsletters/{newsletter_id}"
    press, note = "/api/v1/press-notes", "/api/v1/press-notes/{note_id}"
    pressed = {**words, "on": "2026-11-20"}
    lists = queries({}, {"cursor": 2**40}, named)
    return {
        f"GET {stories}": lists,
        f"GET {story}": [{}],
        f"POST {stories}": bodies(*({**words, **unit} for unit in of_unit)),
        f"POST {story}": bodies({**words, **of_unit[0]}, {**words, **of_unit[1]}),
        f"POST {story}/approval": at(bodies({"version": 1}), **STORY),
        f"POST {story}/hold": at(bodies({}), **STORY),
        f"GET {news}": lists,
        f"GET {one}": [{}],
        f"POST {news}/preview": bodies(*of_unit),
        f"POST {news}": bodies(*of_unit),
        f"POST {one}": bodies({"version": MADE, "audience": "gb", **named}),
        f"POST {one}/items/{{item_id}}/removal": at(bodies({}), **LEFT),
        f"POST {one}/plan": bodies({}),
        f"POST {one}/plan/removal": bodies({}),
        f"POST {one}/approval": at(bodies({"version": MADE}), **ISSUE),
        f"POST {one}/removal": bodies({}),
        "GET /api/v1/newsletter-rules": queries({}, named),
        "POST /api/v1/newsletter-rules": bodies(
            *({**unit, "period": "weekly"} for unit in of_unit)
        ),
        f"GET {press}": lists,
        f"GET {note}": [{}],
        f"POST {press}": bodies(pressed, {**pressed, **named}),
        f"POST {press}/draft": bodies(
            {"meeting_id": theirs.meeting_id}, {"body": "GB", "label": theirs.label, **named}
        ),
        f"POST {note}": bodies(pressed),
        f"POST {note}/mail": bodies({}),
        f"POST {note}/mail/removal": bodies({}),
        f"POST {note}/approval": at(bodies({"version": 1}), **NOTE),
        f"POST {note}/sendings": at(
            bodies(*({"way": "print", **unit} for unit in of_unit[:2])), **NOTE
        ),
    }


def to_the_news_pages(them: Belongings) -> Requests:
    theirs = them.pages
    words = {"titles_en": "Wall", "texts_en": "Built."}
    of_unit = [{"unit": theirs.unit}, {"unit": theirs.unit_id}]
    story, stories = "/office/stories/{story_id}", "/office/stories"
    news, one = "/office/newsletters", "/office/newsletters/{newsletter_id}"
    press, note = "/office/press", "/office/press/{note_id}"
    return {
        f"GET {stories}": queries({}, {"before": 999_999_999}),
        f"POST {stories}/new": forms(*({**words, **unit} for unit in of_unit)),
        f"POST {story}": forms(
            *({**words, **unit, "version": no} for no, unit in enumerate(of_unit, 1))
        ),
        f"POST {story}/approval": at(forms({"version": 1}), **STORY),
        f"POST {story}/hold": at(forms({}), **STORY),
        f"GET {news}": queries({}, {"before": 999_999_999}),
        f"POST {news}": forms(
            *of_unit, {"audience": "gb"}, {**of_unit[0], "do": "rule", "period": "weekly"}
        ),
        f"POST {one}": forms({"version": MADE, "audience": "gb"}),
        f"POST {one}/plan": forms({}, {"do": "back"}),
        f"POST {one}/items/{{item_id}}/removal": at(forms({}), **LEFT),
        f"POST {one}/approval": at(forms({"version": MADE}), **ISSUE),
        f"POST {one}/removal": forms({}),
        f"GET {press}": queries({}, {"before": 999_999_999}),
        f"POST {press}": forms({"meeting": theirs.meeting_id}),
        f"POST {press}/new": forms(words),
        f"POST {note}": forms({**words, "version": 1}),
        f"POST {note}/mail": forms({}, {"do": "back"}),
        f"POST {note}/approval": at(forms({"version": 1}), **NOTE),
        f"POST {note}/sendings": at(forms({"way": "print", "whom": "Naya Akhbar"}), **NOTE),
    }
