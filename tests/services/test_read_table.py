"""What a keeper may hand over: CSV in any usual writing, a workbook, and nothing else."""

import csv as csv_module
import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.domain.errors import Refusal
from app.services.guess_columns import guess, lines
from app.services.read_table import MOST_BYTES, Book, open_book
from tests.services.bad_kinds import TWO
from tests.services.file_writers import csv, ods, packed, sheets, xls, xlsb, xlsx

TABLE = "Naam,Mobile No,CNIC\nGul,0390-0000001,17301-1234567-1\nناز,0390-0000002,\n"
CELLS = [
    {"name": "Gul", "phone": "0390-0000001"},
    {"name": "ناز", "phone": "0390-0000002"},
]


def read(content: bytes, name: str = "") -> list[dict[str, str]]:
    sheet = open_book(content, name).sheet()
    return [line.cells for line in lines(sheet, guess(sheet.head()))]


def rows_of(book: Book) -> list[list[str]]:
    """The rows without what is empty at their end."""
    rows = [list(row) for row in book.sheet().rows()]
    for row in rows:
        while row and not row[-1]:
            row.pop()
    return rows


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


@pytest.mark.parametrize("write", [xlsx, xls, xlsb, ods], ids=["xlsx", "xls", "xlsb", "ods"])
def test_a_workbook_of_any_kind_is_read_and_number_cells_keep_their_digits(write: object) -> None:
    rows = write((("Name", "Phone"), ("Gul", 923900000001), ("Naz", "03900000002")))  # type: ignore[operator]
    assert read(rows, "list.csv") == [
        {"name": "Gul", "phone": "923900000001"},
        {"name": "Naz", "phone": "03900000002"},
    ]


def test_a_cell_with_separators_quotes_and_line_breaks_stays_one_cell() -> None:
    text = io.StringIO()
    csv_module.writer(text).writerow(["Name", "Phone", "Notes"])
    csv_module.writer(text).writerow(["Gul", "1", 'says "no", then\nyes; perhaps'])
    book = open_book(text.getvalue().encode(), "")
    assert rows_of(book)[1] == ["Gul", "1", 'says "no", then\nyes; perhaps']


def test_the_file_says_what_its_separator_is_before_any_guess() -> None:
    content = b"sep=|\r\nName|Phone\r\nGul; Naz; Bibi|1\r\n"
    assert rows_of(open_book(content, "")) == [["Name", "Phone"], ["Gul; Naz; Bibi", "1"]]


def test_a_sheet_is_chosen_by_its_name_and_a_wrong_name_is_told() -> None:
    book = open_book(sheets({"Budget": (("Tea", 5),), "People": TWO}), "list.xlsx")
    assert (book.sheet().name, book.sheet("Budget").height) == ("People", 1)
    with pytest.raises(Refusal, match="It has: Budget, People"):
        book.sheet("Members")


def test_a_sheet_can_be_read_again_and_again() -> None:
    for content in (csv(TWO), xlsx(TWO), xls(TWO), b"<table><tr><td>a</td></tr></table>"):
        sheet = open_book(content, "").sheet()
        assert list(sheet.rows()) == list(sheet.rows()) != []


def test_cards_and_web_tables_say_that_they_are_no_sheets() -> None:
    book = open_book(b"<table><tr><td>Name</td><td>Phone</td></tr></table>", "list.xls")
    assert [note.code for note in book.notes] == ["is_markup"]


def test_a_cell_over_several_rows_keeps_the_columns_beside_it_in_place() -> None:
    page = (
        "<table><tr><th>LSO</th><th>Name</th></tr><tr><td rowspan=2>Roshni</td><td>Gul</td></tr>"
        "<tr><td>Naz</td></tr></table>"
    )
    sheet = open_book(page.encode(), "").sheet()
    assert list(sheet.rows())[1:] == [("Roshni", "Gul"), ("", "Naz")]
    assert (sheet.merged[0].first_row, sheet.merged[0].last_row) == (2, 3)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b" \r\n ", "file_empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not_a_table"),
        (b"PK\x03\x04 this is no zip at all", "not_a_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no workbook", "not_a_table"),
        (b"<html><p>no table here</p></html>", "not_a_table"),
        (b"just a letter to the office", "no_header"),
        (b"name,phone\n" + b"x" * MOST_BYTES, "file_too_large"),
        (b"name,phone\n" + b"a,1\n" * 200_001, "file_too_long"),
        (packed({"letter.txt": "Assalam o alaikum"}), "not_a_table"),
        (packed({"xl/workbook.xml": "<x", "xl/worksheets/sheet1.xml": "<"}), "not_a_table"),
        (packed({"Index/Document.iwa": "x"}), "not_a_table"),
        (xlsb((("Name",) + ("x",) * 9_000,), first_row=900_000), "file_too_wide"),
        (
            ods(
                (("Name", "Phone"),),
                body='<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
                'table:number-columns-repeated="16000" office:value-type="string"/>'
                "</table:table-row>",
            ),
            "file_too_wide",
        ),
    ],
)
def test_what_is_no_list_is_refused_in_plain_words(content: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(content)
    assert refused.value.code == code


def test_exactly_200_000_people_are_still_read() -> None:
    assert open_book(b"name,phone\n" + b"a,1\n" * 200_000, "").sheet().height == 200_001


def test_a_million_empty_lines_are_no_rows() -> None:
    assert open_book(csv(TWO) + b",\r\n" * 1_000_000, "").sheet().height == 3


def test_a_packed_file_that_lies_about_its_size_is_still_refused() -> None:
    content = bytearray(packed({"xl/workbook.xml": b"<x/>", "xl/worksheets/s.xml": bytes(9_000)}))
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = (7).to_bytes(4, "little")
    with pytest.raises(Refusal) as refused:
        open_book(bytes(content), "")
    assert refused.value.code == "not_a_table"


STARTS = [
    b"", b"PK\x03\x04", b"\xff\xfe", b"\xff\xfe\x00\x00", b"name,phone\n", b"sep=;\n", b"<table>",
    b"<table><tr><td>Name<td>Phone<tr>", b"BEGIN:VCARD\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b'Name;Phone\n"', b"<?xml ss:Index='-1'?><Row ss:Index='99999999999'>",
]  # fmt: skip


@given(st.binary(max_size=300), st.sampled_from(STARTS))
@example(b"\xff\xfe", b"")
def test_whatever_the_bytes_it_is_a_list_or_a_refusal(content: bytes, start: bytes) -> None:
    with suppress(Refusal):
        read(start + content)


WORKBOOKS = [xlsx(TWO), xls(TWO), xlsb(TWO), ods(TWO)]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([WORKBOOKS[0], *WORKBOOKS[2:]]), st.data())
def test_a_damaged_workbook_is_a_list_or_a_refusal(content: bytes, data: st.DataObject) -> None:
    damaged = bytearray(content)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at] = data.draw(st.integers(0, 255))
    with suppress(Refusal):
        read(bytes(damaged))


def test_a_workbook_that_ends_whatever_reads_it_is_a_refusal_and_the_office_lives_on() -> None:
    damaged = bytearray(WORKBOOKS[1])
    damaged[581] = 187  # the library ends its process at this one, found by chance
    with pytest.raises(Refusal, match="cannot be read as a spreadsheet"):
        read(bytes(damaged))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 3), st.data())
def test_a_workbook_with_a_damaged_part_is_a_list_or_a_refusal(
    which: int, data: st.DataObject
) -> None:
    if which == 1:
        return
    with zipfile.ZipFile(io.BytesIO(WORKBOOKS[which])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    part = bytearray(parts[name] or b"x")
    for _ in range(data.draw(st.integers(1, 3))):
        part[data.draw(st.integers(0, len(part) - 1))] = data.draw(st.integers(0, 255))
    with suppress(Refusal):
        read(packed({**parts, name: bytes(part)}))


WORDS = st.text("abcXYZ 'é-.0123گلزریپ", min_size=1, max_size=12).map(
    lambda word: " ".join(word.split()).strip("'") or "x"
)
ROWS = st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=8)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"]


@given(ROWS, st.sampled_from(ENCODINGS), st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n"]))
def test_what_was_written_as_lines_is_read_back(
    rows: list[tuple[str, ...]], encoding: str, sign: str, end: str
) -> None:
    table = [("Name", "Phone", "Notes"), *rows]
    book = open_book(csv(table, sign, end, encoding), "list.csv")
    assert rows_of(book) == [list(row) for row in table]


@settings(max_examples=40, deadline=None)
@given(ROWS, st.sampled_from([xlsx, xls, xlsb, ods]))
def test_what_was_written_as_a_workbook_is_read_back(
    rows: list[tuple[str, ...]], write: object
) -> None:
    table = [("Name", "Phone", "Notes"), *rows]
    assert rows_of(open_book(write(table), "list")) == [list(row) for row in table]  # type: ignore[operator]
