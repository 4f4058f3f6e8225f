"""Names of people and units as they are compared: one key for the many ways of writing one."""

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        "ي": "ی",
        "ى": "ی",
        "ئ": "ی",
        "ك": "ک",
        "ه": "ہ",
        "ة": "ہ",
        "ۃ": "ہ",
        "ھ": "ہ",
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ؤ": "و",
        "ـ": None,
    }
)
_not_words = re.compile(r"[^\w]+").sub


def name_key(name: str) -> str:
    """The name as it is compared: small letters, single blanks, no marks, one form per letter.

    For matching and search only; the name itself is kept as it was written. Urdu, Sindhi and
    Pashto letters that are typed in several ways (yeh, kaf, heh, alef) become one.
    """
    # Opened twice: some letters hide a capital, and some capitals open into marks.
    small = unicodedata.normalize("NFKD", name).casefold()
    opened = unicodedata.normalize("NFKD", small)
    bare = "".join(letter for letter in opened if not unicodedata.combining(letter))
    return _not_words(" ", bare.translate(_LETTERS)).strip()
