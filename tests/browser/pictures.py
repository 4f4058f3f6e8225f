"""Small pictures of every page, in both languages and at both widths, for people to look at.

`python -m tests.browser.pictures` runs a demo that has lived a little and writes them anew into
`docs/pictures/`.
"""

import tempfile
from pathlib import Path

from tests.browser.ground import Browser, Demo, Look, browsing, lived_in, serving, window

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
HIGHEST = {1280: 1500, 360: 1100}
"""Pixels of the page's own; below that stands more of the same."""
SMALLER = {1280: 0.5, 360: 0.8}
QUALITY = 62
DRAFT = {
    "source": "PDMA alert on television, 21:30",
    "who": "leaders, women lso",
    "text_ur-Latn": "FORI: Aaj raat sailab ka khatra, Shahi se Naranj tak. Nale se door, abhi"
    " school jayen. Ambulance 1122. Sab ko batayen.",
    "text_ur": "فوری: سیلاب کا خطرہ، شاہی تا نارنج۔ سکول جائیں۔",
    "text_en": "URGENT: Flood danger tonight, Shahi to Naranj. Don’t wait, leave the stream bank,"
    " go to the school now. Ambulance 1122.",
}
PAGES = {
    "sign-in": ("", "/office/sign-in"),
    "today": ("president", "/office/today"),
    "write": ("press", "/office/write?kind=urgent"),
    "plan": ("president", "/office/broadcasts/{plan}"),
    "progress": ("press", "/office/broadcasts/{sent}"),
    "sent": ("press", "/office/broadcasts"),
    "messages": ("press", "/office/messages?which=all"),
    "talk": ("press", "/office/messages/{talk}"),
    "inbox": ("press", "/office/messages"),
    "words": ("press", "/office/words"),
    "word": ("press", "/office/words/try?word=karguzari&intent=minutes&language=en"),
    "tickets": ("press", "/office/tickets"),
    "ticket": ("press", "/office/tickets/7"),
    "ticket-new": ("press", "/office/tickets/new"),
    "protected": ("president", "/office/tickets/10"),
    "emergency": ("general secretary", "/office/emergency"),
    "emergency-form": ("general secretary", "{card_line}"),
    "settings": ("president", "/office/settings"),
    "held": ("president", "/office/held"),
    "hours": ("president", "/office/hours"),
    "meetings": ("press", "/office/meetings"),
    "minutes": ("press", "/office/meetings/{meeting}"),
    "coming": ("general secretary", "{coming}"),
    "editor": ("general secretary", "/office/meetings/EC/22/edit"),
    "publish": ("general secretary", "{planned}/publish"),
    "decisions": ("press", "/office/decisions"),
    "follow-up": ("general secretary", "/office/follow-up"),
    "boards": ("general secretary", "/office/boards"),
    "newsletters": ("press", "/office/newsletters"),
    "reports": ("press", "/office/reports"),
    "people": ("general secretary", "/office/people"),
    "person": ("general secretary", "/office/people/{person}"),
    "bodies": ("general secretary", "/office/bodies"),
    "body": ("general secretary", "/office/bodies/EC"),
    "import": ("general secretary", "/office/imports/{list}"),
    "phones": ("press", "/office/phones?phone={caller}"),
    "public": ("", "/p/mirkhai/"),
    "public-decisions": ("", "/p/mirkhai/decisions?q=pani"),
    "public-real": ("", "/p/mirkhai/real?ref={ref}"),
}


def draw(browser: Browser, demo: Demo, name: str, look: Look) -> None:
    """Write one picture."""
    with window(browser, demo, look, scale=SMALLER[look.width]) as opened:
        opened.go(PAGES[name][1])
        page = opened.page
        if name == "write":
            for field, words in DRAFT.items():
                page.fill(f"[name={field}]", words)
            page.click(".acts button[value=count]")
            page.wait_for_selector(".lcd")
        height = min(
            int(opened.measure("document.documentElement.scrollHeight")), HIGHEST[look.width]
        )
        page.screenshot(
            path=FOLDER / f"{name}-{look.language}-{look.width}.jpg",
            type="jpeg",
            quality=QUALITY,
            full_page=True,
            clip={"x": 0, "y": 0, "width": look.width, "height": height},
        )


def main() -> None:
    """Draw them all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "data") as demo,
        browsing() as browser,
    ):
        lived_in(demo)
        for name, (post, _) in PAGES.items():
            for language in ("en", "ur"):
                for width in HIGHEST:
                    draw(browser, demo, name, Look(language, width, post=post))


if __name__ == "__main__":
    main()
