"""Sheets as DOCX: all the words, and right-to-left as Word wants it."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from docx import Document

from app.printing.render import render
from tests.printing.samples import KINDS, TAGS, TEXTS, minutes, press, sample

NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MARK = "\u200e"


def opened(content: bytes):
    return Document(io.BytesIO(content))


def body(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("word/document.xml").decode()


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_sheet_is_a_document_with_all_its_words(kind, tag):
    document = opened(render(sample(kind, tag), "docx").content)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    said = "\n".join([*(one.text for one in document.paragraphs), *cells]).replace(MARK, "")
    for text in TEXTS[tag]:
        assert text in said


@pytest.mark.parametrize("tag", ["ur", "sd", "ps"])
def test_right_to_left_paragraphs_runs_and_tables_say_so(tag):
    content = render(sample("minutes", tag), "docx").content
    document = opened(content)
    paragraphs = [one for one in document.paragraphs if re.search("[\u0600-\u06ff]", one.text)]
    assert paragraphs
    for paragraph in paragraphs:
        assert paragraph._p.pPr.find(f"{NAMESPACE}bidi") is not None, paragraph.text
        for run in paragraph.runs:
            is_rtl = run._r.rPr.find(f"{NAMESPACE}rtl") is not None
            assert is_rtl is bool(re.search("[\u0600-\u06ff]", run.text)), run.text
    assert body(content).count("<w:bidiVisual/>") == len(document.tables)


def test_numbers_stand_in_runs_of_their_own_between_marks():
    document = opened(render(press("ur"), "docx").content)
    texts = [run.text for one in document.paragraphs for run in one.runs]
    assert f"{MARK}0300-1234567{MARK}" in texts


def test_english_is_left_to_right_throughout():
    content = body(render(press("en"), "docx").content)
    assert "<w:bidi/>" not in content
    assert "<w:rtl/>" not in content


@pytest.mark.parametrize("tag", ["en", "ur-Latn"])
def test_an_urdu_name_in_a_latin_heading_is_one_run_and_the_dot_stays_behind_it(tag):
    made = replace(minutes(tag), body="ایگزیکٹو کمیٹی")
    document = opened(render(made, "docx").content)
    heading = next(one for one in document.paragraphs if "کمیٹی" in one.text)
    assert heading._p.pPr.find(f"{NAMESPACE}bidi") is None
    turned = [one.text for one in heading.runs if one._r.rPr.find(f"{NAMESPACE}rtl") is not None]
    assert turned == ["ایگزیکٹو کمیٹی"]


def test_parts_stand_in_the_order_that_word_wants():
    content = body(render(sample("minutes", "ur"), "docx").content)
    order = ["rFonts", "b", "bCs", "sz", "szCs", "rtl", "lang"]
    for properties in re.findall(r"<w:rPr>(.*?)</w:rPr>", content):
        names = [name for name in re.findall(r"<w:(\w+)", properties) if name in order]
        assert names == sorted(names, key=order.index)
    for properties in re.findall(r"<w:pPr>(.*?)</w:pPr>", content):
        names = [n for n in re.findall(r"<w:(\w+)", properties) if n in ("pStyle", "bidi", "jc")]
        assert names == sorted(names, key=("pStyle", "bidi", "jc").index)
