"""Units as people speak of them: their names, the ways to them, what may be written of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from app.domain.errors import Refusal
from app.domain.names import name_key
from app.domain.unit_facts import check_place, checked_facts
from app.domain.unit_names import bare_key, called, keys_of, read_called
from app.domain.unit_paths import UnitPaths


@dataclass(frozen=True, slots=True)
class Spot:
    id: int
    parent_id: int | None
    kind: str
    name: str
    local: str = ""

    @property
    def name_key(self) -> str:
        return name_key(self.name)

    @property
    def local_key(self) -> str:
        return name_key(self.local)


SPOTS = (
    Spot(1, None, "LSON", "LSON Mirkhai"),
    Spot(2, 1, "LSO", "Roshni", "روشنی"),
    Spot(3, 1, "LSO", "Umeed"),
    Spot(4, 2, "VO", "Dosti"),
    Spot(5, 3, "VO", "Dosti"),
    Spot(6, 2, "CO", "Dosti"),
    Spot(7, None, "department", "Health"),
    Spot(8, 4, "CO", "Gul"),
)


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        ("VO", "Dosti", "VO Dosti"),
        ("LSON", "LSON Mirkhai", "LSON Mirkhai"),
        ("VO", "vo Dosti", "vo Dosti"),
        ("VO", "Voices", "VO Voices"),
        ("department", "Health Office", "Health Office"),
        ("RSP", "Sarhad", "Sarhad"),
        ("VO", "", "VO "),
    ],
)
def test_a_tier_is_said_once_and_only_of_units_of_the_tree(
    kind: str, name: str, words: str
) -> None:
    assert called(kind, name) == words


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("VO Dosti", ("VO", "Dosti")),
        (" vo  Dosti ", ("VO", "Dosti")),
        ("Dosti", ("", "Dosti")),
        ("VO", ("", "VO")),
        ("Volga", ("", "Volga")),
        ("", ("", "")),
    ],
)
def test_a_tier_in_front_of_a_name_is_understood(words: str, read: tuple[str, str]) -> None:
    assert read_called(words) == read


@pytest.mark.parametrize(
    ("path", "id"),
    [
        (("LSON Mirkhai",), 1),
        (("Roshni",), 2),
        (("روشني",), 2),
        (("LSO roshni",), 2),
        (("LSON Mirkhai", "Roshni"), 2),
        (("Roshni", "Dosti"), 4),
        (("Roshni", "CO Dosti"), 6),
        (("Umeed", "Dosti"), 5),
        (("Roshni", "VO Dosti", "Gul"), 8),
        (("Health",), 7),
        (("VO Roshni",), None),
        (("Dosti",), None),
        (("Roshni", "Nobody"), None),
        (("",), None),
        ((), None),
    ],
)
def test_a_way_of_names_leads_to_one_unit(path: tuple[str, ...], id: int | None) -> None:
    assert UnitPaths(SPOTS).at(path) == id


def test_a_tier_in_the_stored_name_makes_no_difference() -> None:
    paths = UnitPaths((Spot(1, None, "LSO", "LSO Roshni"), Spot(2, 1, "VO", "VO Dosti")))
    for path in (("Roshni", "Dosti"), ("LSO Roshni", "VO Dosti"), ("LSO Roshni", "Dosti")):
        assert paths.at(path) == 2
    assert bare_key("VO", "vo dosti") == bare_key("VO", "dosti") == "dosti"
    assert bare_key("LSO", "vo dosti") == "vo dosti"
    assert bare_key("media", "media house") == "media house"
    assert keys_of("VO", "VO Dosti") == keys_of("VO", "dosti") == ("dosti", "vo dosti")


def test_a_unit_that_is_added_is_found_and_can_be_stood_under() -> None:
    paths = UnitPaths(SPOTS)
    paths.add(9, 5, "CO", ("naya", ""))
    assert paths.at(("Umeed", "Dosti", "Naya")) == 9
    assert (paths.kind_of(9), paths.kind_of(10), paths.root) == ("CO", None, 1)


@pytest.mark.parametrize(
    ("kind", "above"),
    [
        ("VO", "CO"),
        ("VO", "VO"),
        ("LSO", "VO"),
        ("VO", None),
        ("CO", None),
        ("LSO", None),
        ("CO", "department"),
        ("department", "LSON"),
        ("media", "clinic"),
        ("LSON", "LSON"),
    ],
)
def test_a_place_that_the_institution_does_not_know_is_refused(
    kind: str, above: str | None
) -> None:
    with pytest.raises(Refusal) as refused:
        check_place(kind, above)
    assert refused.value.code == "place"


@pytest.mark.parametrize(
    ("kind", "above"),
    [("LSON", None), ("LSO", "LSON"), ("VO", "LSO"), ("CO", "VO"), ("CO", "LSO"), ("media", None)],
)
def test_a_place_that_it_knows_is_not(kind: str, above: str | None) -> None:
    check_place(kind, above)


def test_blanks_are_put_in_order_and_nothing_else_is_changed() -> None:
    facts = {"name": "  Naya \n Din ", "place": "Shahi\t", "households": 12, "status": "lapsed"}
    assert checked_facts(facts) == {**facts, "name": "Naya Din", "place": "Shahi"}


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"name": " "}, "name"),
        ({"name": "—!"}, "name"),
        ({"name": "x" * 121}, "long"),
        ({"place": "x" * 121}, "long"),
        ({"kind": "TVO"}, "kind"),
        ({"members": "boys"}, "members"),
        ({"status": "gone"}, "status"),
        ({"households": -1}, "households"),
        ({"households": 10**9}, "households"),
        ({"formed_on": date(1021, 3, 1)}, "formed_on"),
        ({"verified_on": date(2126, 3, 1)}, "verified_on"),
    ],
)
def test_what_cannot_be_true_of_a_unit_is_refused(facts: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        checked_facts(facts)
    assert refused.value.code == code
    assert len(str(refused.value)) < 250
