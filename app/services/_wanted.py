"""What a row of a list says: its cells read into people, numbers, posts and groups."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from app.domain import contact_words as words
from app.domain.contact_words import Problem
from app.domain.errors import Refusal
from app.domain.handles import KINDS, read_handle
from app.domain.msisdn import Number, read_numbers
from app.domain.names import name_key
from app.domain.offices import office_named
from app.domain.unit_names import read_called
from app.services._told import Told, told

MOST_LETTERS = 200
UNIT_COLUMNS = ("lson", "lso", "vo", "co")
"""Columns that name a unit of one tier; the last that is filled is the person's own."""


@dataclass(frozen=True, slots=True)
class Post:
    """A seat that a row gives somebody."""

    body: str
    post: str


@dataclass(frozen=True, slots=True)
class Membership:
    """What a row says of somebody in a group; blood groups only with a consent of their own."""

    groups: tuple[str, ...] = ()
    skill: str = ""
    place: str = ""
    blood: str = ""
    blood_basis: str = ""
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """One person as a row of a list describes them.

    `units` are (tier, name), uppermost first; the tier in capitals where the cell says it, small
    where only the heading does, else empty. `whose` is "" where the row does not say whose phone
    it is.
    """

    line: int
    name: str
    local_name: str
    keys: frozenset[str]
    sex: str
    language: str
    reads: str
    phone_kind: str
    notes: str
    units: tuple[tuple[str, str], ...]
    posts: tuple[Post, ...]
    numbers: tuple[Number, ...]
    whose: str
    starts_on: date | None
    ends_on: date | None
    basis: str
    group: Membership = field(default_factory=Membership)
    remarks: tuple[Told, ...] = ()
    handles: tuple[tuple[str, str], ...] = ()
    """Addresses of other kinds than a number: (kind, handle)."""
    is_shared: bool = False
    """Whether two people of this row are on its phone."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a row cannot be read, and what cures it."""

    reason: Told
    cure: Told


class _Unreadable(Exception):
    """A cell that cannot be read."""

    def __init__(self, reason: Told, cure: Told) -> None:
        self.trouble = Trouble(reason, cure)


def read_row(line: int, cells: Mapping[str, str]) -> tuple[Wanted, ...] | Trouble:
    """The people whom a row describes, or why it describes nobody."""
    try:
        one = _person(line, cells)
        names = _names(cells.get("name", ""))
        if len(names) == 1:
            return (one,)
        remark = told("The name cell holds {count} people, who share the phone.", count=len(names))
        return tuple(
            replace(
                one,
                name=name,
                local_name="",
                keys=_keys(name, ""),
                is_shared=True,
                posts=one.posts if at == 0 else (),
                remarks=(*one.remarks, remark) if at == 0 else (),
            )
            for at, name in enumerate(names)
        )
    except _Unreadable as error:
        return error.trouble


def _names(cell: str) -> Sequence[str]:
    return [name for name in words.split_names(cell) if name.strip()] or [cell]


@lru_cache(maxsize=4096)
def _keys(name: str, local_name: str) -> frozenset[str]:
    keys = (name_key(name)[:MOST_LETTERS], name_key(local_name)[:MOST_LETTERS])
    return frozenset(key for key in keys if key)


def _person(line: int, cells: Mapping[str, str]) -> Wanted:
    get = cells.get
    name, local_name = get("name", ""), get("local_name", "")
    if not name:
        name, local_name = local_name, ""
    if not name:
        raise _Unreadable(told("The name is missing."), told("Write the person's name."))
    if max(len(name), len(local_name)) > MOST_LETTERS:
        raise _Unreadable(told("The name is longer than 200 letters."), told("Shorten it."))
    remarks: list[Told] = []
    numbers = _numbers(cells, remarks)
    units = _units(cells)
    posts = _posts(get("body", ""), get("post", ""))
    return Wanted(
        line=line,
        name=name,
        local_name=local_name,
        keys=_keys(name, local_name),
        sex=_soft(words.read_sex, get("sex", ""), remarks),
        language=_language(get("language", "")),
        reads=_soft(words.read_reads, get("reads", ""), remarks),
        phone_kind=_soft(words.read_phone_kind, get("phone_kind", ""), remarks),
        notes=get("notes", "")[:500],
        units=units,
        posts=posts,
        numbers=numbers,
        whose=_whose(cells, remarks),
        starts_on=_hard(words.read_date, get("starts", "")),
        ends_on=_hard(words.read_date, get("ends", "")),
        basis=get("basis", "")[:200],
        group=_membership(cells),
        handles=_handles(cells, remarks),
        remarks=tuple(remarks),
    )


def _handles(cells: Mapping[str, str], remarks: list[Told]) -> tuple[tuple[str, str], ...]:
    found = []
    for kind in KINDS[1:]:
        if cells.get(kind):
            try:
                found.append((kind, read_handle(kind, cells[kind])))
            except Refusal as error:
                remarks.append([error.sentence, dict(error.values)])
    return tuple(found)


@lru_cache(maxsize=4096)
def _read(reader: Callable[[str], Any], cell: str) -> Any:
    return reader(cell)


def _soft(reader: Callable[[str], Any], cell: str, remarks: list[Told]) -> Any:
    """A cell that the row does without where it cannot be read; that is told."""
    found = _read(reader, cell) if cell else ""
    if isinstance(found, Problem):
        remarks.append(told(found.reason))
        return ""
    return found


def _hard(reader: Callable[[str], Any], cell: str) -> Any:
    """A cell without which the row would be wrong."""
    found = _read(reader, cell) if cell else None
    if isinstance(found, Problem):
        raise _Unreadable(told(found.reason), told(found.cure))
    return found


def _language(cell: str) -> str:
    """The tag of a language; what is no name of one stays as it is."""
    found = _read(words.read_language, cell) if cell else ""
    return cell[:20] if isinstance(found, Problem) else str(found)


def _numbers(cells: Mapping[str, str], remarks: list[Told]) -> tuple[Number, ...]:
    """The numbers of the phone cells, the first as the number of the person."""
    filled = [cells[name] for name in ("phone", "phone2") if cells.get(name)]
    found: dict[str, Number] = {}
    for at, number in enumerate(one for cell in filled for one in read_numbers(cell)):
        if number.msisdn is None:
            if at == 0:
                cure = told("Correct the number and bring the row in again.")
                raise _Unreadable(told(number.problem or ""), cure)
            remarks.append(told("A further number was left out:"))
            remarks.append(told(number.problem or ""))
            continue
        found.setdefault(number.msisdn, number)
    if len(found) > 1:
        remarks.append(told("{count} numbers: the first is the one for texts.", count=len(found)))
    return tuple(found.values())


def _units(cells: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The units that a row names, uppermost first."""
    found = [(tier, cells[tier]) for tier in UNIT_COLUMNS if cells.get(tier)]
    if cells.get("unit"):
        found.append(("", cells["unit"]))
    return tuple(_unit(tier, name) for tier, name in found)


@lru_cache(maxsize=4096)
def _unit(tier: str, name: str) -> tuple[str, str]:
    said, rest = read_called(name)
    return (said or tier, rest)


@lru_cache(maxsize=4096)
def _posts(body_cell: str, post_cell: str) -> tuple[Post, ...]:
    bodies = [words.read_body(one.strip())[:12] for one in body_cell.split("|") if one.strip()]
    posts = [office_named(words.read_post(one.strip()))[:60] for one in post_cell.split("|")]
    pairs = max(len(bodies), len([one for one in posts if one]))
    bodies += [""] * (pairs - len(bodies))
    posts += [""] * (pairs - len(posts))
    return tuple(dict.fromkeys(Post(body, post) for body, post in zip(bodies, posts, strict=False)))


def _whose(cells: Mapping[str, str], remarks: list[Told]) -> str:
    whose = str(_soft(words.read_whose, cells.get("whose", ""), remarks))
    if whose:
        return whose
    is_shared = _read(words.read_yes, cells.get("shared", "")) if cells.get("shared") else None
    return "family" if is_shared is True else ""


def _membership(cells: Mapping[str, str]) -> Membership:
    get = cells.get
    names = [one.strip()[:80] for one in get("group", "").replace(";", "|").split("|")]
    return Membership(
        groups=tuple(dict.fromkeys(name for name in names if name)),
        skill=get("skill", "")[:60],
        place=get("place", "")[:120],
        blood=_hard(words.read_blood, get("blood", "")) or "",
        blood_basis=get("blood_basis", "")[:200],
        last_on=_hard(words.read_date, get("last_donation", "")),
    )
