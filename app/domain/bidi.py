"""Numbers, dates, codes and Latin words that keep their order inside right-to-left text.

By the Unicode bidirectional algorithm (UAX 9, rule W2) digits after an Arabic letter lose the
hyphens and blanks between them: 0300-1234567 is shown as 1234567-0300. Print, HTML and chat take
isolates; SMS has no room for them, so there numbers are written so that they cannot turn.
"""

import re
from collections.abc import Callable

_LRI, _PDI, _LRM = "\u2066", "\u2069", "\u200e"

_rtl_letter = re.compile(
    "[\u0590-\u05ff\u0620-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff"
    "\u0700-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
).search
_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_DIGIT = "0-9\u06f0-\u06f9"
_DASH = "\u2010-\u2015\u2212-"
_SIGN = "+#*@$£€₨"

# A run is what stands between right-to-left words: letters and digits with little between them.
_CORE = f"[{_LATIN}{_DIGIT}]"
_GLUE = rf"[ \u00a0.,:;!?/@_'\u2019&+#*%=~{_DASH}]"
_UNIT = rf"(?:{_CORE}|\([{_LATIN}{_DIGIT} .,:/'&{_DASH}]{{1,60}}\))"
_TAIL = rf"[%+#{_DASH}](?=[\s.,;:!?)،؛۔]|$)"
_RUN = rf"(?<!{_CORE})[{_SIGN}{_DASH}]?{_UNIT}(?:{_GLUE}{{0,3}}{_UNIT})*(?:{_TAIL})?"
_isolated_or_run = re.compile(rf"[\u2066-\u2068][^\u2066-\u2069]*\u2069|{_RUN}").sub

# Taken whole or not at all: a hostile text of dots and digits must not cost its square in time.
_NUMBER = rf"(?<![{_DIGIT}][.,:/])(?>[{_DIGIT}]+(?:[.,:/][{_DIGIT}]+)*)"
_MOBILE = (
    rf"(?:(?:\+|00)?92[ {_DASH}]?(?:\(?0\)?[ {_DASH}]?)?|0)"
    rf"3[{_DIGIT}]{{2}}(?:[ {_DASH}]?[{_DIGIT}]){{7}}"
)
_LANDLINE = (
    rf"\(?0[{_DIGIT}]{{2,4}}\)?[ {_DASH}]"
    rf"(?:[{_DIGIT}]{{5,8}}|[{_DIGIT}]{{3,4}}[{_DASH}][{_DIGIT}]{{3,4}}(?:[{_DASH}][{_DIGIT}]{{3}})?)"
)
_FOREIGN = (
    rf"\+[{_DIGIT}]{{1,3}}[ {_DASH}]?\(?[{_DIGIT}]{{1,5}}\)?(?:[ {_DASH}]?[{_DIGIT}]{{3,}}){{1,3}}"
)
_RANGE = rf"[{_SIGN}{_DASH}]?{_NUMBER}(?: ?[+*×~{_DASH}] ?{_NUMBER})+[%+]?"
_SIGNED = rf"[+#$£€₨{_DASH}]{_NUMBER}%?|{_NUMBER}[%+#{_DASH}]|\*[0-9*]+#"
_turning = re.compile(
    rf"(?<![{_DIGIT}])"
    rf"(?:(?:{_MOBILE}|{_LANDLINE}|{_FOREIGN})(?![{_DIGIT}])|{_RANGE}|{_SIGNED})"
).sub
_own_number = re.compile(
    rf"(?<![+{_DIGIT}.:/{_DASH}])(?:{_MOBILE}|{_LANDLINE})(?![{_DIGIT}{_DASH}])"
).sub
_trunk_zero = re.compile(r"^((?:\+|00)?92)0").sub
_date = re.compile(
    rf"(?<![{_DIGIT}{_DASH}])(?:(?P<day>[0-3]?[0-9])[{_DASH}](?P<month>[01]?[0-9])[{_DASH}](?P<year>[0-9]{{4}})"
    rf"|(?P<iso_year>[0-9]{{4}})[{_DASH}](?P<iso_month>[01][0-9])[{_DASH}](?P<iso_day>[0-3][0-9]))"
    rf"(?![{_DIGIT}{_DASH}])"
).sub

_has_latin = re.compile(f"[{_LATIN}]").search
_starts_latin = re.compile(rf"[{_SIGN}(]?[{_LATIN}]").match
_ends_in_sign = re.compile(rf"[+{_DASH}]$").search


def isolate_ltr(text: str) -> str:
    """For print, HTML and chat: what must keep its order goes between U+2066 and U+2069.

    Latin words, telephone numbers, dates and ranges with hyphens, codes, money and addresses. A
    text without right-to-left letters, and what is already isolated, comes back as it is.
    """
    if not _rtl_letter(text):
        return text
    return _until_steady(_isolate_run, text)


def turn_proof(text: str) -> str:
    """For SMS: numbers written so that a right-to-left text cannot turn them round.

    Pakistani telephone numbers lose their hyphens and blanks, dates become d/m/yyyy, and what
    would still turn gets one U+200E before it (one UCS-2 unit). Text without right-to-left
    letters comes back as it is.
    """
    if not _rtl_letter(text):
        return text
    return _until_steady(_steady_run, text)


def _until_steady(rewrite: Callable[[re.Match[str]], str], text: str) -> str:
    """Again while anything changes: a mark put beside a glued number makes a run of the rest.

    It ends because what is marked stays as it is, and every round marks more.
    """
    while (again := _isolated_or_run(rewrite, text)) != text:
        text = again
    return text


def _isolate_run(match: re.Match[str]) -> str:
    run = match[0]
    if run[0] in "\u2066\u2067\u2068":
        return run
    if _has_latin(run):
        return f"{_LRI}{run}{_PDI}"
    return _around_turning(run, _LRI, _PDI)


def _steady_run(match: re.Match[str]) -> str:
    run = match[0]
    marked = match.start() > 0 and match.string[match.start() - 1] == _LRM
    if marked or run[0] in "\u2066\u2067\u2068":
        return run
    # After a Latin letter digits keep their order by themselves; only a sign at the end turns.
    if not _starts_latin(run):
        run = _mark(_own_number(_joined, _date(_slashed, run)))
    return run + _LRM if _ends_in_sign(run) else run


def _mark(run: str) -> str:
    if _has_latin(run):
        return _LRM + run
    return _around_turning(run, _LRM, "")


def _around_turning(run: str, before: str, after: str) -> str:
    return _turning(
        # A mobile number without blanks has the shape of one, and nothing in it that can turn.
        lambda part: part[0] if part[0].isdigit() else before + part[0] + after,
        run,
    )


def _joined(match: re.Match[str]) -> str:
    return _trunk_zero(r"\1", re.sub(rf"[^+{_DIGIT}]", "", match[0]))


def _slashed(match: re.Match[str]) -> str:
    day, month, year = (match[part] or match[f"iso_{part}"] for part in ("day", "month", "year"))
    if not (1 <= int(day) <= 31 and 1 <= int(month) <= 12):
        return match[0]
    return f"{int(day)}/{int(month)}/{year}"
