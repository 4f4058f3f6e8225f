"""A committee of five for tests of calls: two silent, one who said no, one without a phone."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.services.note_answer import Said, note_answer
from app.services.print_meeting import Moment
from app.services.print_sheet import Order
from tests.factories import Office, catalogue
from tests.services.seated import Chamber

IN_FIVE_DAYS = timedelta(days=5)


@dataclass
class Committee:
    """Its people by name, and its next meeting."""

    office: Office
    chamber: Chamber
    meeting_id: int
    ids: dict[str, int]

    @classmethod
    async def open(cls, office: Office, **changes: Any) -> "Committee":
        chamber = await Chamber.open(office)
        ids = {}
        for name, sex, post, n in (
            ("Rehmat Wali", "m", "President", 1),
            ("Nusrat Ansari", "f", "General Secretary", 2),
            ("Karim Dad", "m", "", 3),
            ("Bibi Shireen", "f", "", 0),
            ("Lal Bibi", "f", "", 5),
        ):
            more = {"local_name": "رحمت ولی"} if n == 1 else {}
            ids[name], _ = await chamber.officer(
                name, chamber.roshni, post, sex=sex, body="EC", **more
            )
            if n:
                await chamber.phone(ids[name], n, standing="stopped" if n == 5 else "active")
        facts = {
            "at": office.now + IN_FIVE_DAYS,
            "venue": {"en": "Office of LSO Roshni", "ur": "LSO روشنی"},
            "agenda": {"en": "Road, school", "ur": "سڑک، سکول"},
            "quorum": 3,
        }
        meeting_id = await office.meeting(14, **{**facts, **changes})
        return cls(office, chamber, meeting_id, ids)

    async def says(self, name: str, answer: str, **more: Any) -> None:
        """Write down what somebody said."""
        office = self.office
        await note_answer(
            office.database,
            office.id,
            self.meeting_id,
            self.ids[name],
            Said(answer, **more),
            by="Nusrat",
            now=office.now,
        )

    @property
    def moment(self) -> Moment:
        return Moment(catalogue(), self.office.now.date())


def order(tag: str = "en", form: str = "txt", **more: str) -> Order:
    """A sheet as text, which a test can read."""
    return Order(form, tag, **more)  # type: ignore[arg-type]
