"""Draft the agenda of a meeting from the decisions that are still open."""

from app.domain.institution import EXECUTIVE, GENERAL_BODY
from app.domain.minutes import CLOSED, DecisionState, Item
from app.services._minutes_desk import HIDDEN, the_meeting
from app.store import decisions, meetings
from app.store.database import Connection, Database


async def draft_agenda(database: Database, network_id: int, meeting_id: int) -> tuple[Item, ...]:
    """One item for each open decision of the body's earlier meetings, oldest first (`carried`).

    The Executive Committee and General Body also get what committees recommended to them; there
    `carried` begins with the committee (`HEALTH 3/1`).
    """
    return await database.read(_draft, network_id, meeting_id)


def _draft(conn: Connection, network_id: int, meeting_id: int) -> tuple[Item, ...]:
    meeting = the_meeting(conn, network_id, meeting_id)
    is_board = meeting.body in (EXECUTIVE, GENERAL_BODY)
    rows = decisions.open_before(
        conn,
        network_id,
        meeting.at,
        body=meeting.body,
        closed=CLOSED,
        recommended=DecisionState.RECOMMENDED.value if is_board else "",
    )
    words = meetings.words_of(conn, [row.id for row in rows]) if rows else {}
    items = []
    for row in rows:
        said = words.get(row.id, {})
        code = f"{row.label}/{row.no}"
        hidden = row.is_restricted or row.minutes_restricted
        items.append(
            Item(
                title={tag: one.short or one.text for tag, one in said.items()},
                carried=code if row.body == meeting.body else f"{row.body} {code}",
                restricted=(row.restricted or HIDDEN) if hidden else "",
            )
        )
    return tuple(items)
