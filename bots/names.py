"""Names as people type them: found in a text, cleaned, shortened, and known again."""

import re
import unicodedata
from collections.abc import Collection, Sequence

from bots.ask import Fellow
from bots.codes import spaced
from bots.fold import fold
from bots.values import Entry

LONGEST_NAME = 200
MOST_WORDS = 6
"""Words up to which what follows JOIN is a name rather than a message to people."""

_SHORT = 8
_LOOKED_AT = 24
_LOCAL = frozenset({"ur", "sd", "ps"})
_link = re.compile(r"\S*(?:://|www\.|@|\w\.\w+/)\S*", re.IGNORECASE).sub
_JOINERS = "'’-/\u200c"
_parts = re.compile(r"['’/\u200c-]").split
_LEADS = frozenset(
    [
        *("my", "name", "is", "this", "i", "am", "mera", "meri", "naam", "nam", "ka", "ye", "yeh"),
        *("main", "mein", "hun", "میرا", "نام", "یہ", "منهنجو", "نالو", "زما", "نوم"),
        *("hona", "hai", "he", "chahti", "chahta", "hoon", "karen", "karein", "karo", "kren"),
        *("likh", "کرنا", "کروانا", "چاہیے", "hua", "wala"),
        *("likho", "likhen", "likhein", "lo", "len", "lein", "den", "dein", "do", "kar", "bhi"),
        *("likhwana", "karna", "krna", "please", "plz", "shamil", "میں", "ہونا", "ہے", "چاہتی"),
        *("چاہتا", "ہوں", "کریں", "کرو", "لکھیں", "لکھو", "لکھ", "لیں", "دیں", "کر", "شامل", "بھی"),
        *("آهي", "ڪريو", "ڪيو", "لکو", "جو", "ده", "دی", "کړئ", "وليکئ", "ولیکئ", "مې", "me"),
    ]
)
_ENDS = frozenset(
    [
        *("hai", "he", "hy", "hay", "h", "hun", "hoon", "is", "ہے", "ہوں", "آهي", "آهيان"),
        *("ده", "دی", "دي", "یم", "likh", "likho", "likhen", "likhein", "likhain", "lo", "len"),
        *("lein", "lain", "den", "dein", "do", "kar", "karen", "karein", "karo", "kren", "krein"),
        *("hona", "chahti", "chahta", "he", "bhi", "shamil", "likhwana", "karna", "krna", "de"),
        *("لکھیں", "لکھو", "لکھ", "لیں", "دیں", "کر", "کریں", "کرو", "شامل", "بھی", "لکھوانا"),
        *("ہونا", "کرنا", "کروانا", "چاہیے"),
        *("چاہتی", "چاہتا", "ڪريو", "ڪيو", "لکو", "کړئ", "ولیکئ", "شامل", "hon", "please", "plz"),
    ]
)


def name_in(text: str, argument: str) -> str:
    """The name among the words `argument` (folded) of `text`, as its writer wrote it.

    Digits, links and signs are left out, and words around it like "my name is". "" when no name
    is left: a name has two letters at least.
    """
    pieces = _pieces(text)
    wanted = [word for word in argument.split() if not word.isdigit()][:_LOOKED_AT]
    for skipped in range(len(wanted)):
        found = _run(pieces, wanted[skipped:])
        if found:
            name = " ".join(_bare(found))[:LONGEST_NAME].strip()
            return _cased(name) if sum(letter.isalpha() for letter in name) > 1 else ""
    return ""


def name_behind(tokens: Sequence[str]) -> list[str]:
    """The folded words of a name behind JOIN: those after the word for "name", where it stands."""
    at = next((n for n in range(len(tokens), 0, -1) if tokens[n - 1] in _NAMING), 0)
    behind = _bare(list(tokens[at:]))
    end = next((n for n, token in enumerate(behind) if token in _FINISHED), len(behind))
    return behind[:end] or _bare(list(tokens[:at]))


def is_about_list(tokens: Collection[str]) -> bool:
    """Whether words speak of a list or ask why: who does so is on it, or wants people."""
    return not _LIST.isdisjoint(tokens)


def _pieces(text: str) -> list[str]:
    letters = (
        letter if letter in _JOINERS or unicodedata.category(letter)[0] in "LM" else _gap(letter)
        for letter in unicodedata.normalize("NFC", _link(" ", text))
    )
    found = (piece.strip(_JOINERS) for piece in "".join(letters).split())
    return [piece for piece in found if piece]


def _gap(letter: str) -> str:
    """Invisible marks vanish, everything else parts words."""
    return "" if unicodedata.category(letter) == "Cf" else " "


def _run(pieces: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """The pieces in which most of the wanted words stand together from the first of them on."""
    tokens = [(token, at) for at, piece in enumerate(pieces) for token in fold(piece).split()]
    first, most = 0, 0
    for start in range(len(tokens)):
        length = 0
        for (token, _), want in zip(tokens[start:], wanted, strict=False):
            if token != want:
                break
            length += 1
        if length > most:
            first, most = start, length
    if not most:
        return []
    at, end = tokens[first][1], tokens[first + most - 1][1] + 1
    inside = sum(place == at for _, place in tokens[:first])
    return [*_after(pieces[at], inside), *pieces[at + 1 : end]]


def _after(piece: str, count: int) -> list[str]:
    """What is left of "JOIN-Zarmina" behind its first parts."""
    return [piece] if not count else _parts(piece)[count:]


def _bare(words: list[str]) -> list[str]:
    start, end = 0, len(words)
    while start < end and fold(words[start]) in _FOLDED_LEADS:
        start += 1
    while end > start and fold(words[end - 1]) in _FOLDED_ENDS:
        end -= 1
    return words[start:end]


def _cased(name: str) -> str:
    """Words typed all in small or all in large letters, as names are written; not "s/o"."""
    return " ".join(
        word.capitalize() if "/" not in word and (word.islower() or word.isupper()) else word
        for word in name.split()
    )


_FOLDED_LEADS = frozenset(map(fold, _LEADS))
_FOLDED_ENDS = frozenset(map(fold, _ENDS))
_FINISHED = frozenset(
    map(fold, ("hai", "he", "hy", "mujhe", "mujhay", "muje", "ہے", "مجھے", "آهي", "ده", "دی"))
)
"""Words before which a name ends: "mera naam Hamida hai mujhe shamil karen"."""
_NAMING = frozenset(
    map(fold, ("naam", "nam", "name", "نام", "نوم", "نالو", "نالي", "nalo", "noom"))
)
_LIST = frozenset(
    map(
        fold,
        [
            *("list", "lst", "lista", "fehrist", "kyun", "kiun", "kyu", "kyon", "why", "register"),
            *("لسٹ", "فہرست", "کیوں", "لیست", "لېست", "ولې", "لسٽ", "فهرست", "ڇو", "رجسٹر"),
        ],
    )
)


def tokens_of(text: str, courtesy: Collection[str]) -> list[str]:
    """The folded words of a text without the courtesy around them, unless nothing else is there."""
    tokens = spaced(fold(text)).split()
    start, end = 0, len(tokens)
    while start < end and tokens[start] in courtesy:
        start += 1
    while end > start and tokens[end - 1] in courtesy:
        end -= 1
    return tokens[start:end] or tokens


def who_is_named(words: Sequence[str], people: Sequence[Fellow]) -> Fellow | None:
    """The one of `people` whose name holds all these folded words; None for none or for several."""
    found = [one for one in people if _has_name(words, one)]
    if len(found) > 1:
        found = [one for one in found if list(words) in (_words(one.name), _words(one.local_name))]
    return found[0] if words and len(found) == 1 else None


def _has_name(words: Sequence[str], one: Fellow) -> bool:
    return any(_is_part(words, _words(name)) for name in (one.name, one.local_name) if name)


def _is_part(words: Sequence[str], name: Sequence[str]) -> bool:
    """Whether each word is a word of the name, or as much of one as a list shows."""
    shown = {word[:_SHORT] for word in name}
    return all(word in name or word in shown for word in words)


def _words(name: str) -> list[str]:
    return fold(name).split()


def comma(language: str) -> str:
    """What stands between names in the writing of that language."""
    return "، " if language in _LOCAL else ", "


def name_of(one: Fellow, language: str) -> str:
    """The name in the writing of that language, where it is known."""
    return one.local_name if language in _LOCAL and one.local_name else one.name


def entries(people: Sequence[Fellow], language: str) -> tuple[Entry, ...]:
    """People by number, each with a name that is short and no other's: 1 Amina 2 Bilal."""
    names = [name_of(one, language).split() or [""] for one in people]
    firsts = [fold(name[0]) for name in names]
    return tuple(
        Entry(str(no), _shown(name, alone=firsts.count(first) == 1))
        for no, (name, first) in enumerate(zip(names, firsts, strict=True), start=1)
    )


def _shown(name: Sequence[str], *, alone: bool) -> str:
    """The first name; where two have it, with the letter that the last one begins with."""
    if alone or len(name) == 1:
        return name[0][:_SHORT]
    return f"{name[0][: _SHORT - 2]} {name[-1][0]}"
