"""How fast and at what price a wire may be driven, as its kind proposes and its owner decides."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pacing:
    """The limits of one route; None means that the wire itself sets no such limit.

    `per_second` and `burst` shape the flow, `per_window` texts fit into `window_s` seconds,
    `in_flight` calls run at once. `price_micro` is the price of one segment in millionths of
    `currency`; 0 where nobody has stated one.
    """

    per_second: float | None = None
    burst: int = 1
    per_window: int | None = None
    window_s: int | None = None
    per_day: int | None = None
    in_flight: int = 10
    price_micro: int = 0
    currency: str = "PKR"
