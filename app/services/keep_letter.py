"""Keep a letter: a mail's body is stored once, and each recipient's row names it."""

from datetime import datetime

from app.domain.letters import MEDIA_TYPE, Letter, as_mime, file_name
from app.store import documents
from app.store.database import Connection


def keep_letter(conn: Connection, network_id: int, letter: Letter, now: datetime) -> int:
    """Store the letter unless the same one is there; gives the id of its document.

    Raises Refusal when it is too large to be sent by mail.
    """
    return documents.keep(
        conn,
        network_id,
        name=f"{file_name(letter.subject)}.eml",
        media_type=MEDIA_TYPE,
        content=as_mime(letter),
        now=now,
    )
