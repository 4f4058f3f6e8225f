"""What the office of a conversation script has: two minutes, seven decisions, a meeting to come."""

from datetime import timedelta

from app.services.publish_minutes import DecisionDraft
from tests.factories import Office

_ABOUT = {
    "road": ("Road to Laspa", "Laspa sarak", "لاسپہ سڑک"),
    "school": ("Girls school list", "Girls school list", "سکول فہرست"),
    "fees": ("Fee Rs 500", "Fees Rs 500", "فیس 500"),
    "water": ("Pump Shahi", "Shahi pump", "شاہی پمپ"),
    "health": ("Health post medicine", "Sehat markaz dawa", "صحت مرکز دوا"),
    "power": ("Transformer letter", "Transformer khat", "ٹرانسفارمر خط"),
    "relief": ("Ration", "Rashan", "راشن"),
    "press": ("Press note", "Akhbar ko note", "اخبار نوٹ"),
}
_SAID = {
    "en": "{}: a letter to the DC",
    "ur-Latn": "{}: DC ko khat likha jaye",
    "ur": "{}: ڈی سی کو خط",
}
_TAKEN = {
    12: ("water", "health", "power", "relief"),
    14: ("road", "school", "fees"),
    16: ("press",),
}
_AGO = {12: 70, 14: 10, 16: 0}


async def lay(office: Office) -> None:
    """Hold meetings 12 and 14 of the Executive Committee and call meeting 15 for Sunday 29 Nov."""
    await publish(office, 12)
    await publish(office, 14)
    await office.meeting(
        15,
        at=office.now + timedelta(days=7, hours=22),
        venue={"en": "LSO Roshni, Shahi", "ur-Latn": "LSO Roshni, Shahi", "ur": "LSO روشنی شاہی"},
    )


async def publish(office: Office, no: int) -> None:
    """Hold that meeting and publish its minutes, which have no summary written by hand."""
    await office.meeting(no, at=office.now - timedelta(days=_AGO[no], hours=2))
    decisions = [
        DecisionDraft(
            place,
            {
                tag: {"text": said.format(words), "short": words}
                for tag, said, words in zip(_SAID, _SAID.values(), _ABOUT[topic], strict=True)
            },
            topics=(topic,),
        )
        for place, topic in enumerate(_TAKEN[no], start=1)
    ]
    await office.minutes(no, summaries={}, decisions=decisions)
