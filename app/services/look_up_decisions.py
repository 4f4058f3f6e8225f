"""Look decisions up for somebody who is still typing: public ones of the wire's network."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from app.catalogue import DEFAULT, Catalogue
from app.domain.language import chain, tag_of
from app.domain.messages import Found
from app.services.find_decisions import Question, find_decisions
from app.services.receive_mo import Desk
from app.services.show_register import DecisionLine
from app.store import networks
from app.store.database import Database
from app.store.networks import NetworkInfo
from bots.values import Value

MOST = 10


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed so far over which wire; `language` as her phone names it, or ""."""

    channel: str
    words: str
    language: str = ""


async def look_up_decisions(
    database: Database, typed: Typed, *, desk: Desk, now: datetime
) -> tuple[Found, ...]:
    """At most ten decisions of published minutes that anybody may read, best first.

    They are worded as the decision keyword would answer, in the writing of the words, else the
    language of the phone, else that of the network; without words the newest come.
    """
    known = await database.read(networks.every)
    network = networks.at_home(known, desk.homes.get(typed.channel, ""))
    if network is None:
        return ()
    question = Question(typed.words, desk.vocabulary.topics, MOST)
    lines = await find_decisions(
        database, network.id, question, public=True, today=network.day_at(now)
    )
    spoken = (tag_of(typed.words), typed.language, typed.language.partition("-")[0].lower())
    known_tags = (tag for tag in spoken if tag in desk.catalogue.languages)
    language = next(known_tags, network.language)
    return tuple(_found(desk.catalogue, network, line, language) for line in lines)


def _found(catalogue: Catalogue, network: NetworkInfo, line: DecisionLine, language: str) -> Found:
    tags = chain(language, catalogue.languages, DEFAULT)
    status = "overdue" if line.days_late else line.status
    values: dict[str, Value] = {
        "meeting_no": line.label,
        "no": line.no,
        "on": line.at.astimezone(ZoneInfo(network.tz)).date(),
        "text": _in(line.texts, tags),
        "short": _in(line.shorts, tags),
        "owner": _in(line.owner, tags),
        "status": catalogue.status(status, language),
    }
    if line.due is not None:
        values["due"] = line.due
    said = catalogue.render("decision", values, language, form="chat").text
    title = f"{line.code} {_in(line.shorts, tags) or _in(line.texts, tags)}"
    return Found(f"decision-{line.id}", title, f"{network.short_name(tags)}: {said}")


def _in(words: Mapping[str, str], tags: tuple[str, ...]) -> str:
    return next((words[tag] for tag in tags if words.get(tag)), "")
