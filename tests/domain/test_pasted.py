"""Out of Word or off a page only the words come over, and always the same ones."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.pasted import clean_line, clean_lines


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("Sarak\r\nPani\r\n\r\n\r\n\r\nSchool", "Sarak\nPani\n\nSchool"),
        ("\uf0b7\tSarak khat", "• Sarak khat"),
        ("Rs\u00a0500\u200b \ufeffmaah", "Rs 500 maah"),
        ("نہ\u200cیں \u202eabc", "نہ\u200cیں abc"),
        ("x\x00\x07y\ud800", "xy"),
        ("a<br>b<BR/>c", "a\nb\nc"),
        ("<style>p {color: red}</style><ul><li>ek</li><li>do</li></ul>", "ek\n\ndo"),
        ("<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->Karwai", "Karwai"),
        ("&lt;p&gt; is how a page begins", "&lt;p&gt; is how a page begins"),
        ("5 <6 and <x@y.pk>", "5 <6 and <x@y.pk>"),
        ("&amp; stays, <i>as</i> typed &amp; not", "& stays, as typed & not"),
    ],
)
def test_words_come_over_without_what_carried_them(pasted: str, kept: str) -> None:
    assert clean_lines(pasted) == kept


PIECES = [
    "<p>",
    "</p>",
    "<br",
    ">",
    "<",
    "&lt;",
    "&#60;",
    "<style>",
    "</style>",
    "\u200b",
    "p",
    " ",
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=12).map("".join))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean_lines(text)
    assert clean_lines(once) == once
    assert clean_line(once) == " ".join(once.split())


@pytest.mark.parametrize("piece", ["<script ", "<p ", "<!--", "<style></style>", "<style>", "&lt;"])
def test_a_hostile_page_takes_no_time(piece: str) -> None:
    begun = time.process_time()
    clean_lines(piece * (100_000 // len(piece)))
    assert time.process_time() - begun < 2
