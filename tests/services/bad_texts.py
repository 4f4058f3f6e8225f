"""Bad files of letters, lines, headings, columns and units."""

from collections.abc import Callable

from openpyxl.worksheet.worksheet import Worksheet

from tests.services.bad_kinds import (
    FRENCH,
    TWO,
    TWO_READ,
    URDU,
    URDU_READ,
    BadFile,
    added,
    below,
    held,
)
from tests.services.bad_lists import KEEPERS_ROWS, keepers_list
from tests.services.file_writers import Rows, csv, xlsx


def merged(cells: str) -> Callable[[Worksheet], object]:
    return lambda sheet: sheet.merge_cells(cells)


UNITED: Rows = (
    ("LSO", "Name", "Mobile"),
    ("Roshni", "Gul", "03900000001"),
    ("", "Naz", "03900000002"),
    ("", "Sher", "03900000003"),
    ("Umeed", "Aziz", "03900000004"),
    ("", "Bibi", "03900000005"),
    ("", "Rehmat", "03900000006"),
)
UNITED_READ = tuple(
    added(n + 1, name, n)
    for n, name in enumerate(("Gul", "Naz", "Sher", "Aziz", "Bibi", "Rehmat"), 1)
)
TEXTS: tuple[BadFile, ...] = (
    BadFile(
        "members.csv",
        "the bad list of the design: every spelling of a number, BOM, semicolons, "
        "an identity number twice",
        keepers_list,
        KEEPERS_ROWS,
        frozenset({"column_never"}),
        failed_first=True,
    ),
    # --- letters ---
    BadFile(
        "u16.csv",
        "UTF-16 with its mark, tabs (Excel's Unicode text)",
        lambda: csv(URDU, "\t", encoding="utf-16"),
        URDU_READ,
        failed_first=True,
    ),
    BadFile(
        "u16le.txt",
        "UTF-16 without its mark",
        lambda: csv(URDU, "\t", encoding="utf-16-le"),
        URDU_READ,
        failed_first=True,
    ),
    BadFile(
        "u16be.txt",
        "UTF-16 the other way round, without its mark",
        lambda: csv(URDU, "\t", encoding="utf-16-be"),
        URDU_READ,
        failed_first=True,
    ),
    BadFile(
        "u32.csv",
        "UTF-32 with its mark",
        lambda: csv(URDU, encoding="utf-32"),
        URDU_READ,
        failed_first=True,
    ),
    BadFile(
        "1256.csv",
        "Windows-1256 with Urdu letters",
        lambda: csv(
            (("نام", "فون"), ("گل چمن", "03900000001"), ("پروين ناز", "03900000002")),
            encoding="cp1256",
        ),
        (added(2, "گل چمن", 1), added(3, "پروين ناز", 2)),
    ),
    BadFile(
        "1252.csv",
        "Windows-1252: é, ï and ’ are no Arabic letters",
        lambda: csv(FRENCH, encoding="cp1252"),
        (added(2, "Ünal Özden", 1), added(3, "Aziz", 2)),
    ),
    BadFile(
        "cut.csv",
        "UTF-8 with one broken letter: all others stay",
        lambda: csv((*URDU, ("ناز", "03900000003"))).replace(
            "ناز".encode(), b"\xd9\x86\xd8\x27\xd8\xb2"
        ),
        (*URDU_READ, added(4, "ن\ufffd'ز", 3)),
        frozenset({"letters_broken"}),
        failed_first=True,
    ),
    BadFile(
        "mix.csv",
        "line ends of three systems in one file",
        lambda: b"Name,Mobile\rGul Zari,03900000001\r\nSher Nawab,03900000002\n\r\n",
        TWO_READ,
    ),
    BadFile(
        "invisible.csv",
        "marks of direction, zero-width and hard blanks are no letters",
        lambda: csv(
            (
                ("\u202aName\u202c", "Mobile\u200f"),
                ("\u200bGul\u00a0Zari\u200e", "\u202a0390\u00a00000001\u202c"),
                ("Sher\u2009Nawab", "\u206603900000002\u2069"),
            )
        ),
        TWO_READ,
        failed_first=True,
    ),
    # --- lines and separators ---
    BadFile(
        "sep.csv",
        "the line sep=; is Excel's own and no row",
        lambda: b"sep=;\r\n" + csv(TWO, ";"),
        TWO_READ,
        failed_first=True,
    ),
    BadFile(
        "pipes.txt", "pipes between the cells", lambda: csv(TWO, "|"), TWO_READ, failed_first=True
    ),
    BadFile(
        "commas.csv",
        "commas within cells of a list with semicolons",
        lambda: csv(
            (
                ("Name", "Mobile", "Gaon"),
                ("Gul Zari", "03900000001", "Shahi, Bala, Payan"),
                ("Sher Nawab", "03900000002", "Laspa, Kuz, Bar"),
            ),
            ";",
        ),
        TWO_READ,
    ),
    BadFile(
        "open.csv",
        "a quote that is never closed swallows no rows",
        lambda: b'Name,Mobile\n"Gul Zari,03900000001\nSher Nawab,03900000002\n',
        TWO_READ,
        failed_first=True,
    ),
    BadFile(
        "closed.csv",
        "a quote that a later row would close swallows no rows either",
        lambda: b'Name,Mobile\n"Gul Zari,03900000001\n"Sher Nawab",03900000002\n',
        TWO_READ,
        failed_first=True,
    ),
    BadFile(
        "breaks.csv",
        "a cell with a line break is one cell and its row one row",
        lambda: b'Name,Mobile\n"Gul\nZari","0390-0000001"\nSher Nawab,03900000002\n',
        TWO_READ,
    ),
    BadFile(
        "long.csv",
        "a cell of 10,000 letters holds its row and no other",
        lambda: csv((*TWO, ("x" * 10_000, "03900000003"))),
        (*TWO_READ, held(4, "x" * 2_000, 3)),
        failed_first=True,
    ),
    # --- headers ---
    BadFile(
        "title.xlsx",
        "title rows above the header, merged",
        lambda: xlsx(
            (("LSON Mirkhai",), ("List of phone holders 2025",), (), *TWO), merged("A1:B1")
        ),
        below(3),
    ),
    BadFile(
        "two.xlsx",
        "a header in two rows",
        lambda: xlsx(
            (
                ("Sr", "Name", "Contact", "", "CNIC"),
                ("", "", "Mobile", "Email", ""),
                (1, "Gul Zari", "03900000001", "", ""),
                (2, "Sher Nawab", "03900000002"),
            )
        ),
        below(1),
        frozenset({"column_not_read", "column_never"}),
        failed_first=True,
    ),
    BadFile(
        "none.csv",
        "no header at all: told by what the columns hold",
        lambda: csv(
            (("1", "Gul Zari", "03900000001", "Shahi"), ("2", "Sher Nawab", "03900000002", "Shahi"))
        ),
        below(-1),
        frozenset({"no_header", "column_guessed"}),
        failed_first=True,
    ),
    BadFile(
        "unnamed.csv",
        "a column without a heading is told by what it holds",
        lambda: csv((("Name", ""), *TWO[1:])),
        TWO_READ,
        frozenset({"column_guessed"}),
        failed_first=True,
    ),
    BadFile(
        "urdu.csv",
        "headings in Urdu, with the father and a serial number",
        lambda: csv(
            (
                ("نمبر شمار", "نام", "ولدیت", "رابطہ نمبر", "شناختی کارڈ نمبر"),
                ("۱", "گل زری", "شیر", "۰۳۹۰۰۰۰۰۰۰۱", "17301-1234567-1"),
                ("۲", "شیر نواب", "گل", "۰۳۹۰۰۰۰۰۰۰۲", "17301-1234567-3"),
            )
        ),
        URDU_READ,
        frozenset({"column_never", "column_not_read"}),
        failed_first=True,
    ),
    BadFile(
        "slips.csv",
        "headings with slips of the pen",
        lambda: csv(
            (
                ("Nmae", "Moblie No", "Desigination"),
                ("Gul Zari", "03900000001", "Sadar"),
                ("Sher Nawab", "03900000002", "Member"),
            )
        ),
        TWO_READ,
        failed_first=True,
    ),
    BadFile(
        "again.csv",
        "the header again on every printed page",
        lambda: csv((*TWO, (), TWO[0], ("Aziz", "03900000003"))),
        (*TWO_READ, added(6, "Aziz", 3)),
        frozenset({"rows_repeated"}),
        failed_first=True,
    ),
    BadFile(
        "counted.csv",
        "a row that numbers the columns",
        lambda: csv(
            (
                ("Name", "Mobile", "Gaon"),
                ("1", "2", "3"),
                ("Gul Zari", "03900000001", "x"),
                ("Sher Nawab", "03900000002", "y"),
            )
        ),
        below(1),
        failed_first=True,
    ),
    BadFile(
        "total.csv",
        "a total at the end is nobody",
        lambda: csv((*TWO, ("Total 2", ""))),
        TWO_READ,
        frozenset({"row_total"}),
        failed_first=True,
    ),
    BadFile(
        "kul.csv",
        "a total in Urdu is nobody",
        lambda: csv((*URDU, ("کل تعداد", "2"))),
        URDU_READ,
        frozenset({"row_total"}),
        failed_first=True,
    ),
    BadFile("header.csv", "a header alone is an empty list", lambda: csv(TWO[:1])),
    BadFile(
        "gaps.xlsx",
        "empty rows and columns between",
        lambda: xlsx(
            (
                (),
                ("", "Name", "", "Mobile"),
                (),
                ("", "Gul Zari", "", "03900000001"),
                (),
                ("", "Sher Nawab", "", "03900000002"),
            )
        ),
        (added(4, "Gul Zari", 1), added(6, "Sher Nawab", 2)),
    ),
    # --- columns ---
    BadFile(
        "phones.csv",
        "Mobile 1 and Mobile 2: one person with two numbers",
        lambda: csv(
            (
                ("Name", "Mobile 1", "Mobile 2"),
                ("Gul", "03900000001", "03900000002"),
                ("Naz", "", "03900000003"),
            )
        ),
        (added(2, "Gul", 1, 2), added(3, "Naz", 3)),
        failed_first=True,
    ),
    BadFile(
        "hidden_cnic.csv",
        "identity numbers under another heading are never kept",
        lambda: csv(
            (
                ("Name", "Mobile", "Other"),
                ("Gul Zari", "03900000001", "17301-1234567-1"),
                ("Sher Nawab", "03900000002", "1730112345673"),
            )
        ),
        TWO_READ,
        frozenset({"column_never"}),
    ),
    BadFile(
        "in_notes.csv",
        "an identity number in a note is left out, the note stays",
        lambda: csv(
            (
                ("Name", "Mobile", "Remarks"),
                ("Gul Zari", "03900000001", "ok 17301-1234567-1"),
                ("Sher Nawab", "03900000002", "teacher"),
            )
        ),
        TWO_READ,
        frozenset({"identity_left_out"}),
    ),
    BadFile(
        "belief.csv",
        "religion, sect and caste are never kept",
        lambda: csv(
            (
                ("Name", "Religion", "Maslak", "Qoum", "Mobile"),
                ("Gul Zari", "a", "b", "c", "03900000001"),
                ("Sher Nawab", "a", "b", "c", "03900000002"),
            )
        ),
        TWO_READ,
        frozenset({"column_never"}),
    ),
    BadFile(
        "numbers.csv",
        "a column “No.” that counts is no phone",
        lambda: csv(
            (
                ("Number", "Name", "Mobile"),
                ("1", "Gul Zari", "03900000001"),
                ("2", "Sher Nawab", "03900000002"),
            )
        ),
        TWO_READ,
        failed_first=True,
    ),
    # --- units ---
    BadFile(
        "merged.xlsx",
        "an LSO merged over its people is the LSO of each",
        lambda: xlsx(UNITED, lambda s: (s.merge_cells("A2:A4"), s.merge_cells("A5:A7"))),
        UNITED_READ,
        frozenset({"filled_down"}),
        failed_first=True,
        lso=("Roshni",) * 3 + ("Umeed",) * 3,
    ),
    BadFile(
        "once.csv",
        "an LSO written once above its people is the LSO of each",
        lambda: csv(UNITED),
        UNITED_READ,
        frozenset({"filled_down"}),
        failed_first=True,
        lso=("Roshni",) * 3 + ("Umeed",) * 3,
    ),
    BadFile(
        "sections.csv",
        "rows that only say “LSO Roshni” say it for the rows below",
        lambda: csv(
            (
                ("Name", "Mobile"),
                ("LSO Roshni", ""),
                ("Gul", "03900000001"),
                ("LSO: Umeed", ""),
                ("Naz", "03900000002"),
            )
        ),
        (added(3, "Gul", 1), added(5, "Naz", 2)),
        frozenset({"section"}),
        failed_first=True,
        lso=("Roshni", "Umeed"),
    ),
    BadFile(
        "atlantis.csv",
        "a unit that is not there holds its row",
        lambda: csv(
            (
                ("Name", "Mobile", "LSO"),
                ("Gul", "03900000001", "Atlantis"),
                ("Naz", "03900000002", "Roshni"),
            )
        ),
        (held(2, "Gul", 1), added(3, "Naz", 2)),
    ),
)
