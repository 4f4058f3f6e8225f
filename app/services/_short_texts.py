"""The text of minutes in each language: one segment with name and Ref, by hand or composed."""

from collections.abc import Mapping, Sequence

from app.domain.bidi import turn_proof
from app.domain.broadcast import Worded
from app.domain.errors import Refusal
from app.domain.forms import Line, fit
from app.domain.language import choose
from app.domain.minutes import DecisionEntry, Minutes
from app.domain.plain import make_plain
from app.services._form_setting import Gap, Setting, public_decisions
from app.services.plan_broadcast import word
from bots.values import Entry, Value

_ROUND = str.maketrans("{}", "()")
VARIANTS = ("circulated", "circulated_brief", "circulated_least")


def short_texts(minutes: Minutes, setting: Setting, gaps: list[Gap]) -> tuple[Worded, ...]:
    """One text per language that has words; what is missing goes to `gaps`.

    Raises Refusal when words that the author wrote for this publication do not fit.
    """
    found: dict[str, Worded] = {}
    for tag in sorted(setting.catalogue.languages):
        text = _written(minutes, setting, tag, gaps)
        if text is not None:
            found[tag] = text
    if not found:
        tag = setting.base(minutes)
        found[tag] = _composed(minutes, setting, tag)
        gaps.append(Gap("sms", tag, "partial"))
    gaps += missing("sms", found, setting)
    return tuple(found.values())


def missing(form: str, found: Mapping[str, object], setting: Setting) -> list[Gap]:
    """The languages that a form is not written in, with the one that is read instead."""
    default = choose(found, setting.tags(setting.network.language)) or min(found)
    return [
        Gap(form, tag, "missing", choose(found, setting.tags(tag)) or default)
        for tag in sorted(setting.catalogue.languages)
        if tag not in found
    ]


def _written(minutes: Minutes, setting: Setting, tag: str, gaps: list[Gap]) -> Worded | None:
    if by_hand := setting.texts.get(tag, "").strip():
        return _must_fit(_marked(by_hand, tag, setting))
    if summary := minutes.record.summaries.get(tag, "").strip():
        text = _marked(summary, tag, setting)
        if text.segments == 1:
            return text
        gaps.append(Gap("sms", tag, "too_long"))
    told = public_decisions(minutes)
    if all(_words(one, tag) for one in told) and (told or tag in setting.written_tags(minutes)):
        return _composed(minutes, setting, tag)
    return None


def _words(one: DecisionEntry, tag: str) -> str:
    return (one.shorts.get(tag) or one.texts.get(tag) or "").strip()


def _must_fit(text: Worded) -> Worded:
    if text.segments > 1:
        raise Refusal(
            "text_too_long",
            "The {language} text needs {count} SMS with name and Ref, and must be one. Shorten it.",
            language=text.language,
            count=text.segments,
        )
    return text


def _marked(words: str, tag: str, setting: Setting) -> Worded:
    """Words that a person wrote, with name and Ref, and what they correct."""
    if setting.old_ref is not None:
        values: dict[str, Value] = {
            "network": setting.network.short_name(setting.tags(tag)),
            "old": setting.old_ref,
            "words": words,
            "ref": setting.ref,
        }
        words = setting.line("corrected", tag, values, "text")
    return word(_ready(words), tag, setting.network, setting.catalogue, setting.ref)


def _composed(minutes: Minutes, setting: Setting, tag: str) -> Worded:
    """The text made of the decisions' short words, shortened until it is one segment."""
    facts = setting.facts(minutes, tag)
    told = public_decisions(minutes)
    variants = VARIANTS if told else ("circulated_none",)

    def write(variant: int, lines: Sequence[Line]) -> str:
        points = tuple(Entry(line.code, _told(line)) for line in lines)
        values = {**facts, "points": points}
        return _ready(setting.line(variants[variant], tag, values, "text"))

    text = fit([_line(one, setting, tag) for one in told], write, len(variants))
    return word(text, tag, setting.network, setting.catalogue, setting.ref)


def _ready(words: str) -> str:
    """Words as a basic phone has them; braces are no places to be filled here."""
    return turn_proof(make_plain(words.translate(_ROUND)))


def _line(one: DecisionEntry, setting: Setting, tag: str) -> Line:
    words = _words(one, tag) or setting.said(one.shorts, tag) or setting.said(one.texts, tag)
    return Line(str(one.no), words.rstrip(" .۔"), setting.said(one.owner.words, tag))


def _told(line: Line) -> str:
    return f"{line.words}: {line.owner}" if line.owner else line.words
