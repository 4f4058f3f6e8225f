"""A newsletter before it is agreed to: edited, things left out, dropped."""

from typing import Any

import pytest

from app.services.change_newsletter import (
    NewsletterChange,
    change_newsletter,
    drop_newsletter,
    leave_out,
)
from app.services.show_newsletters import list_newsletters
from tests.factories import Office, catalogue
from tests.services.newsroom import Newsroom, code_of


def change(room: Newsroom, newsletter_id: int, version: int, **told: Any) -> Any:
    return change_newsletter(
        room.database,
        room.office.id,
        newsletter_id,
        NewsletterChange(version, **told),
        catalogue=catalogue(),
        by=room.sajida,
        now=room.now,
    )


def leave(room: Newsroom, newsletter_id: int, item_id: int) -> Any:
    return leave_out(
        room.database,
        room.office.id,
        newsletter_id,
        item_id,
        catalogue=catalogue(),
        by=room.sajida,
        now=room.now,
    )


def drop(room: Newsroom, newsletter_id: int) -> Any:
    return drop_newsletter(
        room.database, room.office.id, newsletter_id, by=room.sajida, now=room.now
    )


async def test_the_editor_s_words_are_kept_and_an_empty_headline_is_made_anew(
    office: Office,
) -> None:
    room = Newsroom(office)
    await room.agreed_story("A spring")
    newsletter_id = await room.make()
    before = await room.issue(newsletter_id)
    told = {"titles": {"en": "Winter\nnews"}, "leads": {"en": "Dear all"}}
    await change(
        room, newsletter_id, before.version, headlines={"en": "Own words"}, audience="ec", **told
    )
    after = await room.issue(newsletter_id)
    assert after.headlines == {**before.headlines, "en": "Own words"}
    assert (after.titles, after.leads, after.audience) == (
        {"en": "Winter news"},
        {"en": "Dear all"},
        "ec",
    )
    assert await code_of(change(room, newsletter_id, before.version)) == "changed_meanwhile"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"headlines": {"en": "word " * 40}}, "headline_too_long"),
        ({"headlines": {"ur": "پانی کی لائن " * 6}}, "headline_too_long"),
        ({"headlines": {"en": "x" * 500}}, "line_too_long"),
        ({"titles": {"en": "x" * 500}}, "line_too_long"),
        ({"leads": {"en": "<p>word</p> " * 10_000}}, "text_too_long"),
        ({"leads": {"klingon": "nuqneH"}}, "language"),
    ],
)
async def test_words_that_do_not_fit_are_refused(
    office: Office, told: dict[str, Any], code: str
) -> None:
    room = Newsroom(office)
    await room.agreed_story()
    newsletter_id = await room.make()
    version = (await room.issue(newsletter_id)).version
    assert await code_of(change(room, newsletter_id, version, **told)) == code


async def test_what_is_left_out_may_come_in_the_next_one(office: Office) -> None:
    room = Newsroom(office)
    await room.agreed_story("First")
    second = await room.agreed_story("Second")
    newsletter_id = await room.make()
    item = next(one for one in (await room.issue(newsletter_id)).items if one.source_id == second)
    await leave(room, newsletter_id, item.id)
    assert "Second" not in (await room.issue(newsletter_id)).headlines["en"]
    assert await code_of(leave(room, newsletter_id, item.id)) == "not_found"
    await room.agree(newsletter_id)
    following = await room.issue(await room.make())
    assert [one.titles["en"] for one in following.items] == ["Second"]


async def test_a_dropped_one_frees_what_stood_in_it(office: Office) -> None:
    room = Newsroom(office)
    await room.agreed_story()
    newsletter_id = await room.make()
    await drop(room, newsletter_id)
    assert (await list_newsletters(office.database, office.id)).lines == ()
    assert len((await room.issue(await room.make())).items) == 1


async def test_one_that_was_agreed_to_is_never_changed(office: Office) -> None:
    room = Newsroom(office)
    await room.agreed_story()
    newsletter_id = await room.make()
    await room.agree(newsletter_id)
    issue = await room.issue(newsletter_id)
    assert await code_of(change(room, newsletter_id, issue.version)) == "gone_out"
    assert await code_of(leave(room, newsletter_id, issue.items[0].id)) == "gone_out"
    assert await code_of(drop(room, newsletter_id)) == "gone_out"


async def test_another_network_s_newsletter_is_not_there(office: Office) -> None:
    room = Newsroom(office)
    await room.agreed_story()
    newsletter_id = await room.make()
    other = Newsroom(await Office.open(office.database, office.now, "sarang"))
    item = (await room.issue(newsletter_id)).items[0]
    assert await code_of(change(other, newsletter_id, 1)) == "not_found"
    assert await code_of(leave(other, newsletter_id, item.id)) == "not_found"
    assert await code_of(drop(other, newsletter_id)) == "not_found"
