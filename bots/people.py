"""The people on a phone, what they say of a meeting, and those whom a code of a chat names."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fellow:
    """One of the people on a phone; `local_name` is theirs in the local script, if any."""

    id: int
    name: str
    local_name: str = ""
    is_private: bool = False
    """Whether what nobody else may read can go to this phone for this person."""


@dataclass(frozen=True, slots=True)
class LinkNote:
    """What a code links: the chat of `fellow`, or the group of `body`; 0 for a wrong code."""

    code_id: int = 0
    fellow: Fellow | None = None
    language: str = ""
    """What that person reads, as far as it is known."""
    body: str = ""
    is_silent: bool = False
    """Whether so many wrong codes came that nothing is answered any more."""


@dataclass(frozen=True, slots=True)
class Said:
    """What an answer to a meeting says besides yes or no."""

    transport: bool = False
    """They come if somebody fetches them."""
    child: bool = False
    """They bring a child."""
    stand_in: str = ""
    """Who comes instead; `?` when the name was not told."""


NOTHING_BESIDES = Said()
