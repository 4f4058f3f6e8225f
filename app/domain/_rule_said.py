"""Say a rule in the words of people: English, Urdu, Roman Urdu."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain._rule_parts import LAST, SURE_DAY, Parts, Unit

THURSDAY = 3
"""The one day of the week that is feminine in Urdu."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """The words of one language; `{n}` units lie between two times."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    nths: Mapping[int, tuple[str, str]]
    """Numbers in order, for masculine and feminine days."""
    each: Mapping[Unit, tuple[str, str]]
    """Every single unit, and every so many."""
    of: tuple[str, str]
    """What joins a day to its month, for masculine and feminine days; "" where it goes last."""
    joint: str
    on: str
    days: str
    last: str
    short: str


_EN = Tongue(
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    nths={
        no: (word, word)
        for no, word in zip(
            (1, 2, 3, 4, 5, LAST),
            ("first", "second", "third", "fourth", "fifth", "last"),
            strict=True,
        )
    },
    each={
        "DAILY": ("every day", "every {n} days"),
        "WEEKLY": ("every week", "every {n} weeks"),
        "MONTHLY": ("every month", "every {n} months"),
        "YEARLY": ("every year", "every {n} years"),
    },
    of=("", ""),
    joint=" and ",
    on="{each} on {days}",
    days="day {days}",
    last="last day",
    short=" (or its last day)",
)
_LATN = Tongue(
    weekdays=("Peer", "Mangal", "Budh", "Jumerat", "Juma", "Sanichar", "Itwar"),
    months=_EN.months,
    nths={
        1: ("pehla", "pehli"),
        2: ("doosra", "doosri"),
        3: ("teesra", "teesri"),
        4: ("chautha", "chauthi"),
        5: ("panchwan", "panchwin"),
        LAST: ("aakhri", "aakhri"),
    },
    each={
        "DAILY": ("har roz", "har {n} din baad"),
        "WEEKLY": ("har hafte", "har {n} hafte baad"),
        "MONTHLY": ("har mahine", "har {n} mahine baad"),
        "YEARLY": ("har saal", "har {n} saal baad"),
    },
    of=("ka", "ki"),
    joint=" aur ",
    on="{each} {days} ko",
    days="{days} tareekh",
    last="aakhri",
    short=" (kam hon to aakhri din)",
)
_UR = Tongue(
    weekdays=("پیر", "منگل", "بدھ", "جمعرات", "جمعہ", "سنیچر", "اتوار"),
    months=(
        *("جنوری", "فروری", "مارچ", "اپریل", "مئی", "جون"),
        *("جولائی", "اگست", "ستمبر", "اکتوبر", "نومبر", "دسمبر"),
    ),
    nths={
        1: ("پہلا", "پہلی"),
        2: ("دوسرا", "دوسری"),
        3: ("تیسرا", "تیسری"),
        4: ("چوتھا", "چوتھی"),
        5: ("پانچواں", "پانچویں"),
        LAST: ("آخری", "آخری"),
    },
    each={
        "DAILY": ("ہر روز", "ہر {n} دن بعد"),
        "WEEKLY": ("ہر ہفتے", "ہر {n} ہفتے بعد"),
        "MONTHLY": ("ہر مہینے", "ہر {n} مہینے بعد"),
        "YEARLY": ("ہر سال", "ہر {n} سال بعد"),
    },
    of=("کا", "کی"),
    joint=" اور ",
    on="{each} {days} کو",
    days="{days} تاریخ",
    last="آخری",
    short=" (کم ہوں تو آخری دن)",
)
_TONGUES = {"ur": _UR, "sd": _UR, "ps": _UR, "ur-Latn": _LATN}


def said(parts: Parts, language: str) -> str:
    """The rule in that language."""
    tongue = _TONGUES.get(language, _EN)
    each = tongue.each[parts.unit][parts.every > 1].format(n=parts.every)
    if parts.unit == "DAILY" or (parts.unit == "WEEKLY" and not parts.weekdays):
        return each
    if parts.unit == "WEEKLY":
        days = tongue.joint.join(tongue.weekdays[day] for _, day in parts.weekdays)
        if parts.every > 1:
            return tongue.on.format(each=each, days=days)
        return f"{_every(tongue)} {days}"
    is_short = parts.unit == "MONTHLY" and parts.month_days[-1:] > (SURE_DAY,)
    return _in_month(parts, tongue, each) + (tongue.short if is_short else "")


def _every(tongue: Tongue) -> str:
    return tongue.each["DAILY"][0].split()[0]


def _in_month(parts: Parts, tongue: Tongue, each: str) -> str:
    months = tongue.joint.join(tongue.months[no - 1] for no in parts.months)
    days = _counted(parts, tongue) if parts.weekdays else _numbered(parts.month_days, tongue)
    if tongue is _EN:
        if not months:
            return f"{days} of {each}"
        if parts.month_days and LAST not in parts.month_days:
            return f"{days.removeprefix('day ')} {months} {each}"
        return f"{days} of {months} {each}"
    of = tongue.of[not parts.weekdays or parts.weekdays[0][1] == THURSDAY]
    if months:
        return f"{each} {months} {of} {days}"
    return f"{each} {days}" if parts.every > 1 else f"{each} {of} {days}"


def _counted(parts: Parts, tongue: Tongue) -> str:
    """First and third Monday; first Sunday and third Monday."""
    said = [(tongue.nths[nth][day == THURSDAY], day) for nth, day in parts.weekdays]
    if len({day for _, day in said}) == 1:
        nths = tongue.joint.join(nth for nth, _ in said)
        return f"{nths} {tongue.weekdays[said[0][1]]}"
    return tongue.joint.join(f"{nth} {tongue.weekdays[day]}" for nth, day in said)


def _numbered(days: Sequence[int], tongue: Tongue) -> str:
    numbers = [str(day) for day in days if day != LAST]
    last = [tongue.last] if LAST in days else []
    if tongue is _EN:
        plain = [tongue.days.format(days=tongue.joint.join(numbers))] if numbers else []
        return tongue.joint.join(plain + last)
    return tongue.days.format(days=tongue.joint.join(numbers + last))
