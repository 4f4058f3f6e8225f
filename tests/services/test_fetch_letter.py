"""A letter is read once in a process; without it nothing leaves the house."""

from dataclasses import replace

import pytest

from app.domain.errors import Refused, Transient
from app.domain.letters import Letter
from app.domain.messages import Mt
from app.services.fetch_letter import MOST_KEPT, Mailbag
from app.services.keep_letter import keep_letter
from app.store.claim import Claimed
from app.store.database import Database
from tests.factories import Office
from tests.services.mailing import LETTER

TEXT = Mt("7.1", "gul@member.example", "", started=None)  # type: ignore[arg-type]


def stop_at(address_id: int) -> str:
    return f"https://office.example.org/u/{address_id}"


def claimed(office: Office, document_id: int | None) -> Claimed:
    return Claimed(
        7, 1, 1, TEXT.to, "", office.id, 0, None, office.now, address_id=9, document_id=document_id
    )


async def test_the_letter_comes_with_the_address_to_stop_at(office: Office) -> None:
    kept = await office.database.write(keep_letter, office.id, LETTER, office.now)
    filled = await Mailbag(office.database, stop_at).fill(TEXT, claimed(office, kept))
    assert (filled.letter, filled.unsubscribe) == (LETTER, stop_at(9))


async def test_an_answer_to_a_mail_needs_no_address_to_stop_at(office: Office) -> None:
    letter = replace(LETTER, answers="a@b.example")
    kept = await office.database.write(keep_letter, office.id, letter, office.now)
    filled = await Mailbag(office.database, stop_at).fill(TEXT, claimed(office, kept))
    assert filled.unsubscribe == ""


async def test_a_text_has_no_letter(office: Office) -> None:
    assert await Mailbag(office.database, stop_at).fill(TEXT, claimed(office, None)) is TEXT


async def test_a_letter_is_read_once_and_the_oldest_makes_room(office: Office) -> None:
    ids = [
        await office.database.write(keep_letter, office.id, Letter("x", f"{n}"), office.now)
        for n in range(MOST_KEPT + 1)
    ]
    bag = Mailbag(office.database, stop_at)
    first = await bag.fill(TEXT, claimed(office, ids[0]))
    assert (await bag.fill(TEXT, claimed(office, ids[0]))).letter is first.letter
    for one in ids[1:]:
        await bag.fill(TEXT, claimed(office, one))
    again = await bag.fill(TEXT, claimed(office, ids[0]))
    assert again.letter == first.letter
    assert again.letter is not first.letter


async def test_a_letter_that_is_gone_refuses_the_mail(office: Office) -> None:
    with pytest.raises(Refused):
        await Mailbag(office.database, stop_at).fill(TEXT, claimed(office, 99))


async def test_a_letter_that_cannot_be_read_now_is_tried_again(office: Office) -> None:
    async with Database("sqlite:////nowhere/at/all.db") as gone:
        with pytest.raises(Transient):
            await Mailbag(gone, stop_at).fill(TEXT, claimed(office, 1))
