"""What other programs make of our PDFs: poppler lists fonts, reads text, draws pages."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from app.printing.render import render
from tests.printing.samples import KINDS, PHONE, TAGS, TEXTS, notice, sample

EACH = [(kind, tag) for kind in KINDS for tag in TAGS]
EDGE = 0.04
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler-utils are not installed"),
]


def run(*command: str) -> bytes:
    return subprocess.run(command, capture_output=True, check=True, timeout=60).stdout


def kept(folder: Path, kind: str, tag: str) -> str:
    path = folder / "sheet.pdf"
    path.write_bytes(render(sample(kind, tag), "pdf").content)
    return str(path)


@pytest.mark.parametrize(("kind", "tag"), EACH)
def test_fonts_are_embedded_and_are_ours(kind, tag, tmp_path):
    table = run("pdffonts", kept(tmp_path, kind, tag)).decode().splitlines()[2:]
    assert table
    for line in table:
        name, embedded, subset, mapped = line.split()[0], *line.split()[-5:-2]
        assert (embedded, subset, mapped) == ("yes", "yes", "yes"), line
        assert re.search("NotoNastaliqUrdu|ScheherazadeNew|LibertinusSerif", name), line
    names = " ".join(table)
    assert ("NotoNastaliqUrdu" in names) is (tag == "ur")
    assert ("ScheherazadeNew" in names) is (tag in {"sd", "ps"})


@pytest.mark.parametrize(("kind", "tag"), EACH)
def test_ink_stays_inside_the_margins_of_every_page(kind, tag, tmp_path):
    run("pdftoppm", "-r", "50", "-gray", kept(tmp_path, kind, tag), str(tmp_path / "page"))
    pages = sorted(tmp_path.glob("page*.pgm"))
    assert pages
    for page in pages:
        content = page.read_bytes()
        head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", content)
        assert head is not None
        width, height, start = int(head[1]), int(head[2]), head.end()
        rows = [content[start + no * width : start + (no + 1) * width] for no in range(height)]
        free = int(EDGE * width)
        edges = [*rows[:free], *rows[-free:], *(row[:free] + row[-free:] for row in rows)]
        assert min(map(min, edges)) == 255, page.name


@pytest.mark.parametrize("tag", TAGS)
def test_the_text_attached_is_the_text_of_the_sheet(tag, tmp_path):
    path = kept(tmp_path, "notice", tag)
    run("pdfdetach", "-saveall", "-o", str(tmp_path), path)
    attached = (tmp_path / "sheet.txt").read_text(encoding="utf-8")
    assert attached == render(notice(tag), "txt").content.decode()
    for text in TEXTS[tag]:
        assert text in attached


@pytest.mark.parametrize("tag", ["en", "ur-Latn", "sd", "ps"])
def test_a_reader_finds_numbers_in_their_order(tag, tmp_path):
    said = run("pdftotext", kept(tmp_path, "notice", tag), "-").decode()
    for number in (PHONE, "15-12-2026", "10:30-12:00"):
        assert number in said
    for turned in ("1234567-0300", "2026-12-15", "12:00-10:30"):
        assert turned not in said


@pytest.mark.parametrize(("kind", "tag"), EACH)
def test_it_is_tagged_and_has_a_title(kind, tag, tmp_path):
    facts = run("pdfinfo", kept(tmp_path, kind, tag)).decode()
    assert re.search(r"Tagged:\s+yes", facts)
    assert re.search(r"Title:\s+\S", facts)
    assert "JavaScript:      no" in facts
