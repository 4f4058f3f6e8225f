"""What the cells of contact lists mean, and that nothing is guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import contact_words as words
from app.domain.contact_words import Problem
from app.domain.institution import BLOOD_GROUPS


@pytest.mark.parametrize(
    ("reader", "meant", "cells"),
    [
        (words.read_sex, "f", "F,f.,Female,WOMAN,Khatoon,aurat,خاتون,عورت,زنانہ"),
        (words.read_sex, "m", "M,male,Mard,مرد,gents"),
        (words.read_sex, "", ",-, ,."),
        (words.read_language, "ur", "Urdu,اردو,ur"),
        (words.read_language, "ur-Latn", "Roman,Roman Urdu,ROMAN-URDU,ur-Latn,رومن"),
        (words.read_language, "sd", "Sindhi,سنڌي,sd"),
        (words.read_language, "ps", "Pashto,pukhto,پښتو"),
        (words.read_language, "khw", "Khowar,Chitrali"),
        (words.read_yes, True, "yes,Y,Haan,جی ہاں,1,✓"),
        (words.read_yes, False, "no,N,nahi,نہیں,0"),
        (words.read_reads, "self", "self,khud,can read,خود"),
        (words.read_reads, "helped", "helped,with help,مدد سے"),
        (words.read_reads, "not", "not,An parh,ان پڑھ,no"),
        (words.read_phone_kind, "basic", "basic,Keypad,button,سادہ"),
        (words.read_phone_kind, "smart", "Smart phone,Android,touch,اسمارٹ"),
        (words.read_whose, "own", "own,apna,ذاتی"),
        (words.read_whose, "family", "husband,Shohar,بیٹا,ghar"),
        (words.read_whose, "neighbour", "neighbor,hamsaya,پڑوسی"),
        (words.read_whose, "office", "Office,daftar,دفتر"),
        (words.read_blood, "O-", "O -ve,O negative,O-,o neg,0-,او نیگیٹو,O–,O Rh-"),
        (words.read_blood, "O+", "O+,0+,0 +ve,O positive,Opos,او پازیٹو"),
        (words.read_blood, "AB+", "AB+,ab +ve,AB Positive,اے بی پازیٹو"),
        (words.read_blood, "B-", "B -VE,b negative,بی نیگیٹو"),
        (words.read_blood, "", ",-, "),
        (words.read_post, "President", "Sadar,صدر,PRESIDENT,Presedent,Sadar LSO"),
        (words.read_post, "General Secretary", "G.S,GS,Jnrl Secretary,Gen. Secretary,جنرل سیکرٹری"),
        (words.read_post, "Vice President", "Naib Sadar,V.P,نائب صدر"),
        (words.read_post, "Manager", "Manager,منیجر"),
        (words.read_post, "Member", "member,Rukn,رکن"),
        (words.read_body, "GB", "GB,General Body,جنرل باڈی"),
        (words.read_body, "EC", "ec,Executive Committee,مجلس عاملہ"),
        (words.read_body, "VO", "VO,Village Organization"),
    ],
)  # fmt: skip
def test_one_meaning_is_read_from_all_its_words(reader: object, meant: object, cells: str) -> None:
    found = {cell: reader(cell) for cell in cells.split(",")}  # type: ignore[operator]
    assert found == dict.fromkeys(cells.split(","), meant)


@pytest.mark.parametrize(
    ("reader", "cells"),
    [
        (words.read_sex, "M/F,x,both,womanish,transgender"),
        (words.read_language, "Urdu/English,Klingon,Ur du"),
        (words.read_yes, "maybe,x,2"),
        (words.read_reads, "sometimes,book"),
        (words.read_phone_kind, "Nokia,two"),
        (words.read_whose, "Gul,theirs"),
        (words.read_blood, "O,B,A1,C+,O+-,AB,positive,++"),
        (words.read_date, "2025,31/2/2025,2/28/2025,yesterday,1-1-1,99999,Foo 1 2025,00/00/2025"),
    ],
)
def test_what_is_not_clear_is_said_and_never_guessed(reader: object, cells: str) -> None:
    for cell in cells.split(","):
        found = reader(cell)  # type: ignore[operator]
        assert isinstance(found, Problem), cell
        assert found.reason.endswith(".")
        assert found.cure.endswith(".")


@pytest.mark.parametrize("post", ["Ex President", "سابق صدر", "Khateeb", "President's wife", "PS"])
def test_another_post_stays_as_it_was_written(post: str) -> None:
    assert words.read_post(f" {post} ") == post


def test_another_body_stays_as_it_was_written() -> None:
    assert words.read_body(" Water Committee ") == "Water Committee"


@pytest.mark.parametrize(
    "cell",
    [
        "28.2.2025", "28-Feb-25", "28/2/2025", "28-02-25", "۲۸/۲/۲۰۲۵", "٢٨-٢-٢٠٢٥", "45716",
        "45716.0", "2025-02-28", "2025-02-28 00:00:00", "28 فروری 2025", "Feb 28, 2025",
        "28th February 2025", "28 / 2 / 2025", "28.2.25.", "\u200f28/2/2025", "28–2–2025",
    ],
)  # fmt: skip
def test_a_date_is_read_however_it_is_written(cell: str) -> None:
    assert words.read_date(cell) == date(2025, 2, 28)


def test_the_day_stands_before_the_month() -> None:
    assert words.read_date("3/4/2025") == date(2025, 4, 3)
    assert words.read_date("1-Jan-80") == date(1980, 1, 1)
    assert words.read_date(" - ") is None


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Gul Zari and Bibi Hawa", ("Gul Zari", "Bibi Hawa")),
        ("گل زری اور بی بی ہوا", ("گل زری", "بی بی ہوا")),
        ("Gul & Naz", ("Gul", "Naz")),
        ("Gul aur Naz", ("Gul", "Naz")),
        ("Gul / Naz / Sher", ("Gul", "Naz", "Sher")),
        ("Anwar Sandal", ("Anwar Sandal",)),
        ("Noor S/O Sher", ("Noor S/O Sher",)),
        ("Bibi w/o Khan", ("Bibi w/o Khan",)),
        ("Mr & Mrs Khan", ("Mr & Mrs Khan",)),
        ("Zari, Gul", ("Zari, Gul",)),
        ("  Gul   Zari ", ("Gul Zari",)),
        ("", ()),
    ],
)
def test_two_people_in_one_cell_are_two_and_one_stays_one(
    cell: str, names: tuple[str, ...]
) -> None:
    assert words.split_names(cell) == names


@given(st.text(max_size=30))
def test_no_cell_stops_a_reader(cell: str) -> None:
    assert words.read_blood(cell) in {"", *BLOOD_GROUPS} or isinstance(
        words.read_blood(cell), Problem
    )
    for reader in (words.read_sex, words.read_language, words.read_yes, words.read_reads):
        reader(cell)
    for reader in (words.read_phone_kind, words.read_whose, words.read_post, words.read_body):
        reader(cell)
    words.read_date(cell)
    assert all(name == " ".join(name.split()) for name in words.split_names(cell))


@given(st.dates(date(1990, 1, 1), date(2079, 12, 31)))
def test_every_day_is_read_back_from_each_way_of_writing_it(day: date) -> None:
    written = (
        day.isoformat(),
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day:02}/{day.month:02}/{day.year % 100:02}",
        f"{day:%d-%b-%Y}",
        str((day - date(1899, 12, 30)).days),
    )
    assert {words.read_date(one) for one in written} == {day}
