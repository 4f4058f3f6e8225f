"""Preview one text while it is being written: its segments as they will be cut, and its price."""

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import bidirectional

from app.catalogue import Catalogue
from app.domain import gsm
from app.domain.broadcast import worded
from app.domain.errors import Refusal
from app.domain.gsm_tables import SEPTETS
from app.domain.plain import make_plain
from app.domain.storable import storable
from app.services.plan_broadcast import unknown_language, word
from app.store.networks import NetworkInfo

_ALONE = {gsm.Encoding.GSM7: gsm.GSM7_ALONE, gsm.Encoding.UCS2: gsm.UCS2_ALONE}
_JOINED = {gsm.Encoding.GSM7: gsm.GSM7_JOINED[8], gsm.Encoding.UCS2: gsm.UCS2_JOINED[8]}


@dataclass(frozen=True, slots=True)
class TextPreview:
    """One written text: as typed, as it would go out, and what its letters cost.

    A text with a fault is counted as it was typed, without name and Ref (`body` is `text`).
    """

    language: str
    text: str
    """As typed, without signs that no database takes."""
    body: str
    """As it would go out: the network's name first, the Ref last."""
    encoding: str
    """`GSM-7` or `UCS-2`."""
    segments: tuple[int, ...]
    """Units used in each segment; `len(segments)` is what is billed."""
    capacity: int
    """Units that each segment can have: 160 or 153, 70 or 67."""
    left: int
    """Letters left in the last segment."""
    phones: int
    """Phones that get this text."""
    odd: tuple[str, ...]
    """The characters that made a Latin text Unicode, each once; empty for any other text."""
    plain: str | None
    """What "make it plain" makes of `text`; None when it would change nothing."""
    plain_segments: int
    """Segments as it would go out when made plain; 0 when `plain` is None."""
    plain_saves_micro: int
    """Money less over all its phones when made plain."""


@dataclass(frozen=True, slots=True)
class Writing:
    """In whose name a text is written, and the Ref that it would bear."""

    network: NetworkInfo
    catalogue: Catalogue
    ref: int


def preview_text(
    tag: str, typed: str, writing: Writing, prices: Sequence[tuple[int, int]]
) -> tuple[TextPreview, Refusal | None]:
    """A text as it would go out, and the reason if it could not.

    `prices`: so many phones get it at that price a segment.
    """
    text = storable(typed)
    body, fault = _body(tag, text, writing)
    units = tuple(segment.units for segment in gsm.segments(body))
    encoding = gsm.encoding_of(body)
    capacity = _ALONE[encoding] if len(units) == 1 else _JOINED[encoding]
    plain = make_plain(text)
    is_plain = plain == text
    after = gsm.count(_body(tag, plain, writing)[0])
    of_one_segment = sum(phones * price_micro for phones, price_micro in prices)
    shown = TextPreview(
        language=tag,
        text=text,
        body=body,
        encoding=encoding.value,
        segments=units,
        capacity=capacity,
        left=capacity - units[-1],
        phones=sum(phones for phones, _ in prices),
        odd=_odd(body),
        plain=None if is_plain else plain,
        plain_segments=0 if is_plain else after,
        plain_saves_micro=0 if is_plain else (len(units) - after) * of_one_segment,
    )
    return shown, fault


def nothing_written() -> Refusal:
    """The Refusal with which an empty text is told."""
    try:
        worded("", "", network="", ref=0)
    except Refusal as refusal:
        return refusal
    raise AssertionError("an empty text was taken")


def _body(tag: str, text: str, writing: Writing) -> tuple[str, Refusal | None]:
    if tag not in writing.catalogue.languages:
        return text, unknown_language(writing.catalogue)
    try:
        return word(text, tag, writing.network, writing.catalogue, writing.ref).body, None
    except Refusal as refusal:
        return text, refusal


def _odd(body: str) -> tuple[str, ...]:
    if any(bidirectional(letter) in {"R", "AL"} for letter in body):
        return ()
    return tuple(letter for letter in dict.fromkeys(body) if letter not in SEPTETS)
