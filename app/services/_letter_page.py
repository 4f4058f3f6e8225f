"""The letter that carries minutes: the same words as text and as HTML, the PDF beside them."""

from html import escape

import css_inline

from app.domain.letters import UNSUBSCRIBE, Attachment, Letter
from app.domain.minutes import Minutes
from app.printing.render import Printed
from app.printing.runs import Direction, in_order
from app.services._form_setting import Setting
from app.services._minutes_sheets import paragraphs
from bots.values import Value

_STYLE = """
body { margin: 0; padding: 16px; color: #1a1a1a; background: #ffffff; }
main { max-width: 600px; margin: 0 auto; font: 16px/1.5 sans-serif; }
.rtl { font: 18px/2 "Noto Nastaliq Urdu", "Jameel Noori Nastaleeq", serif; text-align: right; }
h1 { font-size: 20px; margin: 0 0 12px; }
p { margin: 0 0 12px; }
.end { font-size: 14px; color: #555555; border-top: 1px solid #cccccc; padding-top: 12px; }
"""


def letter_of(minutes: Minutes, setting: Setting, tag: str, pdf: Printed | None) -> Letter:
    """The letter in one language; `{unsubscribe}` stands where the wire puts the address."""
    facts: dict[str, Value] = {
        **setting.facts(minutes, tag),
        "body": setting.body(minutes.body, tag),
        "old": setting.old_mail_ref or "",
        "ref": setting.mail_ref,
        "file": (pdf.name if pdf else ""),
        "unsubscribe": UNSUBSCRIBE,
        "words": "",
    }
    subject = setting.line("letter_subject", tag, facts)
    body = [setting.line("letter_opening", tag, facts), *paragraphs(minutes, setting, tag)]
    end = [setting.line("letter_closing", tag, facts), setting.line("letter_stop", tag, facts)]
    return Letter(
        subject=subject,
        text="\n\n".join([subject, *body, *end]),
        html=_page(subject, body, end, setting, tag),
        language=tag,
        attachments=(Attachment(pdf.name, pdf.media_type, pdf.content),) if pdf else (),
        thread=f"meeting-{minutes.meeting_id}",
        sender=setting.network.name,
    )


def _page(subject: str, body: list[str], end: list[str], setting: Setting, tag: str) -> str:
    direction = setting.catalogue.languages[tag].direction
    shown = "".join(f"<p>{_shown(one, direction)}</p>" for one in body)
    closing = "<br>".join(_shown(one, direction) for one in end)
    page = (
        f'<!DOCTYPE html><html lang="{tag}" dir="{direction}"><head><meta charset="utf-8">'
        f"<title>{escape(subject)}</title><style>{_STYLE}</style></head>"
        f'<body><main class="{direction}"><h1>{_shown(subject, direction)}</h1>{shown}'
        f'<p class="end">{closing}</p></main></body></html>'
    )
    return css_inline.inline(page, load_remote_stylesheets=False)


def _shown(words: str, direction: Direction) -> str:
    """Words as HTML; the address to stop stays whole, to be a link once it is known."""
    marked = escape(in_order(words.replace(UNSUBSCRIBE, "\x00"), direction))
    return marked.replace("\x00", f'<a href="{UNSUBSCRIBE}">{UNSUBSCRIBE}</a>')
