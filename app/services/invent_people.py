"""Invent the demo's leaders, donors and stakeholders: the same lists from the same words."""

import csv
import io
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from app.domain.institution import BLOOD_GROUPS, OFFICERS, OUTSIDE_BODY
from app.services.add_units import NewUnit

DONORS, RESOURCE = "Blood donors", "Community resource persons"
COLUMNS = (
    *(
        "name",
        "name_ur",
        "sex",
        "language",
        "lso",
        "vo",
        "co",
        "unit",
        "body",
        "post",
        "starts",
        "ends",
    ),
    *("phone", "whose", "reads", "phone_kind", "email", "telegram", "group", "skill", "place"),
    *("blood", "blood consent", "last donation", "notes", "basis"),
)
SEED = 41
_DONORS, _RESOURCE, _EACH_INTEREST = 107, 33, 40
_LANGUAGES = ("ur-Latn", "ur", "ps", "en"), (46, 30, 14, 10)
_SHARED = {"F": 0.35, "M": 0.06}
_SPELLINGS = ("0{0}-{1}", "0{0} {1}", "+92{0}{1}", "0092 {0} {1}", "{0}{1}", "0{0}{1}")
_outside_mail = re.compile("[^a-z0-9]+").sub
Unit = Mapping[str, Any]
Line = dict[str, str]


def sheet(lines: Sequence[Line]) -> bytes:
    """The lines as the CSV file that a keeper would bring."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue().encode()


def _in_mail(words: str) -> str:
    return _outside_mail("-", words.casefold()).strip("-")


class Inventor:
    """One network's made-up people, always the same for the same words."""

    def __init__(self, words: Mapping[str, Any], today: date) -> None:
        """`words` are the lists of `names.toml`; terms and donations lie around `today`."""
        self._words, self._today = words, today
        self._chance = random.Random(SEED)  # noqa: S311 -- a demo has no secrets
        self._number = 0

    def units(self, lsos: Sequence[Unit]) -> list[NewUnit]:
        """The VOs of each LSO, the COs of each VO, and the bodies outside the network."""
        inside = [unit for lso in lsos for unit in self._under(lso)]
        return [*inside, *self._outside_units()]

    def _under(self, lso: Unit) -> Iterator[NewUnit]:
        each, rest = divmod(lso["cos"], lso["vos"])
        for no, (name, local) in enumerate(self._words["villages"][: lso["vos"]]):
            vo = f"VO {name}"
            yield NewUnit(
                "VO", vo, f"VO {local}", under=(lso["name"],), members=lso["members"], place=name
            )
            for hamlet, hamlet_ur in self._words["neighbourhoods"][: each + (no < rest)]:
                yield NewUnit(
                    "CO",
                    f"CO {hamlet}",
                    f"CO {hamlet_ur}",
                    under=(lso["name"], vo),
                    members=lso["members"],
                    place=hamlet,
                )

    def leaders(self, lsos: Sequence[Unit]) -> list[Line]:
        """Two officers of every VO and of every CO; some give blood, some teach."""
        lines = [
            line for lso in lsos for unit in self._places(lso) for line in self._officers(lso, unit)
        ]
        self._group(lines)
        return lines

    def stakeholders(self) -> list[Line]:
        """One officer for each post outside; they read English or Urdu and have an e-mail."""
        return [self._outsider(unit, post) for _, unit, post in self._outside()]

    def _outside_units(self) -> list[NewUnit]:
        """The bodies outside the network."""
        units = {unit: kind for kind, unit, _ in self._outside()}
        return [NewUnit(kind, unit) for unit, kind in units.items()]

    def _outside(self) -> Iterator[tuple[str, str, str]]:
        """Kind, body and post of everybody outside."""
        for one in self._words["outside"]:
            for no, unit in enumerate(one["units"]):
                posts = one["posts"]
                posts = posts if one.get("has_all_posts") else [posts[no % len(posts)]]
                yield from ((one["kind"], unit, post) for post in posts)

    def _outsider(self, unit: str, post: str) -> Line:
        sex = self._chance.choices("FM", (1, 4))[0]
        name, local = self._name(sex)
        return {
            "name": name,
            "name_ur": local,
            "sex": sex,
            "language": self._chance.choice(("en", "ur")),
            "unit": unit,
            "body": OUTSIDE_BODY,
            "post": post,
            "phone": self._phone(),
            "whose": "office",
            "phone_kind": "smart",
            "email": f"{_in_mail(post)}.{_in_mail(unit)}@example.org",
            "basis": "agreed by letter to the General Secretary",
        }

    def _places(self, lso: Unit) -> Iterator[Line]:
        for unit in self._under(lso):
            place = {"lso": lso["name"], "body": unit.kind}
            if unit.kind == "VO":
                yield {**place, "vo": unit.name}
            else:
                yield {**place, "vo": unit.under[-1], "co": unit.name}

    def _officers(self, lso: Unit, unit: Line) -> Iterator[Line]:
        first: Line = {}
        for post in OFFICERS[unit["body"]]:
            line = {**self._person(lso["members"]), **unit, "post": post}
            line["starts"] = self._day(30, 600)
            line["basis"] = f"signed register of the {unit['body']} meeting"
            # Now and then the two officers of a unit are of one house, with one phone.
            if first.get("phone") and self._chance.random() < 0.03:
                line |= {"phone": first["phone"], "whose": "family"}
                first["whose"] = "family"
            first = first or line
            yield line

    def _person(self, members: str) -> Line:
        sexes = {"women": "F", "men": "M"}
        sex = sexes.get(members) or self._chance.choice("FM")
        name, local = self._name(sex)
        line = {
            "name": name,
            "name_ur": local,
            "sex": sex,
            "language": self._chance.choices(*_LANGUAGES)[0],
            "reads": self._chance.choices(("self", "helped", "not"), (55, 30, 15))[0],
        }
        if self._chance.random() < 0.12:
            return {**line, "notes": f"No phone: through the neighbour, {self._name(sex)[0]}"}
        is_shared = self._chance.random() < _SHARED[sex]
        line["whose"] = "family" if is_shared else "own"
        line["phone_kind"] = self._chance.choices(("basic", "smart"), (58, 42))[0]
        line["phone"] = self._phone()
        if self._chance.random() < 0.18:
            line["email"] = f"{_in_mail(name)}.{self._number}@example.org"
        if line["phone_kind"] == "smart" and self._chance.random() < 0.21:
            line["telegram"] = f"{7_000_000_000 + self._number}"
        return line

    def _name(self, sex: str) -> tuple[str, str]:
        firsts = self._words["women" if sex == "F" else "men"]
        first, second = self._chance.choice(firsts), self._chance.choice(self._words["second"])
        return f"{first[0]} {second[0]}", f"{first[1]} {second[1]}"

    def _phone(self) -> str:
        """The next demo number, as one hand or another would write it."""
        self._number += 1
        operator, rest = f"39{self._number % 10}", f"5{self._number * 37:06d}"
        return self._chance.choice(_SPELLINGS).format(operator, rest)

    def _day(self, nearest: int, furthest: int) -> str:
        return (self._today - timedelta(days=self._chance.randint(nearest, furthest))).isoformat()

    def _group(self, lines: Sequence[Line]) -> None:
        with_phone = [line for line in lines if line.get("phone")]
        chosen = self._chance.sample(with_phone, len(with_phone))
        for line in chosen[:_DONORS]:
            line |= {"group": DONORS, "place": line["lso"].removeprefix("LSO ")}
            line["blood"] = self._chance.choice(BLOOD_GROUPS)
            line["blood consent"] = "signed the donors' register"
            if self._chance.random() < 0.6:
                line["last donation"] = self._day(10, 400)
        for line in chosen[_DONORS : _DONORS + _RESOURCE]:
            line |= {"group": RESOURCE, "skill": self._chance.choice(self._words["skills"])}
        for no, line in enumerate(chosen[_DONORS + _RESOURCE :]):
            if no >= _EACH_INTEREST * len(self._words["interests"]):
                break
            line["group"] = self._words["interests"][no // _EACH_INTEREST]
