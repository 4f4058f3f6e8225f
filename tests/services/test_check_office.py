"""The doctor says what was looked at, how it is, and what to do; a person is called when needed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from app.domain.messages import Pulse
from app.domain.ports import Advice
from app.services.check_office import Finding, Health, Surroundings, check_office
from app.services.note_pulse import note_pulse
from app.services.watch_clock import watch_clock
from app.store import routes
from app.store.database import Database
from app.store.journal import journal
from app.store.outbox import outbox
from app.store.pg_backup import Programs
from tests.copies import back_up, file_of, make_busy, put
from tests.factories import Office, person, wire


def around(url: str, folder: Path, **more: Any) -> Surroundings:
    plain = Surroundings(folder, url, ("simulator (simulator)",), "", is_serving=True)
    return replace(plain, **more)


async def looked_at(url: str, folder: Path, now: datetime, **more: Any) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for one in await check_office(around(url, folder, **more), now=now):
        found.setdefault(one.what, []).append(one)
        assert bool(one.cure) is (one.health is not Health.WELL), one
    return found


def wrong(found: dict[str, list[Finding]]) -> list[str]:
    return [name for name, some in found.items() if any(o.health is Health.WRONG for o in some)]


async def test_a_healthy_office_needs_nobody(office: Office, tmp_path: Path) -> None:
    found = await looked_at(office.database.url, tmp_path, office.now)
    assert wrong(found) == []
    assert set(found) >= {
        "data folder", "disk space", "server", "wire", "database", "version of the database",
        "clock", "networks", "journal", "officers", "waiting texts", "held texts",
        "texts in doubt", "last backup",
    }  # fmt: skip
    assert found["officers"][0].how == "3, of whom 3 may approve"
    assert found["last backup"][0].health is Health.LOOK


async def test_a_check_changes_nothing(office: Office, tmp_path: Path) -> None:
    await make_busy(office)
    before = await office.texts()
    await looked_at(office.database.url, tmp_path, office.now)
    assert await office.texts() == before


async def test_texts_that_do_not_move_are_a_problem_while_a_server_runs(
    office: Office, tmp_path: Path
) -> None:
    url, late = office.database.url, office.now + timedelta(minutes=11)
    await office.people(person("Gul", 1), person("Zarina", 2))
    await office.send()
    assert wrong(await looked_at(url, tmp_path, late - timedelta(minutes=2))) == []
    assert wrong(await looked_at(url, tmp_path, late, is_serving=False)) == []
    assert wrong(await looked_at(url, tmp_path, late)) == ["waiting texts"]
    await office.claim(1, now=late - timedelta(minutes=1))
    assert "waiting texts" not in wrong(await looked_at(url, tmp_path, late))


async def test_what_a_restore_holds_and_what_is_in_doubt_call_a_person(
    office: Office, tmp_path: Path
) -> None:
    await make_busy(office)

    def change(conn: Any) -> None:
        conn.execute(outbox.update().where(outbox.c.state == "queued").values(state="uncertain"))
        values = {"state": "held", "reason": "restored"}
        conn.execute(outbox.update().where(outbox.c.state == "sending").values(**values))

    await office.database.write(change)
    found = await looked_at(office.database.url, tmp_path, office.now)
    assert wrong(found) == ["held texts", "texts in doubt"]
    assert [one.how for one in found["held texts"]] == ["2 (quiet)", "2 (restored)"]
    assert found["texts in doubt"][0].how == "3 may have been sent"


async def test_a_journal_that_was_changed_from_outside_is_found(
    office: Office, tmp_path: Path
) -> None:
    await office.database.write(lambda conn: conn.execute(journal.update().values(actor="other")))
    found = await looked_at(office.database.url, tmp_path, office.now)
    assert wrong(found) == ["journal"]
    assert "mirkhai: entry" in found["journal"][0].how


async def test_a_stopped_wire_says_why(office: Office, tmp_path: Path) -> None:
    await office.database.write(routes.stop, office.routes["sim"], "wrong token")
    found = await looked_at(office.database.url, tmp_path, office.now)
    assert wrong(found) == ["wire"]
    assert found["wire"][1].how == "sim was stopped: wrong token"


async def test_a_clock_that_cannot_be_is_said(office: Office, tmp_path: Path) -> None:
    url = office.database.url
    assert wrong(await looked_at(url, tmp_path, datetime(2024, 1, 1, tzinfo=UTC))) == ["clock"]
    assert wrong(await looked_at(url, tmp_path, office.now - timedelta(days=2))) == ["clock"]
    assert wrong(await looked_at(url, tmp_path, office.now - timedelta(hours=2))) == []
    await watch_clock(office.database, now=office.now)
    for jump in (timedelta(days=3), timedelta(hours=-2)):
        found = await looked_at(url, tmp_path, office.now + jump)
        assert wrong(found) == ["clock"]
        assert found["clock"][0].cure.endswith("clock confirm")


async def test_the_last_backup_is_named_until_it_is_old(
    sqlite_url: str, tmp_path: Path, now: datetime
) -> None:
    back_up(sqlite_url, tmp_path / "b", Programs({}), now)
    for days, health in ((6, Health.WELL), (8, Health.LOOK)):
        at = now + timedelta(days=days)
        (last,) = (await looked_at(sqlite_url, tmp_path, at))["last backup"]
        assert (last.health, "2026-11-21 07:00" in last.how) == (health, True)


async def test_an_office_without_people_is_warned(
    sqlite_url: str, tmp_path: Path, now: datetime
) -> None:
    found = await looked_at(sqlite_url, tmp_path, now)
    assert wrong(found) == []
    assert {found["networks"][0].health, found["officers"][0].health} == {Health.LOOK}


async def test_a_damaged_or_missing_or_old_database_is_said(
    sqlite_url: str, tmp_path: Path, now: datetime
) -> None:
    from app.store.migrate import downgrade

    assert wrong(await looked_at("sqlite:////nowhere/x.db", tmp_path, now)) == ["database"]
    downgrade(sqlite_url)
    assert wrong(await looked_at(sqlite_url, tmp_path, now)) == ["database"]
    put(file_of(sqlite_url), b"rubbish" * 999)
    assert wrong(await looked_at(sqlite_url, tmp_path, now)) == ["database"]
    assert wrong(await looked_at("postgresql://x@127.0.0.1:9/x", tmp_path, now)) == ["database"]


async def test_pages_that_do_not_fit_together_are_found(
    sqlite_url: str, tmp_path: Path, now: datetime
) -> None:
    async with Database(sqlite_url) as database:
        office = await Office.open(database, now)
        await office.people(*(person(f"P{n}", n) for n in range(300)))

    def drop_an_index_behind_its_back() -> None:
        import sqlite3
        from contextlib import closing

        with closing(sqlite3.connect(file_of(sqlite_url))) as other:
            other.execute("PRAGMA writable_schema=ON")
            other.execute(
                "UPDATE sqlite_master SET rootpage = 2 WHERE name = 'ix_person_network_id'"
            )
            other.commit()

    drop_an_index_behind_its_back()
    assert "database" in " ".join(wrong(await looked_at(sqlite_url, tmp_path, now)))


async def test_a_folder_that_cannot_be_is_said(sqlite_url: str, now: datetime) -> None:
    found = await looked_at(sqlite_url, Path("/proc/1/none"), now)
    assert "data folder" in found


async def test_a_wire_that_cannot_open_is_said(
    sqlite_url: str, tmp_path: Path, now: datetime
) -> None:
    found = await looked_at(sqlite_url, tmp_path, now, wires=(), wire_fault="token is missing.")
    assert wrong(found) == ["wires"]


async def test_a_phone_that_is_silent_low_or_in_trouble_is_said_with_what_to_do(
    office: Office, tmp_path: Path
) -> None:
    await office.wires(wire("sim1"), wire("sim2"), wire("sim3"), wire("sim4"))
    for pulse, hours in (
        (Pulse("sim1", battery=23, is_charging=False, network="3G"), 0),
        (Pulse("sim2", battery=90, is_charging=True, version="1.48.0"), 3),
        (Pulse("sim3", trouble="Its webhooks could not be set."), 0),
        (Pulse("sim4", battery=90, is_charging=True, failed=0), 0),
        (Pulse("gone", battery=1), 0),
    ):
        await note_pulse(office.database, pulse, now=office.now - timedelta(hours=hours))
    found = await looked_at(office.database.url, tmp_path, office.now)
    assert [(one.how, one.health) for one in found["phone"]] == [
        (
            "sim1: its battery runs out, phone battery 23 %, not charging, network 3G",
            Health.LOOK,
        ),
        (
            "sim2: no word from the phone for 3 hours, phone battery 90 %, charging, app 1.48.0",
            Health.LOOK,
        ),
        ("sim3: Its webhooks could not be set", Health.LOOK),
        ("sim4: phone battery 90 %, charging", Health.WELL),
    ]


async def test_what_a_wire_still_lacks_is_said(
    sqlite_url: str, tmp_path: Path, now: datetime
) -> None:
    lacks = (("sim1", Advice("no text can arrive: hook_key is missing", "Copy it.")),)
    found = await looked_at(sqlite_url, tmp_path, now, wire_advice=lacks)
    assert found["wire"][-1] == Finding(
        "wire", "sim1: no text can arrive: hook_key is missing", Health.LOOK, "Copy it."
    )
