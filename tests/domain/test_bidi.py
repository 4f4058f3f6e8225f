"""Numbers in Urdu text are read in the order in which they were written."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.bidi import isolate_ltr, turn_proof

LRI, PDI, LRM = "\u2066", "\u2069", "\u200e"

ISOLATED = [
    "0300-1234567",
    "0300 1234567",
    "+923001234567",
    "+92 300 1234567",
    "0092 (0)300 1234567",
    "(0943) 412345",
    "021-111-111-111",
    "+44 7911 123456",
    "15-12-2026",
    "2026-12-15",
    "10:30-12:00",
    "10:30 - 12:00",
    "10–12",
    "D14/1",
    "M-14",
    "Rs. 2,500",
    "Rs500",
    "12 Oct",
    "6pm",
    "50%",
    "O-",
    "-5",
    "*786#",
    "LSO Roshni (Shahi), UC 12",
    "sadar.lso@example.org",
    "https://example.org/a?b=c",
]
STEADY = ["03001234567", "15/12/2026", "10:30", "2,500", "14/1", "14", "12 14"]

TURN_PROOF = [
    ("0300-1234567", "03001234567"),
    ("0300 123 4567", "03001234567"),
    ("0943-412345", "0943412345"),
    ("15-12-2026", "15/12/2026"),
    ("05-03-2026", "5/3/2026"),
    ("2026-12-15", "15/12/2026"),
    ("05-03-2026, 06-03-2026", "5/3/2026, 6/3/2026"),
    ("0300-1234567-8", LRM + "0300-1234567-8"),
    ("021-111-111-111", "021111111111"),
    ("+923001234567", LRM + "+923001234567"),
    ("+92 300-1234567", LRM + "+923001234567"),
    ("0092 (0)300 1234567", "00923001234567"),
    ("+44 7911 123456", LRM + "+44 7911 123456"),
    ("10:30-12:00", LRM + "10:30-12:00"),
    ("45-15-2026", LRM + "45-15-2026"),
    ("12 Oct", LRM + "12 Oct"),
    ("50%", LRM + "50%"),
    ("O-", "O-" + LRM),
    ("LSO Roshni", "LSO Roshni"),
    ("Rs. 2,500", "Rs. 2,500"),
    ("D14/1", "D14/1"),
]

pieces = st.sampled_from([*ISOLATED, *STEADY, "اجلاس", "کل", "۔", "، ", " ", "\n", "(", ")", "-"])
rtl_text = st.lists(pieces | st.text(max_size=8), max_size=12).map("".join)


@pytest.mark.parametrize("part", ISOLATED)
def test_what_would_turn_in_print_is_isolated_as_one_piece(part: str) -> None:
    assert isolate_ltr(f"اجلاس {part} کو") == f"اجلاس {LRI}{part}{PDI} کو"


@pytest.mark.parametrize("part", STEADY)
def test_what_cannot_turn_is_left_alone(part: str) -> None:
    text = f"اجلاس {part} کو"
    assert isolate_ltr(text) == turn_proof(text) == text


@pytest.mark.parametrize(("part", "written"), TURN_PROOF)
def test_an_sms_gets_numbers_that_cannot_turn(part: str, written: str) -> None:
    assert turn_proof(f"اجلاس {part} کو") == f"اجلاس {written} کو"


@pytest.mark.parametrize("part", [*ISOLATED, *STEADY])
def test_text_without_right_to_left_letters_stays_as_it_is(part: str) -> None:
    assert isolate_ltr(f"Ijlas {part} ko") == turn_proof(f"Ijlas {part} ko") == f"Ijlas {part} ko"


def test_two_numbers_beside_each_other_stay_two_numbers() -> None:
    assert turn_proof("فون 0300 1234567 14 افراد") == "فون 03001234567 14 افراد"
    assert isolate_ltr("گھر 2-4, 6-8") == f"گھر {LRI}2-4{PDI}, {LRI}6-8{PDI}"


@given(rtl_text)
@example("اجلاس0300-1234567+923001234567")
@example("اجلاسA£0")
@example("0300-1234567(0943) 412345LSO اجلاس")
def test_doing_it_twice_changes_nothing_more(text: str) -> None:
    assert isolate_ltr(isolate_ltr(text)) == isolate_ltr(text)
    assert turn_proof(turn_proof(text)) == turn_proof(text)


@given(rtl_text)
def test_isolating_adds_marks_and_takes_nothing_away(text: str) -> None:
    marks = str.maketrans("", "", LRI + PDI)
    assert isolate_ltr(text).translate(marks) == text.translate(marks)


def test_an_independent_layout_shows_each_in_order() -> None:
    layout = pytest.importorskip("bidi")
    marks = str.maketrans("", "", LRI + PDI + LRM)
    # Two numbers side by side are no such part: each is read by itself, from the right.
    for part in (*ISOLATED, *(part for part in STEADY if " " not in part)):
        for frame in ("اجلاس {} کو", "{} اجلاس", "اجلاس {}", "LSON اجلاس {} کو"):
            base = "L" if frame.startswith("LSON") else "R"
            shown = layout.get_display(isolate_ltr(frame.format(part)), base_dir=base)
            assert part in shown.translate(marks)
    for _, written in TURN_PROOF:
        shown = layout.get_display(turn_proof(f"اجلاس {written} کو"), base_dir="R")
        # Of two dates each must hold; which stands first is the reading order's business.
        for part in written.translate(marks).split(", "):
            assert part in shown.translate(marks)
