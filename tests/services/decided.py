"""Published decisions put straight into the database, many at once, as the index finds them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert

from app.store import decision_index
from app.store.database import Connection
from app.store.meetings import decision, decision_text, meeting, minutes

PLACES = ("Booni", "Mastuj", "Reshun", "Kosht", "Garam Chashma", "Arandu", "Drosh", "Ayun")
THINGS = (
    ("meeting hall", "ijlas ka kamra", "اجلاس کا کمرہ"),
    ("sports day", "khel ka din", "کھیل کا دن"),
    ("bus stand", "bus adda", "بس اڈہ"),
    ("tree plantation", "darakht lagana", "درخت لگانا"),
    ("savings book", "bachat ki kitab", "بچت کی کتاب"),
    ("loan register", "qarz ka register", "قرض کا رجسٹر"),
    ("goat shed", "bakri ka bara", "بکری کا باڑہ"),
    ("marriage hall", "shadi ghar", "شادی گھر"),
    ("cold store", "sard khana", "سرد خانہ"),
    ("honey training", "shehad ki tarbiyat", "شہد کی تربیت"),
)
DEEDS = (
    ("is approved for", "manzoor hua", "منظور ہوا"),
    ("waits for the budget of", "budget ka muntazir", "بجٹ کا منتظر"),
    ("was visited in", "ka daura hua", "کا دورہ ہوا"),
    ("goes to the committee of", "committee ko diya", "کمیٹی کو دیا"),
)


def filler(random: Random) -> dict[str, str]:
    """What was decided about something else; no two alike for long."""
    place, thing, deed = random.choice(PLACES), random.choice(THINGS), random.choice(DEEDS)
    n = random.randrange(1, 5_000)
    return {
        "en": f"The {thing[0]} {deed[0]} {place}, Rs {n}.",
        "ur-Latn": f"{place} {thing[1]} {deed[1]}, {n} rupay.",
        "ur": f"{thing[2]} {deed[2]}، {place}، {n}۔",
    }


def decide(
    conn: Connection,
    network_id: int,
    texts: Sequence[Mapping[str, str]],
    now: datetime,
    **changes: Any,
) -> list[int]:
    """Meetings of ten decisions each, the newest last, all published and indexed; gives ids."""
    ids: list[int] = []
    for first in range(0, len(texts), 10):
        no = first // 10 + changes.get("first_no", 1)
        minutes_id = _meeting(conn, network_id, no, now - timedelta(days=9_000 - no))
        for n, words in enumerate(texts[first : first + 10], 1):
            values = {"network_id": network_id, "minutes_id": minutes_id, "no": n}
            values |= {"owner": {}, "topics": changes.get("topics", "")}
            added = conn.execute(insert(decision).values(**values).returning(decision.c.id))
            ids.append(added.scalar_one())
            rows = [
                {"decision_id": ids[-1], "language": tag, "text": text, "short": text[:20]}
                for tag, text in words.items()
            ]
            conn.execute(insert(decision_text), rows)
    while decision_index.catch_up(conn):
        pass
    return ids


def _meeting(conn: Connection, network_id: int, no: int, at: datetime) -> int:
    values: dict[str, Any] = {"network_id": network_id, "body": "EC", "no": no, "label": str(no)}
    values |= {"at": at, "state": "held"}
    added = conn.execute(insert(meeting).values(**values).returning(meeting.c.id))
    row = {"network_id": network_id, "meeting_id": added.scalar_one(), "published_at": at}
    return conn.execute(insert(minutes).values(**row).returning(minutes.c.id)).scalar_one()
