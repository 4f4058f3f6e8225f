"""`segments`, `number` and `parse`: one ASCII line out for every line in, in the same order."""

import json
from pathlib import Path
from typing import Any

from tests.cli.command import Munadi

ODD = [
    "KARWAI",
    "",
    " ",
    "\ud800",
    "a\udfffb",
    "😀",
    "a\u2028b\u2029c\x85d",
    "\x00",
    "\r\n",
    "x" * 3000,
    "€[]{}" * 40,
    "کارروائی" * 30,
    "0300 1234567",
    '"\\',
    "١٢",
]


def lines_of(key: str, texts: list[str]) -> bytes:
    return b"".join(json.dumps({key: text}).encode() + b"\n" for text in texts)


def answers(tmp_path: Path, command: str, given: bytes, code: int = 0) -> list[Any]:
    done = Munadi(tmp_path / "data").run(command, given=given)
    assert done.code == code, done
    assert not (tmp_path / "data").exists()
    return done.lines


def test_segments_keep_every_text_whole_and_in_order(tmp_path: Path) -> None:
    found = answers(tmp_path, "segments", lines_of("text", ODD))
    assert len(found) == len(ODD)
    for text, one in zip(ODD, found, strict=True):
        assert list(one) == ["encoding", "units", "count", "segments"]
        assert "".join(part["text"] for part in one["segments"]) == text
        assert one["count"] == len(one["segments"])
        assert one["units"] == sum(part["units"] for part in one["segments"])
        assert one["encoding"] in {"GSM-7", "UCS-2"}


def test_numbers_are_read_in_order_and_demo_numbers_are_for_no_real_wire(tmp_path: Path) -> None:
    raws = ["0300 1234567", "0390-1234567", "042 35761999", "8171", "0364 1000001", *ODD]
    found = answers(tmp_path, "number", lines_of("raw", raws))
    assert len(found) == len(raws)
    keys = ["msisdn", "kind", "sms", "possible", "valid", "problem"]
    assert all(list(one) == keys for one in found)
    assert [one["sms"] for one in found[:4]] == [True, False, False, False]
    assert [one["kind"] for one in found[:4]] == ["mobile", "mobile", "landline", "short"]
    assert found[0]["msisdn"] == "+923001234567"


def test_texts_are_understood_in_order(tmp_path: Path) -> None:
    texts = ["KARWAI", "کارروائی", "minits", "1", "band karo", "faisla ۱۲", *ODD]
    found = answers(tmp_path, "parse", lines_of("text", texts))
    assert len(found) == len(texts)
    assert all(list(one) == ["intent", "argument", "certainty", "language"] for one in found)
    assert [one["intent"] for one in found[:6]] == [
        "minutes", "minutes", "minutes", "minutes", "stop", "decision",
    ]  # fmt: skip
    assert found[5]["argument"] == "12"
    assert {one["certainty"] for one in found} <= {"exact", "folded", "fuzzy", "none"}


def test_a_line_that_is_no_question_gets_an_error_in_its_place(tmp_path: Path) -> None:
    command, key = "number", "raw"
    good = lines_of(key, ["1"])
    bad = [b"\n", b"  \n", b"{\n", b"[1]\n", b'"x"\n', b"\xff\xfe\n", b'{"x":1}\n', b"7\n"]
    bad += [b'{"%s": 7}\n' % key.encode(), b"[" * 50_000 + b"\n"]
    given = b"".join(good + one for one in bad) + good.rstrip(b"\n")
    found = answers(tmp_path, command, given, code=1)
    assert len(found) == 2 * len(bad) + 1
    assert [("error" in one) for one in found] == [False, True] * len(bad) + [False]
