"""An audience in words: groups as people say them, and a plain answer to what is no group."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.audience import names_in, read_audience
from app.domain.audience_terms import GroupName, Known, Place, Term
from app.domain.audience_words import EVERYONE, MEANINGS, is_reserved
from app.domain.errors import Refusal

MIRKHAI = Place(9, "LSON", "Mirkhai", (), "LSON Mirkhai")
SARWAN = Place(1, "LSO", "Sarwan", (9,), "LSO Sarwan")
BALA = Place(2, "VO", "Roshni Bala", (1, 9), "VO Roshni Bala under LSO Sarwan")
ROSHNI = Place(3, "LSO", "Roshni", (9,), "LSO Roshni")
DOSTIS = (
    Place(4, "VO", "Dosti", (1, 9), "VO Dosti under LSO Sarwan"),
    Place(5, "VO", "Dosti", (3, 9), "VO Dosti under LSO Roshni"),
)
UNITS = {
    "mirkhai": (MIRKHAI,),
    "sarwan": (SARWAN,),
    "roshni": (ROSHNI,),
    "roshni bala": (BALA,),
    "روشنی": (ROSHNI,),
    "dosti": DOSTIS,
}
FLOOD = (Term(sex="f"), Term(body="EC"))
KNOWN = Known(
    units=UNITS,
    groups={"tailors": GroupName(7, "Tailors"), "blood donors": GroupName(8, "Blood donors", True)},
    saved={"flood list": FLOOD},
    bodies={"advisory committee": "ADV", "finance committee": "FIN"},
    posts={"district officer": "District Officer"},
    skills={"tailoring": "tailoring", "birth attendant": "birth attendant"},
)
SEEING = replace(KNOWN, sees_health=True)


@pytest.mark.parametrize(
    ("words", "terms"),
    [
        ("all", [Term()]),
        ("sab", [Term()]),
        ("سب", [Term()]),
        ("EC", [Term(body="EC")]),
        ("ec, gb", [Term(body="EC"), Term(body="GB")]),
        ("ec and also gb", [Term(body="EC"), Term(body="GB")]),
        ("women lso", [Term(body="LSO", sex="f")]),
        ("leaders", [Term(body="*")]),
        ("all women", [Term(sex="f")]),
        ("presidents", [Term(post="President")]),
        (", ec,,", [Term(body="EC")]),
        ("ec executive", [Term(body="EC")]),
        ("khawateen rehnuma", [Term(body="*", sex="f")]),
        ("+923901234567", [Term(msisdn="+923901234567")]),
        ("vos", [Term(body="VO")]),
        ("co officers", [Term(body="CO")]),
        ("lson", [Term(body="LSON")]),
        ("cabinet", [Term(body="EC", is_cabinet=True)]),
        ("women vice presidents", [Term(post="Vice President", sex="f")]),
        ("press secretary", [Term(post="Press Secretary")]),
        ("managers", [Term(post="Manager")]),
        ("activists", [Term(post="Activist")]),
        ("outside", [Term(outside="*")]),
        ("media", [Term(outside="media")]),
        ("donor agencies", [Term(outside="donor")]),
        ("sindhi women", [Term(sex="f", language="sd")]),
        ("roman", [Term(language="ur-Latn")]),
        ("quiet 6", [Term(quiet_months=6)]),
        ("women silent for 6 months", [Term(sex="f", quiet_months=6)]),
        ("خاموش 3 ماہ", [Term(quiet_months=3)]),
        ("skill birth attendant", [Term(skill="birth attendant")]),
        ("district officer", [Term(post="District Officer")]),
        ("finance committee", [Term(body="FIN")]),
        ("group tailors", [Term(group_id=7)]),
        ("tailors", [Term(group_id=7)]),
        ("women of the flood list", [Term(sex="f", within=FLOOD)]),
    ],
)
def test_groups_are_read_as_people_say_them(words: str, terms: list[Term]) -> None:
    assert read_audience(words, KNOWN) == tuple(terms)


@pytest.mark.parametrize(
    ("words", "term"),
    [
        ("Roshni", Term(unit_id=3)),
        ("LSO  Roshni", Term(unit_id=3)),
        ("Roshni LSO", Term(unit_id=3)),
        ("women under LSO Roshni", Term(unit_id=3, sex="f")),
        ("roshni bala", Term(unit_id=2)),
        ("روشنی", Term(unit_id=3)),
        ("VO Dosti under LSO Sarwan", Term(unit_id=4)),
        ("Roshni ki dosti", Term(unit_id=5)),
        ("women presidents of VOs under LSO Sarwan", Term("VO", "President", "f", 1)),
        ("vo presidents of Sarwan", Term("VO", "President", "", 1)),
        ("lson officers", Term("LSON")),
        ("lson Mirkhai", Term(unit_id=9)),
        ("خواتین روشنی", Term(unit_id=3, sex="f")),
    ],
)
def test_a_unit_is_found_by_its_longest_name_and_by_what_it_lies_under(
    words: str, term: Term
) -> None:
    assert read_audience(words, KNOWN) == (term,)


@pytest.mark.parametrize(
    ("words", "terms"),
    [
        ("gb but not women", [Term(body="GB"), Term(sex="f", is_less=True)]),
        ("gb, except women", [Term(body="GB"), Term(sex="f", is_less=True)]),
        ("except ec", [Term(), Term(body="EC", is_less=True)]),
        ("gb minus ec, men", [Term(body="GB"), Term(body="EC", is_less=True), Term(sex="m")]),
        ("سب سوائے مرد", [Term(), Term(sex="m", is_less=True)]),
        ("sab siwaye mard", [Term(), Term(sex="m", is_less=True)]),
    ],
)
def test_groups_are_added_and_taken_away_from_left_to_right(words: str, terms: list[Term]) -> None:
    assert read_audience(words, KNOWN) == tuple(terms)


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        ("", "audience_empty", "whom"),
        (" , ", "audience_empty", "whom"),
        ("ec gb", "audience_clash", "comma"),
        ("women men", "audience_clash", "comma"),
        ("roshni sarwan", "audience_clash", "LSO Roshni · LSO Sarwan"),
        ("roshnix", "audience_unknown", "'roshnix'"),
        ("03901234567", "audience_unknown", "+92390"),
        ("ec; drop table", "audience_unknown", "'drop'"),
        ("ec \N{PILE OF POO}", "audience_unknown", "\N{PILE OF POO}"),
        ("x" * 501, "audience_too_long", "500"),
        ("VO Dosti", "audience_ambiguous", "VO Dosti under LSO Sarwan · VO Dosti under LSO Roshni"),
        ("of the", "audience_says_nothing", "nobody"),
        ("women but not", "audience_nobody_less", "but not"),
        ("all except , ec", "audience_nobody_less", "but not"),
        ("quiet", "audience_months", "quiet 6"),
        ("quiet 0 months", "audience_months", "quiet 6"),
        ("skill flying", "audience_unknown_skill", "'flying'"),
        ("group flyers", "audience_unknown_group", "'flyers'"),
    ],
)
def test_what_is_no_group_is_named_in_the_answer(words: str, code: str, part: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_audience(words, KNOWN)
    assert refused.value.code == code
    assert part in str(refused.value)


def test_the_answer_lists_what_is_known() -> None:
    with pytest.raises(Refusal, match="all, ec, gb, lso"):
        read_audience("friends", KNOWN)


@pytest.mark.parametrize("words", ["blood O-", "women blood AB+", "blood donors", "خون o+"])
def test_only_who_may_see_health_can_name_blood_and_donors(words: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_audience(words, KNOWN)
    assert refused.value.code == "not_allowed"
    assert read_audience(words, SEEING)[0] != Term()


def test_blood_groups_are_read_with_their_sign() -> None:
    assert read_audience("women blood o-", SEEING) == (Term(sex="f", blood="O-"),)
    assert read_audience("blood ab +, blood A+", SEEING) == (Term(blood="AB+"), Term(blood="A+"))


def test_no_name_may_take_one_of_our_own_words_away() -> None:
    for name in ("Women", "ec", "VO", "vos", "Sab", "quiet", "group x", "", "خواتین"):
        assert is_reserved(name), name
    for name in ("Tailors", "Blood donors", "Women of Roshni", "Flood list"):
        assert not is_reserved(name), name


def test_every_run_of_words_is_asked_for_as_a_name() -> None:
    assert names_in("VO Dosti, but not ec") == {"vo", "dosti", "vo dosti", "ec"}
    assert names_in("x" * 600) == {"x" * 500}


PIECES = (
    "all|women|men|ec|gb|vos|cos|leaders|cabinet|presidents|managers|outside|media|sarwan|"
    "lso sarwan|under roshni bala|vo dosti|urdu|quiet 6|skill tailoring|group tailors|tailors|"
    "flood list|+923901234567|blood o-|خواتین|صدر|سب|district officer|kings|🙂|of|lso|vo|unit|group"
)
words_of_ours = st.lists(st.sampled_from(PIECES.split("|")), min_size=1, max_size=6)
joints = st.sampled_from([" ", ", ", " but not ", " except ", "،", " and also ", "سوائے"])


def read_or_refused(words: str) -> object:
    try:
        return read_audience(words, SEEING)
    except Refusal as refusal:
        return refusal.code


@given(st.text(max_size=60) | st.lists(words_of_ours | joints.map(list)).map(str))
def test_whatever_the_words_the_answer_is_groups_or_a_refusal(words: str) -> None:
    answer = read_or_refused(words)
    assert answer


@given(words_of_ours, st.data())
def test_our_own_words_in_any_company_give_groups_or_a_refusal(
    pieces: list[str], data: st.DataObject
) -> None:
    words = "".join(f"{piece}{data.draw(joints)}" for piece in pieces)
    assert read_or_refused(words)


READABLE = sorted(" ".join(phrase) for phrase in (*MEANINGS, *EVERYONE)) + sorted(
    name for name in UNITS if name != "dosti"
)


@given(st.lists(st.sampled_from(READABLE), min_size=1, max_size=5))
def test_commas_only_ever_add_groups(words: list[str]) -> None:
    terms = read_audience(", ".join(words), KNOWN)
    assert list(terms) == [read_audience(word, KNOWN)[0] for word in words]
    assert read_audience(", ".join(words).upper(), KNOWN) == terms


NARROWING = (
    "women",
    "vos",
    "presidents",
    "lso sarwan",
    "urdu",
    "quiet 6",
    "group tailors",
    "skill tailoring",
    "flood list",
    "all",
)


@given(st.permutations(NARROWING), st.integers(1, len(NARROWING)))
def test_the_order_of_narrowing_words_does_not_matter(order: list[str], number: int) -> None:
    chosen = order[:number]
    assert read_audience(" ".join(chosen), KNOWN) == read_audience(" ".join(sorted(chosen)), KNOWN)
