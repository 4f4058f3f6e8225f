"""Pages: templates rendered in the language of the visit, with an ETag so that 2G pays once."""

import hashlib
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from app.domain.errors import Refusal
from app.web import assets
from app.web.speech import COOKIE, LANGUAGES, Speech, language_of, translations

TEMPLATES = Path(__file__).parent / "templates"
YEAR_S = 31_536_000
FOR_EACH_VISITOR = {"Cache-Control": "private, no-cache", "Vary": "Cookie, Accept-Language"}


class Pages:
    """The templates, compiled once for each language."""

    def __init__(self) -> None:
        """Read the catalogues; templates are read when they are first wanted."""
        self._words = {tag: translations(tag) for tag in LANGUAGES}
        self._environments = {tag: _environment(words) for tag, words in self._words.items()}

    def speech(self, request: Request, tz: str = "Asia/Karachi") -> Speech:
        """How to speak to this visitor, in the zone of the network that is visited."""
        tag = language_of(request)
        return Speech(tag, self._words[tag], ZoneInfo(tz))

    def fragment(self, speech: Speech, name: str, /, **context: Any) -> str:
        """A template as text."""
        template = self._environments[speech.tag].get_template(name)
        return template.render({"speech": speech, "lang": speech.tag, **context})

    def render(
        self, request: Request, speech: Speech, name: str, /, *, status: int = 200, **context: Any
    ) -> Response:
        """A whole page; 304 without it when the browser has this very page already."""
        other = next(tag for tag in LANGUAGES if tag != speech.tag)
        content = self.fragment(
            speech,
            name,
            **context,
            path=request.url.path,
            other_tag=other,
            other_name=LANGUAGES[other],
            other_address=_in_language(request, other),
        ).encode()
        headers = dict(FOR_EACH_VISITOR)
        if status == 200:
            headers["ETag"] = f'W/"{hashlib.sha256(content).hexdigest()[:16]}"'
            if request.headers.get("if-none-match") == headers["ETag"]:
                return Response(status_code=304, headers=headers)
        answer = HTMLResponse(content, status_code=status, headers=headers)
        if request.query_params.get("lang") == speech.tag:
            answer.set_cookie(COOKIE, speech.tag, max_age=YEAR_S, httponly=True, samesite="lax")
        return answer

    def error(self, request: Request, status: int, error: Exception | str) -> Response:
        """A page that says what is wrong and where to go on."""
        speech = self.speech(request)
        said = error.said(speech.say) if isinstance(error, Refusal) else speech.say(str(error))
        return self.render(request, speech, "error.html", status=status, said=said)


def _environment(words: NullTranslations) -> Environment:
    """The templates in one language; an overlay would share its gettext with the others."""
    environment = Environment(
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.globals["asset"] = assets.address_of
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # added by i18n
        words.gettext, words.ngettext, newstyle=True, pgettext=words.pgettext
    )
    return environment


def _in_language(request: Request, tag: str) -> str:
    """The address of this page in another language; a form's answer has none of its own."""
    path = request.url.path if request.method == "GET" else "/office/today"
    query = [item for item in request.query_params.multi_items() if item[0] != "lang"]
    return f"{path}?{urlencode([*query, ('lang', tag)])}"


@cache
def the_pages() -> Pages:
    """The templates, read once in a process and only when a page is asked for.

    A command that speaks to the API inside its own process never pays for them.
    """
    return Pages()
