"""Words that people write for many readers: only words are kept, held to a length and a form.

Titles become subjects of mails and lines of a feed, so a title is one line whatever was pasted.
"""

import re
from collections.abc import Callable, Collection, Mapping

from app.domain.errors import Refusal
from app.domain.minutes import Words
from app.domain.pasted import clean_line, clean_lines

MOST_TITLE = 120
MOST_LINE = 240
MOST_TEXT = 10_000
MOST_PASTED = 400_000
"""Letters that are looked at; more than any page or letter holds."""
MOST_TOPICS = 8

_topic = re.compile(r"[\w-]{1,20}").fullmatch


def paragraphs(text: str) -> tuple[str, ...]:
    """Its paragraphs, without empty ones."""
    return tuple(part.strip() for part in re.split(r"\n\s*\n", text) if part.strip())


def titles_of(words: Words, languages: Collection[str]) -> dict[str, str]:
    """Titles by language, each one line; raises Refusal when none has words or one is too long."""
    titles = _read(words, languages, clean_line)
    if not titles:
        raise Refusal("title_empty", "There is no title. Write one in at least one language.")
    _check_length(titles, MOST_TITLE, "title_too_long")
    return titles


def lines_of(words: Words, languages: Collection[str]) -> dict[str, str]:
    """Single lines by language, which may all be empty; raises Refusal when one is too long."""
    lines = _read(words, languages, clean_line)
    _check_length(lines, MOST_LINE, "line_too_long")
    return lines


def texts_of(words: Words, languages: Collection[str]) -> dict[str, str]:
    """Texts by language as paragraphs; raises Refusal when one is too long."""
    texts = _read(words, languages, clean_lines)
    _check_length(texts, MOST_TEXT, "text_too_long")
    return texts


def topics_of(topics: Collection[str]) -> tuple[str, ...]:
    """Topics in small letters, each once; raises Refusal for what can be no topic."""
    found = tuple(dict.fromkeys(one.strip().lower() for one in topics if one.strip()))
    for one in found:
        if not _topic(one):
            raise Refusal(
                "topic",
                "{topic} is no topic. Use the short words of decisions, such as water or road.",
                topic=repr(one[:40]),
            )
    if len(found) > MOST_TOPICS:
        raise Refusal(
            "topic", "These are more than {most} topics. Keep the first ones.", most=MOST_TOPICS
        )
    return found


def _read(words: Words, languages: Collection[str], reader: Callable[[str], str]) -> dict[str, str]:
    unknown = sorted(set(words) - set(languages))
    if unknown:
        raise Refusal(
            "language",
            "Write the text in a language that is known here: {known}.",
            known=", ".join(sorted(languages)),
        )
    read = {tag: reader(text[:MOST_PASTED]) for tag, text in words.items()}
    return {tag: text for tag, text in read.items() if text}


def _check_length(words: Mapping[str, str], most: int, code: str) -> None:
    for tag, text in words.items():
        if len(text) > most:
            raise Refusal(
                code,
                "The {language} words have {n} letters; {most} is the most. Shorten them.",
                language=tag,
                n=len(text),
                most=most,
            )
