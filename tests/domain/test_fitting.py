"""What fits into so many segments is never more of them when it is really split."""

import pytest

from app.domain import gsm
from app.domain.fitting import overflow


@pytest.mark.parametrize("parts", [1, 2, 3])
@pytest.mark.parametrize("letters", ["a", "€", "آ", "a€", "😀", "a😀", "آ😀"])
def test_what_fits_does_and_little_more_does_not(letters: str, parts: int) -> None:
    for count in range(1, 500):
        text = letters * count
        over = overflow(text, parts)
        if -9 < over <= 0:
            assert gsm.count(text) <= parts
        elif parts + 4 < over < 20:
            assert gsm.count(text) > parts
