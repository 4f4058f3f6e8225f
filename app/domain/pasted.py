"""Words as somebody pasted them, out of Word or off a page: only the words are kept."""

import html
import re
import unicodedata
from collections.abc import Mapping

from app.domain.storable import storable

_DROPPED = "\u00ad\u200b\u2060\ufeff\u202a\u202b\u202c\u202d\u202e"
"""What nobody sees; joiners and isolates carry meaning in Arabic script and stay."""
_LINE_ENDS = "\u000b\u000c\u0085\u2028\u2029\r"
_BLANKS = "\t\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_WORD_BULLETS = "\uf0b7\uf0a7\uf0d8\uf076\uf0fc"
_TABLE: Mapping[int, str] = {
    **dict.fromkeys((*range(0x20), 0x7F), ""),
    **{ord(letter): "" for letter in _DROPPED},
    **{ord(letter): "\n" for letter in ("\n", *_LINE_ENDS)},
    **{ord(letter): " " for letter in _BLANKS},
    **{ord(letter): "\u2022" for letter in _WORD_BULLETS},
}
_BLOCKS = "p|div|br|tr|table|ul|ol|li|h[1-6]|blockquote|section|article|body|html"
_INLINE = "span|b|i|u|s|em|strong|font|a|sup|sub|small|td|th|tbody|thead|img|meta|link|o:p|st1:\\w+"
_markup = re.compile(
    rf"<(?:!--|!\[|(?:/?(?P<block>{_BLOCKS})|/?(?:{_INLINE}))(?![\w:-]))[^<>]{{0,2000}}>",
    re.IGNORECASE,
)
_HIDDEN = ("style", "script", "xml", "head", "title")
_blanks = re.compile(" {2,}").sub
_gaps = re.compile("\n{3,}").sub


def clean_lines(text: str) -> str:
    """The words with their line breaks; no markup, nothing invisible, no blank lines in a row."""
    shown = storable(text).replace("\r\n", "\n").translate(_TABLE)
    text = _without_markup(shown).translate(_TABLE)
    lines = (_blanks(" ", line).strip() for line in text.split("\n"))
    return unicodedata.normalize("NFC", _gaps("\n\n", "\n".join(lines)).strip())


def clean_line(text: str) -> str:
    """The words in one line."""
    return " ".join(clean_lines(text).split())


def _without_markup(text: str) -> str:
    """The text of a page or of Word's own markup; a lone `<` stays what it is."""
    while "<" in text and (_markup.search(text) or _hidden_at(text, _HIDDEN[0]) >= 0):
        shown = text
        for name in _HIDDEN:
            shown = _without_hidden(shown, name)
        shown = html.unescape(_markup.sub(lambda tag: "\n" if tag["block"] else "", shown))
        if shown == text:
            break
        text = shown
    return text


def _without_hidden(text: str, name: str) -> str:
    """Without what stands between `<name` and `</name>`; an unclosed one stays."""
    kept, place = [], 0
    while (begin := _hidden_at(text, name, place)) >= 0:
        closed = re.compile(rf"</{name}>", re.IGNORECASE).search(text, begin)
        if closed is None:
            break
        kept.append(text[place:begin])
        place = closed.end()
    return "".join((*kept, text[place:]))


def _hidden_at(text: str, name: str, place: int = 0) -> int:
    found = re.compile(rf"<{name}(?=[\s>])", re.IGNORECASE).search(text, place)
    return found.start() if found else -1
