"""The demo's reports of problems: twelve of them, two late, one protected, one without a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.permissions import Post
from app.domain.tickets import Step, TicketState
from app.services.change_ticket import Hand, Line, write_line
from app.services.file_ticket import Report, file_report
from app.store import addresses, ticket_lists, tickets
from app.store.database import Connection, Database
from app.store.networks import NetworkInfo


@dataclass(frozen=True, slots=True)
class _Told:
    """What was told, how many days ago, and what became of it; `answer` is what went back."""

    days: int
    text: str
    language: str = "ur-Latn"
    state: TicketState = TicketState.OPEN
    answer: str = ""
    is_protected: bool = False
    is_nameless: bool = False


REPORTS: Sequence[_Told] = (
    _Told(
        88, "Girls school ki deewar gir gayi", state=TicketState.CLOSED, answer="Deewar ban gayi"
    ),
    _Told(
        71,
        "Zakat ki list mein naam nahi",
        state=TicketState.CLOSED,
        answer="Naam list mein daal diya",
    ),
    _Told(
        54,
        "نلکے کا پانی گندا ہے، شاہی",
        "ur",
        TicketState.CLOSED,
        "ٹینکی صاف کر دی گئی",
    ),
    _Told(
        40,
        "The road to Barikot is blocked by stones",
        "en",
        TicketState.CLOSED,
        "The road is open since Sunday",
    ),
    _Told(
        31,
        "BISP ke paise kaat liye dukandar ne",
        state=TicketState.ANSWERED,
        answer="BISP daftar ko likh diya, 0800-26477 par bhi batayen",
    ),
    _Told(
        23,
        "Hospital mein dawai nahi milti",
        state=TicketState.ANSWERED,
        answer="DHO se baat hui, dawai agle hafte",
    ),
    _Told(16, "Pani ka pump kharab hai Laspa mein, 3 din se pani nahi"),
    _Told(9, "Bijli ka transformer jal gaya, Sarband"),
    _Told(
        6,
        "ٹیچر سکول نہیں آتا، گل ڈھیرئی",
        "ur",
        TicketState.IN_HAND,
    ),
    _Told(4, "Ghar se nikalne nahi dete, maar peet hoti hai", is_protected=True),
    _Told(3, "Numberdar naam likhne ke paise mangta hai", is_nameless=True),
    _Told(1, "Nala toot gaya, khet mein pani, Naranj"),
)
"""Oldest first: the numbers follow."""


async def report_demo(database: Database, network: NetworkInfo, *, now: datetime) -> None:
    """Reports as members sent them, where there are none yet."""
    await database.write(_report, network, now)


def _report(conn: Connection, network: NetworkInfo, now: datetime) -> None:
    today = network.day_at(now)
    listed = ticket_lists.listing(conn, network.id, which="all", today=today, before=None, limit=1)
    phones = [
        one for one, standing in addresses.standings(conn, network.id) if standing == "active"
    ]
    if listed or len(phones) < len(REPORTS):
        return
    for told, address_id in zip(REPORTS, phones[20::7], strict=False):
        _keep(conn, network.id, told, address_id, now - timedelta(days=told.days))


def _keep(conn: Connection, network_id: int, told: _Told, address_id: int, at: datetime) -> None:
    report = Report(
        text=told.text,
        source="text",
        language=told.language,
        address_id=address_id,
        person_id=tickets.person_on(conn, address_id),
        is_protected=told.is_protected,
        is_nameless=told.is_nameless,
    )
    filed = file_report(conn, network_id, report, by="", now=at)
    later = at + timedelta(days=2)
    hand = Hand(network_id, "Hidayat Gul", later, Post.GENERAL_SECRETARY)
    if told.answer:
        tickets.change(conn, filed.ticket_id, answer=told.answer, answered_at=later)
        write_line(conn, hand, filed.ticket_id, Line(Step.ANSWERED, told.answer, is_told=True))
    if told.state is not TicketState.OPEN:
        tickets.change(conn, filed.ticket_id, state=told.state.value)
    if told.state is TicketState.IN_HAND:
        write_line(conn, hand, filed.ticket_id, Line(Step.IN_HAND))
    if told.state is TicketState.CLOSED:
        tickets.change(conn, filed.ticket_id, closed_at=later)
        write_line(conn, hand, filed.ticket_id, Line(Step.CLOSED))
