"""Requests with their own grammar: codes, answers, blood, emergencies, offices, reports."""

from collections.abc import Sequence
from dataclasses import replace

from bots.ask import Ask, Certainty
from bots.codes import about_meeting, numbers_in
from bots.coming import is_kin
from bots.danger import MILD
from bots.sense import content_of, is_blocked, is_small, known_meaning, language_of, means, post_of
from bots.vocabulary import Vocabulary
from bots.written import written_after

_SHORT = 4
_MOST_OF_ANSWER = 9
_MOST_OF_BLOOD = 10
_CODES = {"d": "decision", "m": "minutes", "r": "status"}
_GROUPS = frozenset(
    {"a", "b", "o", "ab", "neg", "pos", "negative", "positive", "negativ", "positiv"}
)
_ABOUT_A_REPORT = frozenset({"status", "report", "contact"})
"""What words beside the number of a report may mean; "number" is one of those for contact."""
_NO_PLACE = frozenset({"minutes", "meeting", "decision", "news", "language", "verify", "help"}) | {
    "yes",
    "no",
    "report",
    "wrong_number",
    "join",
    "emergency",
    "blood",
}
"""What a word beside CONTACT must not mean; else it may be a place or a name."""


def coded(tokens: Sequence[str], words: Vocabulary) -> Ask | None:
    """R27 KI HAALAT, D14/1 DETAIL, 14/1 BATAO: a code and small words beside it."""
    while len(tokens) > 2 and tokens[0] in words.fillers and tokens[0] not in _CODES:
        tokens = tokens[1:]
    numbered = _numbered(tokens, words)
    if numbered is not None:
        return numbered
    if len(tokens) < 2 or tokens[0] not in _CODES or not tokens[1].isdigit():
        return None
    intent = _CODES[tokens[0]]
    at = 3 if intent == "decision" and len(tokens) > 2 and tokens[2].isdigit() else 2
    known = (intent, "status", "report", "help", "decision")
    if any(not is_small(token, words) and not means(token, known, words) for token in tokens[at:]):
        return None
    ask = about_meeting(intent, numbers_in(tokens[1:at]))
    return replace(ask, language=language_of(tokens[at:], words))


def _numbered(tokens: Sequence[str], words: Vocabulary) -> Ask | None:
    """14/1 BATAO, "12/2 kya tha": the number of a decision, and words that ask for it."""
    numbers, asked = numbers_in(tokens[:2]), tokens[2:]
    if len(numbers) < 2 or len(numbers[0]) not in (2, 3) or len(numbers[1]) > 2:
        return None
    if words.wishes.asks.isdisjoint(asked):
        return None
    known = words.wishes.asks | words.fillers | words.courtesy
    if any(token not in known and not means(token, ("decision",), words) for token in asked):
        return None
    return about_meeting("decision", numbers, language_of(asked, words))


def status(tokens: Sequence[str], words: Vocabulary) -> Ask | None:
    """HAALAT 27, MERA MASLA 27: a word for a report or how it stands, and one number."""
    numbers = numbers_in(tokens)
    if len(numbers) != 1 or len(tokens) > _MOST_OF_ANSWER or len(numbers[0]) > _SHORT + 1:
        return None
    rest = [token for token in tokens if not token.isdigit() and not is_small(token, words)]
    said = [known_meaning(token, words) for token in rest if token not in _CODES]
    if not {"status", "report"} & set(said) or not _ABOUT_A_REPORT.issuperset(said):
        return None
    named = [token for token in rest if means(token, ("status", "report"), words)]
    return Ask("status", numbers[0], Certainty.EXACT, language_of(named, words))


def answered(tokens: Sequence[str], words: Vocabulary) -> Ask | None:
    """Yes or no with words that change nothing beside it; a no anywhere wins."""
    said = [token for token in tokens if means(token, ("yes", "no"), words)]
    if not said or len(tokens) > _MOST_OF_ANSWER or any(token.isdigit() for token in tokens):
        return None
    beside = (token for token in tokens if token not in said)
    if any(token not in words.beside and token not in words.courtesy for token in beside):
        return None
    denied = next((t for t in said if means(t, ("no",), words)), None)
    is_anothers = is_kin(tokens, words.coming) or not words.coming.others.isdisjoint(tokens)
    comes = any(token in words.coming.own or token in words.coming.comes for token in said)
    if is_anothers and (denied is not None or comes):
        return None
    ask = words.exact[denied or said[0]]
    return Ask(ask.intent, None, Certainty.EXACT, ask.language)


def excused(tokens: Sequence[str], words: Vocabulary) -> Ask | None:
    """NAHI AUNGI, BACHI BIMAR HAI: a no that speaks of coming, and its reason."""
    if len(tokens) > _MOST_OF_ANSWER or is_blocked(tokens, words):
        return None
    if not words.coming.apart.isdisjoint(tokens) or is_kin(tokens, words.coming):
        return None
    for start in range(len(tokens)):
        for length in (4, 3, 2):
            said, rest = tokens[start : start + length], tokens[start + length :]
            ask = words.exact.get(" ".join(said))
            if ask is None or ask.intent != "no" or words.beside.isdisjoint(said):
                continue
            beside = [*tokens[:start], *rest]
            own = words.beside - words.coming.others
            is_first = own.issuperset(tokens[:start])
            is_own = not rest and means(" ".join(said[1:]), ("yes",), words)
            if (is_first or is_own) and all(_is_reason(token, words) for token in beside):
                return Ask("no", None, Certainty.EXACT, ask.language)
    return None


def _is_reason(token: str, words: Vocabulary) -> bool:
    if token.isdigit() or token in words.topics:
        return False
    return token in words.beside or is_small(token, words) or known_meaning(token, words) == ""


def blood(text: str, tokens: Sequence[str], words: Vocabulary) -> Ask | None:
    """BLOOD O NEG THQ, O POSITIVE KHOON CHAHIYE; blood that flows is no request."""
    at = next((n for n, token in enumerate(tokens) if means(token, ("blood",), words)), -1)
    if at < 0 or len(tokens) > _MOST_OF_BLOOD:
        return None
    rest = [token for n, token in enumerate(tokens) if n != at]
    is_asked = any(token in words.needs or token in _GROUPS for token in rest)
    is_denied = any(means(token, ("no",), words) for token in rest)
    if is_denied or not is_asked:
        return None
    if any(words.alarms.words.get(token, MILD) - MILD for token in rest):
        return None
    tail = list(tokens[at + 1 :]) if at == 0 else rest
    note = written_after(text, at + 1, tokens) if at == 0 else text
    return Ask(
        "blood", " ".join(tail) or None, Certainty.EXACT, language_of(tokens, words), note=note
    )


def emergency(text: str, tokens: Sequence[str], words: Vocabulary) -> Ask | None:
    """AMBULANCE SHAHI, 7 SHAHI: the numbers of a place, whatever else is told."""
    content = content_of(tokens, words)
    at = next((n for n, t in enumerate(content) if means(t, ("emergency",), words)), -1)
    if at < 0 or (at > 0 and (content[at].isdigit() or len(content) > _SHORT)):
        return None
    if any(token.isdigit() for token in content[:at]):
        return None
    if any(
        means(token, ("decision", "minutes", "news", "meeting"), words) for token in content[:at]
    ):
        return None
    place = [
        token
        for token in content
        if not means(token, ("emergency",), words)
        and token not in words.courtesy
        and not means(token, ("contact",), words)
        and token not in words.needs
    ]
    language = language_of(content[at:], words)
    note = written_after(text, 0, tokens) if len(tokens) > _SHORT else ""
    return Ask("emergency", " ".join(place) or None, Certainty.EXACT, language, note=note)


def contact(tokens: Sequence[str], words: Vocabulary) -> Ask | None:
    """CONTACT SADAR, SADAR KA NUMBER, 5 SECRETARY: who is to be reached."""
    aside = words.courtesy | (words.numbers - {tokens[0]})
    content = [
        t
        for t in content_of(tokens, words)
        if t not in aside or (t in words.exact and means(t, ("contact",), words))
    ]
    asked = [token for token in content if means(token, ("contact",), words)]
    generic = [token for token in asked if token not in words.posts]
    named = [token for token in content if token not in generic]
    strange = [token for token in named if token not in words.posts]
    is_digit = bool(generic) and generic[0].isdigit()
    if not asked or is_blocked(named, words) or any(token.isdigit() for token in named):
        return None
    strange = [token for token in strange if not post_of(token, words)]
    if any(known_meaning(token, words) in _NO_PLACE for token in strange):
        return None
    if is_digit and content[0] != generic[0]:
        return None
    posts = len(named) - len(strange)
    if generic:
        most = 3 if is_digit or posts or content[0] in generic else 2
    else:
        most = 1 if len(tokens) < _SHORT else 0
    longest = 2 * _SHORT if posts and len(strange) < 2 else _SHORT + 1
    if len(strange) > most or len(tokens) > longest:
        return None
    named = [post_of(token, words) or token for token in named]
    return Ask("contact", " ".join(named) or None, Certainty.EXACT, language_of(content, words))


def report(text: str, tokens: Sequence[str], words: Vocabulary) -> Ask | None:
    """6 PANI NAHI AA RAHA, MASLA: ..., PANI KA MASLA HAI: a problem, told in any words."""
    content = content_of(tokens, words)
    at = next((n for n, t in enumerate(content[:3]) if means(t, ("report",), words)), -1)
    if at < 0 or any(token not in words.topics for token in content[:at]):
        return None
    if at > 0 and any(means(token, ("decision",), words) for token in content[at:]):
        return None
    language = language_of(content[at:], words)
    place = tokens.index(content[at])
    if at > 0:
        note = written_after(text, 0, tokens)
        return Ask("report", " ".join(content[:at]), Certainty.EXACT, language, note=note)
    tail = tokens[place + 1 :]
    if not content_of(tail, words):
        return Ask("report", None, Certainty.EXACT, language)
    note = written_after(text, place + 1, tokens)
    return Ask("report", " ".join(tail), Certainty.EXACT, language, note=note)


def truth(tokens: Sequence[str], words: Vocabulary) -> Ask | None:
    """YE KHABAR SACH HAI, and other sentences that are listed word for word."""
    return _true(tokens, words) or _happened(tokens, words) or _strangers(tokens, words)


def _true(tokens: Sequence[str], words: Vocabulary) -> Ask | None:
    """YE KHABAR SACH HAI: whether something is true, without its number."""
    content = [token for token in content_of(tokens, words) if token not in words.about]
    if not any(means(token, ("verify",), words) for token in content):
        return None
    if any(not means(token, ("verify", "news"), words) for token in content):
        return None
    return Ask("verify", None, Certainty.EXACT, language_of(content, words))


def _happened(tokens: Sequence[str], words: Vocabulary) -> Ask | None:
    """PICHLE IJLAS ME KYA HUA: what the last meeting did is in its minutes."""
    wishes = words.wishes
    needed = (wishes.last, wishes.what, wishes.happened)
    held = [token for token in tokens if means(token, ("meeting",), words)]
    if not held or any(listed.isdisjoint(tokens) for listed in needed):
        return None
    known = wishes.last | wishes.what | wishes.happened | wishes.asks | set(held)
    if any(token not in known and not is_small(token, words) for token in tokens):
        return None
    return Ask("minutes", None, Certainty.EXACT, language_of(held, words))


def _strangers(tokens: Sequence[str], words: Vocabulary) -> Ask | None:
    """YE GHALAT NUMBER HE MAIN ZARMINA NAHI: a wrong number, and who one is not."""
    while len(tokens) > 2 and tokens[0] in words.fillers:
        tokens = tokens[1:]
    for length in range(min(len(tokens) - 1, _MOST_OF_ANSWER), 1, -1):
        ask = words.exact.get(" ".join(tokens[:length]))
        if ask is not None and ask.intent == "wrong_number":
            return ask if _is_other(tokens[length:], words) else None
    return None


def _is_other(tail: Sequence[str], words: Vocabulary) -> bool:
    """Whether words say "I am not Zarmina", and nothing else."""
    known = words.coming
    if known.persons.isdisjoint(tail) or known.denials.isdisjoint(tail) or is_blocked(tail, words):
        return False
    small = known.persons | known.denials | words.fillers | words.courtesy | known.around
    named = [token for token in tail if token not in small]
    is_name = all(known_meaning(token, words) == "" for token in named)
    return len(named) in (1, 2) and is_name and known.reasons.isdisjoint(named)
