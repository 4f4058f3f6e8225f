"""Sheets from the command line: a notice without any office, minutes, plain refusals."""

from pathlib import Path
from typing import Any

import pytest

from app.cli.printing import print_kind
from app.domain.errors import Refusal
from tests.cli.command import Munadi

WORDS = "اجلاس اتوار کو ہو گا۔\n\nفون 0300-1234567"


@pytest.fixture
def munadi(tmp_path: Path) -> Munadi:
    return Munadi(tmp_path / "data")


@pytest.fixture
def body(tmp_path: Path) -> Path:
    path = tmp_path / "body.txt"
    path.write_text(WORDS, encoding="utf-8")
    return path


def test_a_notice_needs_no_office_and_names_the_letters_that_no_font_has(
    munadi: Munadi, body: Path, tmp_path: Path
) -> None:
    body.write_text(WORDS + " न", encoding="utf-8")
    out = tmp_path / "sheet.pdf"
    command = ("print", "notice", "--title", "اجلاس", "--body-file", str(body), "--lang", "ur")
    done = munadi.run(*command, "--out", str(out))
    assert done.code == 0
    assert done.err == "No font has the letter न (U+0928): left out.\n"
    assert out.read_bytes().startswith(b"%PDF")
    assert str(out.stat().st_size) in done.out


def test_a_sheet_of_the_office_is_printed_from_its_data(munadi: Munadi, tmp_path: Path) -> None:
    munadi.ok("network", "create", "mirkhai", "--name", "LSON Mirkhai")
    munadi.ok("meeting", "call", "EC", "14", "2026-11-20T10:00+05:00")
    done = munadi.run("print", "minutes", "EC 14", "--out", str(tmp_path / "m.pdf"))
    assert (done.code, done.out) == (1, "")
    assert "Nothing is written of meeting EC 14 yet." in done.err
    assert "Traceback" not in done.err
    body = tmp_path / "body.txt"
    body.write_text("Snow.", encoding="utf-8")
    out = tmp_path / "n.txt"
    munadi.ok("print", "notice", "--title", "Road", "--body-file", str(body), "--out", str(out))
    assert out.read_text(encoding="utf-8").startswith("LSON Mirkhai\n\n")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"kind": "poster", "of": "1"}, "What can be printed: notice, minutes"),
        ({"kind": "notice", "title": "x"}, "--body-file FILE"),
        ({"kind": "notice", "body_file": Path("/nowhere")}, "/nowhere cannot be read"),
        ({"kind": "notice", "body_file": Path(__file__), "valid_until": "31.12."}, "is no day"),
        ({"kind": "minutes", "of": "EC 14", "out": Path("x.exe")}, "one of: pdf, png, docx, txt"),
        ({"kind": "minutes", "of": "EC 14", "out": Path("x")}, "one of: pdf, png, docx, txt"),
        ({"kind": "minutes", "of": "EC 14", "lang": "fr"}, "en, ps, sd, ur"),
        ({"kind": "minutes", "of": "EC 14", "title": "x"}, "for a notice without a number"),
    ],
)
def test_what_cannot_be_printed_is_refused_in_plain_words(told: dict[str, Any], said: str) -> None:
    with pytest.raises(Refusal) as refused:
        print_kind(**{"out": Path("x.pdf"), **told})
    assert said in str(refused.value)
