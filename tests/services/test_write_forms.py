"""What one meeting becomes on phones, in mails, on paper: the same decisions in each language."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain import gsm
from app.domain.minutes import (
    Attendee,
    DecisionEntry,
    Minutes,
    Owner,
    Presence,
    Record,
    ResolutionEntry,
)
from app.domain.quiet_hours import QuietHours
from app.domain.sheets import GroupCount, Letterhead
from app.printing.render import Printed, render
from app.printing.words import words_of
from app.services._form_setting import Gap, Setting
from app.services._minutes_sheets import minutes_sheet, notice_sheet, press_sheet
from app.services.write_forms import MOST_PDF, Written, write_forms
from app.store.networks import NetworkInfo
from tests.factories import catalogue
from tests.services.published import decision, printed

TAGS = ("en", "ps", "sd", "ur", "ur-Latn")
NETWORK = NetworkInfo(
    id=1,
    slug="mirkhai",
    name="LSON Mirkhai",
    short_names={"en": "Mirkhai", "ur": "میرخائی"},
    tz="Asia/Karachi",
    language="ur",
    currency="PKR",
    quiet=QuietHours(time(20), time(9)),
    monthly_cap_micro=0,
    broadcast_cap_micro=0,
)
SETTING = Setting(
    network=NETWORK,
    catalogue=catalogue(),
    ref=41,
    mail_ref=42,
    today=date(2025, 10, 13),
    body_names={"en": "Executive Committee", "ur": "ایگزیکٹو کمیٹی"},
    printer=printed,
)
MEETING = Minutes(
    meeting_id=3,
    body="EC",
    no=14,
    label="14",
    at=datetime(2025, 10, 12, 5, tzinfo=UTC),
    state="held",
    venue={"en": "LSO Roshni", "ur": "LSO روشنی"},
    agenda={},
    quorum=8,
    record=Record(language="ur"),
    attendees=(),
    version=1,
    revision=1,
    published_at=datetime(2025, 10, 12, 9, tzinfo=UTC),
    confirmed_at=None,
    is_changed=False,
)


def write(*decisions: DecisionEntry, setting: Setting = SETTING, **changes: Any) -> Written:
    record = replace(Record(language="ur"), decisions=decisions, **changes)
    return write_forms(replace(MEETING, record=record), setting)


def texts(written: Written) -> dict[str, str]:
    return {one.language: one.body for one in written.texts}


WORDS = st.text(
    alphabet=st.sampled_from("abc 12 ./:سڑک خطہ—‘’₨[]{}😀\n"), min_size=1, max_size=90
).filter(str.strip)
DECISIONS = st.lists(
    st.builds(
        lambda words, owner, no: decision(
            no,
            texts=dict.fromkeys(TAGS, words),
            shorts={},
            owner=Owner(words=dict.fromkeys(TAGS, owner)),
        ),
        WORDS,
        WORDS,
        st.integers(1, 9999),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DECISIONS, st.sampled_from([None, 7, 99999]))
def test_every_text_is_one_segment_with_name_and_ref_whatever_was_decided(
    decisions: list[DecisionEntry], old: int | None
) -> None:
    setting = replace(SETTING, ref=99998, old_ref=old)
    for tag, text in texts(write(*decisions, setting=setting)).items():
        assert gsm.count(text) == 1, (tag, text)
        assert text.startswith(("Mirkhai: ", "میرخائی: "))
        assert text.endswith("Ref 99998")
        assert old is None or f"Ref {old}" in text


def test_the_texts_are_those_of_a_meeting_as_one_would_write_them() -> None:
    road = decision()
    school = decision(
        2,
        shorts={"en": "Girls school list", "ur": "سکول فہرست", "ur-Latn": "Girls school list"},
        owner=Owner(words={"en": "LSO Roshni", "ur": "روشنی", "ur-Latn": "LSO Roshni"}),
    )
    fee = decision(3, shorts={"en": "Fee Rs500", "ur": "فیس 500", "ur-Latn": "Fees Rs500"})
    assert texts(write(road, school, fee)) == {
        "en": "Mirkhai: Minutes 14, EC 12 Oct. 1 Road letter: President 2 Girls school list: "
        "LSO Roshni 3 Fee Rs500: President. Details: D1 D2 D3. Ref 41",
        "ur": "میرخائی: کارروائی 14: 1 سڑک خط 2 سکول فہرست 3 فیس 500۔ Ref 41",
        "ur-Latn": "Mirkhai: Karwai 14, EC 12 Oct. 1 Sarak khat: Sadar 2 Girls school list: "
        "LSO Roshni 3 Fees Rs500: Sadar. Tafseel: D1 D2 D3. Ref 41",
    }


def test_words_written_by_hand_win_where_they_fit() -> None:
    summaries = {"en": "Road letter goes on 20 Oct.", "ur": "لمبا متن " * 8, "ur-Latn": ""}
    written = write(decision(), summaries=summaries)
    assert texts(written)["en"] == "Mirkhai: Road letter goes on 20 Oct. Ref 41"
    assert "سڑک خط" in texts(written)["ur"]
    assert Gap("sms", "ur", "too_long") in written.gaps


def test_a_text_of_a_correction_names_the_ref_that_no_longer_holds() -> None:
    setting = replace(SETTING, old_ref=30, old_mail_ref=31)
    written = write(decision(), summaries={"en": "Road letter goes."}, setting=setting)
    assert texts(written)["en"] == "Mirkhai: CORRECTED, not Ref 30: Road letter goes. Ref 41"
    assert "SAHI KHABAR, Ref 30 ghalat" in texts(written)["ur-Latn"]
    assert "Ref 31" in written.letters["en"].subject


def test_a_meeting_that_decided_nothing_says_so_in_the_language_it_was_written_in() -> None:
    written = write()
    assert texts(written) == {"ur": "میرخائی: کارروائی 14: کوئی فیصلہ نہیں۔ Ref 41"}
    assert "کوئی فیصلہ نہیں ہوا" in written.letters["ur"].text


def test_decisions_in_different_languages_become_one_text_and_that_is_told() -> None:
    one = decision(1, texts={"en": "Road."}, shorts={})
    two = decision(2, texts={"ur": "سکول۔"}, shorts={})
    written = write(one, two)
    assert set(texts(written)) == {"ur"}
    assert "Road" in texts(written)["ur"]
    assert "سکول" in texts(written)["ur"]
    assert Gap("sms", "ur", "partial") in written.gaps


@pytest.mark.parametrize("tag", ["en", "ur", "ur-Latn"])
def test_the_letter_says_the_same_as_text_and_as_html(tag: str) -> None:
    sharp = decision(texts=dict.fromkeys(TAGS, "Fees < Rs 500 & <b>bold</b>"))
    letter = write(sharp).letters[tag]
    assert "Fees < Rs 500 & <b>bold</b>" in letter.text
    assert "<b>bold</b>" not in letter.html
    assert "&lt;b&gt;bold&lt;/b&gt;" in letter.html.replace("\u2066", "").replace("\u2069", "")
    assert "style=" in letter.html
    assert "<style" not in letter.html
    assert letter.text.count("{unsubscribe}") == 1
    assert 'href="{unsubscribe}"' in letter.html
    assert "Ref 42" in letter.text


def test_a_pdf_that_is_too_large_for_a_village_line_stays_out_of_the_mail() -> None:
    def heavy(sheet: Any, form: str) -> Printed:
        return Printed(b"x" * (MOST_PDF + 1), "application/pdf", "heavy.pdf")

    written = write(decision(), setting=replace(SETTING, printer=heavy))
    assert not written.letters["en"].attachments
    assert "heavy.pdf" not in written.letters["en"].text
    assert Gap("mail", "en", "too_large", "300") in written.gaps


@pytest.mark.parametrize(("tag", "head"), [("en", "LSON Mirkhai"), ("ur", "LSON میرخئی")])
def test_the_page_of_the_book_counts_who_came_and_names_nobody(tag: str, head: str) -> None:
    setting = replace(SETTING, head=Letterhead("LSON Mirkhai"), local_name="LSON میرخئی")
    came = Attendee(
        "Zarmina Wafa",
        Presence.PRESENT,
        person_id=5,
        local_name="زرمینہ وفا",
        sex="f",
        post="Finance Secretary",
        unit_name="LSO Roshni",
    )
    road = ResolutionEntry(1, {"en": "Road", "ur": "سڑک"}, {"en": "Mend it."}, {"en": "XEN"})
    minutes = replace(MEETING, attendees=(came,), record=Record(language="ur", resolutions=(road,)))
    sheet = minutes_sheet(minutes, setting, tag)
    assert sheet.head.network == head
    assert sheet.counts == (GroupCount("LSO Roshni", women=1, men=0, excused=0, absent=0),)
    assert [one.code for one in sheet.resolutions] == ["14/R1"]
    told = {"en": "14/R1 Road\n(XEN)", "ur": "14/R1 سڑک\n(XEN)"}
    assert told[tag] in notice_sheet(minutes, setting, tag).paragraphs
    printed_page = render(sheet, "txt").content.decode()
    assert f"8 ({words_of(tag)('present')}: 1)" in printed_page
    assert "Zarmina" not in printed_page
    assert "زرمینہ" not in printed_page


@pytest.mark.parametrize(
    ("tag", "names", "shown"),
    [
        ("ur-Latn", {"en": "Executive Committee", "ur": "ایگزیکٹو کمیٹی"}, "Executive Committee"),
        ("ur-Latn", {"en": "Executive", "ur-Latn": "Majlis-e-amla"}, "Majlis-e-amla"),
        ("en", {"ur": "ایگزیکٹو کمیٹی", "ur-Latn": "Majlis-e-amla"}, "Majlis-e-amla"),
        ("ur", {"en": "Executive Committee", "ur": "ایگزیکٹو کمیٹی"}, "ایگزیکٹو کمیٹی"),
        ("en", {"ur": "ایگزیکٹو کمیٹی"}, "ایگزیکٹو کمیٹی"),
        ("en", {}, "EC"),
    ],
)
def test_the_page_and_the_press_note_name_the_body_in_the_letters_of_their_language(
    tag: str, names: dict[str, str], shown: str
) -> None:
    setting = replace(SETTING, body_names=names)
    assert minutes_sheet(MEETING, setting, tag).body == shown
    assert press_sheet(MEETING, setting, tag).paragraphs[0].count(shown)


def test_two_urdu_names_keep_their_places_in_a_mail_in_latin_letters() -> None:
    road = decision(texts={"en": "Pipe from روشنی to امید at 0300-1234567.", "ur": "پائپ۔"})
    html = write(road).letters["en"].html
    assert "روشنی \u200eto\u200e امید" in html


def test_letters_that_no_font_has_are_told() -> None:
    def poor(sheet: Any, form: str) -> Printed:
        return Printed(b"x", "application/pdf", "x.pdf", missing=("ꙮ",))

    assert (
        Gap("sheet", "en", "letters", "ꙮ")
        in write(decision(), setting=replace(SETTING, printer=poor)).gaps
    )


def test_restricted_minutes_become_a_text_and_the_page_of_the_book_only() -> None:
    written = write(decision(), restricted="family matter")
    assert {one.form for one in written.forms} == {"minutes"}
    assert not written.letters
    assert Gap("mail", "", "restricted", "family matter") in written.gaps
