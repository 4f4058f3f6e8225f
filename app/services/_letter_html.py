"""A mail's HTML made from its plain text: the same words, nothing from outside, no styles."""

from html import escape

from app.domain.language import Language
from app.domain.prose import paragraphs


def letter_html(title: str, text: str, language: Language) -> str:
    """The text as a page in that language: each paragraph its own, lines kept."""
    body = "\n".join(f"<p>{_lines(part)}</p>" for part in paragraphs(text))
    return (
        f'<!doctype html>\n<html lang="{escape(language.tag)}" dir="{language.direction}">\n'
        f'<meta charset="utf-8">\n<title>{escape(title)}</title>\n{body}\n'
    )


def _lines(paragraph: str) -> str:
    return "<br>\n".join(escape(line) for line in paragraph.split("\n"))
