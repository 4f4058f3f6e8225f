"""Stories as they are kept: only words, one line for a title, nobody's own number."""

from typing import Any

import pytest

from app.domain.errors import Refusal
from app.services.show_stories import read_story
from app.store import units
from tests.factories import Office, person
from tests.services.newsroom import Newsroom, code_of

PAGE = "<html><head><style>p{color:red}</style></head><body>" + "<p>Clean <b>water</b>.</p>" * 3
PASTED = "<div class=MsoNormal><span style='x'>Word</span></div>" * 2_000


async def shown(office: Office, story_id: int) -> Any:
    return await read_story(office.database, office.id, story_id)


async def test_a_story_is_kept_as_words_without_the_markup_it_was_pasted_with(
    office: Office,
) -> None:
    story_id = await Newsroom(office).story(
        "<b>Clean</b> water", texts={"en": PAGE, "ur": " پانی "}, topics=("Water", "water")
    )
    story = await shown(office, story_id)
    assert story.titles == {"en": "Clean water"}
    assert story.texts["en"].split("\n")[0] == "Clean water."
    assert "<" not in story.texts["en"]
    assert "color" not in story.texts["en"]
    assert story.texts["ur"] == "پانی"
    assert (story.state, story.topics) == ("draft", ("water",))


@pytest.mark.parametrize(
    "title",
    [
        "Water\r\nBcc: everybody@example.org",
        "Water\nBcc: everybody@example.org",
        "Water\u2028Bcc: everybody@example.org",
        "Water\x00\r\n\r\nBcc: everybody@example.org",
    ],
)
async def test_a_title_never_becomes_a_header_of_its_own(office: Office, title: str) -> None:
    story = await shown(office, await Newsroom(office).story(title))
    assert story.titles == {"en": "Water Bcc: everybody@example.org"}


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"titles": {}}, "title_empty"),
        ({"titles": {"en": " \u200b\n "}}, "title_empty"),
        ({"titles": {"en": "<p></p>"}}, "title_empty"),
        ({"titles": {"en": "x" * 121}}, "title_too_long"),
        ({"titles": {"xx": "Water"}}, "language"),
        ({"texts": {}}, "text_empty"),
        ({"texts": {"en": "word " * 2_001}}, "text_too_long"),
        ({"texts": {"en": PASTED}}, "text_too_long"),
        ({"captions": {"en": "x" * 241}}, "line_too_long"),
        ({"topics": ("water'; drop",)}, "topic"),
        ({"topics": tuple(f"t{no}" for no in range(9))}, "topic"),
        ({"unit_id": 10**9}, "not_found"),
        ({"story_id": 10**9}, "not_found"),
    ],
)
async def test_what_cannot_be_a_story_is_refused_in_plain_words(
    office: Office, told: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        await Newsroom(office).story(**{"titles": {"en": "Water"}, **told})
    assert refused.value.code == code
    assert str(refused.value).endswith(".")
    assert len(str(refused.value)) < 300


async def test_a_member_s_own_number_does_not_get_into_a_story(office: Office) -> None:
    await office.people(person("Zarina", 1))
    room = Newsroom(office)
    for written in ("0390 0000001", "+92-390-0000001", "call (0390)0000001 now"):
        assert await code_of(room.story(texts={"en": written})) == "private_number"
    assert await room.story(texts={"en": "Office: 091 5701234. In 2026 1,074 came."})


async def test_changed_words_wait_for_agreement_again(office: Office) -> None:
    room = Newsroom(office)
    story_id = await room.agreed_story()
    await room.story("Another title", story_id=story_id, version=1)
    story = await shown(office, story_id)
    assert (story.state, story.version, story.approver) == ("draft", 2, "")
    assert await code_of(room.story("Third", story_id=story_id, version=1)) == "changed_meanwhile"


async def test_a_story_that_stands_in_a_newsletter_is_changed_no_more(office: Office) -> None:
    room = Newsroom(office)
    story_id = await room.agreed_story()
    await room.make()
    assert await code_of(room.story("Other", story_id=story_id)) == "gone_out"


async def test_another_network_s_story_and_unit_are_not_there(office: Office) -> None:
    room = Newsroom(office)
    other = Newsroom(await Office.open(office.database, office.now, "sarang"))
    unit_id = await other.office.unit("Roshni")
    story_id = await room.story()
    assert await code_of(other.story("Mine now", story_id=story_id)) == "not_found"
    assert await code_of(room.story(unit_id=unit_id)) == "not_found"
    assert await code_of(read_story(office.database, other.office.id, story_id)) == "not_found"
    assert await office.database.read(units.get, office.id, unit_id) is None
