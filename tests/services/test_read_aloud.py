"""The script of a meeting: who, what, when, where, and how to answer, within twenty seconds."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.domain.aloud import seconds_to_read
from app.services.read_aloud import TEMPLATES, AloudFacts, script_of
from tests.factories import catalogue

AT = datetime(2026, 10, 11, 10, 30, tzinfo=UTC)
SHORT = {
    "en": AloudFacts("Mirkhai", "Executive Committee", "14", AT, "Shahi", "Road", "41"),
    "ur": AloudFacts("میرخئی", "ایگزیکٹو کمیٹی", "14", AT, "شاہی", "سڑک", "41"),
    "ur-Latn": AloudFacts("Mirkhai", "Executive Committee", "14", AT, "Shahi", "Sarak", "41"),
}
LONG = {
    "en": (
        "the old office of the Local Support Organisation behind the school, " * 9,
        "road, " * 90,
    ),
    "ur": ("مقامی امدادی تنظیم کا پرانا دفتر، سکول کے پیچھے، " * 9, "سڑک کی مرمت، " * 60),
    "ur-Latn": ("purana daftar, school ke peeche, " * 9, "sarak ki marammat, " * 60),
}
WHEN = {"en": "Sun 11 Oct 10:30am", "ur": "اتوار 11 اکتوبر صبح 10:30", "ur-Latn": "itwar 11 Oct"}


@pytest.mark.parametrize("tag", SHORT)
def test_a_script_says_all_that_one_has_to_know(tag: str) -> None:
    facts = SHORT[tag]
    script = script_of(facts, tag, catalogue())
    for part in (facts.network, facts.body, "14", WHEN[tag], facts.venue, facts.agenda, "41"):
        assert part in script.text
    assert "11" in script.text.replace(WHEN[tag], "")
    assert "12" in script.text
    assert script.language == tag
    assert script.seconds <= 20


@pytest.mark.parametrize("what", ["", *TEMPLATES])
@pytest.mark.parametrize("tag", LONG)
def test_no_script_takes_more_than_twenty_seconds(tag: str, what: str) -> None:
    venue, agenda = LONG[tag]
    facts = replace(SHORT[tag], venue=venue, agenda=agenda, what=what)
    script = script_of(facts, tag, catalogue())
    assert seconds_to_read(script.text, tag) <= 20
    assert script.seconds <= 20
    assert WHEN[tag] in script.text
    assert facts.network in script.text


def test_the_agenda_gives_way_before_the_place() -> None:
    facts = replace(
        SHORT["en"],
        agenda="road, water, school, fees, health, women, flood, press, CIF, polio, zakat, CNIC",
    )
    text = script_of(facts, "en", catalogue()).text
    assert "at Shahi" in text
    assert "road" in text
    assert "CNIC" not in text


def test_a_change_is_said_first_and_asks_again_only_where_the_meeting_is_held() -> None:
    said = {
        what: script_of(replace(SHORT["en"], what=what), "en", catalogue()).text
        for what in TEMPLATES
    }
    assert "Something has changed" in said["moved"]
    assert "Do you come" in said["moved"]
    assert "called off" in said["cancelled"]
    assert "put off" in said["postponed"]
    assert not any("Do you come" in said[what] for what in ("cancelled", "postponed"))


def test_a_language_without_words_of_its_own_reads_what_its_people_read() -> None:
    assert script_of(SHORT["ur"], "sd", catalogue()).language == "ur"


def test_without_a_ref_none_is_said() -> None:
    assert "Ref" not in script_of(replace(SHORT["en"], ref=""), "en", catalogue()).text
