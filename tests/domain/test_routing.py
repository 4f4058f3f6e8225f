"""Which wire takes a number: the cheapest open one that reaches it."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.routing import REACHES, Offer, choose

offers = st.builds(
    Offer,
    route_id=st.integers(1, 9),
    name=st.just("wire"),
    reaches=st.frozensets(st.sampled_from([*REACHES, "held", "none"])),
    price_micro=st.integers(0, 3),
    currency=st.just("PKR"),
    is_open=st.booleans(),
)


@given(st.lists(offers, max_size=6))
def test_the_cheapest_open_wire_that_reaches_a_number_is_taken(known: list[Offer]) -> None:
    chosen = choose(known)
    for reach in REACHES:
        able = [one for one in known if one.is_open and reach in one.reaches]
        assert (reach in chosen) == bool(able)
        if able:
            best = min((one.price_micro, one.route_id) for one in able)
            assert (chosen[reach].price_micro, chosen[reach].route_id) == best


@given(st.lists(offers, max_size=6))
def test_doubtful_numbers_and_landlines_have_no_wire(known: list[Offer]) -> None:
    assert set(choose(known)) <= set(REACHES)


@given(st.lists(offers, max_size=6, unique_by=lambda one: one.route_id))
def test_the_choice_does_not_hang_on_the_order_of_the_wires(known: list[Offer]) -> None:
    assert choose(known) == choose(known[::-1])
