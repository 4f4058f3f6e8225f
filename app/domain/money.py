"""Money as whole micro-units of one currency, so that no sum is ever rounded on the way."""

import re
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

MICRO = 1_000_000
_currency = re.compile("[A-Z]{3}").fullmatch
_decimal = re.compile(r"[+-]?(?:[0-9]{1,12}(?:\.[0-9]{0,12})?|\.[0-9]{1,12})").fullmatch


@dataclass(frozen=True, slots=True)
class Money:
    """`micro` millionths of one unit of `currency` (ISO 4217)."""

    micro: int
    currency: str

    def __post_init__(self) -> None:
        """Refuse a currency that is no ISO code, with ValueError."""
        _checked(self.currency)

    def __add__(self, other: "Money") -> "Money":
        """The sum; ValueError for two currencies, because nobody here knows a rate."""
        self._same_currency(other)
        return Money(self.micro + other.micro, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        """The difference; ValueError for two currencies."""
        self._same_currency(other)
        return Money(self.micro - other.micro, self.currency)

    def __mul__(self, times: int) -> "Money":
        """So many of it: the price of one segment times the segments."""
        return Money(self.micro * times, self.currency)

    __rmul__ = __mul__

    def shown(self) -> str:
        """For people: `Rs 190`, `Rs 2.50`, `USD 1.20`, `USD 0.0075`; never rounded."""
        whole, part = divmod(abs(self.micro), MICRO)
        decimals = f"{part:06d}".rstrip("0")
        rupees = self.currency == "PKR"
        if decimals or not rupees:
            decimals = "." + decimals.ljust(2, "0")
        sign = "-" if self.micro < 0 else ""
        return f"{'Rs' if rupees else self.currency} {sign}{whole:,}{decimals}"

    def _same_currency(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be reckoned together")


def parse_price(price: str, currency: str) -> int:
    """The cost in micro-units that a provider's price string states: `-0.00750` costs 7500.

    Twilio writes a cost with a minus; a price is a cost whatever its sign. What is finer than a
    micro-unit is rounded up. Raises ValueError when the string is no decimal number or the
    currency no ISO 4217 code.
    """
    _checked(currency)
    if not _decimal(price):
        raise ValueError(f"{price[:20]!r} is not a price: write digits with a point, as in 0.0075")
    return int((abs(Decimal(price)) * MICRO).to_integral_value(rounding=ROUND_CEILING))


def _checked(currency: str) -> None:
    if not _currency(currency):
        raise ValueError(f"{currency[:20]!r} is not a currency: write its ISO code, such as PKR")
