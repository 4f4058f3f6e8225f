"""Every page in both directions: read by everyone, on any width, light or dark, light as a letter.

The table in sheets.py has every page; a route that is added later and is not in it fails here.
"""

from pathlib import Path
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from app.main import Role, create_app
from app.web.errors import is_page
from tests.browser.ground import Demo, Look, Window, window
from tests.browser.sheets import NO_PAGES, SHEETS, Sheet
from tests.web.office import settings_for
from tests.web.test_api import routes_of

WIDTHS = (320, 360, 1280)
SCHEMES = {320: "light", 1280: "dark"}
"""Where axe looks: at both builds of a page and both sets of colours, once each."""
MOST_REQUESTS, MOST_BYTES = 5, 14_000
GRAVE = {"serious", "critical"}

every_sheet = pytest.mark.parametrize(
    "sheet", SHEETS, ids=[f"{one.address} {one.post}".strip() for one in SHEETS]
)
both_languages = pytest.mark.parametrize("language", ["en", "ur"])

MEASURE = """() => {
  const shown = (e) => {
    const box = e.getBoundingClientRect(), style = getComputedStyle(e);
    return box.width > 0 && box.height > 0 && style.visibility === 'visible'
      && !style.clipPath.startsWith('inset(50%');
  };
  const name = (e) => e.outerHTML.replace(/\\s+/g, ' ').slice(0, 100);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const tick = (e) => e.matches('[type=radio], [type=checkbox]');
  const target = (e) => (tick(e) && e.closest('label.pick')) || e;
  const least = (e) => (tick(e) && e.closest('table') ? 24 : 44);
  const labelled = (e) => (e.labels && e.labels.length) || e.hasAttribute('aria-label')
    || e.hasAttribute('aria-labelledby');
  const controls = all('button, input:not([type=hidden]), select, textarea, a.btn').filter(shown);
  return {
    sideways: document.documentElement.scrollWidth - innerWidth,
    wide: all('main *').filter((e) => e.getBoundingClientRect().right > innerWidth + 1
      || e.getBoundingClientRect().left < -1).filter(shown).slice(0, 3).map(name),
    styles: all('[style]').map(name),
    scripts: all('script').filter((e) => !e.src || e.textContent.trim()).map(name),
    handlers: all('*').filter((e) => [...e.attributes].some((a) => /^on/.test(a.name))).map(name),
    says: all('.say').filter((e) => !e.closest('.phone')).length,
    headings: all('h1').length,
    unlabelled: all('input:not([type=hidden]), select, textarea')
      .filter((e) => !labelled(e)).map(name),
    low: controls.filter((e) => target(e).getBoundingClientRect().height < least(e) - 0.5)
      .map((e) => `${target(e).getBoundingClientRect().height} ${name(e)}`),
    dead: all('a').filter((e) => !e.getAttribute('href') || e.getAttribute('href') === '#'
      || (e.hash && e.pathname === location.pathname && !document.getElementById(e.hash.slice(1))))
      .map(name),
  };
}"""


def test_every_page_is_in_the_table() -> None:
    settings = settings_for("sqlite:////nowhere/munadi.db", Path("/nowhere"))
    app = create_app(settings, Role(boot_token="x"))
    pages = {path for method, path, _ in routes_of(app) if method == "GET" and is_page(path)}
    known = {sheet.route for sheet in SHEETS} | set(NO_PAGES)
    assert sorted(pages - known) == []
    assert sorted(known - pages) == []


@pytest.mark.slow
@every_sheet
@both_languages
def test_everyone_can_read_it_on_any_width_light_or_dark(
    browser: Browser, demo: Demo, sheet: Sheet, language: str
) -> None:
    faults: dict[str, None] = {}
    with window(browser, demo, Look(language, post=sheet.post)) as opened:
        for width in WIDTHS:
            opened.page.set_viewport_size({"width": width, "height": 800})
            opened.go(sheet.address)
            faults |= dict.fromkeys(f"{fault} (at {width})" for fault in shape(opened, language))
            if width in SCHEMES:
                opened.page.emulate_media(color_scheme=SCHEMES[width])  # type: ignore[arg-type]
                faults |= dict.fromkeys(f"{one} (at {width})" for one in axe(opened))
        faults |= dict.fromkeys(opened.faults)
    assert list(faults) == []


def shape(opened: Window, language: str) -> list[str]:
    """What is wrong with the build of the page that stands open."""
    found: dict[str, Any] = opened.measure(MEASURE)
    faults = [f"{what}: {one}" for what in ("styles", "scripts", "handlers", "unlabelled", "low",
                                            "dead") for one in found[what]]  # fmt: skip
    if found["sideways"] > 0:
        faults.append(f"scrolls sideways by {found['sideways']}: {found['wide']}")
    if found["says"] > 1:
        faults.append(f"{found['says']} buttons with the voice")
    if found["headings"] != 1:
        faults.append(f"{found['headings']} h1")
    if opened.measure("document.documentElement.lang") != language:
        faults.append("another language")
    return faults


def axe(opened: Window) -> list[str]:
    """What axe-core finds serious or critical."""
    found = Axe().run(opened.page).response["violations"]
    return [
        f"axe {one['id']}: {node['html'][:90]}"
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]


BAD = """() => document.querySelector('main').insertAdjacentHTML('beforeend', `
<h1>Again</h1><p style="top:0" class="pale">pale</p><script>1</script>
<button class="say" onclick="0">A</button><button class="say">B</button>
<button id="low">C</button><input name="bare"><a href="#nowhere">D</a>
<table><tr><td><input type="checkbox" aria-label="small" id="tick"></table>
<img src="/static/none.png"><div class="wide">E</div>`)
  || document.querySelectorAll('#low, #tick, .wide, .pale').forEach((e) => {
    if (e.id) e.attributeStyleMap.set('min-height', CSS.px(0));
    if (e.id) e.attributeStyleMap.set('height', CSS.px(20));
    if (e.className === 'wide') e.attributeStyleMap.set('width', CSS.px(3000));
    if (e.className === 'pale') e.attributeStyleMap.set('color', 'rgb(190,190,190)');
  })"""


FOUND_OUT = (
    "styles: <p style",
    "scripts: <script>1",
    "handlers: <button",
    "unlabelled: <input",
    "low: 20 <button",
    'low: 20 <input type="checkbox',
    "dead: <a",
    "sideways",
    "3 buttons with the voice",
    "2 h1",
    "another language",
    "axe image-alt",
    "axe label",
    "axe color-contrast",
)


@pytest.mark.slow
def test_a_page_with_every_fault_is_found_out(browser: Browser, demo: Demo) -> None:
    with window(browser, demo, Look(width=360)) as opened:
        opened.go("/office/sign-in")
        assert shape(opened, "en") == []
        assert axe(opened) == []
        opened.measure(BAD)
        found = "\n".join(shape(opened, "ur") + axe(opened))
    for fault in FOUND_OUT:
        assert fault in found, found


@pytest.mark.slow
@every_sheet
@both_languages
def test_it_comes_in_few_requests_and_few_bytes(
    browser: Browser, demo: Demo, sheet: Sheet, language: str
) -> None:
    with window(browser, demo, Look(language, post=sheet.post)) as opened:
        opened.go(sheet.address)
        opened.page.wait_for_timeout(200)
        icon = opened.measure("document.querySelector('link[rel~=icon]').href")
        assert len({*opened.requests, icon}) <= MOST_REQUESTS, opened.requests
        received = opened.received + (0 if icon in opened.requests else bytes_of(icon))
        assert opened.received > 2_000, "the count of bytes does not work"
        assert received <= MOST_BYTES
        assert opened.faults == []


def bytes_of(address: str) -> int:
    """What a file weighs that the browser leaves out while it has no window."""
    with httpx.stream("GET", address, headers={"Accept-Encoding": "br"}, timeout=30.0) as answer:
        return len(b"".join(answer.iter_raw())) + len(str(answer.headers))


@pytest.mark.slow
@every_sheet
def test_it_is_all_there_without_script(browser: Browser, demo: Demo, sheet: Sheet) -> None:
    seen, language = [], "ur"
    for has_script in (True, False):
        look = Look(language, 360, has_script=has_script, post=sheet.post)
        with window(browser, demo, look) as opened:
            opened.go(sheet.address)
            seen.append(opened.measure(FORMS))
            if not has_script:
                assert shape(opened, language) == []
                assert opened.faults == []
    assert seen[0] == seen[1]


FORMS = """() => {
  const bare = (text) => text.replace(/[\\w-]{16,}/g, 'KEY');
  return {
    heading: document.querySelector('h1').textContent.trim(),
    forms: [...document.forms].map((f) => bare(f.getAttribute('action') || '') + ' ' +
      [...f.elements].map((e) => e.name).join(' ')),
    buttons: [...document.querySelectorAll('button')].map((b) => b.textContent.trim()),
  };
}"""
