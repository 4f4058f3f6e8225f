"""The texts about a meeting: one part each, whatever is long, with network, Ref, 11 and 12."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.domain import gsm
from app.domain.lint import Severity, lint
from app.services._meeting_words import WITH_PLACE
from tests.factories import catalogue

NAMES = (
    "meeting_notice",
    "meeting_again",
    "meeting_reminder",
    "meeting_soon",
    "meeting_moved",
    "meeting_place",
    "meeting_off",
    "meeting_on",
)
ASKS = ("meeting_notice", "meeting_again", "meeting_moved", "meeting_on")
ROOT = Path(__file__).parents[2] / "message_templates"
AT = datetime(2025, 9, 21, 10, 30, tzinfo=ZoneInfo("Asia/Karachi"))
SHORT = {
    "network": "Mirkhai",
    "ref": 1,
    "body": "EC",
    "at": AT.replace(minute=0),
    "was": date(2025, 9, 7),
    "venue": "Shahi",
    "agenda": "",
    "yes": "",
    "asked": 15,
}
LONG = {
    **SHORT,
    "network": "Shahibad",
    "ref": 12345,
    "body": "GB",
    "at": AT,
    "venue": "LSO Roshni office beside the old girls' school in Shahi bazaar",
    "agenda": "Road petition to the district council, girls' school roof, fees of the year " * 3,
    "yes": 1999,
    "asked": 10000,
}
URDU = {"network": "میرخائی", "venue": "دفتر ایل ایس او روشنی، پرانا گرلز سکول، شاہی بازار"}


@pytest.mark.parametrize("tag", ["en", "ur-Latn", "ur", "sd", "ps"])
@pytest.mark.parametrize("name", NAMES)
def test_each_fits_one_part_and_says_who_where_when_and_what_is_asked(name: str, tag: str) -> None:
    for values in (SHORT, LONG):
        local = {**values, **(URDU if tag in ("ur", "sd", "ps") else {})}
        most = 2 if name in WITH_PLACE and tag in ("ur", "sd", "ps") else 1
        found = catalogue().render(name, local, tag, parts=most)
        text = found.text
        assert gsm.count(text) <= most, text
        is_latin = found.language in ("en", "ur-Latn")
        assert (gsm.encoding_of(text).value == "GSM-7") == is_latin
        assert text.startswith(f"{local['network']}: ")
        assert text.rstrip().endswith(f"Ref {local['ref']}")
        assert str(local["body"]) in text
        assert "21" in text
        assert ("11" in text and "12" in text) or name not in ASKS
        if is_latin and name != "meeting_off":
            assert "Shahi" in text or "LSO Roshni" in text
        assert not [one for one in lint(text, tag) if one.severity is Severity.STOP]


@pytest.mark.parametrize("tag", ["en", "ur-Latn", "ur"])
def test_the_place_is_said_where_there_is_room(tag: str) -> None:
    for name in WITH_PLACE:
        text = catalogue().render(name, SHORT, tag, parts=2).text
        assert "Shahi" in text


def test_each_is_there_in_the_three_writings() -> None:
    for tag in ("en", "ur-Latn", "ur"):
        assert {name for name in NAMES if (ROOT / tag / f"{name}.sms.txt").is_file()} == set(NAMES)
