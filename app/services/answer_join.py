"""Answer a request to join: let the person in, or say kindly that it cannot be now; one text each.

Being let in is consent to messages, with what was sent as its basis, unless the phone had chosen
otherwise before: one that stopped stays stopped until it sends START, and gets no text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.catalogue import Catalogue
from app.domain.errors import Refusal
from app.domain.language import chain
from app.domain.routing import REACHES
from app.domain.storable import LARGEST_ID, storable
from app.services._text_row import OneText, text_row
from app.services.answer_member import route_back
from app.store import addresses, answers, joining, journal, networks, people, units
from app.store.database import Connection, Database
from app.store.networks import NetworkInfo

LONGEST_NAME = 200
BASIS = "sent JOIN"
CHOSE_OTHERWISE = frozenset({"stopped", "wrong", "alerts"})
UNWELCOME = frozenset({"stopped", "wrong"})
"""Phones that get no text, whatever is decided."""


@dataclass(frozen=True, slots=True)
class Approval:
    """How somebody is let in: a name other than they wrote, their unit, or who on the list it is.

    With a `person_id` nobody new is made: that person gets this phone.
    """

    name: str = ""
    unit_id: int | None = None
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Admitted:
    """Who was let in; `is_told` says whether a text about it goes out."""

    person_id: int
    is_told: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """Which request is decided about, by whom and when."""

    request_id: int
    by: str
    now: datetime


async def approve_join(
    database: Database,
    network_id: int,
    decision: Decision,
    approval: Approval,
    *,
    catalogue: Catalogue,
) -> Admitted:
    """Let somebody in who asked; raises Refusal when somebody has decided already."""
    return await database.write(_approve, network_id, decision, approval, catalogue)


async def refuse_join(
    database: Database, network_id: int, decision: Decision, *, catalogue: Catalogue
) -> bool:
    """Do not let somebody in; gives whether a text about it goes out.

    Raises Refusal when somebody has decided already.
    """
    return await database.write(_refuse, network_id, decision, catalogue)


@dataclass(frozen=True, slots=True)
class _Case:
    """A request that waits, the phone that it came from, and what that phone reads."""

    request: Any
    phone: Any
    network: NetworkInfo
    language: str
    decision: Decision


def _approve(
    conn: Connection,
    network_id: int,
    decision: Decision,
    approval: Approval,
    catalogue: Catalogue,
) -> Admitted:
    case = _waiting(conn, network_id, decision)
    person_id, name = _person(conn, case, approval)
    _link(conn, person_id, case.phone.id)
    if case.phone.standing not in CHOSE_OTHERWISE:
        addresses.record_standing(
            conn,
            network_id,
            [case.phone.id],
            "active",
            source="sms",
            basis=BASIS,
            by=decision.by,
            at=decision.now,
        )
    _settle(conn, case, "approved", person_id)
    return Admitted(person_id, _tell(conn, case, "join_approved", name, catalogue))


def _refuse(conn: Connection, network_id: int, decision: Decision, catalogue: Catalogue) -> bool:
    case = _waiting(conn, network_id, decision)
    _settle(conn, case, "refused", None)
    return _tell(conn, case, "join_refused", case.request.name, catalogue)


def _waiting(conn: Connection, network_id: int, decision: Decision) -> _Case:
    """The request with its phone, held until the commit."""
    request = None
    if 0 < decision.request_id <= LARGEST_ID:
        request = joining.hold(conn, network_id, decision.request_id)
    if request is None:
        raise Refusal("not_found", "There is no such request here. Open it from the list.")
    if request.state != "waiting":
        raise Refusal(
            "decided",
            "{who} has decided about this request already. Nothing was changed.",
            who=request.decided_by,
        )
    phone = addresses.get(conn, network_id, request.address_id)
    network = networks.by_id(conn, network_id)
    language = _language(network, phone, request.name)
    return _Case(request, phone, network, language, decision)


def _language(network: NetworkInfo, phone: Any, name: str) -> str:
    """What the phone reads: as it chose, else in the writing of the name, else the network's."""
    return str(phone.language) or ("ur" if _is_local(name) else network.language)


def _is_local(name: str) -> bool:
    return any("\u0600" <= letter <= "\u06ff" for letter in name)


def _person(conn: Connection, case: _Case, approval: Approval) -> tuple[int, str]:
    """Whom it is about, made when nobody on the list is named: id and name."""
    request = case.request
    if approval.person_id is not None:
        is_id = 0 < approval.person_id <= LARGEST_ID
        known = people.get(conn, request.network_id, approval.person_id) if is_id else None
        if known is None:
            raise Refusal("not_found", "There is no such person here. Open them from a list.")
        return known.id, known.name
    name = " ".join(storable(approval.name).split()) or request.name
    if len(name) > LONGEST_NAME:
        raise Refusal(
            "name",
            "The name has {letters} letters; {most} is the most. Shorten it.",
            letters=len(name),
            most=LONGEST_NAME,
        )
    is_unit = approval.unit_id is None or (
        0 < approval.unit_id <= LARGEST_ID
        and units.get(conn, request.network_id, approval.unit_id) is not None
    )
    if not is_unit:
        raise Refusal("not_found", "There is no such unit here. Choose one from the list.")
    local = next((one for one in (name, request.name) if _is_local(one)), "")
    values = {
        "network_id": request.network_id,
        "unit_id": approval.unit_id,
        "name": name,
        "local_name": local,
        "language": case.language,
    }
    return people.add_person(conn, values), name


def _link(conn: Connection, person_id: int, address_id: int) -> None:
    """Their own phone, unless others are on it: then nothing private goes there any more."""
    is_shared = joining.are_others_on(conn, address_id, person_id)
    whose = "family" if is_shared else "own"
    people.put_link(conn, person_id, address_id, whose=whose, is_private=not is_shared)
    if is_shared:
        people.make_shared(conn, address_id)


def _settle(conn: Connection, case: _Case, state: str, person_id: int | None) -> None:
    by, now = case.decision.by, case.decision.now
    decided = {"state": state, "person_id": person_id, "decided_by": by, "decided_at": now}
    joining.decide(conn, case.request.id, decided)
    detail: Mapping[str, Any] = {"phone": case.phone.id}
    if person_id is not None:
        detail = {**detail, "person": person_id}
    journal.append(
        conn,
        {
            "network_id": case.network.id,
            "at": now,
            "actor": by,
            "action": f"request to join {state}",
            "subject": f"request {case.request.id}",
            "detail": detail,
        },
    )


def _tell(conn: Connection, case: _Case, template: str, name: str, catalogue: Catalogue) -> bool:
    """Queue the one text about it; False for a phone that gets none or that no wire reaches."""
    if case.phone.standing in UNWELCOME or case.phone.reach not in REACHES:
        return False
    try:
        route = route_back(conn, case.phone)
    except Refusal:
        return False
    network, now = case.network, case.decision.now
    short = network.short_name(chain(case.language, catalogue.languages, network.language))
    text = catalogue.render(template, {"name": name, "network": short}, case.language).text
    told = OneText(network.id, case.phone.id, f"join{case.request.id}", case.language, text)
    return answers.put_once(conn, text_row(told, route, now))
