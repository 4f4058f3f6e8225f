"""What the headings of contact lists mean, in any of their languages and spellings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.contact_headings import columns, read_heading


@pytest.mark.parametrize(
    ("column", "headings"),
    [
        ("name", "Name|Naam|Full Name|NAME OF MEMBER|نام|Name / نام|نالو|نوم"),
        ("phone", "Mobile No.|MobileNo|mobile_no|Cell#|Contact No|موبائل نمبر|فون|Moblie No|Ph:"),
        ("lso", "LSO|Name of LSO|LSO Name|L.S.O|ایل ایس او"),
        ("post", "Ohda|Designation|Desigination|عہدہ|POST"),
        ("place", "Gaon|Village|Village/Mohalla|Union Council|گاؤں|Address"),
        ("sex", "Sex|Gender|Sex (M/F)|جنس"),
        ("blood", "Blood Group|Blood grp|بلڈ گروپ"),
        ("never", "CNIC|C.N.I.C No|NIC#|ID Card No.|Shanakhti card|شناختی کارڈ نمبر|قومی شناختی"),
        ("never", "Religion|مذہب|Maslak|Caste|قوم|Biradari|Photo|تصویر|Husband CNIC|Relgion"),
        ("", "Father Name|S/O|W/o|Father/Husband Name|ولدیت|شوہر|Sr. #|S.No|نمبر شمار|Signature"),
        ("", "Shoe size|پیشہ|Contact Person|x|12"),
    ],
)
def test_one_meaning_is_read_from_all_its_headings(column: str, headings: str) -> None:
    found = {heading: read_heading(heading).column for heading in headings.split("|")}
    assert found == dict.fromkeys(headings.split("|"), column)


def test_a_husbands_phone_is_a_phone_and_his_name_is_nothing() -> None:
    assert read_heading("Husband mobile").column == "phone"
    assert read_heading("Husband name").why == "relative"


@given(st.text(max_size=40))
def test_whatever_a_heading_says_it_has_one_meaning(heading: str) -> None:
    assert read_heading(heading).column in {"", "never", *columns()}


@given(st.text("abc کگ", max_size=8), st.sampled_from(["CNIC", "شناختی", "religion", "photo"]))
def test_what_is_never_kept_is_known_whatever_stands_beside_it(beside: str, word: str) -> None:
    assert read_heading(f"{beside} {word} {beside}").column == "never"
