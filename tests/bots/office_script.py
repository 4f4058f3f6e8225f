"""Plays a conversation through the whole pipeline: stored, carried out, answered, counted.

A script is a text file in tests/bots/scripts/, played by test_scripts.py on both databases in an
office of its own, at noon on Saturday 21 Nov 2026. What may stand in it, each on its own line:

    # a remark
    @ facts owed                     lay what tests/bots/facts_owed.py has: `async def lay`
    @ phone 1 ur-Latn Zainab Bibi    who is on the 1st phone, in their language; "+" before a name
                                     puts them on the Executive Committee, "," parts several people
    @ from 77                        the texts below come from the 77th phone (a stranger)
    @ later 2 days                   the texts below come later (minutes, hours or days)
    @ notice EC ijlas... 11=han      the notice that everybody is sent, with an answer asked for
    @ inbox bund toot gaya           the newest text waits for a person, and it is this one
    @ danger bund toot gaya          the same, and it goes before all others
    @ minutes 16                     minutes are published now
    > (missed call)                  the phone rings once
    > KARWAI                         what is texted; longer texts go on in the next lines
    < Karwai 14... [1]               its answer, word for word; "..." stands for anything; in
                                     brackets how many segments it has
    < -                              no answer

The office has what `tests/bots/world.py` lays: minutes 12 and 14 of the EC with seven decisions in
three languages, and meeting 15 to come. New facts belong into a file of their own, facts_<x>.py.
"""

import re
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from app.domain.gsm import count
from app.store.inbound import inbound
from app.store.outbox import outbox
from tests.bots import world
from tests.factories import Office, person

SCRIPTS = Path(__file__).parent / "scripts"
CALL = "(missed call)"
_TURN = re.compile(r"^(?=[<>@] )", re.MULTILINE)


def scripts() -> list[str]:
    """The names of all scripts."""
    return sorted(path.stem for path in SCRIPTS.glob("*.txt"))


def texts() -> list[str]:
    """Every text that is sent in any script."""
    lines = (path.read_text("utf-8").splitlines() for path in SCRIPTS.glob("*.txt"))
    return [line[2:].strip() for told in lines for line in told if line.startswith("> ")]


async def play_script(name: str, office: Office) -> None:
    """Every "> " line gets the "< " line below it, in so many segments."""
    told = (SCRIPTS / f"{name}.txt").read_text("utf-8")
    lines = "\n".join(line.strip() for line in told.splitlines() if not line.startswith("#"))
    turns = [" ".join(turn.split()) for turn in _TURN.split(lines)]
    player = _Player(office)
    await world.lay(office)
    for turn in filter(None, turns):
        await player.take(turn[0], turn[2:])
    assert not player.heard, f"{name} ends without an answer to: {player.heard}"


class _Player:
    def __init__(self, office: Office) -> None:
        self.office, self.phone, self.heard, self.said = office, 1, "", ""

    async def take(self, sign: str, words: str) -> None:
        if sign == "@":
            await self._set(*words.partition(" ")[::2])
        elif sign == ">":
            assert not self.heard, f"no answer is written to: {self.heard}"
            self.heard = words
            is_call = words == CALL
            mo = self.office.mo(self.phone, "" if is_call else words, is_call=is_call)
            self.said = (await self.office.hear(mo))[0].reply
        else:
            self._compare(words)
            self.heard = ""

    def _compare(self, wanted: str) -> None:
        said = f"{self.said} [{count(self.said)}]" if self.said else "-"
        said = " ".join(said.split())
        pattern = ".*".join(re.escape(part) for part in wanted.split("..."))
        if "..." not in wanted or re.fullmatch(pattern, said) is None:
            assert f"> {self.heard}\n< {said}" == f"> {self.heard}\n< {wanted}"

    async def _set(self, what: str, words: str) -> None:
        await getattr(self, f"_{what}")(words)

    async def _facts(self, words: str) -> None:
        for name in words.split():
            await import_module(f"tests.bots.facts_{name}").lay(self.office)

    async def _phone(self, words: str) -> None:
        no, language, names = words.split(maxsplit=2)
        people = [name.strip() for name in names.split(",")]
        rows = [
            person(
                name.lstrip("+"),
                int(no),
                language=language,
                body="EC" if name.startswith("+") else "",
                post="member" if name.startswith("+") else "",
                shared="yes" if len(people) > 1 else "",
            )
            for name in people
        ]
        await self.office.people(*rows)
        self.phone = int(no)

    async def _from(self, words: str) -> None:
        self.phone = int(words)

    async def _later(self, words: str) -> None:
        number, unit = words.split()
        self.office.now += timedelta(**{unit: int(number)})

    async def _minutes(self, words: str) -> None:
        await world.publish(self.office, int(words))

    async def _notice(self, words: str) -> None:
        await self.office.send(text=words)
        sent = update(outbox).where(outbox.c.broadcast_id.is_not(None), outbox.c.state == "queued")
        await self.office.database.write(
            lambda conn: conn.execute(sent.values(state="sent", started_at=self.office.now))
        )

    async def _inbox(self, words: str) -> Any:
        newest = select(inbound).order_by(inbound.c.id.desc()).limit(1)
        row = await self.office.database.read(lambda conn: conn.execute(newest).one())
        assert (row.text, row.needs_person) == (words, True)
        return row

    async def _danger(self, words: str) -> None:
        assert (await self._inbox(words)).is_danger
