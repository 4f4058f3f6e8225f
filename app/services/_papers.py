"""The papers that go with an answer over a wire that carries files: a picture, then the PDF."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from app.services.carry_out import Heard
from app.store import documents, meetings, publications
from app.store.database import Connection

FORMS = ("picture", "minutes")
"""Which forms of published minutes go, the one to look at first."""
A_MOMENT = timedelta(seconds=1)


def with_papers(
    conn: Connection, one: Heard, row: dict[str, Any], route: Any
) -> list[dict[str, Any]]:
    """The answer's row, with the picture beside its words, and one more for the PDF."""
    if one.reply.paper is None or not route.carries_papers:
        return [row]
    papers = _papers(conn, one, one.reply.paper.meeting_no)
    if not papers:
        return [row]
    rows = [{**row, "document_id": papers[0]}]
    for no, document_id in enumerate(papers[1:], 1):
        named = documents.get(conn, document_id)
        later = {
            "document_id": document_id,
            "dedupe_key": f"{row['dedupe_key']}p{no}",
            "body": named.name if named is not None else "",
            "buttons": [],
            "due_at": row["due_at"] + no * A_MOMENT,
        }
        rows.append({**row, **later})
    return rows


def _papers(conn: Connection, one: Heard, meeting_no: int) -> list[int]:
    """The documents of those minutes as they were published last, if this asker may read them."""
    found = meetings.published(conn, one.network.id, registered=one.is_known, no=meeting_no)
    if found is None:
        return []
    forms = publications.newest_forms(conn, one.network.id, found.meeting_id, FORMS)
    wanted = (one.reply.language, one.network.language)
    return [paper for form in FORMS if (paper := _in(forms, form, wanted)) is not None]


def _in(forms: Sequence[Any], form: str, languages: Sequence[str]) -> int | None:
    by_language = {row.language: row.document_id for row in forms if row.form == form}
    found = next((by_language[tag] for tag in languages if tag in by_language), None)
    return found if found is not None else next(iter(by_language.values()), None)
