"""Press notes as they are kept: words only, no member's number, changed by one at a time."""

from datetime import date
from typing import Any

import pytest

from app.domain.errors import Refusal
from app.services.keep_press_note import drop_press_mail
from tests.factories import Office, person
from tests.services.newsroom import Newsroom, code_of

FLOOD = "<table><tr><td>" + "word " * 20_000 + "</td></tr></table>"


async def test_a_note_is_kept_with_all_that_papers_ask_for(office: Office) -> None:
    room = Newsroom(office)
    note = await room.shown_note(
        await room.note(
            places={"en": "Mirkhai"},
            demands={"en": "A bridge\n- A doctor\n\n"},
            speakers={"en": "Sajida Parveen, Press Secretary"},
            contacts={"en": "Office, 091 5701234"},
            captions={"en": "The broken bridge"},
        )
    )
    text = note.texts_to_copy["en"]
    assert text.startswith(
        "*Network demands a bridge*\n\nMIRKHAI, 21 Nov: The network met.\n\n"
        "The meeting demanded:\n1. A bridge\n2. A doctor\n\n"
    )
    assert "This was said in a press release issued by LSON mirkhai." in text
    assert text.endswith("Photo: The broken bridge\n\nFor the press: Office, 091 5701234")
    assert note.plain_texts["en"] == text.replace("*", "")


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"titles": {}}, "title_empty"),
        ({"titles": {"en": "  "}}, "title_empty"),
        ({"texts": {}}, "text_empty"),
        ({"titles": {"en": "A", "ur": "پل"}}, "text_empty"),
        ({"texts": {"en": "A", "ur": "پل"}}, "title_empty"),
        ({"texts": {"en": FLOOD}}, "text_too_long"),
        ({"demands": {"en": FLOOD}}, "text_too_long"),
        ({"contacts": {"en": "x" * 500}}, "line_too_long"),
        ({"places": {"xx": "Nowhere"}}, "language"),
        ({"on": date(1, 1, 1)}, "day"),
        ({"on": date(9999, 12, 31)}, "day"),
        ({"note_id": 10**9}, "not_found"),
    ],
)
async def test_what_cannot_be_a_note_is_refused_in_plain_words(
    office: Office, told: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        await Newsroom(office).note(**told)
    assert refused.value.code == code
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("field", ["texts", "demands", "contacts", "captions", "titles"])
async def test_a_person_s_own_number_never_gets_to_the_papers(office: Office, field: str) -> None:
    await office.people(person("Zarina", 1))
    note = Newsroom(office).note(**{field: {"en": "Call Zarina: 0390-0000001"}})
    assert await code_of(note) == "private_number"


async def test_a_title_with_a_line_break_stays_one_subject(office: Office) -> None:
    room = Newsroom(office)
    note_id = await room.note(titles={"en": "Bridge\r\nBcc: all@example.org\r\n\r\nBody"})
    note = await room.shown_note(note_id)
    assert note.titles == {"en": "Bridge Bcc: all@example.org Body"}


async def test_two_editors_do_not_overwrite_each_other(office: Office) -> None:
    room = Newsroom(office)
    note_id = await room.note()
    await room.note(note_id=note_id, version=1, titles={"en": "Second"})
    assert await code_of(room.note(note_id=note_id, version=1)) == "changed_meanwhile"
    assert (await room.shown_note(note_id)).titles == {"en": "Second"}


async def test_another_network_s_note_is_not_there(office: Office) -> None:
    room = Newsroom(office)
    note_id = await room.note()
    other = Newsroom(await Office.open(office.database, office.now, "sarang"))
    assert await code_of(other.note(note_id=note_id)) == "not_found"
    assert await code_of(other.shown_note(note_id)) == "not_found"
    dropping = drop_press_mail(
        office.database, other.office.id, note_id, by=room.sajida, now=room.now
    )
    assert await code_of(dropping) == "not_found"
