"""What may be relied on when people's telephone numbers are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.msisdn import Number, is_demo, is_test, mask, read_number, read_numbers

ONE_NUMBER = [
    "0300-1234567",
    "0300 123 4567",
    "0300 1234567",
    "03001234567",
    "3001234567",
    "923001234567",
    "00923001234567",
    "+923001234567",
    "+92 0300 1234567",
    "+92-300-1234567",
    "920300 1234567",
    "0092 (0)300 1234567",
    "(0300) 1234567",
    "0300/1234567",
    "0300.1234567",
    "۰۳۰۰۱۲۳۴۵۶۷",
    "٠٣٠٠-١٢٣٤٥٦٧",
    "０３００１２３４５６７",
    "0300\u20111234567",
    "0300–1234567",
    "\u202a+923001234567\u202c",
    "\u200e0300\u00a01234567\ufeff",
    "03OO1234567",
    "O3001234567",
    "0300-l234567",
    "0300_1234567",
    "3001234567.0",
    "923001234567.0",
    "'03001234567",
    '="03001234567"',
    "3,001,234,567",
    " 0300-1234567, ",
    "tel:+923001234567",
    "Mob: 0300-1234567",
]

REFUSED = [
    ("", "no number here"),
    (" \u200b ", "no number here"),
    ("-", "no number here"),
    ("3.00E+09", "last digits are lost"),
    ("9.23E+11", "last digits are lost"),
    ("0302 1234567 (Zainab)", '"Zainab"'),
    ("0300 1234abc", '"abc"'),
    ("0300-MUNADI1", '"MUNADI"'),
    ("0300123456O", '"O"'),
    ("0300 1234567 ext 5", '"ext"'),
    ("+923001234567;ext=5", "letters"),
    ("03001234567 / 03017654321", "2 numbers"),
    ("03001234567 03017654321", "2 numbers"),
    ("0300-1234567\n0301-7654321", "2 numbers"),
    ("0300-1234567/8", '"/"'),
    ("030012345", "2 digits are missing: this number has 9, a mobile number"),
    ("0300123456", "1 digit is missing: this number has 10,"),
    ("030012345678", "1 digit is too many: this number has 12,"),
    ("+9230012345678", "1 digit is too many: this number has 13,"),
    (
        "30012345",
        "2 digits are missing: this number has 8, a mobile number written like this has 10",
    ),
    ("5812345", "not a telephone number of Pakistan"),
    ("447911123456", "not a telephone number of Pakistan"),
    ("0923001234567", "not a telephone number of Pakistan"),
    ("+999123456789", "country code"),
    ("8225", "short code"),
]

NEVER_TEXTED = [
    ("0943 412345", "+92943412345", "landline"),
    ("042-35761999", "+924235761999", "landline"),
    ("021-111-111-111", "+9221111111111", "other"),
    ("0900 12345", "+9290012345", "other"),
    ("0800-26477", "+9280026477", "other"),
    ("+881612345678", "+881612345678", "other"),
    ("+870773111632", "+870773111632", "other"),
    ("+44 20 7946 0958", "+442079460958", "landline"),
]


@pytest.mark.parametrize("raw", ONE_NUMBER)
def test_every_spelling_of_a_mobile_is_the_same_number(raw: str) -> None:
    assert read_number(raw) == Number("+923001234567", "mobile", True, True, True, None, "real")


def test_round_numbers_from_a_spreadsheet_keep_their_zeros() -> None:
    assert read_number("3000000000.0").msisdn == "+923000000000"


@pytest.mark.parametrize(("raw", "reason"), REFUSED)
def test_what_is_no_number_is_refused_with_its_reason(raw: str, reason: str) -> None:
    number = read_number(raw)
    assert number.msisdn is None
    assert (number.sms, number.possible, number.valid, number.reach) == (
        False,
        False,
        False,
        "none",
    )
    assert number.problem is not None
    assert reason in number.problem


@pytest.mark.parametrize(("raw", "msisdn", "kind"), NEVER_TEXTED)
def test_what_cannot_get_texts_is_kept_and_never_texted(raw: str, msisdn: str, kind: str) -> None:
    number = read_number(raw)
    assert (number.msisdn, number.kind, number.sms, number.valid) == (msisdn, kind, False, True)
    assert number.reach == "none"
    assert number.problem


def test_a_short_code_is_called_one() -> None:
    assert read_number("8171").kind == "short"
    assert read_number("0300").kind == "other"


def test_a_demo_number_is_for_the_simulator_only() -> None:
    number = read_number("0390 1234567")
    assert (number.msisdn, number.reach) == ("+923901234567", "demo")
    assert (number.sms, number.possible, number.valid) == (False, True, False)
    assert is_demo("+923991234567")
    assert not is_demo("+923891234567")


def test_a_test_number_is_valid_and_known_as_one() -> None:
    number = read_number("0364-1234567")
    assert (number.sms, number.valid, number.problem, number.reach) == (True, True, None, "test")
    assert is_test("+923641234567")
    assert not is_test("+923651234567")


@pytest.mark.parametrize("prefix", ["0350", "0356", "0361", "0380", "0389"])
def test_an_unknown_mobile_prefix_waits_for_a_person(prefix: str) -> None:
    number = read_number(f"{prefix}-1234567")
    assert (number.msisdn, number.kind) == (f"+92{prefix[1:]}1234567", "mobile")
    assert (number.sms, number.possible, number.valid, number.reach) == (False, True, False, "held")
    assert number.problem


@pytest.mark.parametrize("prefix", ["0310", "0322", "0333", "0345", "0355", "0370"])
def test_the_mobile_prefixes_of_every_operator_are_known(prefix: str) -> None:
    assert read_number(f"{prefix}-1234567").reach == "real"


def test_a_foreign_mobile_may_be_texted_and_keeps_its_country() -> None:
    assert read_number("+44 7911 123456").msisdn == "+447911123456"
    assert read_number("0044 7911 123456").reach == "real"
    assert read_number("07911 123456", region="GB").msisdn == "+447911123456"


def test_a_demo_number_is_known_from_abroad_too() -> None:
    assert read_number("+92 390 1234567", region="GB").reach == "demo"


def test_a_cell_with_several_numbers_gives_each_of_them() -> None:
    cell = "0300-1234567 / 0301-7654321; 0943-412345"
    assert [number.msisdn for number in read_numbers(cell)] == [
        "+923001234567",
        "+923017654321",
        "+92943412345",
    ]
    assert len(read_numbers("0300/1234567")) == 1
    assert read_numbers("")[0].problem


@pytest.mark.parametrize(
    ("msisdn", "masked"),
    [
        ("+923901234512", "039*****12"),
        ("+447911123456", "+44*****56"),
        ("8171", "*****"),
        ("", "*****"),
    ],
)
def test_a_mask_hides_the_middle(msisdn: str, masked: str) -> None:
    assert mask(msisdn) == masked


hostile = st.text(max_size=60) | st.text(
    st.sampled_from("0123456789+-() ./,;_OolIEe۳٣\u200e\nx#'\"="), max_size=40
)


@given(hostile)
def test_any_text_gets_an_answer_and_what_cannot_be_texted_has_a_reason(raw: str) -> None:
    number = read_number(raw)
    assert number.problem or (number.sms and number.valid)
    assert all(read_numbers(raw))


@given(hostile | st.integers(0, 10**13).map(str))
def test_reading_a_number_twice_is_reading_it_once(raw: str) -> None:
    number = read_number(raw)
    if number.msisdn:
        assert read_number(number.msisdn) == number


@given(hostile)
def test_no_digit_is_invented(raw: str) -> None:
    msisdn = read_number(raw).msisdn
    if msisdn:
        meant = [c for c in raw if c.isdecimal() or c in "OolI"]
        assert len(meant) >= len(msisdn.removeprefix("+92").lstrip("+"))


@given(st.from_regex(r"0300[0-9]{7}", fullmatch=True), st.sampled_from("abcdefghxyzABC"))
def test_a_letter_never_becomes_a_keypad_digit(number: str, letter: str) -> None:
    for place in range(len(number) + 1):
        assert read_number(number[:place] + letter + number[place:]).msisdn is None


@pytest.mark.parametrize("raw", ["0" * 100_000, "a" * 100_000, "0-" * 50_000, "O0" * 50_000])
def test_a_huge_cell_is_refused_without_delay(raw: str) -> None:
    problem = read_number(raw).problem
    assert problem
    assert len(problem) < 300
