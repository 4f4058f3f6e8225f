"""A chamber with decisions that posts owe, for tests of follow-up."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from app.store import decisions, meetings
from app.store.broadcasts import broadcast_text
from app.store.database import Connection
from app.store.follow_up import decision_report
from app.store.meetings import decision, decision_step
from tests.factories import Office, every_text
from tests.services.seated import TODAY, Chamber

TEXT = {"en": "Repair the pump.", "ur-Latn": "Pump ki marammat.", "ur": "پمپ کی مرمت۔"}
SHORT = {"en": "pump", "ur-Latn": "pump", "ur": "پمپ"}


@dataclass
class Owing:
    """An office whose General Secretary looks after decisions that others owe."""

    office: Office
    chamber: Chamber

    @classmethod
    async def open(cls, office: Office) -> "Owing":
        return cls(office, await Chamber.open(office))

    async def meeting(self, label: str = "14", body: str = "EC") -> int:
        """Published minutes without decisions; gives their id."""
        office = self.office

        def put(conn: Connection) -> int:
            no = int("".join(one for one in label if one.isdigit()))
            row = {
                "network_id": office.id, "body": body, "no": no, "label": label,
                "at": office.now - timedelta(days=30), "state": "held",
            }  # fmt: skip
            meeting_id = meetings.add_meeting(conn, row)
            written = {"network_id": office.id, "meeting_id": meeting_id}
            return meetings.add_minutes(conn, {**written, "published_at": office.now})

        return await office.database.write(put)

    async def decide(self, minutes_id: int, no: int = 2, days: int = 3, **values: Any) -> int:
        """A decision that is due in so many days; LSO Roshni's President owes it."""
        office = self.office
        row = {
            "network_id": office.id, "minutes_id": minutes_id, "no": no,
            "due": TODAY + timedelta(days=days), "status": "in hand",
            "owner": {"en": "President"}, "owner_body": "LSO", "owner_post": "President",
            "owner_unit_id": self.chamber.roshni, **values,
        }  # fmt: skip

        def put(conn: Connection) -> int:
            decision_id = decisions.add(conn, row)
            decisions.put_words(conn, decision_id, {tag: (TEXT[tag], SHORT[tag]) for tag in TEXT})
            return decision_id

        return await office.database.write(put)

    async def owner(self, n: int = 1, name: str = "Sadaf", **more: Any) -> int:
        """The President of LSO Roshni with the n-th phone; gives the person."""
        person_id, _ = await self.chamber.officer(name, self.chamber.roshni, "President", **more)
        await self.chamber.phone(person_id, n)
        return person_id

    async def change(self, decision_id: int, **values: Any) -> None:
        """Let the decision stand so."""
        statement = update(decision).where(decision.c.id == decision_id).values(**values)
        await self.office.database.write(lambda conn: conn.execute(statement))

    async def reports(self) -> list[Any]:
        statement = select(decision_report).order_by(decision_report.c.id)
        return list(await self.office.database.read(lambda conn: conn.execute(statement).all()))

    async def status(self, decision_id: int) -> str:
        statement = select(decision.c.status).where(decision.c.id == decision_id)
        return await self.office.database.read(lambda conn: conn.execute(statement).scalar_one())

    async def steps(self, decision_id: int) -> list[Any]:
        mine = select(decision_step).where(decision_step.c.decision_id == decision_id)
        return list(
            await self.office.database.read(
                lambda conn: conn.execute(mine.order_by(decision_step.c.id)).all()
            )
        )

    async def sent(self) -> list[tuple[str, str]]:
        """Number and words of all broadcasts that went into the outbox."""

        def read(conn: Connection) -> list[tuple[str, str]]:
            words = {
                (row.broadcast_id, row.language): row.body
                for row in conn.execute(select(broadcast_text))
            }
            rows = every_text(conn)
            return [(r.msisdn, words[r.broadcast_id, r.language]) for r in rows if r.broadcast_id]

        return await self.office.database.read(read)
