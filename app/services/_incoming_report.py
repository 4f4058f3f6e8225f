"""A report as it comes in by text: a new one under the next number, or words added to one."""

from collections.abc import Mapping
from datetime import datetime

from app.domain.errors import Refusal
from app.domain.tickets import owner_called
from app.services.change_ticket import add_by_text
from app.services.file_ticket import Filed, Report, file_report
from app.services.report_decision import Came
from app.store import tickets
from app.store.database import Connection
from bots.ask import Reply
from bots.values import Value


def take_text(
    conn: Connection, reply: Reply, came: Came, words: str, now: datetime
) -> Mapping[str, Value]:
    """Keep what was reported; gives what the answer is filled with besides the reply's values."""
    filed = _added(conn, reply, came, now) if reply.about else None
    if filed is None:
        filed = _filed(conn, reply, came, words, now)
    return {"no": filed.no, "owner": owner_called(filed.owner_post, reply.language)}


def _added(conn: Connection, reply: Reply, came: Came, now: datetime) -> Filed | None:
    try:
        return add_by_text(conn, came.network_id, reply.about[0], reply, now)
    except Refusal:
        return None


def _filed(conn: Connection, reply: Reply, came: Came, words: str, now: datetime) -> Filed:
    report = Report(
        text=reply.note or words,
        source="text",
        language=reply.language,
        address_id=came.address_id,
        inbound_id=came.inbound_id,
        person_id=reply.told_by or tickets.person_on(conn, came.address_id),
        is_protected=reply.is_protected,
        is_nameless=reply.is_nameless,
    )
    return file_report(conn, came.network_id, report, by="", now=now)
