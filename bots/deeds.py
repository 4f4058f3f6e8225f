"""What was done: 14/2 HO GAYA, DONE 14/2, 14/2 JARI, LAGA DIYA 12; words behind it are a note.

The words count only beside a number, so that JARI alone still starts messages, KHATAM alone
still stops them, and 14/2 alone still shows the decision. A question ("14/2 ho gaya?") asks for
the decision; a no beside the words ("14/2 done nahi hua") makes it a text for people.
"""

from dataclasses import replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bots.ask import Ask, Certainty
from bots.codes import spaced
from bots.fold import fold, respelled
from bots.vocabulary import WHOLE_ONLY, Vocabulary

LONGEST_NOTE = 300
MOST_WORDS = 8
"""Of a deed."""
_REPORTS = frozenset({"done", "in_hand"})
_DEEDS = _REPORTS | {"hung"}
_LONGEST_NUMBER = 4
_SHORTEST = 3
_LIKENESS = 0.75
"""Of a misspelt word of a deed, which counts only beside a number: see `bots.spelling.SCORE`."""
_LOOKED_AT = 400
"""Letters of a text within which number and words must stand."""
_OTHER_CODES = frozenset("dmrb")
_EDGES = " \t\r\n,.;:!-–—()[]'\"،؛۔*_/"


def read_deed(text: str, tokens: list[str], words: Vocabulary) -> Ask | None:
    """What the tokens of a text report; None when they report nothing.

    `text` is it as written: the note is taken from there.
    """
    if not words.deeds or " ".join(tokens) in words.exact:
        return None
    whole = words.deeds.get(" ".join(tokens))
    if whole is not None and whole.intent in _DEEDS and _is_clear(tokens, whole.intent, words):
        return whole
    return _Reading(text, tokens, words).ask()


def read_likely_deed(text: str, tokens: list[str], words: Vocabulary) -> Ask | None:
    """What misspelt words behind a number report: 14/2 HO GAYAA, HVNG 12."""
    if len(tokens) > MOST_WORDS or not any(token.isdigit() for token in tokens):
        return None
    mended = [_likely(token, words) for token in tokens]
    ask = read_deed(text, mended, words) if mended != tokens else None
    return replace(ask, certainty=Certainty.FUZZY) if ask is not None and ask.argument else None


def _likely(token: str, words: Vocabulary) -> str:
    """The word of a deed that an unknown word can be; the word itself where there is none."""
    known = words.deed_words.get(token[0], ())
    if len(token) < _SHORTEST or not token.isalpha() or token in words.exact or token in known:
        return token
    if respelled(token, known):
        return respelled(token, known)
    near = process.extractOne(
        token, known, scorer=OSA.normalized_similarity, score_cutoff=_LIKENESS
    )
    return near[0] if near else token


def _is_clear(tokens: list[str], intent: str, words: Vocabulary) -> bool:
    """Whether words without a number are a report: one word may mean anything, but DONE, HUNG."""
    known = [words.exact.get(token) for token in tokens]
    if any(one is not None and one.intent in WHOLE_ONLY for one in known):
        return False
    return len(tokens) > 1 or tokens[0] == intent


class _Reading:
    """Goes through the tokens once, from the first."""

    def __init__(self, text: str, tokens: list[str], words: Vocabulary) -> None:
        self._text, self._tokens, self._words = text, tokens, words
        self._at = 0
        self._code: list[str] = []
        self._deed: Ask | None = None
        self._is_question = text.rstrip().endswith(("?", "؟"))

    def ask(self) -> Ask | None:
        self._skip()
        for step in (self._read_code, self._read_deed) * 2:
            if step():
                self._skip()
            if self._code and self._deed:
                break
        if not self._code or self._deed is None or self._denies():
            return None
        return self._asked(self._deed)

    def _asked(self, deed: Ask) -> Ask | None:
        is_decision = len(self._code) > 1
        if is_decision != (deed.intent in _REPORTS):
            return None
        code = "/".join(self._code)
        if self._is_question or self._asks():
            return Ask("decision", code, deed.certainty, deed.language) if is_decision else None
        return Ask(deed.intent, code, Certainty.EXACT, deed.language, note=self._note())

    def _read_code(self) -> bool:
        """14/2 or E1/2 of a decision, 12 of a sheet."""
        at, tokens = self._at, self._tokens
        if self._code or at >= len(tokens):
            return False
        letter = ""
        if len(tokens[at]) == 1 and tokens[at].isascii() and tokens[at].isalpha():
            letter = "" if tokens[at] in _OTHER_CODES else tokens[at]
            at += 1
        numbers = []
        while at < len(tokens) and tokens[at].isdigit():
            numbers.append(tokens[at].lstrip("0") or "0")
            at += 1
        is_short = all(len(one) <= _LONGEST_NUMBER for one in numbers)
        if not is_short or not 1 <= len(numbers) <= 2 or (letter and len(numbers) < 2):
            return False
        self._at = at
        self._code = [letter.upper() + numbers[0], *numbers[1:]]
        return True

    def _read_deed(self) -> bool:
        """The longest words for a deed that stand here."""
        if self._deed is not None:
            return False
        for end in range(self._reach(), self._at, -1):
            found = self._words.deeds.get(" ".join(self._tokens[self._at : end]))
            if found is not None and found.intent in _DEEDS:
                self._deed, self._at = found, end
                return True
        return False

    def _skip(self) -> None:
        """Go past little words, and words for a decision, a sheet, a number, a question."""
        if self._code and self._deed:
            return
        while self._at < len(self._tokens) and self._is_passed(self._tokens[self._at]):
            self._at += 1

    def _is_passed(self, token: str) -> bool:
        words = self._words
        beside = words.deeds.get(token)
        if beside is not None and beside.intent == "sheet":
            return True
        if beside is not None and beside.intent in ("question", "question_first"):
            # "Is 14/2 done" asks; "14/2 is done" tells.
            self._is_question |= beside.intent == "question" or not self._code
            return True
        if self._begins_deed():
            return False
        known = words.exact.get(token)
        is_decision = known is not None and known.intent == "decision" and token.isalpha()
        return token in words.fillers or token in words.numbers or is_decision

    def _begins_deed(self) -> bool:
        """Whether a deed begins here whose first word is a little one: "de diya"."""
        tokens, deeds = self._tokens, self._words.deeds
        return any(
            " ".join(tokens[self._at : end]) in deeds
            for end in range(self._at + 1, self._reach() + 1)
        )

    def _reach(self) -> int:
        """How far a deed that begins here can go."""
        return min(len(self._tokens), self._at + MOST_WORDS)

    def _denies(self) -> bool:
        """Whether a no stands right behind."""
        near = (self._words.exact.get(one) for one in self._tokens[self._at : self._at + 2])
        return any(one is not None and one.intent == "no" for one in near)

    def _asks(self) -> bool:
        rest = [self._words.deeds.get(one) for one in self._tokens[self._at :]]
        return len(rest) <= 2 and any(one is not None and one.intent == "question" for one in rest)

    def _note(self) -> str:
        """What stands behind number and words in the text as it was written."""
        rest = self._tokens[self._at :]
        if all(token in self._words.fillers or token in self._words.courtesy for token in rest):
            return ""
        before = self._before()
        for end in range(1, min(len(self._text), _LOOKED_AT) + 1):
            if spaced(fold(self._text[:end])).split() == before:
                note = " ".join(self._text[end:].split()).strip(_EDGES)
                return note[:LONGEST_NOTE].rstrip()
        return " ".join(rest)[:LONGEST_NOTE]

    def _before(self) -> list[str]:
        """All tokens up to the note, with the greeting that was taken off."""
        every = spaced(fold(self._text)).split()
        starts = range(len(every) - len(self._tokens) + 1)
        lead = next((n for n in starts if every[n : n + len(self._tokens)] == self._tokens), 0)
        return every[: lead + self._at]
