"""What the register tells: the newest first, in the asker's writing, and no secret to strangers."""

from datetime import timedelta
from typing import Any

from app.domain.language import chain
from app.services.publish_minutes import DecisionDraft
from app.store import networks
from app.store.database import Connection
from app.store.register import StoreRegister, Tongues
from bots.sample_register import SampleRegister
from tests.factories import Office, catalogue, person


async def ask(office: Office, question: str, *given: Any, **named: Any) -> Any:
    def work(conn: Connection) -> Any:
        network = networks.by_id(conn, office.id)
        words = catalogue()
        tongues = Tongues(
            chain=lambda tag: chain(tag, words.languages, network.language), status=words.status
        )
        register = StoreRegister(conn, network, tongues, office.now)
        first = getattr(register, question)(*given, **named)
        assert getattr(register, question)(*given, **named) == first
        return first

    return await office.database.read(work)


def words(short: str, **more: str) -> dict[str, dict[str, str]]:
    return {tag: {"text": f"{word}.", "short": word} for tag, word in {"en": short, **more}.items()}


async def filled(office: Office) -> None:
    week = timedelta(days=7)
    await office.meeting(13, at=office.now - 2 * week)
    await office.minutes(13, decisions=[DecisionDraft(1, words("road"), topics=["road"])])
    await office.meeting(14, at=office.now - week)
    decisions = [
        DecisionDraft(1, words("pump", ur="پمپ"), {"en": "LSO Wafa"}, topics=["water", "women"]),
        DecisionDraft(2, words("quarrel"), is_restricted=True, topics=["water"]),
    ]
    await office.minutes(14, decisions=decisions)
    await office.meeting(15, at=office.now + week, venue={"en": "Roshni office"})


async def test_the_newest_minutes_come_first_in_the_askers_writing(office: Office) -> None:
    await filled(office)
    note = await ask(office, "latest_minutes", "ur", registered=True)
    assert (note.meeting_no, note.summary, note.present) == (14, "پانی کی لائن", 12)
    assert [one.short for one in note.decisions] == ["پمپ", "quarrel"]
    assert note.decisions[0].owner == "LSO Wafa"
    old = await ask(office, "minutes", 13, "en", registered=True)
    assert [one.short for one in old.decisions] == ["road"]
    assert await ask(office, "minutes", 99, "en", registered=True) is None


async def test_a_stranger_hears_nothing_restricted(office: Office) -> None:
    await filled(office)
    for question, given in (("decision", (14, 2, "en")), ("minutes", (14, "en"))):
        told = str(await ask(office, question, *given, registered=False))
        known = str(await ask(office, question, *given, registered=True))
        assert "quarrel" not in told
        assert "quarrel" in known
    recent = await ask(office, "recent_decisions", "en", registered=False)
    assert [one.short for one in recent] == ["pump", "road"]


async def test_decisions_are_found_by_topic(office: Office) -> None:
    await filled(office)
    found = await ask(office, "recent_decisions", "en", registered=True, topic="water")
    assert [one.short for one in found] == ["pump", "quarrel"]
    for topic in ("wat", "%", "_", "'"):
        assert await ask(office, "recent_decisions", "en", registered=True, topic=topic) == []
    assert len(await ask(office, "recent_decisions", "en", registered=True, limit=2)) == 2


async def test_the_next_meeting_is_the_first_to_come(office: Office) -> None:
    await filled(office)
    note = await ask(office, "next_meeting", "ur", registered=False)
    assert (note.meeting_no, note.venue, note.at.utcoffset()) == (
        15,
        "Roshni office",
        timedelta(hours=5),
    )


async def test_only_a_ref_that_was_approved_is_ours(office: Office) -> None:
    await office.people(person("Gul", 1))
    plan = await office.plan()
    assert not await ask(office, "ref_is_ours", plan.ref)
    await office.approve(plan)
    assert await ask(office, "ref_is_ours", plan.ref)
    assert not await ask(office, "ref_is_ours", plan.ref + 1)


async def test_networks_never_tell_each_others_minutes(office: Office) -> None:
    other = await Office.open(office.database, office.now, "sarang")
    await filled(office)
    assert await ask(other, "latest_minutes", "en", registered=True) is None
    assert await ask(other, "recent_decisions", "en", registered=True) == []
    assert await ask(other, "next_meeting", "en", registered=True) is None
    await office.people(person("Gul", 1))
    plan = await office.send()
    assert not await ask(other, "ref_is_ours", plan.ref)


def test_the_sample_register_answers_the_same_questions() -> None:
    public = {name for name in dir(SampleRegister) if not name.startswith("_")}
    assert public <= {name for name in dir(StoreRegister) if not name.startswith("_")}


async def test_a_year_beside_a_topic_asks_for_the_meetings_of_that_year(office: Office) -> None:
    await filled(office)
    await office.meeting(3, at=office.now - timedelta(days=400))
    await office.minutes(3, decisions=[DecisionDraft(1, words("tank"), topics=["water"])])
    old = (office.now - timedelta(days=400)).year
    recent = {"registered": True, "topic": "water", "limit": 3}
    for year, shorts in ((old, ["tank"]), (office.now.year, ["pump", "quarrel"]), (1999, [])):
        found = await ask(office, "recent_decisions", "en", words=f"pani {year}", **recent)
        assert sorted(one.short for one in found) == shorts
    alone = {"registered": True, "topic": str(old), "words": str(old), "limit": 3}
    found = await ask(office, "recent_decisions", "en", **alone)
    assert [one.short for one in found] == ["tank"]
