"""The institution: who may stand under whom, and who is texted first."""

import pytest

from app.domain.institution import (
    BODY_RANK,
    CABINET,
    KINDS,
    OFFICERS,
    OUTSIDE,
    TIERS,
    WITHOUT_SEAT,
    parent_kinds,
    rank_of,
)


@pytest.mark.parametrize(
    ("kind", "above"),
    [
        ("LSON", ()),
        ("LSO", ("LSON",)),
        ("VO", ("LSON", "LSO")),
        ("CO", ("LSON", "LSO", "VO")),
        ("department", ()),
        ("nonsense", ()),
    ],
)
def test_a_unit_stands_only_under_a_higher_tier(kind: str, above: tuple[str, ...]) -> None:
    assert parent_kinds(kind) == above


def test_no_kind_stands_under_itself_or_under_what_stands_under_it() -> None:
    for kind in KINDS:
        for above in parent_kinds(kind):
            assert kind not in parent_kinds(above)
            assert kind != above


def test_every_kind_fits_where_it_is_stored() -> None:
    assert len(set(KINDS)) == len(KINDS)
    assert all(len(kind) <= 12 for kind in KINDS)
    assert not set(TIERS) & set(OUTSIDE)


def test_every_tier_has_its_officers_and_the_cabinet_has_six() -> None:
    assert set(OFFICERS) == set(TIERS)
    assert len(CABINET) == 6
    assert "President" in OFFICERS["VO"]


def test_leaders_come_before_members_of_committees_and_both_before_the_others() -> None:
    in_order = ["EC", "GB", "LSO", "VO", "CO"]
    assert [rank_of(body) for body in in_order] == sorted(rank_of(body) for body in in_order)
    assert max(BODY_RANK.values()) < rank_of("some committee") < rank_of("") == WITHOUT_SEAT
