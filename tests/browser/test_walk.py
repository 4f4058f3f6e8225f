"""The way of one text through the office, as two officers and a member walk it in a browser."""

import re
from collections.abc import Callable
from itertools import product

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.ground import Demo, Look, officer

pytestmark = pytest.mark.slow

SAJIDA = "+923901234567"
"""Her phone is her own and reads Roman Urdu."""
MOST_CLICKS = 5
PATIENCE_MS = 30_000
LOOKS = [
    Look(language, width, has_script=has_script)
    for language, width, has_script in product(("en", "ur"), (360, 1280), (True, False))
]


def look_until(page: Page, holds: Callable[[], bool], what: str) -> None:
    """Look anew, as somebody without script does, until it is so."""
    for _ in range(PATIENCE_MS // 250):
        if holds():
            return
        page.wait_for_timeout(250)
        page.reload()
    raise AssertionError(f"waited in vain for {what}")


class Clicks:
    """Presses buttons and links that stand in view, and counts them."""

    def __init__(self, page: Page) -> None:
        self.page, self.n = page, 0

    def press(self, selector: str) -> None:
        self.n += 1
        self.page.click(selector)
        self.page.wait_for_load_state()


def write(page: Page, clicks: Clicks, words: str) -> str:
    """Write an urgent text to the committee; gives the address of its plan."""
    clicks.press("main a[href*='kind=urgent'], nav a[href='/office/write']")
    page.check("[name=kind][value=urgent]")
    page.fill("[name=source]", "Seen by the watchman")
    page.fill("[name=who]", "ec")
    for tag, text in (("ur-Latn", words), ("en", words), ("ur", f"میرخئی کا پل بند ہے {words}")):
        page.fill(f"[name=text_{tag}]", text)
    clicks.press("main .say")
    page.wait_for_url("**/office/broadcasts/*")
    return page.url


def watch(page: Page, look: Look) -> None:
    """Stay on the page of the broadcast until every text has left."""
    bar = page.locator("progress.out.big")
    total = bar.get_attribute("max")
    assert total is not None
    assert int(total) > 1
    if look.has_script:
        expect(bar).to_have_attribute("value", total, timeout=PATIENCE_MS)
    else:
        look_until(page, lambda: bar.get_attribute("value") == total, "the last text")


def on_phone(page: Page, demo: Demo, words: str) -> None:
    """See these words on the member's screen."""
    page.goto(demo.at(f"/office/phones?phone=%2B{SAJIDA[1:]}"))
    screen = page.locator(f"#p{SAJIDA[1:]} .lcd")
    look_until(page, lambda: words in screen.inner_text(), f"{words} on the phone")


def type_on_phone(page: Page, words: str) -> None:
    """Answer from the member's phone."""
    phone = f"#p{SAJIDA[1:]} form.phone"
    page.fill(f"{phone} [name=text]", words)
    with page.expect_navigation():
        page.click(f"{phone} .say")


KEYWORDS = {0: "KARWAI", 3: "IJLAS", 5: "FAISLE", 6: "KHABAR"}
"""By look; not for each, for one phone gets twelve answers in ten minutes at most."""


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_text_goes_out_and_its_reader_gets_an_answer(
    browser: Browser, demo: Demo, look: Look
) -> None:
    mark = f"pul {LOOKS.index(look) + 1}00 band"
    with officer(browser, demo, look, "press") as press:
        clicks = Clicks(press.page)
        plan = write(press.page, clicks, mark)
        assert clicks.n <= MOST_CLICKS - 2
        assert press.page.locator("button[value=now]").count() == 0
        with officer(browser, demo, look, "president") as president:
            approve(president.page, plan, mark, look)
            assert president.faults == []
        press.page.goto(plan)
        assert press.page.locator("progress.out.big").count() == 1
        on_phone(press.page, demo, mark)
        if LOOKS.index(look) in KEYWORDS:
            ask(press.page, demo, KEYWORDS[LOOKS.index(look)])
        question = f"Rasta kab khulega {mark}?"
        type_on_phone(press.page, question)
        answer(press.page, demo, question, f"Kal subah {mark}")
        assert press.faults == []


def ask(page: Page, demo: Demo, keyword: str) -> None:
    """Type a keyword on the phone and see its answer come."""
    type_on_phone(page, keyword)
    on_phone(page, demo, keyword)
    typed = page.locator(f"#p{SAJIDA[1:]} .lcd p")
    look_until(
        page,
        lambda: keyword not in typed.last.inner_text(),
        "the reply of the office to a keyword",
    )


def approve(page: Page, plan: str, mark: str, look: Look) -> None:
    """Find the plan on the first page, read it, say yes, and watch it go out."""
    path = re.sub(r"^https?://[^/]+", "", plan)
    clicks = Clicks(page)
    clicks.press(f"main a[href='{path}']")
    assert mark in page.locator("main").inner_text()
    clicks.press("button[value=now]")
    page.wait_for_url(f"**{path}")
    assert clicks.n <= 2
    watch(page, look)


def answer(page: Page, demo: Demo, question: str, words: str) -> None:
    """Open who asked among those who wait, answer, and see the answer on the phone."""
    page.goto(demo.at("/office/messages?which=waiting"))
    talks = page.locator("main a[href^='/office/messages/']")
    talks.filter(has_text=re.compile("Sajida|ساجدہ")).first.click()
    page.wait_for_url("**/office/messages/*")
    assert question in page.locator(".talk").inner_text()
    page.fill("[name=text]", words)
    page.click("button[value=answer]")
    page.wait_for_load_state()
    assert words in page.locator(".talk").inner_text()
    on_phone(page, demo, words)
