"""What a routine text may not say: no links, no asking for a CNIC, a PIN or money.

Frauds in our name do exactly that, so members are taught that we never do. STOP is what asks;
WARN is what only speaks of it and might be taken for asking. It is a net, not a proof: a second
person still reads every text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from app.domain import lint_words
from app.domain.errors import Phrase
from app.domain.lint_verbs import Line, Span, Verb, verbs_of
from app.domain.lint_words import listener
from app.domain.look_alikes import Plain, plain_spelling

Code = Literal["link", "cnic", "pin", "money"]


class Severity(StrEnum):
    """STOP: the text cannot be planned. WARN: the author is told."""

    STOP = "stop"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Finding:
    """`words` is the part of the text that it is about, as it stands there."""

    code: Code
    words: str
    severity: Severity
    sentence: Phrase


_Placed = tuple[int, Finding]

_WHY = {
    ("link", Severity.STOP): Phrase(
        "A text carries no links: frauds send them in our name. "
        "Say what stands there, or where people can ask."
    ),
    ("link", Severity.WARN): Phrase(
        "A mail address can be imitated. Name a person or the office instead if you can."
    ),
    ("cnic", Severity.STOP): Phrase(
        "A text never asks for identity cards or their numbers: frauds do. "
        "Ask people to bring the card; news of a card camp goes into a sentence of its own."
    ),
    ("cnic", Severity.WARN): Phrase(
        "This speaks of identity cards. Make clear that nobody has to send a card or its number."
    ),
    ("pin", Severity.STOP): Phrase(
        "A text never asks for a PIN, a password or a code: frauds do. Leave this out."
    ),
    ("pin", Severity.WARN): Phrase(
        "This speaks of a PIN, a password or a code. Make clear that nobody has to tell it."
    ),
    ("money", Severity.STOP): Phrase(
        "A text never asks for money to be sent, nor names an account: frauds do. "
        "Say what was decided and who takes the money against a receipt."
    ),
    ("money", Severity.WARN): Phrase(
        "This may be taken for a request to send money. Say who takes it against a receipt."
    ),
}

_cnic = listener(lint_words.CNIC)
_cnic_pashto = listener(lint_words.CNIC, lint_words.CNIC_PASHTO)
_pin = listener(lint_words.PIN)
_code = listener(lint_words.CODE)
_sums = listener(lint_words.MONEY, lint_words.FEES)
_account = listener(lint_words.ACCOUNT)
_drives = listener(lint_words.DRIVES)
_examples = listener(lint_words.EXAMPLE)

_CLEAR = (
    "com|org|net|info|biz|pk|edu|gov|mil|xyz|ly|gl|io|uk|cn|ru|pro|mobi|website|cfd|icu|vip|"
    "buzz|win|bid|loan|sbs|tech|dev|web|asia|پاکستان"
)
_WORDLIKE = (
    "me|be|in|to|is|it|at|us|co|cc|tv|ai|so|sh|gd|gy|do|id|la|li|page|app|link|site|online|"
    "shop|store|top|live|click|club|fun|space|world|today|news|help|tk|ml|ga|cf|gq|am|fm|pw|"
    "ws|su|eu|de|fr|af|ir|ae|sa|one|art|win|st|sg|my|re|im|lat|bond|rest"
)
"""Also words that follow a full stop without a blank: a link only with what follows a host."""
_HOSTS = (
    r"(?:wa|t|m|fb|ig)\.me|youtu\.be|fb\.(?:watch|com)|(?:is|v|da)\.gd|[gt]\.co|rb\.gy|cutt\.ly|"
    r"goo\.gl|tiny\.cc|rebrand\.ly|shorturl\.at"
)
_link = re.compile(
    r":\s*/\s*/"
    r"|h(?:tt|xx)ps?\s*[:/]"
    r"|(?<!\w)www\s*\.\s*\w"
    rf"|(?<!\w)(?:{_HOSTS})(?!\w)"
    rf"|(?<=[\w-])\.(?:{_CLEAR})(?!\w)"
    rf"|(?<=[\w-])\.(?:{_WORDLIKE})(?::\d+)?[/?#]\w"
    r"|(?<=\w)(?: ?[\[({] ?(?:\.|dot) ?[\])}] ?| \. ?| dot )(?:com|net|org|pk|ly|info)(?!\w)"
    r"|(?<!\d)\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?/"
).finditer
_OPENING = " \"'(<[{،,"
_CLOSING = " .,:;!?)>]}\"'،؛؟"
_cnic_number = re.compile(r"(?<!\d)\d{5}[ -]\d{7}[ -]\d(?!\d)").finditer


def lint(text: str, language: str) -> tuple[Finding, ...]:
    """What is wrong with a text, in its order; STOP before WARN where both begin together.

    Letters that only look the same, digits of any script, marks, and words spelled out are seen
    through. `language` is a tag such as `ur-Latn`.
    """
    plain = plain_spelling(text)
    found = [*_links(plain), *_numbers(plain), *_requests(plain.without_dots(), language)]
    return tuple(_each_once(sorted(found, key=lambda one: (one[0], one[1].severity))))


def _each_once(found: list[_Placed]) -> list[Finding]:
    """One finding of a code for the same words: what stops before what warns, else the first."""
    kept: list[Finding] = []
    last: dict[Code, tuple[int, int]] = {}
    for start, finding in found:
        end, number = last.get(finding.code, (0, 0))
        if start >= end:
            last[finding.code] = (start + len(finding.words), len(kept))
            kept.append(finding)
        elif finding.severity < kept[number].severity:
            last[finding.code] = (start + len(finding.words), number)
            kept[number] = finding
    return kept


def _finding(code: Code, severity: Severity, words: str) -> Finding:
    return Finding(code, words, severity, _WHY[code, severity])


def _links(plain: Plain) -> Iterator[_Placed]:
    until = 0
    for match in _link(plain.text):
        if match.start() < until:
            continue
        start, until = _whole(plain.text, *match.span())
        whole = plain.text[start:until]
        is_mail = "@" in whole and not re.search(r"[/?#]|www", whole)
        severity = Severity.WARN if is_mail else Severity.STOP
        yield plain.places[start], _finding("link", severity, plain.shown(start, until))


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """The address around what gave it away, without the sentence's own signs."""
    least = end
    while start and text[start - 1] not in _OPENING:
        start -= 1
    while end < len(text) and text[end] != " ":
        end += 1
    while end > least and text[end - 1] in _CLOSING:
        end -= 1
    return start, end


def _numbers(plain: Plain) -> Iterator[_Placed]:
    for match in _cnic_number(plain.text):
        words = plain.shown(*match.span())
        yield plain.places[match.start()], _finding("cnic", Severity.STOP, words)


def _requests(plain: Plain, language: str) -> Iterator[_Placed]:
    line = Line(plain)
    verbs = verbs_of(line)
    yield from _cards(line, verbs, is_pashto=language.split("-")[0] == "ps")
    yield from _secrets(line, verbs)
    yield from _sums_asked(line, verbs)


def _cards(line: Line, verbs: Sequence[Verb], *, is_pashto: bool) -> Iterator[_Placed]:
    drives = line.spans(_drives)
    for card in line.spans(_cnic_pashto if is_pashto else _cnic):
        is_drive = any(line.follows(card, drive, 3) for drive in drives)
        verb = None if is_drive else line.asked(card, verbs)
        yield _request(line, "cnic", card, verb)


def _secrets(line: Line, verbs: Sequence[Verb]) -> Iterator[_Placed]:
    pins, examples = line.spans(_pin), line.spans(_examples)
    for pin in pins:
        yield _request(line, "pin", pin, line.asked(pin, verbs))
    for code in line.spans(_code):
        is_said = any(code.overlaps(pin) or line.follows(pin, code, 1) for pin in pins)
        is_example = any(line.follows(code, one, 5) for one in examples)
        verb = None if is_said or is_example else line.asked(code, verbs)
        if verb:
            yield _request(line, "pin", code, verb)


def _sums_asked(line: Line, verbs: Sequence[Verb]) -> Iterator[_Placed]:
    accounts = line.spans(_account)
    for account in accounts:
        number = line.long_number_after(account)
        yield _request(line, "money", account, number or line.paid(account, verbs))
    for money in line.spans(_sums):
        if any(money.overlaps(account) for account in accounts):
            continue
        if verb := line.sent(money, verbs):
            yield _request(line, "money", money, verb)
        elif line.paid(money, verbs):
            yield _request(line, "money", money, None)


def _request(line: Line, code: Code, noun: Span, verb: Span | Verb | None) -> _Placed:
    """What is asked for with the word that asks; alone it is only spoken of."""
    first = min(noun.first, verb.first) if verb else noun.first
    last = max(noun.last, verb.last) if verb else noun.last
    severity = Severity.STOP if verb else Severity.WARN
    return line.place(first), _finding(code, severity, line.shown(first, last))
