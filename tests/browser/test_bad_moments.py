"""What goes wrong between a person and the office: a lost line, two clicks, the way back."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.ground import Demo, Look, Window, officer

pytestmark = pytest.mark.slow

both_ways = pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
WORDS = "The bridge is shut"


def planned(page: Page, words: str) -> None:
    """Fill in an urgent text to the committee, ready to be planned."""
    page.check("[name=kind][value=urgent]")
    page.fill("[name=source]", "Seen by the watchman")
    page.fill("[name=who]", "ec")
    for tag in ("ur-Latn", "en"):
        page.fill(f"[name=text_{tag}]", words)
    page.fill("[name=text_ur]", f"پل بند ہے {words}")


def texts_to_all(demo: Demo, opened: Window) -> dict[str, int]:
    """How many texts each broadcast has, by its address."""
    opened.go("/office/broadcasts")
    hrefs = opened.page.locator("main a[href^='/office/broadcasts/']").evaluate_all(
        "all => all.map((one) => one.getAttribute('href'))"
    )
    found = {}
    for href in sorted({href for href in hrefs if re.fullmatch(r"/office/broadcasts/\d+", href)}):
        state = demo.tell("GET", href.removeprefix("/office/"))
        found[href] = sum(state["states"].values())
    return found


@both_ways
def test_a_double_click_makes_one_plan_and_sends_each_text_once(
    browser: Browser, demo: Demo, has_script: bool
) -> None:
    look = Look(has_script=has_script)
    with officer(browser, demo, look, "press") as press:
        before = texts_to_all(demo, press)
        press.go("/office/write")
        planned(press.page, f"{WORDS}, double {has_script}")
        press.page.dblclick("main .say")
        press.page.wait_for_url("**/office/broadcasts/*")
        path = re.sub("^https?://[^/]+", "", press.page.url)
        with officer(browser, demo, look, "president") as president:
            president.go(path)
            president.page.dblclick("button[value=now]")
            expect(president.page.locator("progress.out.big")).to_have_count(1)
            after = texts_to_all(demo, president)
        assert set(after) - set(before) == {path}
        phones = demo.tell("GET", path.removeprefix("/office/"))["addresses"]
        assert after[path] == phones > 1


@both_ways
def test_going_back_after_sending_and_sending_again_sends_nothing_twice(
    browser: Browser, demo: Demo, has_script: bool
) -> None:
    plan = {"audience": "ec", "texts": {"en": f"{WORDS}, back {has_script}"}, "kind": "urgent"}
    made = demo.tell("POST", "broadcasts", json={**plan, "texts": texts(plan["texts"]["en"])})
    path = f"/office/broadcasts/{made['id']}"
    with officer(browser, demo, Look(has_script=has_script), "president") as president:
        president.go(path)
        president.page.click("button[value=now]")
        bar = president.page.locator("progress.out.big")
        expect(bar).to_have_count(1)
        president.page.go_back()
        again = president.page.locator("button[value=now]")
        if again.count():
            with president.page.expect_navigation():
                again.click()
        president.go(path)
        expect(bar).to_have_attribute("max", str(made["addresses"]))
        assert texts_to_all(demo, president)[path] == made["addresses"]


def texts(words: str) -> dict[str, str]:
    return {"en": words, "ur-Latn": words, "ur": f"پل بند ہے {words}"}


def test_a_lost_line_loses_nothing_that_was_typed(browser: Browser, demo: Demo) -> None:
    with officer(browser, demo, Look(), "press") as press:
        page = press.page
        press.go("/office/write")
        page.fill("[name=who]", "ec")
        page.context.set_offline(True)
        page.fill("[name=text_en]", f"{WORDS}, offline")
        page.wait_for_timeout(1500)
        page.context.set_offline(False)
        page.reload()
        assert page.input_value("[name=text_en]") == f"{WORDS}, offline"
        assert page.input_value("[name=who]") == "ec"


@both_ways
def test_a_session_that_ended_while_somebody_wrote_loses_nothing(
    browser: Browser, demo: Demo, has_script: bool
) -> None:
    with officer(browser, demo, Look(has_script=has_script), "press") as press:
        page = press.page
        press.go("/office/write")
        page.context.clear_cookies(name="munadi_session")
        planned(page, f"{WORDS} <b>late</b> {has_script}")
        page.click("button[value=save] >> nth=0")
        page.fill("[name=name]", demo.posts["press"]["name"])
        page.fill("[name=password]", demo.posts["press"]["password"])
        page.click("main .say")
        assert f"{WORDS} <b>late</b>" in page.locator("main").inner_text()
        page.click("main .say")
        page.wait_for_url("**/office/write/*")
        assert page.input_value("[name=text_en]") == f"{WORDS} <b>late</b> {has_script}"
