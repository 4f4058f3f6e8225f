"""Whom a newsletter goes to: its headline to phones, all of it to mail addresses."""

import email
import email.policy

from sqlalchemy import select

from app.services.change_newsletter import NewsletterChange, change_newsletter
from app.services.plan_newsletter import plan_newsletter, take_back_plan
from app.store import addresses
from app.store.broadcasts import broadcast, broadcast_text
from app.store.database import Connection
from app.store.documents import document
from app.store.people import person as people_table
from app.store.people import person_address
from tests.factories import Office, catalogue, person, wire
from tests.services.newsroom import Newsroom, code_of


async def give_mail(office: Office, name: str, handle: str) -> None:
    """Give somebody a mail address that may be written to."""

    def give(conn: Connection) -> None:
        who = select(people_table.c.id).where(people_table.c.name == name)
        person_id = conn.execute(who).scalar_one()
        address_id = addresses.ensure_handle(
            conn,
            {
                "network_id": office.id,
                "kind": "email",
                "handle": handle,
                "created_at": office.now,
            },
        )
        conn.execute(addresses.address.update().values(standing="active"))
        link = {"person_id": person_id, "address_id": address_id}
        conn.execute(person_address.insert().values(**link))

    await office.database.write(give)


def plan(room: Newsroom, newsletter_id: int) -> object:
    return plan_newsletter(
        room.database,
        room.office.id,
        newsletter_id,
        catalogue=catalogue(),
        by=room.sajida,
        now=room.now,
    )


async def test_headline_and_mail_are_planned_and_wait_for_a_second_officer(
    office: Office,
) -> None:
    room = Newsroom(office)
    await office.wires(wire(reaches=frozenset({"demo", "email"})))
    await office.people(person("Zarina", 1), person("Noor", 2, language="en"))
    await give_mail(office, "Noor", "noor@example.org")
    await room.agreed_story("A spring <is> clean & cold")
    newsletter_id = await room.make(audience="all")
    made = await plan(room, newsletter_id)
    assert made.faults == ()
    issue = await room.issue(newsletter_id)
    assert (issue.text_id, issue.mail_id) == (made.text_id, made.mail_id)

    def read(conn: Connection) -> list[tuple[str, str]]:
        rows = conn.execute(select(broadcast.c.medium, broadcast.c.state).order_by(broadcast.c.id))
        return [(row.medium, row.state) for row in rows]

    assert await office.database.read(read) == [("text", "planned"), ("mail", "planned")]
    letters = await office.database.read(
        lambda conn: conn.execute(
            select(document.c.content)
            .join(broadcast_text, broadcast_text.c.document_id == document.c.id)
            .where(broadcast_text.c.language == "en")
        ).scalar_one()
    )
    letter = email.message_from_bytes(letters, policy=email.policy.default)
    assert letter["Subject"].startswith("LSON mirkhai, Newsletter 1")
    text = letter.get_body(("plain",)).get_content()
    html = letter.get_body(("html",)).get_content()
    assert "A spring <is> clean & cold" in text
    assert "A spring &lt;is&gt; clean &amp; cold" in html
    assert "{unsubscribe}" in text


async def test_a_wire_that_reaches_nobody_is_told_and_the_other_goes_on(office: Office) -> None:
    room = Newsroom(office)
    await office.people(person("Zarina", 1))
    await room.agreed_story()
    newsletter_id = await room.make(audience="all")
    made = await plan(room, newsletter_id)
    assert made.text_id is not None
    assert made.mail_id is None
    assert [fault.code for fault in made.faults] == ["nobody"]


async def test_it_needs_an_audience_that_exists(office: Office) -> None:
    room = Newsroom(office)
    await room.agreed_story()
    newsletter_id = await room.make()
    assert await code_of(plan(room, newsletter_id)) == "audience_empty"
    version = (await room.issue(newsletter_id)).version
    change = NewsletterChange(version, audience="all")
    who = {"catalogue": catalogue(), "by": room.sajida, "now": room.now}
    await change_newsletter(office.database, office.id, newsletter_id, change, **who)
    assert await code_of(plan(room, newsletter_id)) == "nobody"
    assert (await room.issue(newsletter_id)).plans == ()


async def test_a_planned_one_is_changed_only_after_its_plan_was_taken_back(
    office: Office,
) -> None:
    room = Newsroom(office)
    await office.people(person("Zarina", 1))
    await room.agreed_story()
    newsletter_id = await room.make(audience="all")
    await plan(room, newsletter_id)
    await room.agreed_story("Too late")
    assert await code_of(room.make(audience="all")) == "taken"
    assert await code_of(plan(room, newsletter_id)) == "taken"
    await take_back_plan(office.database, office.id, newsletter_id, by=room.sajida, now=room.now)
    assert await room.make(audience="all") == newsletter_id
    await plan(room, newsletter_id)
    issue = await room.issue(newsletter_id)
    assert len(issue.items) == 2
    assert "Too late" in issue.plans[0].texts[0].body
