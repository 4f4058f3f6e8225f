"""Decisions for somebody who is still typing: public ones only, worded as the keyword answers."""

import pytest

from app.domain.messages import Found
from app.services.find_decisions import settle_search
from app.services.look_up_decisions import Typed, look_up_decisions
from app.services.publish_minutes import DecisionDraft
from app.services.receive_mo import Desk
from tests.factories import Office, catalogue, vocabulary
from tests.services.three_meetings import three_meetings


async def book(office: Office) -> None:
    await three_meetings(office)
    await settle_search(office.database)


async def found(office: Office, words: str, language: str = "", home: str = "") -> list[Found]:
    desk = Desk(catalogue(), vocabulary(), {"tg": home} if home else {})
    typed = Typed("tg", words, language)
    return list(await look_up_decisions(office.database, typed, desk=desk, now=office.now))


async def test_only_what_anybody_may_read_is_shown(office: Office) -> None:
    await book(office)
    assert [one.title for one in await found(office, "", "en")] == [
        "12/1 road letter",
        "12/2 pump Laspa",
    ]
    for words in ("dispute", "12/3", "13/1", "xyzzy"):
        assert await found(office, words) == []


async def test_a_decision_says_what_the_keyword_would_answer(office: Office) -> None:
    await book(office)
    (one,) = await found(office, "12/2", "en")
    for part in ("Decision 12/2", "Repair of the 50% pump in Laspa", "LSO Umeed", "overdue"):
        assert part in one.text
    assert one.key.startswith("decision-")


@pytest.mark.parametrize(
    ("words", "language", "said"),
    [
        ("pump", "en", "pump in Laspa"),
        ("pump", "en-GB", "pump in Laspa"),
        ("پمپ", "en", "لاسپہ میں پمپ کی مرمت"),
        ("pump", "ur", "لاسپہ میں پمپ کی مرمت"),
    ],
)
async def test_it_comes_in_the_writing_of_the_words_or_the_language_of_the_phone(
    office: Office, words: str, language: str, said: str
) -> None:
    await book(office)
    assert said in (await found(office, words, language))[0].text


@pytest.mark.parametrize("language", ["", "fr", "x" * 50, "../ur"])
async def test_a_language_that_nobody_here_speaks_gives_that_of_the_network(
    office: Office, language: str
) -> None:
    await book(office)
    assert await found(office, "pump", language) == await found(office, "pump", "ur-Latn")


async def test_no_more_than_ten_are_shown(office: Office) -> None:
    await office.meeting(15)
    many = [
        DecisionDraft(no, {"en": {"text": f"No {no}.", "short": f"n{no}"}}) for no in range(1, 13)
    ]
    await office.minutes(15, decisions=many)
    await settle_search(office.database)
    assert len(await found(office, "")) == 10


async def test_each_wire_shows_its_own_network(office: Office) -> None:
    await book(office)
    await Office.open(office.database, office.now, slug="sarang")
    assert len(await found(office, "", home=office.slug)) == 2
    assert await found(office, "", home="sarang") == []
