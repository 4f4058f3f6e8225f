"""An audience in words: groups as people say them, and a plain answer to what is no group."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.audience import BODIES, EVERYONE, POSTS, SEXES, Term, read_audience
from app.domain.errors import Refusal

UNITS = {"roshni": 1, "roshni bala": 2, "lson mirkhai": 3, "روشنی": 4}


@pytest.mark.parametrize(
    ("words", "terms"),
    [
        ("all", [Term()]),
        ("sab", [Term()]),
        ("EC", [Term(body="EC")]),
        ("ec, gb", [Term(body="EC"), Term(body="GB")]),
        ("women lso", [Term(body="LSO", sex="f")]),
        ("leaders", [Term(body="*")]),
        ("all women", [Term(sex="f")]),
        ("presidents", [Term(post="President")]),
        ("Roshni", [Term(unit_id=1)]),
        ("LSO  Roshni", [Term(unit_id=1)]),
        ("women roshni", [Term(sex="f", unit_id=1)]),
        ("roshni bala", [Term(unit_id=2)]),
        ("روشنی", [Term(unit_id=4)]),
        ("+923901234567", [Term(msisdn="+923901234567")]),
        (", ec,,", [Term(body="EC")]),
        ("ec executive", [Term(body="EC")]),
        ("سب", [Term()]),
        ("خواتین روشنی، صدر", [Term(sex="f", unit_id=4), Term(post="President")]),
        ("khawateen rehnuma", [Term(body="*", sex="f")]),
    ],
)
def test_groups_are_read_as_people_say_them(words: str, terms: list[Term]) -> None:
    assert read_audience(words, UNITS) == tuple(terms)


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        ("", "audience_empty", "whom"),
        (" , ", "audience_empty", "whom"),
        ("ec gb", "audience_clash", "comma"),
        ("women men", "audience_clash", "comma"),
        ("roshnix", "audience_unknown", "'roshnix'"),
        ("03901234567", "audience_unknown", "+92390"),
        ("ec; drop table", "audience_unknown", "'ec;'"),
        ("x" * 501, "audience_too_long", "500"),
    ],
)
def test_what_is_no_group_is_named_in_the_answer(words: str, code: str, part: str) -> None:
    with pytest.raises(Refusal, match=part.replace("+", r"\+")) as refused:
        read_audience(words, UNITS)
    assert refused.value.code == code


def test_the_answer_lists_what_is_known() -> None:
    with pytest.raises(Refusal, match="all, ec, gb, lso"):
        read_audience("friends", UNITS)


@given(st.text(max_size=60))
def test_whatever_the_words_the_answer_is_groups_or_a_refusal(words: str) -> None:
    try:
        terms = read_audience(words, UNITS)
    except Refusal:
        return
    assert terms


KNOWN = sorted({*BODIES, *SEXES, *POSTS, *EVERYONE, *UNITS})


@given(st.lists(st.sampled_from(KNOWN), min_size=1, max_size=5))
def test_commas_only_ever_add_groups(words: list[str]) -> None:
    terms = read_audience(", ".join(words), UNITS)
    assert list(terms) == [read_audience(word, UNITS)[0] for word in words]
    assert read_audience(", ".join(words).upper(), UNITS) == terms
