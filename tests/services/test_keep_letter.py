"""A mail's body is stored once for all who get it."""

import pytest

from app.domain.errors import Refusal
from app.domain.letters import Attachment, Letter, read_letter
from app.services.keep_letter import keep_letter
from app.store import documents
from tests.factories import Office


async def test_the_same_letter_is_stored_once_and_comes_back_whole(office: Office) -> None:
    letter = Letter("کارروائی", "پانی", attachments=(Attachment("a.pdf", "application/pdf", b"%"),))
    first = await office.database.write(keep_letter, office.id, letter, office.now)
    again = await office.database.write(keep_letter, office.id, letter, office.now)
    other = await office.database.write(keep_letter, office.id, Letter("x", "y"), office.now)
    assert first == again != other
    row = await office.database.read(documents.get, first)
    assert (row.media_type, read_letter(row.content)) == ("message/rfc822", letter)


async def test_another_networks_letter_is_its_own(office: Office) -> None:
    other = await Office.open(office.database, office.now, "thore")
    letter = Letter("x", "y")
    mine = await office.database.write(keep_letter, office.id, letter, office.now)
    theirs = await office.database.write(keep_letter, other.id, letter, office.now)
    assert mine != theirs
    assert await office.database.read(documents.get, mine, network_id=other.id) is None


async def test_an_attachment_that_no_server_takes_is_refused_and_nothing_is_stored(
    office: Office,
) -> None:
    large = Letter("x", "y", attachments=(Attachment("a.png", "image/png", b"0" * 5_000_000),))
    with pytest.raises(Refusal, match="Attach a smaller file"):
        await office.database.write(keep_letter, office.id, large, office.now)
