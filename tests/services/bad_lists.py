"""The bad list of the design: about 40 rows as a keeper of an LSO brings them from Excel."""

from collections.abc import Sequence

_HEADER = "Sr No;Naam;CNIC;Mobile No.;Gaon;LSO;Ohda;Jins;CNIC"
_ROWS: Sequence[tuple[str, str, str, str, str, tuple[int | str, ...]]] = (
    # name, phone, village, LSO; verdict; numbers
    ("Zarmina Wafa", "03900000001", "Shahi", "Roshni", "added", (1,)),
    ("Gul Rukh Naz", "0390-0000002", "Shahi", "Roshni", "added", (2,)),
    ("Bibi Shireen", "0390 000 0003", "Shahi", "Roshni", "added", (3,)),
    ("Nusrat Ansari", "+923900000004", "Shahi", "Roshni", "added", (4,)),
    ("Rehmat Wali", "+92 390 0000005", "Laspa", "Umeed", "added", (5,)),
    ("Sher Nawab", "00923900000006", "Laspa", "Umeed", "added", (6,)),
    ("Aziz Darwesh", "923900000007", "Laspa", "Umeed", "added", (7,)),
    ("Sajida Parveen", "+92 0390 0000008", "Laspa", "Umeed", "added", (8,)),
    ("Mumtaz Sahar", "+92(0)390-0000009", "Laspa", "Umeed", "added", (9,)),
    ("Hidayat Gul", "3900000010", "Laspa", "Umeed", "added", (10,)),
    ("Lal Bibi", "۰۳۹۰۰۰۰۰۰۱۱", "Shahi", "Roshni", "added", (11,)),
    ("Khan Zada", "٠٣٩٠٠٠٠٠٠١٢", "Shahi", "Roshni", "added", (12,)),
    ("Shah Bano", "O39O-0OOOO13", "Shahi", "Roshni", "added", (13,)),
    ("Noor Jehan", "0390-00000l4", "Shahi", "Roshni", "added", (14,)),
    ("Mir Hamza", "0390_0000015", "Shahi", "Roshni", "added", (15,)),
    ("Amir Jan", "0390.0000016", "Shahi", "Roshni", "added", (16,)),
    ("Gul Bano", "'03900000017", "Shahi", "Roshni", "added", (17,)),
    ("Wali Khan", '=""03900000018""', "Shahi", "Roshni", "added", (18,)),
    ("Bakht Zari", "3900000019.0", "Shahi", "Roshni", "added", (19,)),
    ("Parveen", "Mob: 0390-0000020", "Shahi", "Roshni", "added", (20,)),
    ("Zeba", "0390‑0000021", "Shahi", "Roshni", "added", (21,)),
    ("Shams", "\u202a0390-0000022\u202c", "Shahi", "Roshni", "added", (22,)),
    ("Daftar Roshni", "051-2345678", "Shahi", "Roshni", "added", ("+92512345678",)),
    ("Nai Sim", "03670000024", "Shahi", "Roshni", "held", ("+923670000024",)),
    ("Aftab", "3.90E+09", "Shahi", "Roshni", "held", ()),
    ("Mahtab", "3,90E+09", "Shahi", "Roshni", "held", ()),
    ("Kamran", "0390-00000", "Shahi", "Roshni", "held", ()),
    ("Imran", "0390-00000281", "Shahi", "Roshni", "held", ()),
    ("Salma", "8171", "Shahi", "Roshni", "held", ()),
    ("Gul Zari and Bibi Hawa", "0390-0000030", "Shahi", "Roshni", "added", (30,)),
    ("گل بی بی اور شاہ بی بی", "0390-0000031", "Shahi", "Roshni", "added", (31,)),
    ("Two Phones", "0390-0000032 / 0390-0000033", "Shahi", "Roshni", "added", (32, 33)),
    ("Husband", "0390-0000034 (Zainab)", "Shahi", "Roshni", "held", ()),
    ("عليم", "0390-0000035", "Shahi", "Roshni", "added", (35,)),
    ("علیم", "0390-0000035", "Shahi", "Roshni", "same", (35,)),
    ("Zarmina Wafa", "0390-0000036", "Shahi", "Roshni", "held", (36,)),
    ("Shareek", "03900000001", "Shahi", "Roshni", "added", (1,)),
    ("Be Phone", "", "Shahi", "Roshni", "added", ()),
    ("Be Gaon", "03900000039", "", "", "added", (39,)),
    ("", "03900000040", "Shahi", "Roshni", "held", (40,)),
    ("Kahin Ka", "03900000041", "Atlantis", "Atlantis", "held", (41,)),
    ("ZARMINA  WAFA", "0390 0000001", "Shahi", "Roshni", "same", (1,)),
)


def keepers_list() -> bytes:
    """The file, with a BOM, semicolons and the identity number in two columns."""
    lines = [_HEADER] + [
        f'{n};{name};17301-12345{n:02}-1;"{phone}";{village};{lso};Rukn;;1730112345{n:02}1'
        for n, (name, phone, village, lso, *_) in enumerate(_ROWS, start=1)
    ]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


KEEPERS_ROWS = tuple(
    (at, verdict, " ".join(name.split()), numbers)
    for at, (name, *_, verdict, numbers) in enumerate(_ROWS, start=2)
)
