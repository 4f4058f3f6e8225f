"""The guard at the door: which texts get no automatic answer, and what is remembered of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from app.domain.guard import Came, Past, Silence, Verdict, fingerprint, judge
from app.services._chats import is_chat
from app.services.carry_out import Heard
from app.store import guard
from app.store.database import Connection
from app.store.networks import NetworkInfo
from bots.fold import fold

IDLE = frozenset({"none", "greeting"})
"""Intents of texts that say nothing which can be answered."""
VERIFY = "verify"
_bears_ref = re.compile(r"\bref\s*\d", re.IGNORECASE).search
_FREE = Verdict(None, Past())


class Guard:
    """One transaction's view of what phones caused; counts what is answered in it."""

    def __init__(self, conn: Connection, now: datetime) -> None:
        """Bind to one moment."""
        self._conn, self._now = conn, now
        self._pasts: dict[int, Past] = {}
        self._strangers: dict[tuple[int, date], int] = {}
        self._counted: dict[tuple[int, date], int] = {}
        self._changed: set[int] = set()

    def judge(self, heard: Sequence[Heard]) -> Mapping[int, Verdict]:
        """What may be answered, by the address of each text; each address is there once."""
        known = [(one, one.address.id) for one in heard if one.address is not None]
        wanted = [address_id for _, address_id in known if address_id not in self._pasts]
        self._pasts.update(guard.pasts(self._conn, wanted))
        return {address_id: self._verdict(one, address_id) for one, address_id in known}

    def _verdict(self, one: Heard, address_id: int) -> Verdict:
        if not one.reply.template:
            return _FREE
        folded = fold(one.mo.text)
        if one.reply.more is not None:
            # MORE after MORE is the same word for the next lines of a list.
            folded = f"{folded} {one.reply.more.told + 1}"
        came = Came(
            words=fingerprint(folded),
            is_idle=one.reply.intent in IDLE and not one.reply.is_danger,
            at=self._now,
            day=one.network.day_at(self._now),
        )
        verdict = judge(self._pasts.get(address_id, Past()), came)
        if verdict.why is None and _is_ours(one):
            verdict = replace(verdict, why=Silence.OURS)
        if verdict.why is None and _costs(one):
            verdict = self._as_stranger(verdict, one.network, came.day)
        return verdict

    def _as_stranger(self, verdict: Verdict, network: NetworkInfo, day: date) -> Verdict:
        """Strangers share one number of answers a day; the office hears of its end once."""
        key = (network.id, day)
        if key not in self._strangers:
            self._strangers[key] = guard.strangers_on(self._conn, network.id, day)
        used = self._strangers[key]
        self._strangers[key] = used + 1
        if used < network.stranger_answers:
            return verdict
        return replace(verdict, why=Silence.STRANGERS, is_news=used == network.stranger_answers)

    def remember(self, one: Heard, verdict: Verdict, text: str) -> None:
        """Note one text that is new, with the answer that goes, "" for none."""
        assert one.address is not None  # noqa: S101 -- only an address has a past
        if verdict is _FREE:
            return
        answer = fingerprint(fold(text)) if text else verdict.past.last_answer
        self._pasts[one.address.id] = replace(verdict.past, last_answer=answer)
        self._changed.add(one.address.id)
        is_counted = bool(text) or verdict.why is Silence.STRANGERS
        if is_counted and _costs(one):
            key = (one.network.id, one.network.day_at(self._now))
            self._counted[key] = self._counted.get(key, 0) + 1

    def keep(self) -> None:
        """Write down what was noted."""
        guard.keep(self._conn, {one: self._pasts[one] for one in self._changed})
        for (network_id, day), answers in sorted(self._counted.items()):
            guard.add_strangers(self._conn, network_id, day, answers)


def _costs(one: Heard) -> bool:
    """Whether it came from a stranger over a wire whose answers cost; those of a chat do not."""
    return not (one.is_known or is_chat(one.mo))


def _is_ours(one: Heard) -> bool:
    """Whether it begins with our name and bears a Ref, as every text does that we start.

    One who asks whether such a text is true is a person and no echo.
    """
    if one.reply.intent == VERIFY or not _bears_ref(one.mo.text):
        return False
    start = one.mo.text.lstrip().casefold()
    return any(start.startswith(name.casefold()) for name in one.network.short_names.values())
