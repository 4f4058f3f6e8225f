"""Awareness items: nothing unread, nothing old, and nothing reviewed by its own writer goes."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.catalogue import read_starters
from app.domain import gsm
from app.domain.broadcast import worded
from app.domain.errors import Refusal
from app.domain.lint import Severity, lint
from app.services.keep_awareness import (
    ItemWords,
    Reviewer,
    keep_item,
    retire_item,
    review_item,
)
from app.services.keep_story import Writer
from app.services.show_standing import ItemShown, list_items, read_item
from tests.factories import Office, catalogue
from tests.services.standing_texts import starters

WELLS = ItemWords("wells", {"en": "Boil the water of open wells."}, "District health office")


async def kept(office: Office, item_id: int | None = None, **changes: Any) -> int:
    return await keep_item(
        office.database,
        changes.pop("network_id", office.id),
        replace(WELLS, **changes),
        catalogue=catalogue(),
        by=Writer("Sajida", office.officers["Sajida"]),
        now=office.now,
        item_id=item_id,
    )


async def item(office: Office, item_id: int) -> ItemShown:
    return await read_item(office.database, office.id, item_id, now=office.now)


async def review(office: Office, item_id: int, name: str, **changes: Any) -> None:
    by = Reviewer(name, office.officers.get(name), (await item(office, item_id)).seen)
    await review_item(
        office.database, office.id, item_id, by=replace(by, **changes), now=office.now
    )


async def refused(work: Any) -> str:
    with pytest.raises(Refusal) as told:
        await work
    return told.value.code


async def test_another_officer_reviews_what_they_read(office: Office) -> None:
    wells = await kept(office)
    assert (await item(office, wells)).stands == "new"
    assert await refused(review(office, wells, "Sajida")) == "own_text"
    assert await refused(review(office, wells, "keeper")) == "not_allowed"
    assert await refused(review(office, wells, "Nusrat", seen="yesterday")) == "changed"
    await review(office, wells, "Nusrat")
    found = await item(office, wells)
    assert (found.stands, found.reviewed_by) == ("reviewed", "Nusrat")


async def test_a_review_counts_for_twelve_months_and_for_these_words_only(
    office: Office,
) -> None:
    wells = await kept(office)
    await review(office, wells, "Nusrat")
    await kept(office, wells)
    assert (await item(office, wells)).stands == "reviewed"
    for days, stands in ((365, "reviewed"), (366, "old")):
        later = office.now + timedelta(days=days)
        assert (await read_item(office.database, office.id, wells, now=later)).stands == stands
    office.now += timedelta(minutes=1)
    await kept(office, wells, texts={"en": "Boil all water."})
    assert (await item(office, wells)).stands == "new"


async def test_what_is_put_away_comes_back_by_a_review(office: Office) -> None:
    wells = await kept(office)
    await review(office, wells, "Nusrat")
    for _ in range(2):
        await retire_item(office.database, office.id, wells, by="Nusrat", now=office.now)
    assert (await item(office, wells)).stands == "retired"
    await review(office, wells, "Rehmat")
    assert (await item(office, wells)).stands == "reviewed"


async def test_what_could_not_go_out_is_refused(office: Office) -> None:
    await kept(office)
    wrong = {
        "name": {"key": " "},
        "text_empty": {"key": "new", "texts": {"en": " "}},
        "source": {"key": "new", "source": ""},
        "text_lint": {"key": "new", "texts": {"en": "Send us your CNIC number"}},
        "language": {"key": "new", "texts": {"xx": "Come"}},
        "twice": {"key": "WELLS"},
    }
    for code, changes in wrong.items():
        assert await refused(kept(office, **changes)) == code
    other = await Office.open(office.database, office.now, slug="sarang")
    assert await refused(kept(office, 1, network_id=other.id)) == "not_found"
    assert len(await list_items(office.database, office.id, now=office.now)) == 1
    assert not await list_items(office.database, other.id, now=office.now)


async def test_the_shipped_items_come_in_once_and_are_reviewed_by_nobody(office: Office) -> None:
    first = await starters(office)
    await kept(office, first[0], key="cnic", texts={"en": "Our own words."})
    assert await starters(office) == first
    found = await list_items(office.database, office.id, now=office.now)
    assert {one.stands for one in found} == {"new"}
    assert found[0].texts == {"en": "Our own words."}


def test_the_shipped_items_fit_and_ask_for_nothing() -> None:
    shipped = read_starters()
    assert len(shipped) >= 10
    for one in shipped:
        assert set(one.texts) == {"en", "ur", "ur-Latn"}, one.key
        assert one.source
        for tag, text in one.texts.items():
            name = "میرخائیں" if tag == "ur" else "Mirkhaiy"
            body = worded(text, tag, network=name, ref=99_999).body
            assert gsm.count(body) <= (2 if tag == "ur" else 1), (one.key, tag, len(body))
            assert all(one.severity is Severity.WARN for one in lint(body, tag))
            assert not any("۰" <= letter <= "۹" for letter in body)
