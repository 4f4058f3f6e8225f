"""The proof of a publication: when each LSO's people got it, and who has not."""

from datetime import timedelta

from app.services.approve_publication import approve_publication
from app.services.show_reach import show_reach
from app.store.database import Connection
from app.store.outbox import outbox
from tests.factories import Office, person, wire
from tests.services.published import MAIL_WIRE, mailbox, meeting, prepare


async def settle(office: Office, name_of: dict[int, str], hours: int = 5) -> None:
    """Let texts come to these states, by the number of their address, so many hours later."""

    def work(conn: Connection) -> None:
        for address_id, state in name_of.items():
            conn.execute(
                outbox.update()
                .where(outbox.c.address_id == address_id)
                .values(state=state, started_at=office.now + timedelta(hours=hours))
            )

    await office.database.write(work)


async def ready(office: Office) -> int:
    """Roshni has three people, Umeed one; the plan is approved. Gives the publication's id."""
    await office.wires(wire(), MAIL_WIRE)
    for name in ("Roshni", "Umeed"):
        await office.unit(name)
    await office.people(
        person("Gul", 1, lso="Roshni"),
        person("Sher", 2, lso="Roshni"),
        person("Be-Phone", "", lso="Roshni"),
        person("Naz", 3, lso="Umeed"),
        person("Akela", 4),
    )
    await mailbox(office, "Be-Phone", "b@example.org")
    await mailbox(office, "Gul", "g@example.org")
    found = await prepare(office, await meeting(office))
    by = office.approver(found.first)
    await approve_publication(office.database, office.id, found.id, by=by, now=office.now)
    return found.id


async def test_each_lso_shows_who_got_it_when_and_how_many_days_after_the_meeting(
    office: Office,
) -> None:
    publication_id = await ready(office)
    rows = await office.texts()
    gul, sher, naz, _ = (row.address_id for row in rows if row.msisdn)
    bibi_mail, gul_mail = (row.address_id for row in rows if not row.msisdn)
    await settle(office, {gul: "delivered", bibi_mail: "sent"})
    await settle(office, {gul_mail: "sent"}, hours=3)
    await settle(office, {sher: "undelivered", naz: "sent"}, hours=24)
    reach = await show_reach(office.database, office.id, publication_id, now=office.now)
    assert [(one.name, one.people, one.got, one.arrived, one.days) for one in reach.units] == [
        ("Roshni", 3, 2, 1, 2),
        ("Umeed", 1, 1, 0, 3),
        ("", 1, 0, 0, None),
    ]
    assert reach.units[0].first_at == office.now + timedelta(hours=3)
    assert (reach.people, reach.got, reach.missed_total) == (5, 3, 2)
    assert [(one.name, one.unit) for one in reach.missed] == [("Sher", "Roshni"), ("Akela", "")]


async def test_before_anything_went_out_everybody_is_missing(office: Office) -> None:
    publication_id = await ready(office)
    reach = await show_reach(office.database, office.id, publication_id, now=office.now)
    assert (reach.people, reach.got, len(reach.missed)) == (5, 0, 5)
    assert {one.first_at for one in reach.units} == {None}
