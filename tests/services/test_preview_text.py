"""What one text costs while it is typed: real segments, letters left, odd letters, plain form."""

import pytest

from app.domain import gsm
from app.services.preview_text import TextPreview, Writing, nothing_written, preview_text
from app.store import networks
from tests.factories import Office, catalogue


async def shown(office: Office, tag: str, text: str) -> TextPreview:
    network = await office.database.read(networks.by_id, office.id)
    return preview_text(tag, text, Writing(network, catalogue(), 41), [(3, 10), (1, 5)])[0]


@pytest.mark.parametrize("letters", [0, 1, 143, 144, 145, 290, 291, 600])
@pytest.mark.parametrize("letter", ["x", "€", "ا", "😀"])
async def test_the_bars_are_the_real_segments(office: Office, letter: str, letters: int) -> None:
    text = await shown(office, "en", "a" + letter * letters)
    cut = gsm.segments(text.body)
    assert text.segments == tuple(segment.units for segment in cut)
    assert max(text.segments) <= text.capacity
    assert text.left == text.capacity - text.segments[-1]
    assert text.phones == 4


async def test_what_makes_plain_costs_no_more_and_is_counted_as_it_goes_out(office: Office) -> None:
    text = await shown(office, "en", "“" + "x" * 60 + "”")
    assert (len(text.segments), text.plain_segments) == (2, 1)
    assert text.plain_saves_micro == 35
    assert (await shown(office, "en", "Plain.")).plain is None


async def test_urdu_letters_are_not_odd(office: Office) -> None:
    assert (await shown(office, "ur", "کل اجلاس — ہے")).odd == ()
    assert (await shown(office, "en", "naïve—café")).odd == ("ï", "—")


def test_an_empty_text_is_told_in_the_words_of_the_plan() -> None:
    assert nothing_written().code == "text_empty"
