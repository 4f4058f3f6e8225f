"""What an officer may rely on when one meeting is made into everything."""

import asyncio

import pytest

from app.domain.errors import Refusal
from app.domain.letters import read_letter
from app.services.show_publication import fetch_form
from app.store import documents, publications
from app.store.database import Connection
from app.store.networks import network
from tests.factories import PRICE, Office, number, person, wire
from tests.services.published import (
    MAIL_WIRE,
    approve,
    decision,
    four_people,
    keep,
    mailbox,
    meeting,
    prepare,
    record,
)


async def test_one_meeting_becomes_a_text_and_a_mail_to_each_in_their_language(
    office: Office,
) -> None:
    await four_people(office)
    found = await prepare(office, await meeting(office))
    assert found.text is not None
    assert found.mail is not None
    assert (found.text.people, found.text.addresses, found.text.price_micro) == (3, 3, 3 * PRICE)
    assert found.text.left_out == ({"reason": "no_phone", "people": 1},)
    assert (found.mail.people, found.mail.price_micro) == (2, 0)
    assert found.mail.left_out == ({"reason": "no_mail", "people": 2},)
    assert {text.language: text.body for text in found.text.texts} == {
        "en": "Mirkhai: Minutes 14, EC 19 Nov. 1 Road letter: President. Details: D1. Ref 1",
        "ur": "میرخائی: کارروائی 14: 1 سڑک خط: صدر۔ تفصیل D1۔ Ref 1",
        "ur-Latn": "Mirkhai: Karwai 14, EC 19 Nov. 1 Sarak khat: Sadar. Tafseel: D1. Ref 1",
    }


async def test_the_languages_without_words_are_listed_with_the_one_that_is_read_instead(
    office: Office,
) -> None:
    await four_people(office)
    found = await prepare(office, await meeting(office))
    listed = {(one.form, one.language, one.detail) for one in found.gaps}
    assert listed == {(f, t, "ur") for f in ("sms", "mail") for t in ("ps", "sd")}
    assert await approve(office, found) == 5
    sent = [(one.msisdn, one.language) for one in await office.texts()]
    assert sent[:3] == [(number(1), "ur"), (number(2), "ur-Latn"), (number(3), "en")]
    assert sorted(sent[3:]) == [(None, "en"), (None, "ur")]


async def test_a_mail_carries_the_letter_of_its_language_with_the_minutes_as_pdf(
    office: Office,
) -> None:
    await four_people(office)
    meeting_id = await meeting(office)
    found = await prepare(office, meeting_id)
    letter = next(one for one in found.forms if (one.form, one.language) == ("mail", "ur"))
    row = await office.database.read(documents.get, letter.document_id)
    read = read_letter(row.content)
    assert "سڑک کی مرمت" in read.text
    assert 'dir="rtl"' in read.html
    assert read.thread == f"meeting-{meeting_id}"
    assert [one.name for one in read.attachments] == ["MinutesSheet.pdf"]
    assert "{unsubscribe}" in read.text


@pytest.mark.parametrize("language", ["ur", "ur-Latn", "en"])
async def test_a_mail_names_the_body_in_the_script_of_its_language(
    office: Office, language: str
) -> None:
    def speak(conn: Connection) -> None:
        conn.execute(network.update().where(network.c.id == office.id).values(language=language))

    await office.database.write(speak)
    await four_people(office)
    found = await prepare(office, await meeting(office))
    for tag, name in (
        ("en", "Executive Committee"),
        ("ur-Latn", "Executive Committee"),
        ("ur", "ایگزیکٹو کمیٹی"),
    ):
        letter = next(one for one in found.forms if (one.form, one.language) == ("mail", tag))
        row = await office.database.read(documents.get, letter.document_id)
        assert name in read_letter(row.content).subject


async def test_every_form_is_kept_to_be_fetched_or_copied(office: Office) -> None:
    await four_people(office)
    found = await prepare(office, await meeting(office))
    kept = {(one.form, one.document_id is not None) for one in found.forms if one.language == "en"}
    assert kept == {
        ("mail", True),
        ("minutes", True),
        ("picture", True),
        ("press", False),
        ("sheet", True),
        ("telegram", False),
    }
    sheet = await fetch_form(office.database, office.id, found.id, "sheet", "en")
    assert b"Shahi-Laspa" in sheet.content


async def test_a_new_plan_takes_the_place_of_the_old_one(office: Office) -> None:
    await four_people(office)
    meeting_id = await meeting(office)
    old = await prepare(office, meeting_id)
    new = await prepare(office, meeting_id, texts={"en": "Road letter goes to the DC."})
    assert new.hash != old.hash
    assert "Road letter goes to the DC." in new.first.texts[0].body
    with pytest.raises(Refusal, match="cancelled"):
        await approve(office, old)
    assert await approve(office, new) == 5


async def test_words_of_ones_own_that_do_not_fit_are_refused_and_nothing_is_kept(
    office: Office,
) -> None:
    await four_people(office)
    meeting_id = await meeting(office)
    with pytest.raises(Refusal, match="needs 2 SMS"):
        await prepare(office, meeting_id, texts={"en": "Long words. " * 13})
    found = await prepare(office, meeting_id)
    assert found.id


async def test_minutes_go_out_once(office: Office) -> None:
    await four_people(office)
    meeting_id = await meeting(office)
    await approve(office, await prepare(office, meeting_id))
    with pytest.raises(Refusal, match="went out already"):
        await prepare(office, meeting_id)


async def test_minutes_that_nobody_published_are_refused(office: Office) -> None:
    await four_people(office)
    with pytest.raises(Refusal, match="not published yet"):
        await prepare(office, await office.meeting(15))


async def test_a_changed_revision_goes_to_exactly_those_who_got_the_earlier_one(
    office: Office,
) -> None:
    await four_people(office)
    meeting_id = await meeting(office)
    first = await prepare(office, meeting_id, audience=f"{number(1)}, {number(3)}")
    await approve(office, first)
    await office.people(person("New", 9, language="ur"))
    await keep(office, meeting_id, record(decision(shorts={"ur": "سڑک خط ہفتہ"})))
    second = await prepare(office, meeting_id)
    assert second.corrects == first.first.ref
    await approve(office, second)
    texts = [row for row in await office.texts() if row.broadcast_id == second.first.id]
    assert sorted(row.msisdn for row in texts) == [number(1), number(3)]
    ours = {text.language: text.body for text in second.first.texts}
    assert "Ref 1 نہیں" in ours["ur"]
    mails = [row for row in await office.texts() if row.msisdn is None]
    assert len(mails) == 2


async def test_restricted_minutes_go_to_private_phones_only(office: Office) -> None:
    await office.wires(wire(), MAIL_WIRE)
    await office.people(person("Gul", 1), person("Naz", 2, shared="yes"))
    await mailbox(office, "Gul", "gul@example.org")
    found = await prepare(office, await meeting(office, record(restricted="a family matter")))
    assert found.mail is None
    assert found.text is not None
    assert found.text.held == ({"reason": "shared_phone", "people": 1},)
    assert found.text.people == 1
    assert {one.form for one in found.forms} == {"minutes"}


async def test_a_restricted_decision_stands_in_no_form(office: Office) -> None:
    await four_people(office)
    secret = decision(2, texts={"en": "Sekret dispute."}, shorts={}, restricted="dispute")
    found = await prepare(office, await meeting(office, record(decision(), secret)))
    words = [text.body for plan in found.plans for text in plan.texts]
    for one in found.forms:
        row = await office.database.read(documents.get, one.document_id or 0)
        words += [one.body, row.content.decode() if row and one.form != "mail" else ""]
    assert not any("Sekret" in text or "D2" in text for text in words)


async def test_without_any_mailbox_the_text_goes_alone_and_the_reason_is_shown(
    office: Office,
) -> None:
    await office.people(person("Gul", 1, language="ur"))
    found = await prepare(office, await meeting(office))
    assert found.mail is None
    assert found.unreached == {"mail": {"no_mail": 1}}
    assert await approve(office, found) == 1


async def test_of_two_plans_made_at_once_only_one_stands(office: Office) -> None:
    await four_people(office)
    meeting_id = await meeting(office)
    results = await asyncio.gather(
        *(prepare(office, meeting_id) for _ in range(3)), return_exceptions=True
    )
    codes = {one.code for one in results if isinstance(one, Refusal)}
    assert codes <= {"changed_meanwhile"}
    states = await office.database.read(_states, office.id, meeting_id)
    assert states.count("planned") == 1
    assert set(states) <= {"planned", "cancelled"}


def _states(conn: Connection, network_id: int, meeting_id: int) -> list[str]:
    return [row.state for row in publications.of_meeting(conn, network_id, meeting_id)]


async def test_a_budget_counts_the_texts_and_lets_a_mail_without_price_through(
    office: Office,
) -> None:
    await four_people(office)
    meeting_id = await meeting(office)
    await office.database.write(_cap, office.id, 3 * PRICE)
    found = await prepare(office, meeting_id)
    await office.database.write(_cap, office.id, 3 * PRICE - 1)
    with pytest.raises(Refusal, match="costs more than one broadcast may"):
        await approve(office, found)
    assert not await office.texts()


def _cap(conn: Connection, network_id: int, micro: int) -> None:
    conn.execute(
        network.update().where(network.c.id == network_id).values(broadcast_cap_micro=micro)
    )


async def test_the_same_key_gives_the_same_plan(office: Office) -> None:
    await four_people(office)
    meeting_id = await meeting(office)
    first = await prepare(office, meeting_id, idem_key="k")
    assert (await prepare(office, meeting_id, idem_key="k")).id == first.id
