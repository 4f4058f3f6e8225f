"""The minutes in a real browser: the server goes away while somebody types, and nothing is lost."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser import ground
from tests.browser.ground import Demo, Look, Window, window
from tests.cli.command import Munadi

pytestmark = pytest.mark.slow

EDIT = "/office/meetings/EC/23/edit"
SECRETARY = "general secretary"
WORDS = "The bridge at Laspa is repaired before the snow."
SCRIPT = Look(post=SECRETARY)


@pytest.fixture(scope="module")
def minuted(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo in which nobody wrote minutes yet."""
    with ground.serving(tmp_path_factory.mktemp("minutes") / "data") as demo:
        yield demo


def field(page: Page, name: str) -> str:
    return page.input_value(f"[name='{name}']")


def kept(opened: Window) -> None:
    """Wait until the page says that it kept everything."""
    status = opened.page.locator("[data-part=kept]")
    expect(status).to_contain_text("Kept at")
    expect(status).to_have_attribute("data-left", "")


def test_words_are_kept_while_they_are_typed_and_rows_grow(browser: Browser, minuted: Demo) -> None:
    with window(browser, minuted, SCRIPT) as opened:
        opened.go(EDIT)
        opened.page.fill("[name=d1-text]", WORDS)
        expect(opened.page.locator("[name=d2-text]")).to_have_count(1)
        opened.page.fill("[name=d2-text]", "Second.")
        opened.page.select_option("[name=d2-state]", "approved")
        kept(opened)
        expect(opened.page.locator("[data-row=d3] b")).to_have_text("23/3")
        opened.page.locator("fieldset input[type=checkbox]").first.check()
        expect(opened.page.locator("[data-part=count]")).to_contain_text("1 of 15")
        opened.page.reload()
        assert field(opened.page, "d1-text") == WORDS
        assert field(opened.page, "d2-text") == "Second."
        assert field(opened.page, "d2-state") == "approved"
        opened.page.fill("[name=d3-text]", "Third.")
        opened.page.click("main .say")
        opened.page.wait_for_url("**/edit?kept=*&in=en")
        assert field(opened.page, "d3-text") == "Third."
        assert opened.faults == []


def test_the_button_waits_for_words_that_are_under_way(browser: Browser, minuted: Demo) -> None:
    with window(browser, minuted, SCRIPT) as opened:
        opened.go(EDIT)
        opened.page.fill("[name=r1-title]", "Road")
        kept(opened)
        held: list[Route] = []
        opened.page.route("**/edit", lambda one: one.continue_() if held else held.append(one))
        opened.page.fill("[name=r1-title]", "Road to Laspa")
        with opened.page.expect_request("**/edit"):
            opened.page.fill("[name=r1-text]", "Mend the road.")
        opened.page.click("main .say")
        held[0].continue_()
        opened.page.wait_for_url("**/edit?kept=*&in=en")
        assert field(opened.page, "r1-title") == "Road to Laspa"
        assert field(opened.page, "r1-text") == "Mend the road."
        assert field(opened.page, "r2-title") == ""


def test_enter_goes_to_the_next_field_and_sends_nothing(browser: Browser, minuted: Demo) -> None:
    with window(browser, minuted, SCRIPT) as opened:
        opened.go(EDIT)
        opened.page.fill("[name=chair]", "Rehmat Wali")
        opened.page.press("[name=chair]", "Enter")
        expect(opened.page.locator("[name=recitation]")).to_be_focused()
        assert opened.page.url.endswith(EDIT)


def test_two_browsers_lose_nothing_to_each_other(browser: Browser, minuted: Demo) -> None:
    with (
        window(browser, minuted, SCRIPT) as first,
        window(browser, minuted, Look(post=SECRETARY)) as second,
    ):
        first.go(EDIT)
        second.go(EDIT)
        first.page.fill("[name=finance]", "Rs 500 came in.")
        kept(first)
        second.page.fill("[name=finance]", "Rs 900 came in.")
        told = second.page.locator("[data-part=kept]")
        expect(told).to_contain_text("Somebody else wrote here too: the money.")
        assert field(second.page, "finance") == "Rs 900 came in."
        second.page.click("main .say")
        expect(second.page.locator("#finance-fault")).to_contain_text("Rs 500 came in.")
        assert field(second.page, "finance") == "Rs 900 came in."
        second.page.click("main .say")
        second.page.wait_for_url("**/edit?kept=*&in=en")
        assert field(second.page, "finance") == "Rs 900 came in."


def test_the_server_goes_away_and_the_words_come_back(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("gone") / "data"
    with ExitStack() as server:
        demo = server.enter_context(ground.serving(folder))
        same = (*ground.DEMO[:-1], demo.address.rpartition(":")[2])
        with window(browser, demo, SCRIPT) as desk:
            desk.go(EDIT)
            desk.page.fill("[name=d1-text]", "First.")
            kept(desk)
            server.close()
            desk.page.fill("[name=d1-text]", WORDS)
            desk.page.fill("[name=d2-text]", "Second, while the line is gone.")
            desk.page.locator("fieldset input[type=checkbox]").first.check()
            told = desk.page.locator("[data-part=kept]")
            expect(told).to_contain_text("The office does not answer.")
            Munadi(folder).server_file.unlink()
            with ground.serving(folder, same):
                desk.go(EDIT)
                assert field(desk.page, "d1-text") == "First."
                desk.page.click("[data-take=back]")
                assert field(desk.page, "d1-text") == WORDS
                kept(desk)
                desk.page.reload()
                assert field(desk.page, "d1-text") == WORDS
                assert field(desk.page, "d2-text") == "Second, while the line is gone."
                assert desk.page.locator("fieldset input[type=checkbox]").first.is_checked()
                expect(desk.page.locator("[data-offer]")).to_be_hidden()
