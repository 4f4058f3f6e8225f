"""What the demo's made-up leaders are like: as many, and as they live, as the real ones."""

import csv
import io
import re
import tomllib
from collections import Counter
from datetime import date
from functools import cache

import pytest

from app.domain.msisdn import is_demo, read_number
from app.services.add_units import NewUnit
from app.services.invent_people import DONORS, Inventor, Line, sheet
from tests.factories import ROOT

DATA = ROOT / "deploy" / "demo"
TODAY = date(2026, 3, 1)


def words(name: str) -> dict[str, list[dict[str, object]]]:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def invented() -> tuple[list[NewUnit], list[Line], list[Line]]:
    lsos = [one for one in words("mirkhai")["unit"] if one["kind"] == "LSO"]
    inventor = Inventor(words("names"), TODAY)
    return inventor.units(lsos), inventor.leaders(lsos), inventor.stakeholders()


def share(lines: list[Line], column: str, value: str) -> float:
    return sum(line.get(column) == value for line in lines) / len(lines)


def test_there_are_as_many_vos_and_cos_as_the_lsos_say() -> None:
    kinds = Counter(unit.kind for unit in invented()[0])
    assert (kinds["VO"], kinds["CO"]) == (142, 1_074)
    paths = [(unit.under, unit.name) for unit in invented()[0]]
    assert len(set(paths)) == len(paths)


def test_every_vo_and_co_has_two_officers_of_different_posts() -> None:
    leaders = invented()[1]
    assert Counter(line["body"] for line in leaders) == {"VO": 284, "CO": 2_148}
    posts = Counter((line["lso"], line["vo"], line.get("co", ""), line["post"]) for line in leaders)
    assert set(posts.values()) == {1}


def test_there_are_107_blood_donors_and_each_has_agreed_to_be_in_the_register() -> None:
    donors = [line for line in invented()[1] if line.get("group") == DONORS]
    assert len(donors) == 107
    assert all(line["blood"] and line["blood consent"] and line["phone"] for line in donors)
    others = [line for line in invented()[1] if line.get("group") != DONORS]
    assert not any(line.get("blood") for line in others)


def test_sixty_four_posts_outside_are_kept() -> None:
    outside = invented()[2]
    assert len({(line["unit"], line["post"]) for line in outside}) == len(outside) == 64
    names = {unit.name for unit in invented()[0]}
    assert {line["unit"] for line in outside} <= names


@pytest.mark.parametrize(
    ("column", "value", "wanted"),
    [
        ("language", "ur-Latn", 0.46),
        ("language", "ur", 0.30),
        ("language", "ps", 0.14),
        ("language", "en", 0.10),
        ("reads", "self", 0.55),
        ("phone", "", 0.12),
    ],
)
def test_they_read_and_hold_what_the_tehsil_does(column: str, value: str, wanted: float) -> None:
    lines = [{"phone": "", **line} for line in invented()[1]]
    assert share(lines, column, value) == pytest.approx(wanted, abs=0.03)


def test_womens_phones_are_shared_far_more_often_than_mens() -> None:
    held = [line for line in invented()[1] if line.get("phone")]
    women = [line for line in held if line["sex"] == "F"]
    men = [line for line in held if line["sex"] == "M"]
    assert share(women, "whose", "family") == pytest.approx(0.36, abs=0.04)
    assert share(men, "whose", "family") == pytest.approx(0.08, abs=0.04)


def test_every_number_is_a_demo_number_and_few_are_two_peoples() -> None:
    phones = [line["phone"] for line in (*invented()[1], *invented()[2]) if line.get("phone")]
    numbers = [read_number(phone).msisdn or "" for phone in phones]
    assert all(is_demo(number) for number in numbers)
    assert 10 <= sum(n == 2 for n in Counter(numbers).values()) <= 40
    assert len({re.sub(r"\d", "9", phone) for phone in phones}) >= 5


def test_the_lists_are_the_same_each_time_and_read_back() -> None:
    lsos = [one for one in words("mirkhai")["unit"] if one["kind"] == "LSO"]
    again = Inventor(words("names"), TODAY)
    again_lines = again.leaders(lsos)
    assert again_lines == invented()[1]
    read = list(csv.DictReader(io.StringIO(sheet(again_lines).decode())))
    assert [line["name"] for line in read] == [line["name"] for line in again_lines]
