"""Forty phones answer one notice, in four writings, with slips, late and changed answers.

The figures at the end were counted by hand from the table below.
"""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from app.domain.errors import Refusal
from app.domain.forecast import Outlook
from app.services.note_answer import Said, note_answer
from app.services.show_answers import show_answers
from app.services.show_attendance import attendance_of_body, attendance_of_person
from app.services.take_attendance import who_belongs
from app.store import addresses, people
from app.store.database import Connection
from app.store.outbox import outbox
from app.store.seats import seat
from tests.factories import Office, number

COMING, NOT, SILENT = "coming", "not", ""
DAY = 24
OVER = 7 * DAY + 1
SCRIPT = (
    # phone, writing, sex, what it texts (hours after the notice), what counts in the end
    (1, "ur-Latn", "f", [(1, "11")], COMING, ""),
    (2, "ur-Latn", "f", [(2, "han aaungi inshallah")], COMING, ""),
    (3, "ur-Latn", "m", [(1, "jee haan zaroor")], COMING, ""),
    (4, "ur-Latn", "f", [(3, "11 gari chahye")], COMING, "T"),
    (5, "ur-Latn", "f", [(3, "han bachi sath")], COMING, "C"),
    (6, "ur-Latn", "f", [(5, "13 14")], COMING, "TC"),
    (7, "ur-Latn", "m", [(5, "nahi aa skta, bukhar hai")], NOT, ""),
    (8, "ur-Latn", "f", [(6, "meri jagah Nasreen aayegi")], NOT, "Nasreen"),
    (9, "ur-Latn", "f", [(6, "15 gul bano")], NOT, "Gul Bano"),
    (10, "ur-Latn", "m", [(7, "2"), (2 * DAY, "11")], COMING, ""),
    (11, "ur", "f", [(1, "جی ہاں")], COMING, ""),
    (12, "ur", "f", [(1, "ہاں گاڑی چاہیے")], COMING, "T"),
    (13, "ur", "f", [(2, "۱۱")], COMING, ""),
    (14, "ur", "m", [(2, "نہیں آ سکتا شادی ہے")], NOT, ""),
    (15, "ur", "f", [(3, "میری جگہ نسرین آئے گی")], NOT, "نسرین"),
    (16, "ur", "f", [(3, "آؤں گی بچی ساتھ ہے")], COMING, "C"),
    (17, "ur", "m", [(4, "11"), (3 * DAY, "معذرت، نہیں آ سکوں گا")], NOT, ""),
    (18, "ur", "f", [(5, "۱۳")], COMING, "T"),
    (19, "en", "m", [(1, "1")], COMING, ""),
    (20, "en", "f", [(1, "I will come but need transport")], COMING, "T"),
    (21, "en", "m", [(1, "cant come sorry")], NOT, ""),
    (22, "en", "f", [(2, "yes with my baby")], COMING, "C"),
    (23, "en", "m", [(2, "comming")], COMING, ""),
    (24, "en", "m", [(2, "Sending Rashid")], NOT, "Rashid"),
    (25, "sd", "f", [(1, "ها")], COMING, ""),
    (26, "sd", "f", [(1, "ايندس گاڏي کپي")], COMING, "T"),
    (27, "sd", "m", [(2, "نه اچي سگهندس")], NOT, ""),
    (28, "ps", "m", [(1, "هو")], COMING, ""),
    (29, "ps", "f", [(1, "راځم ماشوم سره")], COMING, "C"),
    (30, "ps", "m", [(2, "نشم راتلی")], NOT, ""),
    (31, "ur-Latn", "f", [(8, "l1")], COMING, ""),
    (32, "ur-Latn", "f", [(8, "11"), (3 * DAY, "14")], COMING, "C"),
    (33, "ur-Latn", "f", [(9, "14"), (10, "13")], COMING, "TC"),
    (34, "ur-Latn", "f", [(9, "13"), (4 * DAY, "11")], COMING, ""),
    (35, "ur-Latn", "m", [], SILENT, ""),
    (36, "ur-Latn", "f", [(9, "agar gari mili to aungi")], SILENT, ""),
    (37, "ur-Latn", "f", [(9, "kitne baje hai?")], SILENT, ""),
    (38, "ur-Latn", "m", [(OVER, "11")], SILENT, ""),
    (39, "ur-Latn", "f", [(2, "11")], COMING, ""),
    (40, "ur-Latn", "f", [(2, "11 Zainab"), (6 * DAY, "12 Shireen")], COMING, ""),
)
"""Phone 39 is Amina's and of Bilal, who is not of the body; phone 40 of Zainab and Shireen."""
NAMES = {39: "P39 Amina", 40: "P41 Zainab"}
HOST = 3
WITHOUT_PHONE = "P42 Bakht"
NOTICE = "Mirkhai: GB ijlas hafta 28 Nov 12 baje. Aane ka 11, na aane ka 12. Ref 1"


def _seats(conn: Connection, office: Office) -> dict[str, int]:
    ids: dict[str, int] = {}

    def join(name: str, sex: str, language: str, n: int, *, seats: bool = True) -> None:
        row = {"network_id": office.id, "name": name, "sex": sex, "language": language}
        ids[name] = people.add_person(conn, row)
        if n:
            phone = addresses.ensure_address(conn, office.id, number(n), "demo", office.now)
            addresses.record_standing(
                conn, office.id, [phone.id], "active", source="office", at=office.now
            )
            people.link_address(conn, ids[name], phone.id, is_shared=n in NAMES)
        post = "General Secretary" if n == HOST else ""
        if seats:
            values = {"network_id": office.id, "person_id": ids[name], "body": "GB", "post": post}
            conn.execute(insert(seat).values(**values))

    for n, language, sex, _, _, _ in SCRIPT:
        join(NAMES.get(n, f"P{n:02}"), sex, language, n)
    join("P39 Bilal", "m", "ur-Latn", 39, seats=False)
    join("P40 Shireen", "f", "ur-Latn", 40)
    join(WITHOUT_PHONE, "f", "ur", 0)
    return ids


async def _notice(office: Office) -> None:
    """The notice goes to every phone of the body, and the wire takes it."""
    await office.without_cap()
    await office.send("GB", NOTICE)
    went = update(outbox).values(state="sent", started_at=office.now)
    await office.database.write(lambda conn: conn.execute(went))


async def _play(office: Office) -> dict[int, list[str]]:
    """Every text at its hour; gives what each phone was answered."""
    told: dict[int, list[str]] = {}
    by_hour: dict[int, list[tuple[int, str]]] = {}
    for n, _, _, texts, _, _ in SCRIPT:
        for hour, text in texts:
            by_hour.setdefault(hour, []).append((n, text))
    for hour in sorted(by_hour):
        mos = [office.mo(n, text) for n, text in by_hour[hour]]
        heard = await office.hear(*mos, now=office.now + timedelta(hours=hour))
        for (n, _), answer in zip(by_hour[hour], heard, strict=True):
            told.setdefault(n, []).append(answer.reply)
    return told


def _besides(one: Any) -> str:
    needs = "T" * one.needs_transport + "C" * one.with_child
    return needs or one.stand_in


async def test_forty_phones_answer_and_the_figures_are_those_counted_by_hand(
    office: Office,
) -> None:
    at = office.now + timedelta(days=7)
    ids = await office.database.write(_seats, office)
    meeting_id = await office.meeting(7, body="GB", at=at, quorum=22)
    await _notice(office)
    told = await _play(office)
    await note_answer(
        office.database,
        office.id,
        meeting_id,
        ids[WITHOUT_PHONE],
        Said(COMING, needs_transport=True, stand_in="ignored"),
        by="Nusrat",
        now=office.now + timedelta(days=3),
    )
    seen = await show_answers(office.database, office.id, meeting_id)
    found = {one.name: (one.answer, _besides(one)) for one in seen.people}
    wanted = {NAMES.get(n, f"P{n:02}"): (end, more) for n, _, _, _, end, more in SCRIPT}
    wanted |= {"P40 Shireen": (NOT, ""), WITHOUT_PHONE: (COMING, "T")}
    assert found == wanted

    hoped = seen.forecast
    assert (hoped.expected, hoped.coming, hoped.not_coming, hoped.silent) == (42, 27, 11, 4)
    assert (hoped.women_coming, hoped.women_not_coming, hoped.women_silent) == (22, 4, 2)
    assert (hoped.transport, hoped.children, hoped.stand_ins) == (8, 7, 4)
    assert (hoped.quorum, hoped.outlook, hoped.wanted) == (22, Outlook.SURE, 0)
    assert (hoped.likely, hoped.women_likely) == (29, 23)

    assert "sawari chahiye" in told[4][0]
    assert "bacha sath, sawari chahiye" in told[33][1]
    assert "aap ki jagah Gul Bano" in told[9][0]
    assert "NAHI" in told[10][0]
    assert "HAN" in told[10][1]
    assert "ho chuka" in told[38][0]
    assert told[34][1].startswith("Likh liya: shirkat HAN, GB ijlas")
    await _attend(office, meeting_id, at)
    await _look_back(office, meeting_id, at + timedelta(days=30), ids)


async def _attend(office: Office, meeting_id: int, at: datetime) -> None:
    """The host counts the room; number 1 is the General Secretary of phone 3, then by name."""

    async def hazir(n: int, text: str, hours: float = 3) -> str:
        mo = office.mo(n, text)
        return (await office.hear(mo, now=at + timedelta(hours=hours)))[0].reply

    # Somebody else may not, and nothing may be told of the sheet to them.
    assert "HAN" not in await hazir(4, "HAZIR 1 2 3")
    assert "GB" not in await hazir(4, "HAZIR 1 2 3 4")
    assert "1 se 42" in await hazir(HOST, "HAZIR 1 2 43")
    assert all(one.presence is None for one in await _marks(office, meeting_id))
    assert "42 mein se 40 hazir" in await hazir(HOST, "hazir sab magar 7 14")
    # Present: 1 is P03, 2 P01, 3 P02, then 4 P04 and so on; 40 Shireen, 41 Zainab, 42 Bakht.
    reply = await hazir(
        HOST, "Hazir 1-6, 10 11 12 13 16 18 19, 22 23 25 26 28 31-33 35 36 39 41 42"
    )
    assert "42 mein se 26 hazir, khawateen 20" in reply
    marks = await _marks(office, meeting_id)
    # Absent without a word: P17 had excused himself; P20, P29 and P34 had said that they come.
    assert Counter(str(one.presence) for one in marks) == {
        "present": 26,
        "excused": 11,
        "absent": 5,
    }
    assert {one.name for one in marks if one.presence == "absent"} == {
        *("P20", "P29", "P34", "P37", "P38"),
    }
    assert "GB" not in await hazir(HOST, "HAZIR 1 2", hours=49)


async def _look_back(office: Office, meeting_id: int, later: datetime, ids: dict[str, int]) -> None:
    """What is known a month after it, and what the next meeting may expect."""
    seen = await attendance_of_body(office.database, office.id, "GB", now=later)
    assert [one.label for one in seen.meetings] == ["7"]
    assert sum(one.came for one in seen.people) == 26
    (unit,) = seen.units
    assert (unit.came, unit.asked, unit.women_came, unit.women_asked) == (26, 42, 20, 28)
    (share,) = await attendance_of_person(office.database, office.id, ids["P20"], now=later)
    assert (share.body, share.came, share.asked) == ("GB", 0, 1)
    # The next forecast leans on it: nobody has said anything, and 26 of 42 came.
    next_id = await office.meeting(8, body="GB", at=later, quorum=22)
    hoped = (await show_answers(office.database, office.id, next_id)).forecast
    assert (hoped.silent, hoped.likely, hoped.women_likely) == (42, 26, 20)
    assert (hoped.outlook, hoped.wanted) == (Outlook.POSSIBLE, 22)
    with pytest.raises(Refusal, match="is over"):
        await note_answer(
            office.database,
            office.id,
            meeting_id,
            ids["P20"],
            Said(NOT),
            by="Nusrat",
            now=later,
        )


async def _marks(office: Office, meeting_id: int) -> Any:
    return await who_belongs(office.database, office.id, meeting_id)
