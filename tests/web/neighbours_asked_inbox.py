"""What is sent to the doors of the human inbox and of the words that officers teach."""

from typing import Any

from tests.web.neighbours import Belongings
from tests.web.neighbours_asked_pages import at, forms, queries
from tests.web.neighbours_asked_register import bodies

Requests = dict[str, list[dict[str, Any]]]
TEXT = {"text_id": "inbound_id"}
TAUGHT = {"synonym_id": "office_synonym_id"}


def to_the_inbox_api(them: Belongings) -> Requests:
    named = {"network": them.slug}
    thread, text = "/api/v1/inbox/threads/{address_id}", "/api/v1/inbox/texts/{text_id}"
    word = {"intent": "minutes", "language": "en"}
    noted = {"code": f"{them.label}/1"}
    said = {"text": "Kal aayenge.", "key": "inbox-0123456789a", "until": 1}
    return {
        "GET /api/v1/inbox/threads": queries({}, {"whose": "danger"}, named),
        f"POST {thread}/desk": bodies({"mine": True}, {}, {"mine": True, **named}),
        f"POST {thread}/answers": bodies(said, {**said, **named}),
        f"POST {thread}/settlement": bodies({"until": 1}, {"until": 2**40, **named}),
        f"POST {text}/ticket": at(bodies({}, named), **TEXT),
        f"POST {text}/story": at(bodies({}, named), **TEXT),
        f"POST {text}/decision": at(bodies(noted, {**noted, **named}), **TEXT),
        "GET /api/v1/unknown": queries({}, named),
        "GET /api/v1/synonyms": queries({}, named),
        "POST /api/v1/synonyms/trial": bodies({"word": "qzxw", **word, **named}),
        "POST /api/v1/synonyms": bodies(
            {"word": "qzxwa", **word}, {"word": "qzxwe", **word, **named}
        ),
        "POST /api/v1/synonyms/{synonym_id}/retirement": bodies(named),
    }


def to_the_inbox_pages(them: Belongings) -> Requests:
    thread, text = "POST /office/messages/{address_id}", {"text_id": them.inbound_id}
    word = {"intent": "minutes", "language": "en"}
    return {
        thread: forms(
            {"do": "done", "until": "999999"},
            {"do": "answer", "until": "1", "text": "Kal.", "key": "a" * 16},
            {"do": "count", "text": "Kal."},
            {"do": "take"},
            {"do": "give back"},
            {"do": "ticket", **text},
            {"do": "story", **text},
            {"do": "decision", "code": f"{them.label}/1", **text},
        ),
        "GET /office/words": queries({}),
        "GET /office/words/try": queries({}, {"word": "qzxwi", **word}),
        "POST /office/words": forms({"word": "qzxwo", **word}),
        "POST /office/words/{synonym_id}/retirement": at(forms({}), **TAUGHT),
    }
