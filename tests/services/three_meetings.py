"""Three meetings with decisions that everybody, and that only the office may read."""

from datetime import date, timedelta

from sqlalchemy import update

from app.services.publish_minutes import DecisionDraft
from app.store.database import Connection
from app.store.meetings import minutes
from tests.factories import Office

DAY = date(2026, 11, 21)
PUMP = DecisionDraft(
    2,
    {
        "en": {"text": "Repair of the 50% pump in Laspa.", "short": "pump Laspa"},
        "ur": {"text": "لاسپہ میں پمپ کی مرمت", "short": "پمپ"},
    },
    owner={"en": "LSO Umeed", "ur": "ایل ایس او امید"},
    due=DAY - timedelta(days=9),
    topics=["water"],
)
ROAD = DecisionDraft(
    1, {"en": {"text": "Letter to the DC for the road.", "short": "road letter"}}, topics=["road"]
)
SECRET = DecisionDraft(
    3, {"en": {"text": "Dispute over the pump in Kotli.", "short": "x"}}, is_restricted=True
)


async def three_meetings(office: Office) -> None:
    """Meeting 12 is open but for one decision, 13 is restricted, 14 is still to come."""
    for no, days in ((12, -30), (13, -10), (14, 3)):
        await office.meeting(no, at=office.now + timedelta(days=days), venue={"en": "Shahi"})
    await office.minutes(12, decisions=[ROAD, PUMP, SECRET])
    await office.minutes(13, decisions=[ROAD], is_restricted=True)


def withdraw(conn: Connection, minutes_id: int) -> None:
    """Let minutes be as if they were never published."""
    conn.execute(update(minutes).where(minutes.c.id == minutes_id).values(published_at=None))
