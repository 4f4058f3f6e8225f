"""Bad workbooks, what only calls itself one, and what is no list at all."""

from datetime import date

from tests.services.bad_kinds import TWO, TWO_READ, BadFile, added, below, held
from tests.services.file_writers import csv, ods, ole, packed, rewritten, sheets, xls, xlsb, xlsx

CARDS = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;=D9=86=D8=A7=D8=B2;;;"
    "\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D9=86=D8=A7=D8=B2\r\nTEL;CELL:03900000001\r\n"
    "END:VCARD\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nFN:Gul Zari\r\nTEL;TYPE=CELL:+92 390 0000002\r\n"
    "TEL;TYPE=HOME:0390 0000003\r\nEND:VCARD\r\n"
)
HTML = (
    "<html><head><meta charset='utf-8'><style>td{color:red}</style></head><body><table border=1>"
    "<tr><td colspan=2>LSO Roshni</td></tr><tr><th>Name</th><th>Mobile</th></tr>"
    "<tr><td>Gul&nbsp;Zari</td><td>0390-0000001</td></tr>"
    "<tr><td><b>Sher</b> Nawab</td><td>03900000002</td></tr></table></body></html>"
)
XML_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-'
    'microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
    '<Worksheet ss:Name="List"><Table><Row><Cell><Data ss:Type="String">Name</Data></Cell><Cell>'
    '<Data ss:Type="String">Mobile</Data></Cell></Row><Row ss:Index="3"><Cell><Data>Gul Zari</Data>'
    '</Cell><Cell ss:Index="2"><Data ss:Type="Number">3900000001</Data></Cell></Row></Table>'
    "</Worksheet></Workbook>"
)

WORKBOOKS: tuple[BadFile, ...] = (
    # --- workbooks ---
    BadFile("list.xls", "an old workbook", lambda: xls(TWO), TWO_READ),
    BadFile("list.xlsb", "a binary workbook", lambda: xlsb(TWO), TWO_READ),
    BadFile("list.ods", "an ODS with a million empty rows at its end", lambda: ods(TWO), TWO_READ),
    BadFile(
        "list.csv",
        "a workbook with the name of a CSV",
        lambda: xlsx(TWO),
        TWO_READ,
        frozenset({"other_kind"}),
    ),
    BadFile(
        "list.xlsx",
        "a CSV with the name of a workbook",
        lambda: csv(TWO),
        TWO_READ,
        frozenset({"other_kind"}),
    ),
    BadFile(
        "report.xls",
        "a web page with the name of a workbook",
        lambda: HTML.encode(),
        below(1),
        frozenset({"is_markup"}),
        failed_first=True,
    ),
    BadFile(
        "xml.xls",
        "an XML workbook of 2003",
        lambda: XML_2003.encode(),
        (added(3, "Gul Zari", 1),),
        frozenset({"is_markup"}),
        failed_first=True,
    ),
    BadFile(
        "cards.vcf",
        "contact cards of a phone",
        lambda: CARDS.encode(),
        (added(2, "ناز", 1), added(3, "Gul Zari", 2, 3)),
        frozenset({"is_vcard"}),
        failed_first=True,
    ),
    BadFile(
        "sheets.xlsx",
        "the sheet with the people is not the first",
        lambda: sheets({"Budget": (("Item", "Rs"), ("Tea", 500)), "Members": TWO, "Empty": ()}),
        TWO_READ,
        frozenset({"more_sheets"}),
        failed_first=True,
    ),
    BadFile(
        "each.xlsx",
        "a sheet for each LSO with the same headings: the first, and it is said",
        lambda: sheets({"Roshni": TWO, "Umeed": TWO}),
        TWO_READ,
        frozenset({"more_sheets", "sheets_alike"}),
    ),
    BadFile(
        "hidden.xlsx",
        "a hidden sheet is not taken before one that is seen",
        lambda: sheets({"Old": TWO, "New": (TWO[0], ("Aziz", "03900000003"))}, hidden=("Old",)),
        (added(2, "Aziz", 3),),
        frozenset({"sheets_hidden"}),
        failed_first=True,
    ),
    BadFile(
        "floats.xlsx",
        "numbers without their zero, as numbers and as text with .0",
        lambda: xlsx((TWO[0], ("Gul Zari", 3900000001), ("Sher Nawab", "3900000002.0"))),
        TWO_READ,
    ),
    BadFile(
        "science.xlsx",
        "a number shown as 3.9E+09 but kept whole is read; one that is cut is held",
        lambda: xlsx(
            (
                TWO[0],
                ("Gul Zari", 3900000001.0),
                ("Aziz", 3920000000),
                ("Naz", "3.92E+09"),
                ("Sher", "########"),
                ("Bibi", 923910000000),
            ),
            lambda s: setattr(s["B2"], "number_format", "0.00E+00"),
        ),
        (
            added(2, "Gul Zari", 1),
            held(3, "Aziz"),
            held(4, "Naz"),
            held(5, "Sher"),
            held(6, "Bibi"),
        ),
        failed_first=True,
    ),
    BadFile(
        "errors.xlsx",
        "an error cell is no empty cell",
        lambda: xlsx((*TWO, ("Aziz", "#REF!"), ("Naz", "#N/A"))),
        (*TWO_READ, held(4, "Aziz"), held(5, "Naz")),
        frozenset({"cells_with_errors"}),
        failed_first=True,
    ),
    BadFile(
        "formula.xlsx",
        "a formula counts by its value; one without a value holds its row",
        lambda: rewritten(
            xlsx((TWO[0], ("Gul Zari", "=1"), ("Sher Nawab", "=A1"))),
            "xl/worksheets/sheet1.xml",
            "<f>1</f><v></v>",
            "<f>1</f><v>3900000001</v>",
        ),
        (added(2, "Gul Zari", 1), held(3, "Sher Nawab")),
        failed_first=True,
    ),
    BadFile(
        "dates.xlsx",
        "dates as cells, as serials and as text",
        lambda: xlsx(
            (
                ("Name", "Mobile", "Start date"),
                ("Gul Zari", "03900000001", date(2025, 2, 28)),
                ("Sher Nawab", "03900000002", 45716),
                ("Aziz", "03900000003", "31.2.2025"),
            )
        ),
        (*TWO_READ, held(4, "Aziz", 3)),
        failed_first=True,
    ),
    BadFile(
        "wide.xlsx",
        "a remark in the last of 16,384 columns",
        lambda: xlsx(TWO, lambda s: s.cell(2, 16_384, "x")),
        TWO_READ,
    ),
    # --- what is no list ---
    BadFile(
        "far.xlsx",
        "one cell in the farthest corner does not fill the memory",
        lambda: xlsx(TWO, lambda s: s.cell(1_048_576, 16_384, "x")),
        refused="file_too_wide",
        failed_first=True,
    ),
    BadFile(
        "bomb.xlsx",
        "a small file that becomes huge is not opened",
        lambda: packed({"xl/workbook.xml": b"<x/>", "xl/sharedStrings.xml": bytes(420_000_000)}),
        refused="file_too_large",
        failed_first=True,
    ),
    BadFile(
        "locked.xlsx",
        "a workbook with a password",
        lambda: ole({"EncryptionInfo": b"x", "EncryptedPackage": b"y"}),
        refused="file_locked",
        failed_first=True,
    ),
    BadFile(
        "locked.ods",
        "an ODS with a password",
        lambda: ods(TWO, is_locked=True),
        refused="file_locked",
        failed_first=True,
    ),
    BadFile(
        "list.pdf",
        "a PDF",
        lambda: b"%PDF-1.7\n%\xe2\xe3\n1 0 obj",
        refused="not_a_table",
        failed_first=True,
    ),
    BadFile(
        "list.docx",
        "a document of Word",
        lambda: packed({"word/document.xml": "<w:document/>"}),
        refused="not_a_table",
    ),
    BadFile(
        "list.doc",
        "an old document of Word",
        lambda: ole({"WordDocument": b"x"}),
        refused="not_a_table",
    ),
    BadFile(
        "photo.csv",
        "a photo of a list",
        lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
        refused="not_a_table",
    ),
    BadFile(
        "packed.zip", "a packed list", lambda: packed({"list.csv": csv(TWO)}), refused="not_a_table"
    ),
    BadFile(
        "empty.csv",
        "nothing in it but its mark",
        lambda: b"\xef\xbb\xbf\r\n",
        refused="file_empty",
        failed_first=True,
    ),
    BadFile(
        "empty.xlsx",
        "a workbook with nothing in it",
        lambda: xlsx(()),
        refused="file_empty",
        failed_first=True,
    ),
    BadFile(
        "letter.txt",
        "a letter",
        lambda: b"Assalam o alaikum.\nThe meeting is on Sunday.\n",
        refused="no_header",
    ),
    BadFile(
        "many.csv",
        "200,001 people",
        lambda: b"Name,Mobile\n" + b"Gul,1\n" * 200_001,
        refused="file_too_long",
    ),
)
