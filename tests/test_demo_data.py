"""What anyone who opens the demo network may rely on: its people, its minutes, their lengths."""

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import phonenumbers
import pytest

from app.domain.bidi import turn_proof
from app.domain.gsm import Encoding, count, encoding_of, units

DEMO = Path(__file__).parent.parent / "deploy" / "demo"
WRITINGS = ("en", "ur-Latn", "ur")
TAGS = {"water", "road", "school", "health", "women", "fees", "flood", "CIF", "ToP", "press"}
MONTHLY = [
    date(2025, 7, 13), date(2025, 8, 10), date(2025, 9, 14), date(2025, 10, 12),
    date(2025, 11, 9), date(2025, 12, 14), date(2026, 1, 18), date(2026, 2, 8),
    date(2026, 3, 8), date(2026, 4, 12), date(2026, 5, 10), date(2026, 6, 14),
]  # fmt: skip
LONGEST_DAY = {"en": "28 Oct", "ur-Latn": "28 Oct", "ur": "28 اکتوبر"}
STATUS_WORDS = {
    "done": "ho gaya",
    "in hand": "jari",
    "overdue": "der ho gayi",
    "dropped": "chhor diya",
}
CABINET = {
    "President", "Vice President", "General Secretary",
    "Joint Secretary", "Finance Secretary", "Press Secretary",
}  # fmt: skip

Table = dict[str, Any]


@cache
def network() -> Table:
    return tomllib.loads((DEMO / "mirkhai.toml").read_text(encoding="utf-8"))


@cache
def minutes() -> Table:
    return tomllib.loads((DEMO / "minutes.toml").read_text(encoding="utf-8"))


@cache
def people() -> list[dict[str, str]]:
    with (DEMO / "contacts.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lsos() -> list[Table]:
    return [unit for unit in network()["unit"] if unit["kind"] == "LSO"]


def held() -> list[Table]:
    return [meeting for meeting in minutes()["meeting"] if "date" in meeting]


def upcoming() -> list[Table]:
    return [meeting for meeting in minutes()["meeting"] if "relative_days" in meeting]


def decisions() -> Iterator[tuple[Table, Table]]:
    for meeting in held():
        for decision in meeting.get("decision", []):
            yield meeting, decision


def code(meeting: Table, decision: Table) -> str:
    """The longest code that a member may read for this decision."""
    plain = f"{meeting['body']}{meeting['no']}" if meeting["body"] == "GB" else meeting["no"]
    return f"{meeting.get('label', plain)}/{decision['no']}"


def in_body(body: str) -> list[dict[str, str]]:
    return [person for person in people() if body in person["body"].split("|")]


def women(rows: list[dict[str, str]]) -> int:
    return sum(person["sex"] == "F" for person in rows)


def post_in(person: Mapping[str, str], body: str) -> str:
    return dict(zip(person["body"].split("|"), person["post"].split("|"), strict=True))[body]


def number_of(person: Mapping[str, str]) -> str:
    parsed = phonenumbers.parse(person["phone"], "PK")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def numbers() -> Counter[str]:
    return Counter(number_of(person) for person in people() if person["phone"])


def every_text() -> Iterator[tuple[str, str]]:
    """Each text of the minutes with its writing."""
    for meeting in minutes()["meeting"]:
        for field in ("venue", "agenda", "summary"):
            yield from meeting.get(field, {}).items()
        for decision in meeting.get("decision", []):
            for field in ("text", "short", "owner"):
                yield from decision[field].items()


def test_the_network_names_itself_in_at_most_eight_letters_in_every_writing() -> None:
    short = network()["network"]["short"]
    assert set(short) == {"en", "ur-Latn", "ur", "sd", "ps"}
    assert all(0 < units(name) <= 8 for name in short.values())


def test_the_network_keeps_its_name_zone_money_and_birthday() -> None:
    facts = network()["network"]
    assert (facts["slug"], facts["name"]) == ("mirkhai", "LSON Mirkhai")
    assert (facts["tz"], facts["language"], facts["currency"]) == ("Asia/Karachi", "ur-Latn", "PKR")
    assert facts["formed"] == date(2021, 3, 14)


def test_eleven_lsos_stand_under_one_network() -> None:
    assert [u["name"] for u in network()["unit"] if u["kind"] == "LSON"] == ["LSON Mirkhai"]
    assert len({lso["name"] for lso in lsos()}) == 11
    assert len({lso["union_council"] for lso in lsos()}) == 11
    assert {lso["parent"] for lso in lsos()} == {"LSON Mirkhai"}
    assert Counter(lso["members"] for lso in lsos()) == {"women": 3, "mixed": 5, "men": 3}


@pytest.mark.parametrize(
    ("kind", "total", "least", "most"),
    [("vos", 142, 11, 15), ("cos", 1_074, 80, 115), ("households", 19_600, 1_400, 2_222)],
)
def test_the_counts_of_the_lsos_add_up(kind: str, total: int, least: int, most: int) -> None:
    counts = [lso[kind] for lso in lsos()]
    assert sum(counts) == total
    assert least <= min(counts) <= max(counts) <= most


def test_thirty_three_officers_hold_three_posts_in_each_lso() -> None:
    assert len(people()) == len({person["name"] for person in people()}) == 33
    for lso in lsos():
        posts = {post_in(p, "LSO") for p in people() if p["lso"] == lso["name"]}
        assert posts == {"President", "General Secretary", "Finance Secretary"}


def test_the_general_body_has_two_of_each_lso_and_nine_women() -> None:
    assert set(Counter(person["lso"] for person in in_body("GB")).values()) == {2}
    assert (len(in_body("GB")), women(in_body("GB"))) == (22, 9)


def test_the_executive_committee_has_fifteen_of_the_general_body_and_a_full_cabinet() -> None:
    committee = in_body("EC")
    assert (len(committee), women(committee)) == (15, 6)
    assert all(person in in_body("GB") for person in committee)
    assert len({person["lso"] for person in committee}) == 11
    posts = Counter(post_in(person, "EC") for person in committee)
    assert posts == {**dict.fromkeys(CABINET, 1), "Member": 9}


def test_only_women_lead_a_womens_lso_and_only_men_a_mens() -> None:
    kinds = {lso["name"]: lso["members"] for lso in lsos()}
    for person in people():
        assert (kinds[person["lso"]], person["sex"]) not in {("women", "M"), ("men", "F")}


def test_people_read_what_the_tehsil_reads() -> None:
    read = Counter(person["language"] for person in people())
    assert read == {"ur-Latn": 15, "ur": 10, "ps": 5, "en": 3}


def test_every_number_is_a_demo_number_however_it_was_typed() -> None:
    assert all(re.fullmatch(r"\+9239\d{8}", number) for number in numbers())
    spelt = [person["phone"] for person in people() if person["phone"]]
    shapes = {re.sub(r"\d", "9", phone) for phone in spelt}
    assert len(shapes) >= 10
    assert sum(not phone.isascii() for phone in spelt) == 1


def test_two_people_have_no_phone_and_two_pairs_share_one() -> None:
    assert sum(not person["phone"] for person in people()) == 2
    assert Counter(numbers().values()) == {1: 27, 2: 2}
    for person in people():
        if person["phone"] and numbers()[number_of(person)] == 2:
            assert person["shared"] == "yes"


def test_womens_phones_are_shared_far_more_often_than_mens() -> None:
    shared = [person for person in people() if person["shared"] == "yes"]
    assert Counter(person["sex"] for person in shared) == {"F": 5, "M": 1}
    assert {person["shared"] for person in people()} == {"yes", "no"}


def test_most_phones_are_basic_ones() -> None:
    kinds = Counter(person["phone_kind"] for person in people() if person["phone"])
    assert kinds == {"basic": 18, "smart": 13}


def test_everyone_has_an_urdu_name_and_a_basis_that_names_no_day() -> None:
    for person in people():
        assert re.search(r"[\u0600-\u06ff]", person["name_ur"])
        assert person["basis"]
        assert not re.search(r"\b20\d\d\b", person["basis"])


def test_twelve_months_of_meetings_stand_on_their_sundays() -> None:
    monthly = [m for m in held() if m["body"] == "EC" and "label" not in m]
    assert [m["no"] for m in monthly] == list(range(11, 23))
    assert [m["date"] for m in monthly] == MONTHLY
    general = {m["no"]: m["date"] for m in held() if m["body"] == "GB"}
    assert general == {5: date(2025, 8, 24), 6: date(2026, 2, 1)}
    assert [m["date"] for m in held() if m.get("label") == "E1"] == [date(2025, 8, 23)]
    assert [m["date"] for m in held()] == sorted(m["date"] for m in held())


def test_meetings_are_told_apart_by_number_and_start_at_a_time() -> None:
    assert len({m["no"] for m in minutes()["meeting"]}) == len(minutes()["meeting"])
    assert all(isinstance(m["time"], time) for m in minutes()["meeting"])
    assert {m["no"]: m["time"] for m in held()}[19] == time(9, 30)


def test_attendance_is_believable_and_only_number_16_had_no_quorum() -> None:
    assert [m["no"] for m in held() if not m["quorum_met"]] == [16]
    for meeting in held():
        seats, seats_of_women = (22, 9) if meeting["body"] == "GB" else (15, 6)
        assert meeting["women"] <= min(seats_of_women, meeting["present"])
        assert meeting["present"] <= seats
        assert meeting["quorum_met"] == (meeting["present"] >= 8)


def test_the_meeting_without_quorum_decided_nothing_and_says_so() -> None:
    meeting = next(m for m in held() if m["no"] == 16)
    assert meeting["note"] == "adjourned"
    assert "decision" not in meeting
    assert "no quorum" in meeting["summary"]["en"]


def test_meetings_to_come_are_counted_from_today() -> None:
    assert minutes()["shift_to_today"] is True
    assert [(m["no"], m["body"], m["relative_days"]) for m in upcoming()] == [
        (23, "EC", 5),
        (7, "GB", 36),
    ]


def test_fifty_two_decisions_touch_every_topic() -> None:
    assert len(list(decisions())) == 52
    assert {topic for _, decision in decisions() for topic in decision["topics"]} == TAGS
    for meeting in held():
        made = meeting.get("decision", [])
        assert [decision["no"] for decision in made] == list(range(1, len(made) + 1))
        assert meeting["no"] == 16 or 2 <= len(made) <= 5


def test_statuses_are_spread_as_in_a_real_year() -> None:
    statuses = Counter(decision["status"] for _, decision in decisions())
    assert statuses == {"done": 27, "in hand": 14, "overdue": 8, "dropped": 3}


def test_overdue_is_past_and_in_hand_is_still_to_come_on_any_day_of_the_demo() -> None:
    last = max(meeting["date"] for meeting in held())
    for meeting, decision in decisions():
        due = meeting["date"] + timedelta(days=decision["due_days"])
        if decision["status"] == "overdue":
            assert due < last + timedelta(days=7), code(meeting, decision)
        if decision["status"] == "in hand":
            assert due > last + timedelta(days=14), code(meeting, decision)


def test_one_dispute_is_restricted_and_its_summary_is_silent_about_it() -> None:
    restricted = [(m, d) for m, d in decisions() if d.get("restricted", False)]
    assert len(restricted) == 1
    meeting, decision = restricted[0]
    for writing in WRITINGS:
        assert decision["short"][writing] not in meeting["summary"][writing]
        assert f"D{decision['no']}" not in meeting["summary"][writing]


def test_number_14_made_exactly_the_three_decisions_that_the_samples_show() -> None:
    meeting = next(m for m in held() if m["no"] == 14)
    shown = [decision["short"]["ur-Latn"] for decision in meeting["decision"]]
    assert shown == ["Sarak khat DC ko", "Girls school list", "Fees Rs500"]
    assert meeting["summary"]["ur-Latn"] == (
        "Karwai 14, EC {date}, hazir 11. 1 Sarak khat DC ko: Sadar "
        "2 Girls school list: LSO Roshni 3 Fees Rs500. Tafseel D1 D2 D3"
    )


def test_everything_is_said_in_three_writings() -> None:
    for meeting in minutes()["meeting"]:
        tables = [meeting["venue"], meeting["agenda"]]
        tables += [meeting["summary"]] if "date" in meeting else []
        for decision in meeting.get("decision", []):
            tables += [decision["text"], decision["short"], decision["owner"]]
        assert all(tuple(table) == WRITINGS for table in tables)
        assert all(table[writing].strip() for table in tables for writing in WRITINGS)


def test_latin_texts_stay_in_the_cheap_alphabet_and_urdu_has_western_digits() -> None:
    for writing, text in every_text():
        if writing != "ur":
            assert text.isascii()
            assert encoding_of(text) is Encoding.GSM7, text
        assert not re.search(r"[٠-٩۰-۹–—“”‘’\u200b-\u200f]", text), text


def test_no_text_names_a_day_of_its_own_because_the_loader_moves_them() -> None:
    english = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
    urdu = "جنوری|فروری|مارچ|اپریل|مئی|جون|جولائی|اگست|ستمبر|اکتوبر|نومبر|دسمبر"
    month = rf"\b({english}|{urdu})\b|20\d\d"
    for _, text in every_text():
        assert not re.search(month, text), text
        assert set(re.findall(r"\{(.*?)\}", text)) <= {"date", "due"}


def test_no_number_in_an_urdu_text_can_turn_round() -> None:
    for writing, text in every_text():
        assert writing != "ur" or turn_proof(text) == text
    for meeting, decision in decisions():
        for reply in (
            answer(meeting, decision, "ur"),
            f"فیصلہ {meeting['no']}/{decision['no']}: {decision['text']['ur']}",
        ):
            assert turn_proof(reply) == reply


def test_every_summary_fits_one_segment_on_any_day() -> None:
    for meeting in held():
        for writing, text in meeting["summary"].items():
            filled = text.replace("{date}", LONGEST_DAY[writing])
            assert count(filled) == 1, (meeting["no"], writing, units(filled))


def test_every_summary_names_each_open_decision() -> None:
    for meeting, decision in decisions():
        if not decision.get("restricted", False):
            for writing in WRITINGS:
                named = f" {decision['no']} {decision['short'][writing]}"
                assert named in meeting["summary"][writing], code(meeting, decision)


def test_every_short_form_is_short() -> None:
    longest = {"en": 24, "ur-Latn": 24, "ur": 12}
    for meeting, decision in decisions():
        for writing, words in decision["short"].items():
            assert units(words) <= longest[writing], (code(meeting, decision), words)


def answer(meeting: Table, decision: Table, writing: str) -> str:
    """What a member gets for D and a number: the samples of the plan, filled at their longest."""
    text, owner = decision["text"][writing], decision["owner"][writing]
    label, day, status = code(meeting, decision), LONGEST_DAY[writing], decision["status"]
    return {
        "en": f"Decision {label} ({day}): {text} Who: {owner}. By: {day}. Status: {status}",
        "ur-Latn": f"Faisla {label} ({day}): {text} Zimmedar: {owner}. Tareekh: {day}. "
        f"Haalat: {STATUS_WORDS[status]}",
        "ur": f"فیصلہ {label}: {text} ذمہ دار: {owner}۔ {day} تک",
    }[writing]


@pytest.mark.parametrize("writing", WRITINGS)
def test_every_decision_answers_in_one_segment(writing: str) -> None:
    for meeting, decision in decisions():
        reply = answer(meeting, decision, writing)
        assert count(reply) == 1, (reply, units(reply))


def test_every_decision_is_a_sentence_with_an_end() -> None:
    for _, decision in decisions():
        assert decision["text"]["en"].endswith(".")
        assert decision["text"]["ur-Latn"].endswith(".")
        assert decision["text"]["ur"].endswith("۔")


def test_no_two_decisions_say_the_same() -> None:
    for writing in WRITINGS:
        said = Counter(decision["text"][writing] for _, decision in decisions())
        assert set(said.values()) == {1}


def test_every_owner_is_an_office_or_an_lso_that_exists() -> None:
    offices = {"President", "Vice President", "Gen Sec", "Finance Sec", "Press Sec"}
    owners = {decision["owner"]["en"] for _, decision in decisions()}
    assert owners <= offices | {lso["name"] for lso in lsos()}
