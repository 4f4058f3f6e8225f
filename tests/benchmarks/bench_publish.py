"""How long it takes to publish one meeting to 2,600 people: every form made, all of it planned.

    .venv/bin/python tests/benchmarks/bench_publish.py [sqlite|postgresql] [PEOPLE]

Five writings; every sixth person has a mailbox too. `ms` is the whole action, the printing of all
PDFs and pictures included, from the click to the plan on the screen; `printing_ms` is what of it
the forms took by themselves, measured in the same rounds. `cpu_ms` is our own work without waiting
for a busy machine (PostgreSQL's work apart).
"""

import asyncio
import json
import sys
import time
from datetime import timedelta
from typing import Any

import ground
from sqlalchemy import insert, select, text

from app.domain.minutes import DecisionEntry, Owner, Record
from app.domain.sheets import Form, Sheet
from app.printing.render import Printed, render
from app.services.call_meeting import NewMeeting, call_meeting
from app.services.keep_minutes import keep_minutes
from app.services.prepare_publication import PublicationDraft, prepare_publication
from app.services.publish_minutes import publish_record
from app.store import routes
from app.store.addresses import address
from app.store.database import Connection, Database
from app.store.people import person, person_address

ROUNDS = 7
LIMIT_MS = 1000.0
TAGS = ("en", "ur", "ur-Latn", "sd", "ps")
WORDS = {
    "en": ("Write to the Deputy Commissioner for repair of the road.", "Road letter"),
    "ur": ("سڑک کی مرمت کے لیے ڈپٹی کمشنر کو خط لکھا جائے۔", "سڑک خط"),
    "ur-Latn": ("Sarak ki marammat ke liye Deputy Commissioner ko khat.", "Sarak khat"),
    "sd": ("روڊ جي مرمت لاءِ ڊپٽي ڪمشنر ڏانهن خط.", "روڊ خط"),
    "ps": ("د سړک د رغولو لپاره ډپټي کمشنر ته لیک.", "د سړک لیک"),
}


def _dress(conn: Connection, network_id: int, count: int) -> None:
    """Give the people languages, and every sixth a mailbox; one wire for each medium."""
    for no, tag in enumerate(TAGS):
        conn.execute(person.update().where(person.c.id % len(TAGS) == no).values(language=tag))
    boxes = [
        {
            "id": count + id,
            "network_id": network_id,
            "kind": "email",
            "handle": f"m{id}@example.org",
            "reach": "email",
            "standing": "active",
            "created_at": ground.NOON,
        }
        for id in conn.execute(select(person.c.id).where(person.c.id % 6 == 0)).scalars()
    ]
    conn.execute(insert(address), boxes)
    links = [{"person_id": one["id"] - count, "address_id": one["id"]} for one in boxes]
    conn.execute(insert(person_address), links)
    plain = ground.wire("sim", "simulator", "test", 600_000)
    routes.configure(conn, [plain, ground.wire("post", "smtp", "email", 0)])


async def _meeting(database: Database, network_id: int) -> int:
    """A published meeting of five decisions in five writings."""
    new = NewMeeting(body="EC", no=14, label="14", at=ground.NOON - timedelta(days=1))
    meeting_id = await call_meeting(database, "bench", new, by="bench", now=ground.NOON)
    decisions = tuple(
        DecisionEntry(
            no=no,
            texts={tag: words[0] for tag, words in WORDS.items()},
            shorts={tag: words[1] for tag, words in WORDS.items()},
            owner=Owner(words={"en": "President", "ur": "صدر"}),
            due=(ground.NOON + timedelta(days=9)).date(),
        )
        for no in range(1, 6)
    )
    record = Record(language="en", decisions=decisions)
    named = (database, network_id, meeting_id)
    version = await keep_minutes(*named, record, version=0, by="bench", now=ground.NOON)
    await publish_record(*named, version=version, by="bench", now=ground.NOON)
    return meeting_id


async def measure(kind: str, count: int) -> dict[str, Any]:
    """The middle of some rounds, the first (cold) one told apart."""
    with ground.fresh_url(kind) as url:
        async with ground.opened(url) as database:
            network_id = await ground.people_in(database, count)
            await database.write(_dress, network_id, count)
            await database.write(lambda conn: conn.execute(text("ANALYZE")))
            meeting_id = await _meeting(database, network_id)
            return {"database": kind, **await _rounds(database, network_id, meeting_id)}


async def _rounds(database: Database, network_id: int, meeting_id: int) -> dict[str, Any]:
    officer = await ground.officer_in(database)
    draft = PublicationDraft(network_id, meeting_id, "bench", officer)
    words, whole, printing, worked = ground.catalogue(), [], [], []
    for _ in range(ROUNDS + 1):
        spent = [0.0]

        def timed(sheet: Sheet, form: Form, spent: list[float] = spent) -> Printed:
            begun = time.perf_counter()
            made = render(sheet, form)
            spent[0] += time.perf_counter() - begun
            return made

        begun, before = time.perf_counter(), time.process_time()
        made = await prepare_publication(
            database, draft, catalogue=words, now=ground.NOON, printer=timed
        )
        whole.append((time.perf_counter() - begun) * 1000)
        worked.append((time.process_time() - before) * 1000)
        printing.append(spent[0] * 1000)
    return ground.rounded(
        {
            "text_people": made.text.people if made.text else 0,
            "mail_people": made.mail.people if made.mail else 0,
            "forms": len(made.forms),
            "cold_ms": whole[0],
            "ms": ground.median(whole[1:]),
            "cpu_ms": ground.median(worked[1:]),
            "printing_ms": ground.median(printing[1:]),
        }
    )


def main() -> None:
    """Measure what the command line asks for, or both databases."""
    asked = sys.argv[1:]
    count = int(asked[1]) if len(asked) > 1 else 2_600
    for kind in asked[:1] or ["sqlite", "postgresql"]:
        found = asyncio.run(measure(kind, count))
        print(json.dumps(found))
        print("kept" if found["ms"] <= LIMIT_MS else "MISSED", f"{found['ms']:.0f} ms")


if __name__ == "__main__":
    main()
