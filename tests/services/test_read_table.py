"""What a keeper may hand over: CSV in any usual writing, a spreadsheet, and nothing else."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook

from app.domain.errors import Refusal
from app.services.import_contacts import COLUMNS
from app.services.read_table import MOST_BYTES, read_table

TABLE = "Naam,Mobile No,CNIC\nGul,0390-0000001,17301-1234567-1\nناز,0390-0000002,\n"
CELLS = [
    {"name": "Gul", "phone": "0390-0000001"},
    {"name": "ناز", "phone": "0390-0000002"},
]


def read(content: bytes) -> list[dict[str, str]]:
    return [line.cells for line in read_table(content, COLUMNS)]


def xlsx(*rows: tuple[object, ...]) -> bytes:
    book, content = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        TABLE.encode(),
        TABLE.encode("utf-8-sig"),
        TABLE.encode("utf-16"),
        TABLE.encode("cp1256"),
        TABLE.replace(",", ";").encode(),
        TABLE.replace(",", "\t").encode(),
        TABLE.replace("\n", "\r\n").encode(),
        TABLE.replace("\n", "\r").encode(),
        ("LSON Mirkhai,,\n\n" + TABLE).encode(),
    ],
    ids=["utf8", "bom", "utf16", "cp1256", "semicolons", "tabs", "crlf", "cr", "title-above"],
)
def test_a_list_is_read_however_it_was_saved(content: bytes) -> None:
    assert read(content) == CELLS


def test_a_spreadsheet_is_read_and_number_cells_keep_their_digits() -> None:
    rows = xlsx(("Name", "Phone"), ("Gul", 923900000001), ("Naz", "03900000002"), (None, None))
    assert read(rows) == [
        {"name": "Gul", "phone": "923900000001"},
        {"name": "Naz", "phone": "03900000002"},
    ]


def test_rows_are_numbered_as_the_person_sees_them() -> None:
    rows = xlsx((), ("Name", "Phone"), (), ("Gul", 1), (), ("Naz", 2))
    assert [line.number for line in read_table(rows, COLUMNS)] == [4, 6]


def test_a_column_that_we_do_not_know_is_never_read() -> None:
    assert all("17301" not in "".join(cells.values()) for cells in read(TABLE.encode()))


def test_of_two_phone_columns_the_first_that_is_filled_counts() -> None:
    table = b"name,phone,mobile\nGul,,1\nNaz,2,\nBibi,3,4\n"
    assert [cells["phone"] for cells in read(table)] == ["1", "2", "3"]


def test_a_list_with_a_header_alone_is_an_empty_list() -> None:
    assert read(b"name,phone\n") == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b" \r\n ", "file_empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not_a_table"),
        (b"PK\x03\x04 this is no zip at all", "not_a_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no workbook", "not_a_table"),
        (b"Gul,0390-0000001\n", "no_header"),
        (b"just a letter to the office", "no_header"),
        (b"name,phone\n" + b"x" * MOST_BYTES, "file_too_large"),
        (b"name,phone\n" + b"\n" * 10 + b'"' + b"x" * 200_000, "not_a_table"),
        (b"name,phone\n" + b"a,1\n" * 200_001, "file_too_long"),
    ],
)
def test_what_is_no_list_is_refused_in_plain_words(content: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(content)
    assert refused.value.code == code


def test_a_zip_that_is_no_sheet_is_refused() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("letter.txt", "Assalam o alaikum")
    with pytest.raises(Refusal, match="cannot be read as a spreadsheet"):
        read(content.getvalue())


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"name,phone\n"]))
@example(b"\xff\xfe", b"")
def test_whatever_the_bytes_it_is_a_list_or_a_refusal(content: bytes, start: bytes) -> None:
    with suppress(Refusal):
        lines = read_table(start + content, COLUMNS)
        assert all(set(line.cells) <= set(COLUMNS.values()) for line in lines)
