"""Sums are exact and currencies never mixed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import Money, parse_price


@pytest.mark.parametrize(
    ("money", "shown"),
    [
        (Money(190_000_000, "PKR"), "Rs 190"),
        (Money(2_500_000, "PKR"), "Rs 2.50"),
        (Money(2_500_000_000, "PKR"), "Rs 2,500"),
        (Money(1_200_000, "USD"), "USD 1.20"),
        (Money(3_000_000, "USD"), "USD 3.00"),
        (Money(7_500, "USD"), "USD 0.0075"),
        (Money(-7_500, "USD"), "USD -0.0075"),
        (Money(0, "PKR"), "Rs 0"),
    ],
)
def test_money_is_shown_as_people_write_it(money: Money, shown: str) -> None:
    assert money.shown() == shown


def test_the_price_of_segments_is_the_price_of_one_times_their_number() -> None:
    assert Money(550_000, "PKR") * 318 == 318 * Money(550_000, "PKR") == Money(174_900_000, "PKR")


def test_two_currencies_are_never_added() -> None:
    with pytest.raises(ValueError, match="PKR and USD"):
        Money(1, "PKR") + Money(1, "USD")
    with pytest.raises(ValueError, match="PKR and USD"):
        Money(1, "PKR") - Money(1, "USD")


@pytest.mark.parametrize("currency", ["", "rs", "RUPEE", "$"])
def test_a_currency_is_an_iso_code(currency: str) -> None:
    with pytest.raises(ValueError, match="ISO code"):
        Money(1, currency)


@pytest.mark.parametrize(
    ("price", "micro"),
    [("-0.00750", 7_500), ("0.0075", 7_500), ("-12", 12_000_000), ("-.5", 500_000), ("0", 0)],
)
def test_a_providers_price_is_a_cost_whatever_its_sign(price: str, micro: int) -> None:
    assert parse_price(price, "USD") == micro


def test_what_is_finer_than_a_micro_unit_is_rounded_up() -> None:
    assert parse_price("-0.0000001", "USD") == 1


@pytest.mark.parametrize("price", ["", "free", "NaN", "Infinity", "1e9", "0,75", "1.2.3", "9" * 99])
def test_what_is_no_price_is_refused(price: str) -> None:
    with pytest.raises(ValueError, match="is not a price"):
        parse_price(price, "USD")


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_adding_and_taking_away_gives_the_same_again(one: int, other: int) -> None:
    assert Money(one, "PKR") + Money(other, "PKR") - Money(other, "PKR") == Money(one, "PKR")
