"""Fetch a letter, or a paper for a chat: read once in a process and shared by its recipients."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace

from app.domain.errors import Busy, Refused, Transient
from app.domain.letters import MEDIA_TYPE, Attachment, Letter, read_letter
from app.domain.messages import Mt
from app.store import documents
from app.store.claim import Claimed
from app.store.database import Connection, Database

MOST_KEPT = 24
"""Letters at hand: the languages of a few mailings at the same time."""


def nowhere(_address_id: int) -> str:
    """No address to stop the mail at: this office has none that the outside can reach."""
    return ""


class Mailbag:
    """The letters that are going out now."""

    def __init__(self, database: Database, unsubscribe_url: Callable[[int], str]) -> None:
        """`unsubscribe_url` is asked for each recipient of a letter that is no answer."""
        self._database, self._unsubscribe_url = database, unsubscribe_url
        self._letters: OrderedDict[int, Letter | Attachment] = OrderedDict()

    async def fill(self, mt: Mt, row: Claimed) -> Mt:
        """The text with its letter or its paper, if it has one.

        Raises Transient when the letter cannot be read now, Refused when it is gone: nothing
        has left the house then.
        """
        if row.document_id is None:
            return mt
        letter = await self._letter(row.document_id)
        if isinstance(letter, Attachment):
            return replace(mt, papers=(letter,))
        stop_at = "" if letter.answers else self._unsubscribe_url(row.address_id)
        return replace(mt, letter=letter, unsubscribe=stop_at)

    async def _letter(self, document_id: int) -> Letter | Attachment:
        known = self._letters.get(document_id)
        if known is not None:
            self._letters.move_to_end(document_id)
            return known
        try:
            letter = await self._database.read(_read, document_id)
        except Busy:
            raise Transient("the letter cannot be read now", "no letter") from None
        self._letters[document_id] = letter
        while len(self._letters) > MOST_KEPT:
            self._letters.popitem(last=False)
        return letter


def _read(conn: Connection, document_id: int) -> Letter | Attachment:
    row = documents.get(conn, document_id)
    if row is None:
        raise Refused("the letter is gone", "no letter")
    if row.media_type != MEDIA_TYPE:
        return Attachment(row.name, row.media_type, row.content)
    return read_letter(row.content)
