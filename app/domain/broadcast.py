"""A text that we start: it names the network, carries a Ref, and its plan has a hash."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from app.domain import gsm
from app.domain.errors import Refusal
from app.domain.lint import Severity, lint
from app.domain.messages import Lane
from app.domain.storable import storable

MOST_SEGMENTS = 4
"""Longer texts belong on paper, in a mail or in a second text."""
PLACEHOLDERS = frozenset({"network", "ref"})
_BRACES = re.compile(r"\{([^{}]*)\}")


class Kind(StrEnum):
    """Why a text is sent, which decides its lane, its consent and its hours."""

    URGENT = "urgent"
    NOTICE = "notice"
    NEWS = "news"

    @property
    def lane(self) -> Lane:
        """The lane of this kind."""
        return {Kind.URGENT: Lane.URGENT, Kind.NOTICE: Lane.NORMAL, Kind.NEWS: Lane.BULK}[self]


class Medium(StrEnum):
    """What a broadcast goes out as, which decides the kind of address that counts."""

    TEXT = "text"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Worded:
    """One text ready to go out, counted; a letter counts as one, its encoding is `mail`."""

    language: str
    body: str
    encoding: str
    segments: int


def worded(text: str, language: str, *, network: str, ref: int) -> Worded:
    """The text as it goes out: network first, Ref last, neither written twice.

    `{network}` and `{ref}` are filled in where the author put them. Raises Refusal for an
    empty text, an unknown placeholder, a link or a request for a CNIC, a PIN or money, or more
    than four segments.
    """
    text = storable(text)
    if not text.strip():
        raise Refusal("text_empty", "The text is empty. Write what is to be sent.")
    body = _filled(text.strip(), {"network": network, "ref": str(ref)})
    if network.casefold() not in body.casefold()[: len(network) + 20]:
        body = f"{network}: {body}"
    if not re.search(rf"\bref\s*{ref}\b", body, re.IGNORECASE):
        body = f"{body} Ref {ref}"
    _check(body, language)
    count = gsm.count(body)
    if count > MOST_SEGMENTS:
        raise Refusal(
            "text_too_long",
            "The {language} text needs {count} segments with name and Ref; "
            "{most} is the most. Shorten it, or send it as two texts.",
            language=language,
            count=count,
            most=MOST_SEGMENTS,
        )
    return Worded(language, body, gsm.encoding_of(body).value, count)


def _check(body: str, language: str) -> None:
    for finding in lint(body, language):
        if finding.severity is Severity.STOP:
            raise Refusal(
                "text_lint",
                'The {language} text cannot go out with "{words}". {why}',
                language=language,
                words=finding.words,
                why=finding.sentence,
            )


def _filled(text: str, values: Mapping[str, str]) -> str:
    def fill(found: re.Match[str]) -> str:
        name = found.group(1).strip()
        if name not in values:
            known = ", ".join(sorted("{" + word + "}" for word in values))
            raise Refusal(
                "unknown_placeholder",
                "{place} is not known here. Known are {known}; write anything else as plain words.",
                place=repr(found.group(0)),
                known=known,
            )
        return values[name]

    return _BRACES.sub(fill, text)


@dataclass(frozen=True, slots=True)
class Total:
    """How many addresses get which text over which route, and at what price for each."""

    language: str
    route: str
    addresses: int
    segments: int
    price_micro: int
    is_free: bool = False
    """Whether the route costs nothing by its nature, as a messenger's."""


def publication_hash(hashes: Sequence[str], revision: int, forms: Sequence[tuple[str, ...]]) -> str:
    """16 hexadecimal digits over the plans of all its media and over each form it has."""
    shown = [sorted(hashes), revision, sorted(forms)]
    words = json.dumps(shown, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def conditions(*, is_private: bool = False, send_at: datetime | None = None) -> tuple[str, ...]:
    """What else an approver is shown of a plan: whether it is private, when it goes."""
    privacy = ("private",) if is_private else ()
    moment = () if send_at is None else (send_at.astimezone(UTC).isoformat(),)
    return (*privacy, *moment)


def plan_hash(
    audience: str,
    kind: Kind,
    texts: Sequence[Worded],
    totals: Sequence[Total],
    shown_besides: Sequence[str] = (),
) -> str:
    """16 hexadecimal digits over all that an approver was shown; any change changes them."""
    shown: list[object] = [
        audience,
        kind.value,
        sorted((text.language, text.body) for text in texts),
        sorted((t.language, t.route, t.addresses, t.segments, t.price_micro) for t in totals),
        *shown_besides,
    ]
    words = json.dumps(shown, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(words.encode()).hexdigest()[:16]
