"""Sheets as files: what stands on them, what is left out, how large they are."""

import re
from dataclasses import replace
from datetime import date

import pytest

from app.domain.sheets import Form, Letterhead, NoticeSheet
from app.printing.layouts import lay_out
from app.printing.render import _data, render
from tests.printing.looking import bands, box, levels, streams
from tests.printing.samples import (
    DEMANDS,
    KINDS,
    PHONE,
    TAGS,
    TEXTS,
    minutes,
    newsletter,
    notice,
    press,
    sample,
)

EACH = [(kind, tag) for kind in KINDS for tag in TAGS]
FREE_EDGE = 0.04
"""Of the width: 8 mm on A4, more than any printer leaves white."""


def text_of(pdf: bytes) -> str:
    """The plain text inside a PDF."""
    found = [part for part in streams(pdf) if part.endswith(b"\n") and PHONE.encode() in part]
    return found[-1].decode()


@pytest.mark.parametrize(("kind", "tag"), EACH)
def test_every_sheet_is_a_tagged_pdf_with_its_fonts_and_its_words_inside(kind, tag):
    printed = render(sample(kind, tag), "pdf")
    inside = b"".join(streams(printed.content))
    assert printed.missing == ()
    assert printed.content.startswith(b"%PDF-1.7")
    assert b"/StructTreeRoot" in inside
    assert b"<pdfaid:part>3" in inside
    assert b"/FontFile2" in inside or b"/FontFile3" in inside
    assert text_of(printed.content) == render(sample(kind, tag), "txt").content.decode()
    assert printed.name == f"{printed.name.rsplit('-' + tag, 1)[0]}-{tag}.pdf"


@pytest.mark.parametrize(("kind", "tag"), EACH)
def test_plain_text_says_all_that_the_sheet_says(kind, tag):
    said = render(sample(kind, tag), "txt").content.decode()
    wanted = [DEMANDS[tag]] if kind == "newsletter" else []
    for text in (*TEXTS[tag], *wanted):
        assert text in said


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("kind", ["notice", "press", "letter"])
def test_a_sheet_of_one_page_is_small_enough_for_slow_lines(kind, tag):
    assert len(render(sample(kind, tag), "pdf").content) <= 120_000


@pytest.mark.parametrize("tag", TAGS)
def test_ink_stays_off_the_edges_that_printers_leave_white(tag):
    assert min(box(render(notice(tag), "png").content)) >= FREE_EDGE


@pytest.mark.parametrize("tag", ["en", "ur"])
def test_leaving_one_paragraph_out_changes_the_picture(tag):
    whole, less = notice(tag), notice(tag, *TEXTS[tag][:-1])
    assert render(whole, "png").content != render(less, "png").content
    assert render(whole, "png").content == render(notice(tag), "png").content


@pytest.mark.parametrize(
    ("tag", "one", "other"),
    [
        *((tag, "The Laspa road opens.", "The Sarband well is dry.") for tag in ("ur", "sd", "ps")),
        ("en", "لاسپہ کی سڑک کھل گئی۔", "سربند کا کنواں خشک ہے۔"),
    ],
)
def test_words_that_run_against_the_sheet_stand_on_it(tag, one, other):
    made = [render(notice(tag, *texts), "png").content for texts in ((one,), (other,), ())]
    assert len(set(made)) == 3


def test_a_picture_is_eight_greys_and_small():
    picture = render(notice("ur"), "png").content
    seen = set().union(*levels(picture))
    assert len(seen) == 8
    assert len(picture) <= 60_000


def test_a3_is_larger_and_carries_the_same_words():
    small, large = render(notice("ur"), "pdf"), render(notice("ur"), "pdf", paper="a3")
    assert text_of(small.content) == text_of(large.content)
    a4, a3 = (levels(render(notice("ur"), "png", paper=one).content) for one in ("a4", "a3"))
    assert len(a3[0]) == pytest.approx(1.414 * len(a4[0]), rel=0.01)
    assert len(a3) == pytest.approx(1.414 * len(a4), rel=0.01)


@pytest.mark.parametrize("form", ["pdf", "docx", "png"])
def test_the_same_words_make_the_same_bytes(form: Form):
    assert render(press("sd"), form).content == render(press("sd"), form).content


def test_a_letter_that_no_font_has_is_named_and_left_out_and_the_page_is_still_made():
    printed = render(notice("ur", "اجلاس न میں 😀 آئیں", title="न"), "pdf")
    assert printed.missing == ("न", "😀")
    assert "اجلاس  میں  آئیں" in text_of(printed.content)
    assert render(notice("ur", "आ"), "txt").missing == ()


def test_marks_that_steer_printers_are_taken_out_and_joiners_stay():
    hostile = "\u202eevil\u202c \u2066open \ufeff می\u200cروم \x07\ta\u2028b"
    said = render(notice("en", hostile), "txt").content.decode()
    assert "evil open می\u200cروم a\nb" in said


@pytest.mark.parametrize(
    "markup",
    [
        '#eval("1+1")',
        '#read("/etc/passwd")',
        "*bold* _it_ $x^2$ `raw`",
        "] #{ } <a> @b //c \\",
        "= h",
    ],
)
def test_what_people_write_is_never_taken_as_markup(markup):
    plain = render(notice("en", "words", title="T"), "png").content
    printed = render(notice("en", markup, title=markup), "pdf")
    assert markup in text_of(printed.content)
    assert render(notice("en", markup, title="T"), "png").content != plain


def test_nastaliq_runs_into_no_line_above_or_below():
    """Its ink reaches 1.9 em up and 0.7 em down: each line keeps white around it."""
    high = "کمیٹی گیگا میگا"
    short = NoticeSheet("ur", Letterhead(high, high), "", high, (high,) * 4, date(2026, 10, 12))
    assert bands(render(short, "png").content) >= 14


@pytest.mark.parametrize("tag", TAGS)
def test_words_in_tables_touch_no_line(tag):
    lines = levels(render(minutes(tag), "png").content)
    ink = [sum(value < 128 for value in line) for line in lines]
    borders = [no for no, count in enumerate(ink) if count > 0.7 * len(lines[0])]
    assert len(borders) >= 8
    uprights = 14
    assert all(ink[no + side] <= uprights for no in borders for side in (-2, 2))


@pytest.mark.parametrize("tag", ["ur", "sd", "ps"])
def test_the_head_runs_as_the_sheet_does_although_most_of_its_letters_are_latin(tag):
    data = _data(lay_out(press(tag)), "a4")
    *_, reach = data["blocks"][0]["lines"]
    assert reach["dir"] == "rtl"
    kinds = [kind for kind, _ in reach["lines"][0]]
    assert kinds.count("latin") == 2


@pytest.mark.parametrize("tag", TAGS)
def test_a_newsletter_of_one_page_has_its_foot_on_it(tag):
    short = replace(newsletter(tag), stories=(), coming=())
    counts = [
        int(no)
        for part in streams(render(short, "pdf").content)
        for no in re.findall(rb"/Count (\d+)", part)
    ]
    assert max(counts) == 1


def test_kashida_changes_nothing_but_costs_nothing():
    assert render(notice("ur", "اجلاســـ کل"), "pdf").missing == ()


def test_an_empty_sheet_and_a_very_long_word_still_make_a_page():
    bare = NoticeSheet("ur", Letterhead(""), "", "", (), date(2026, 10, 12))
    assert render(bare, "pdf").content.startswith(b"%PDF")
    assert render(notice("en", "x" * 500, title="y" * 200), "pdf").content.startswith(b"%PDF")


@pytest.mark.slow
def test_two_hundred_pages_of_minutes_are_printed_and_pictured():
    long = minutes("ur", items=60)
    much = replace(long, items=tuple(replace(one, said=one.said * 42) for one in long.items))
    printed = render(much, "pdf")
    counts = [
        int(no) for part in streams(printed.content) for no in re.findall(rb"/Count (\d+)", part)
    ]
    assert max(counts) >= 200
    assert len(levels(render(much, "png").content)) == 1169


def test_an_unknown_language_reads_english_words():
    said = render(replace(notice("en"), tag="xx"), "txt").content.decode()
    assert "Valid until: 20 October 2026" in said
