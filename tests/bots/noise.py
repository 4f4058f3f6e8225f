"""How people misspell: a model of slips, written down so that a figure can be made again.

Each word of four letters or more is hit with the chance `CHANCE`, by one slip drawn evenly from
those below that change it; and in one text of twenty, a blank between two words is forgotten. A
text with such a word gets one slip at least. Digits, codes and shorter words stay as they are: a
short word with a slip is another word. The seed is the text and the number of the draw, so the
same text always has the same slips.

Roman letters, as on phones with nine keys and without a spelling to learn:
  a vowel inside is left out (karwai, krwai); a letter is doubled, or a doubled one is single; an h
  behind a consonant is added or left out (khabar, kabar); ee and i, oo and u, ai and e, aa and a;
  w and v, z and j, q and k; two neighbours change places; one press too few or too many gives the
  next letter on the same key (c for b).
Arabic letters, as on keyboards of three languages:
  the twin of a letter (ي ى for ی, ك for ک, ه ة for ہ); a mark (zabar, zer) is typed; a stretch
  (tatweel) or an invisible joiner; a hamza is left out (کارروائی, کاررواءی); a letter that sounds
  the same (س ص ث, ز ذ ض ظ, ت ط, ہ ح); a letter is doubled or a doubled one single.
"""

import hashlib
import random
import re
from collections.abc import Callable

CHANCE = 0.3
NO_BLANK = 0.05
SHORTEST = 4

_word = re.compile(r"[^\W\d_]+").fullmatch
_VOWELS = "aeiou"
_SWAPS = [("ee", "i"), ("oo", "u"), ("ai", "e"), ("aa", "a"), ("w", "v"), ("z", "j"), ("q", "k")]
_KEYS = ["abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"]
_TWINS = {"ی": "يى", "ک": "ك", "ہ": "هة", "ي": "ی", "ڪ": "کك", "ه": "ہ", "و": "ؤ", "ا": "أ"}
_ALIKE = ["سصث", "زذضظ", "تط", "ہح"]


def noisy(text: str, draw: int = 0) -> str:
    """`text` with slips, others for each `draw`; the same text if no word can be misspelt."""
    seed = hashlib.sha256(f"{draw}{text}".encode("utf-8", "replace")).digest()
    chance = random.Random(seed)  # noqa: S311
    words = text.split(" ")
    long = [at for at, word in enumerate(words) if len(word) >= SHORTEST and _word(word)]
    hit = [at for at in long if chance.random() < CHANCE] or [*long][:: len(long) or 1]
    for at in hit:
        words[at] = _slip(words[at], chance)
    pairs = [at for at in range(1, len(words)) if _word(words[at - 1]) and _word(words[at])]
    if pairs and chance.random() < NO_BLANK:
        at = chance.choice(pairs)
        words[at - 1 : at + 1] = [words[at - 1] + words[at]]
    return " ".join(words)


def _slip(word: str, chance: random.Random) -> str:
    slips = list(_ROMAN if word.isascii() else _ARABIC)
    chance.shuffle(slips)
    tried = (slip(word, chance) for slip in slips)
    return next((wrong for wrong in tried if wrong != word), word)


def _at(word: str, letters: str, chance: random.Random) -> int:
    """Where inside the word one of these letters stands; 0 for nowhere."""
    places = [at for at in range(1, len(word)) if word[at].lower() in letters]
    return chance.choice(places) if places else 0


def _drop_vowel(word: str, chance: random.Random) -> str:
    at = _at(word, _VOWELS, chance)
    return word[:at] + word[at + 1 :] if at else word


def _double(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    return word[:at] + word[at] + word[at:]


def _single(word: str, chance: random.Random) -> str:
    del chance
    return re.sub(r"(.)\1", r"\1", word, count=1)


def _drop_h(word: str, chance: random.Random) -> str:
    at = _at(word, "h", chance)
    return word[:at] + word[at + 1 :] if at else word


def _add_h(word: str, chance: random.Random) -> str:
    at = _at(word[:-1], "bcdgjkpst", chance)
    return word[: at + 1] + "h" + word[at + 1 :] if at and word[at + 1] not in "hH" else word


def _swap(word: str, chance: random.Random) -> str:
    pairs = [pair for both in _SWAPS for pair in (both, both[::-1]) if pair[0] in word.lower()[1:]]
    if not pairs:
        return word
    old, new = chance.choice(pairs)
    at = word.lower().index(old, 1)
    return word[:at] + new + word[at + len(old) :]


def _cross(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _press(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    key = next((key for key in _KEYS if word[at].lower() in key), "")
    if not key:
        return word
    step = chance.choice((-1, 1))
    return word[:at] + key[(key.index(word[at].lower()) + step) % len(key)] + word[at + 1 :]


def _twin(word: str, chance: random.Random) -> str:
    at = _at(" " + word, "".join(_TWINS), chance) - 1
    return word[:at] + chance.choice(_TWINS[word[at]]) + word[at + 1 :] if at >= 0 else word


def _mark(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    return word[:at] + chance.choice("\u064e\u0650\u064f\u0651\u0640\u200c") + word[at:]


def _hamza(word: str, chance: random.Random) -> str:
    del chance
    return word.replace("ئ", "ی", 1).replace("ؤ", "و", 1)


def _alike(word: str, chance: random.Random) -> str:
    at = _at(" " + word, "".join(_ALIKE), chance) - 1
    if at < 0:
        return word
    group = next(group for group in _ALIKE if word[at] in group)
    return word[:at] + chance.choice(group.replace(word[at], "")) + word[at + 1 :]


_Slips = list[Callable[[str, random.Random], str]]
_ROMAN: _Slips = [_drop_vowel, _double, _single, _drop_h, _add_h, _swap, _cross, _press]
_ARABIC: _Slips = [_twin, _mark, _hamza, _alike, _double, _single]
