"""Missed calls: the text of today, at most once a day on one phone, and nothing to who stopped."""

from dataclasses import replace
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from app.store import inbound
from app.store.database import Connection
from app.store.networks import NetworkInfo
from bots.ask import Ask, Certainty, Register, Reply, Speaker
from bots.vocabulary import Vocabulary

TODAY = "today"


def call_reply(who: Speaker, register: Register, words: Vocabulary, *, is_due: bool) -> Reply:
    """What a missed call is answered with; without words where it is not due."""
    silence = Reply(TODAY, "", who.language)
    if not is_due:
        return silence
    ask = Ask(TODAY, None, Certainty.EXACT, "")
    # Nobody knows who of several people has called.
    return words.keywords[TODAY].answer(ask, replace(who, people=(), speaking=None), register)


def is_call_due(
    conn: Connection, network: NetworkInfo, address: Any | None, who: Speaker, now: datetime
) -> bool:
    """Whether this phone may be told: it did not stop, and was not told today."""
    if address is None or who.is_stopped:
        return False
    zone = ZoneInfo(network.tz)
    morning = datetime.combine(now.astimezone(zone).date(), time.min, tzinfo=zone)
    return not inbound.was_understood(conn, address.id, TODAY, since=morning)
