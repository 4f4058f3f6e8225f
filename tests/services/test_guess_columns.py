"""What the columns of a list are taken for, and which of its rows are people."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Refusal
from app.services.guess_columns import Layout, guess, lines
from app.services.read_table import Note, Sheet, open_book
from tests.services.file_writers import Rows, csv, xlsx


def layout_of(rows: Rows) -> Layout:
    return guess(open_book(xlsx(rows), "").sheet().head())


def cells_of(rows: Rows, told: list[Note] | None = None) -> list[dict[str, str]]:
    sheet = open_book(xlsx(rows), "").sheet()
    return [line.cells for line in lines(sheet, guess(sheet.head()), told)]


def test_headings_in_three_languages_and_any_order_are_known() -> None:
    rows = (
        ("عہدہ", "Mobile No.", "Naam", "Gaon", "LSO", "Jins", "Zuban", "Email", "Remarks"),
        ("صدر", "03900000001", "Gul", "Shahi", "Roshni", "F", "Urdu", "", ""),
    )
    assert layout_of(rows).columns == (
        "post", "phone", "name", "place", "lso", "sex", "language", "email", "notes",
    )  # fmt: skip


def test_every_column_is_kept_or_told_why_not() -> None:
    rows = (
        ("S#", "Name", "S/O", "CNIC", "Mazhab", "Tasveer", "Shoe size", "Mobile", "Signature", ""),
        ("1", "Gul", "Sher", "1", "x", "y", "38", "03900000001", "", "left over"),
    )
    layout = layout_of(rows)
    assert layout.columns == ("", "name", "", "never", "never", "never", "", "phone", "")
    told = {(note.code, note.values["column"]) for note in layout.notes}
    assert told == {
        ("column_not_read", "S#"),
        ("column_not_read", "S/O"),
        ("column_never", "CNIC"),
        ("column_never", "Mazhab"),
        ("column_never", "Tasveer"),
        ("column_unknown", "Shoe size"),
        ("column_not_read", "Signature"),
        ("column_unnamed", "J"),
    }


@pytest.mark.parametrize("heading", ["CNIC", "Phone", "Notes", "Sher", "Naam", "زبان"])
def test_identity_numbers_are_never_kept_whatever_their_heading(heading: str) -> None:
    rows = (
        ("Name", "Mobile", heading),
        ("Gul", "03900000001", "17301-1234567-1"),
        ("Naz", "03900000002", "1730112345672"),
        ("Sher", "03900000003", "۱۷۳۰۱-۱۲۳۴۵۶۷-۳"),
    )
    cells = cells_of(rows)
    assert len(cells) == 3
    assert "1234567" not in str(cells)
    assert "۱۲۳۴۵۶۷" not in str(cells)


def test_an_identity_number_in_a_note_is_left_out_and_the_note_stays() -> None:
    told: list[Note] = []
    rows = (("Name", "Notes"), ("Gul", "teacher, 17301-1234567-1"), ("Naz", "1730112345672 nurse"))
    assert [cells["notes"] for cells in cells_of(rows, told)] == ["teacher", "nurse"]
    assert [(note.code, note.values["n"]) for note in told] == [("identity_left_out", "2")]


def test_what_would_be_two_headings_for_one_thing_is_joined_or_kept_apart() -> None:
    rows = (
        ("First name", "Last name", "Village", "Tehsil", "Cell 1", "Cell 2", "Cell 3"),
        ("Gul", "Zari", "Shahi", "Mirkhai", "1", "2", "3"),
    )
    assert cells_of(rows) == [
        {"name": "Gul Zari", "place": "Shahi, Mirkhai", "phone": "1", "phone2": "2 / 3"}
    ]


def test_a_second_phone_alone_is_the_phone() -> None:
    assert cells_of((("Name", "Mobile 1", "Mobile 2"), ("Gul", "", "5"))) == [
        {"name": "Gul", "phone": "5"}
    ]


def test_rows_are_numbered_as_the_person_sees_them() -> None:
    sheet = open_book(xlsx(((), ("Name", "Phone"), (), ("Gul", 1), (), ("Naz", 2))), "").sheet()
    assert [line.number for line in lines(sheet, guess(sheet.head()))] == [4, 6]


def test_a_header_of_two_rows_names_what_each_row_names() -> None:
    rows = (
        ("", "Member", "", "Contact", ""),
        ("Sr", "Name", "Gender", "Mobile", "Email"),
        (1, "Gul", "F", "03900000001", "a@example.org"),
    )
    layout = layout_of(rows)
    assert (layout.header_line, layout.columns) == (2, ("", "name", "sex", "phone", "email"))


def test_a_header_is_found_below_many_titles_and_never_in_them() -> None:
    titles = tuple((f"Title {n} with Name and Phone of LSO",) for n in range(20))
    assert layout_of((*titles, ("Name", "Phone"), ("Gul", "03900000001"))).header_line == 21


def test_people_who_are_called_like_headings_are_people() -> None:
    rows = (("Name", "Phone", "Post"), ("Sadar Khan", "03900000001", "Member"), ("Naam", "2", "Sr"))
    assert [cells["name"] for cells in cells_of(rows)] == ["Sadar Khan", "Naam"]


def test_without_a_header_names_are_told_from_villages_by_their_variety() -> None:
    rows = [(f"Person {'abcdefgh'[n]} Khan", "Shahi", f"0390000000{n}") for n in range(8)]
    layout = layout_of([(name.replace("Person ", "Gul "), *rest) for name, *rest in rows])
    assert (layout.header_line, layout.columns) == (0, ("name", "", "phone"))


def test_a_list_of_which_nothing_is_known_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        layout_of((("Item", "Rs"), ("Tea", 500), ("Sugar", 200)))
    assert refused.value.code == "no_header"


def test_blank_units_are_filled_only_where_the_list_says_so() -> None:
    merged = (
        ("LSO", "Name", "Phone"),
        *((("Roshni" if n == 1 else ""), f"Gul {n}", "") for n in range(1, 4)),
        *((("Umeed" if n == 4 else ""), f"Gul {n}", "") for n in range(4, 7)),
    )
    assert [one["lso"] for one in cells_of(merged)] == ["Roshni"] * 3 + ["Umeed"] * 3
    named_twice = (*merged, ("Roshni", "Gul 8", ""), *(("", f"Naz {n}", "") for n in range(9)))
    assert [one.get("lso") for one in cells_of(named_twice)][1] is None
    first_blank = (merged[0], ("", "Gul 0", ""), *merged[1:])
    assert [one.get("lso") for one in cells_of(first_blank)][2] is None


def test_villages_and_posts_are_never_filled_down() -> None:
    rows = (("Village", "Post", "Name"), ("Shahi", "Sadar", "Gul"), ("", "", "Naz"), ("", "", "A"))
    assert cells_of(rows)[1:] == [{"name": "Naz"}, {"name": "A"}]


def test_a_section_of_an_lso_ends_the_vo_of_the_one_before() -> None:
    rows = (
        ("Name", "Phone"),
        ("LSO Roshni",),
        ("VO: Naya Abad",),
        ("Gul", "03900000001"),
        ("LSO Umeed",),
        ("Naz", "03900000002"),
    )
    told: list[Note] = []
    assert [(one["lso"], one.get("vo")) for one in cells_of(rows, told)] == [
        ("Roshni", "Naya Abad"),
        ("Umeed", None),
    ]
    assert [note.values["unit"] for note in told] == ["Roshni", "Naya Abad", "Umeed"]


@pytest.mark.parametrize("total", ["Total 35", "Grand Total", "کل تعداد", "TOTAL:", "Jumla 12"])
def test_totals_are_passed_over_and_told(total: str) -> None:
    told: list[Note] = []
    rows = (("Name", "Phone"), ("Gul", "03900000001"), (total, "35"))
    assert cells_of(rows, told) == [{"name": "Gul", "phone": "03900000001"}]
    assert [(note.code, note.values["row"]) for note in told] == [("row_total", "3")]


def test_a_person_called_total_with_a_phone_is_a_person() -> None:
    assert len(cells_of((("Name", "Phone"), ("Total Khan", "03900000001")))) == 1


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("3920000000", "3.92E+09"),
        ("923910000000", "9.23E+11"),
        ("3920000001", "3920000001"),
        ("03920000000", "03920000000"),
        ("+923920000000", "+923920000000"),
    ],
)
def test_a_number_whose_digits_became_zeros_is_shown_as_the_cut_number_it_is(
    cell: str, kept: str
) -> None:
    assert cells_of((("Name", "Phone"), ("Gul", cell)))[0]["phone"] == kept


CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["Name", "Phone", "LSO", "CNIC", "Total", "03900000001", "Gul", "1", "2", ""]),
)


@given(st.lists(st.lists(CELLS, max_size=6).map(tuple), max_size=12))
def test_whatever_stands_in_a_sheet_it_has_a_layout_or_a_refusal(
    rows: list[tuple[str, ...]],
) -> None:
    sheet = Sheet("", len(rows), rows.__iter__)
    with suppress(Refusal):
        layout = guess(sheet.head())
        told: list[Note] = []
        read = list(lines(sheet, layout, told))
        assert all(
            set(line.cells) <= {*layout.columns, "lso", "vo", "co", "phone"} for line in read
        )
        assert [line.number for line in read] == sorted({line.number for line in read})
        assert all(str(note) for note in (*layout.notes, *told))


def test_semicolons_and_a_title_do_not_hide_the_header() -> None:
    content = b"List of members; 2025\n\n" + csv((("Naam", "Fon"), ("Gul", "03900000001")), ";")
    assert guess(open_book(content, "").sheet().head()).header_line == 3
