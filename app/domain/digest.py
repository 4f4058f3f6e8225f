"""The gist of a text that somebody did not get: its first words, without name and Ref."""

import re

_REF = re.compile(r"[\s.(،۔-]*\bref\s*\d+\b[\s.)۔]*$", re.IGNORECASE)
_ENDS = " ,;:.-/(،؛۔"


def gist(body: str, ref: int, short_name: str, room: int) -> str:
    """At most so many letters of the text, whole words of it.

    >>> gist("Khas: Audit camp on Sunday at ten. Ref 12", 12, "Khas", 20)
    'Audit camp on Sunday'
    """
    words = " ".join(body.split())
    if words.casefold().startswith(short_name.casefold()):
        words = words[len(short_name) :].lstrip(" :،,-")
    found = _REF.search(words)
    if found and str(ref) in found[0]:
        words = words[: found.start()]
    words = words.replace("{", "(").replace("}", ")").strip(_ENDS)
    return words if len(words) <= room else _cut(words, room)


def _cut(words: str, room: int) -> str:
    kept = words[: room + 1].rpartition(" ")[0] or words[:room]
    pieces = kept.split()
    # A number that lost what it counts says something else.
    while len(pieces) > 1 and any(letter.isdigit() for letter in pieces[-1]):
        pieces.pop()
    return " ".join(pieces).rstrip(_ENDS)
