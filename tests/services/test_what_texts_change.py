"""No text by bare SMS changes anything but the sender's own language, consent and answers.

The number of a sender can be forged. So whatever a text asks, from a stranger or in the name of an
officer, the tables of everybody else stay as they are: people, posts, decisions, broadcasts. What
an owner says of a decision, a report and a wish to join only wait for a person.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, select

from app.services.carry_out import ACTS, FOR_A_PERSON, STANDING_AFTER
from app.services.receive_mo import Desk, receive_mos
from app.store.tables import metadata
from bots.ask import Answer, Ask, Effect, Register, Reply, Speaker
from tests.factories import Office, catalogue, number, vocabulary
from tests.services.owed import Owing
from tests.services.phones import seat_all

THE_TALK = frozenset(
    {"inbound", "outbox", "conversation", "question", "reply_guard", "stranger_day", "link_code"}
)
"""What was said, what is answered, and what is open between that phone and the office."""
OWN = frozenset({"standing", "language", "speaker_id", "asked_at"})
"""What a text may change of an address: the sender's own."""
CONSENT = frozenset({"address", "consent", "person_address"})
LINKS = frozenset({"address", "person_address", "consent", "chat_group"})
MAY: Mapping[Effect, frozenset[str]] = {
    Effect.NONE: frozenset(),
    Effect.TO_INBOX: frozenset(),
    Effect.OPT_OUT: CONSENT,
    Effect.OPT_IN: CONSENT,
    Effect.ALERTS_ONLY: CONSENT,
    Effect.WRONG_NUMBER: CONSENT,
    Effect.SET_LANGUAGE: frozenset({"address"}),
    Effect.ASK_WHO: frozenset({"address"}),
    Effect.ASK_TO_JOIN: frozenset({"join_request"}),
    Effect.DECISION_TOLD: frozenset({"decision_report"}),
    Effect.SHEET_HANGS: frozenset({"hanging"}),
    Effect.MEETING_ANSWERED: frozenset({"meeting_answer"}),
    Effect.ATTENDANCE_TAKEN: frozenset({"attendance", "journal"}),
    Effect.REPORT: frozenset({"ticket", "ticket_step"}),
    Effect.LINK_CODE: frozenset(),
    Effect.LINK_CHAT: LINKS,
    Effect.UNLINK: LINKS,
}
"""Which tables each effect may touch besides the talk; the rows there are the sender's own."""
WAIT = {"decision_report": "waiting", "join_request": "waiting", "ticket": "open"}
"""How what a text asks for stands until a person has looked at it."""

COMMANDS = (
    "SEND ALL: kal ijlas hai", "BROADCAST pani aa raha hai", "APPROVE 14", "manzoor 14/2",
    "14/2 HO GAYA", "14/2 JARI", "14/2 CANCEL", "faisla 14/2 khatam", "PUBLISH 14",
    "delete all", "add member Gul 03001234567", "sadar Gul Bibi", "password", "admin",
    "LAGA DIYA 1", "11", "12", "JOIN Gul Bibi", "masla: nalka kharab hai gaon mein",
    "HAZIR sab", "HAZIR 1 2",
    "URDU", "ROMAN", "ALERT", "STOP", "START", "GALAT NUMBER", "START", "23", "R1",
)  # fmt: skip

Rows = dict[str, dict[Any, Mapping[str, Any]]]


def snapshot(conn: Connection) -> Rows:
    """Every row of every table, by what names it."""
    found: Rows = {}
    for table in metadata.sorted_tables:
        keys = [column.name for column in table.primary_key.columns]
        rows = [dict(row) for row in conn.execute(select(table)).mappings()]
        found[table.name] = {tuple(row[key] for key in keys): row for row in rows}
    return found


def changes(before: Rows, after: Rows) -> list[tuple[str, Mapping[str, Any], set[str]]]:
    """What differs: the table, the row, and which columns; a row that went has none left."""
    found = []
    for table, rows in after.items():
        old = before[table]
        found += [(table, row, set(row)) for key, row in rows.items() if key not in old]
        found += [(table, old[key], set[str]()) for key in old if key not in rows]
        for key in rows.keys() & old.keys():
            differ = {name for name, value in rows[key].items() if value != old[key][name]}
            if differ:
                found.append((table, rows[key], differ))
    return found


def watched(seen: list[Effect]) -> Desk:
    """A desk that notes the effect of each answer that a keyword gives."""

    def noting(answer: Answer) -> Callable[[Ask, Speaker, Register], Reply]:
        def answered(ask: Ask, who: Speaker, register: Register) -> Reply:
            reply = answer(ask, who, register)
            seen.append(reply.effect)
            return reply

        return answered

    words = vocabulary()
    keywords = {
        intent: replace(one, answer=noting(one.answer)) for intent, one in words.keywords.items()
    }
    return Desk(catalogue(), replace(words, keywords=keywords), {"sim": "mirkhai"})


def texts() -> tuple[str, ...]:
    """A text of each meaning in each writing, and what somebody may try by hand."""
    rows = catalogue().trial()
    return (*COMMANDS, *(row.text for row in rows[::5]))


async def say_all(office: Office, sender: int) -> tuple[Rows, Rows, list[Effect]]:
    seen: list[Effect] = []
    desk = watched(seen)
    before = await office.database.read(snapshot)
    mos = [office.mo(sender, text) for text in texts()]
    await receive_mos(office.database, mos, desk=desk, now=office.now)
    return before, await office.database.read(snapshot), seen


async def world(office: Office) -> int:
    """An office with an officer on phone 1, who owes a decision and is called to a meeting."""
    owing = await Owing.open(office)
    person_id = await owing.owner(1)
    await owing.decide(await owing.meeting())
    await seat_all(office, person_id)
    await office.hear(office.mo(5, "salam"))
    return person_id


def test_every_effect_says_what_it_may_touch() -> None:
    assert set(MAY) == set(Effect)
    assert {*ACTS, *STANDING_AFTER, *FOR_A_PERSON, Effect.NONE} == set(Effect)


@pytest.mark.parametrize("sender", [77, 1], ids=["a stranger", "a forged officer"])
async def test_whatever_is_texted_only_the_sender_s_own_rows_change(
    office: Office, sender: int
) -> None:
    await world(office)
    before, after, seen = await say_all(office, sender)
    assert {Effect.OPT_OUT, Effect.OPT_IN, Effect.SET_LANGUAGE, Effect.REPORT} <= set(seen)
    mine = [key for key, row in after["address"].items() if row["msisdn"] == number(sender)]
    (address_id,) = mine[0]
    allowed = THE_TALK.union(*(MAY[effect] for effect in set(seen)))
    for table, row, columns in changes(before, after):
        assert table in allowed, (table, row)
        if table == "address":
            is_new = (address_id,) not in before["address"]
            assert row["id"] == address_id
            assert is_new or columns <= OWN, columns
        elif "address_id" in row:
            assert row["address_id"] in (address_id, None), (table, row)
        if table in WAIT:
            assert row["state"] == WAIT[table], (table, row)


async def test_a_stranger_has_no_say_in_decisions_meetings_and_boards(office: Office) -> None:
    await world(office)
    before, after, seen = await say_all(office, 77)
    touched = {table for table, _, _ in changes(before, after)}
    theirs = {
        "attendance",
        "decision_report",
        "meeting_answer",
        "hanging",
        "person_address",
        "chat_group",
    }
    assert not touched & theirs, touched
    assert not {Effect.DECISION_TOLD, Effect.MEETING_ANSWERED, Effect.SHEET_HANGS} & set(seen)


async def test_the_owner_s_own_word_waits_and_the_decision_stands_as_it_stood(
    office: Office,
) -> None:
    await world(office)
    before, after, seen = await say_all(office, 1)
    assert Effect.DECISION_TOLD in seen
    assert len(after["decision_report"]) == 1
    for table in ("decision", "decision_step", "minutes", "broadcast", "seat", "person", "unit"):
        assert after[table] == before[table], table
