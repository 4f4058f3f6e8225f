"""Offices have one spelling, and it is known which one person holds alone."""

from app.domain.offices import WORDS, body_for, is_office, is_single, office_named, tier_of


def test_a_known_office_has_one_spelling() -> None:
    assert office_named("  vice   PRESIDENT ") == "Vice President"
    assert office_named("Lady Health Worker") == "Lady Health Worker"


def test_plain_membership_leads_nothing() -> None:
    assert [is_office(post) for post in ("", "Member", "President")] == [False, False, True]


def test_outside_there_are_many_of_a_kind() -> None:
    assert is_single("LSO", "President")
    assert not is_single("OUT", "President")
    assert not is_single("GB", "Member")


def test_bodies_follow_from_units_and_tiers_from_bodies() -> None:
    kinds = ("LSON", "LSO", "CO", "media")
    assert [body_for(kind) for kind in kinds] == ["EC", "LSO", "CO", "OUT"]
    codes = ("EC", "GB", "VO", "FLOOD", "OUT")
    assert [tier_of(code) for code in codes] == ["LSON", "LSON", "VO", "", ""]


def test_words_for_texts_are_of_known_offices() -> None:
    assert all(office_named(post) == post for words in WORDS.values() for post in words)
