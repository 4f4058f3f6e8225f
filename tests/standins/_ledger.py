"""What the stand-in has accepted: in memory to list, in a file to count after a kill."""

import json
import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from email.utils import formatdate
from pathlib import Path
from uuid import uuid4

SHOWN_APART = frozenset({"To", "From", "Body"})


@dataclass(slots=True)
class Entry:
    """One message as Twilio keeps it; times are Unix seconds, `asked` the rest of the request."""

    sid: str
    to: str
    sender: str
    body: str
    direction: str
    status: str
    callback: str
    service: str
    created: float
    sent: float | None
    asked: dict[str, str]
    error_code: int | None = None


class Ledger:
    """Entries in the order of their acceptance, each written out before anybody is told."""

    def __init__(self, path: Path | None, account_sid: str) -> None:
        self.entries: dict[str, Entry] = {}
        self._account_sid = account_sid
        self._by_to: dict[str, list[Entry]] = {}
        self._file: int | None = None
        if path is not None:
            self._read(path)
            self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def _read(self, path: Path) -> None:
        for line in path.read_text().splitlines() if path.exists() else ():
            self._keep(Entry(**json.loads(line)))

    def _keep(self, entry: Entry) -> None:
        self.entries[entry.sid] = entry
        self._by_to.setdefault(entry.to, []).append(entry)

    def accept(self, form: Mapping[str, str]) -> Entry:
        """Take a message to a member."""
        entry = Entry(
            sid=f"SM{uuid4().hex}",
            to=form["To"],
            sender=form.get("From", ""),
            body=form["Body"],
            direction="outbound-api",
            status="accepted" if "MessagingServiceSid" in form else "queued",
            callback=form.get("StatusCallback", ""),
            service=form.get("MessagingServiceSid", ""),
            created=time.time(),
            sent=None,
            asked={key: value for key, value in form.items() if key not in SHOWN_APART},
        )
        return self._write(entry)

    def hear(self, form: Mapping[str, str], age_s: float) -> Entry:
        """Take a text from a member, `age_s` seconds ago."""
        at = time.time() - age_s
        entry = Entry(
            sid=form.get("MessageSid") or f"SM{uuid4().hex}",
            to=form["To"],
            sender=form["From"],
            body=form["Body"],
            direction="inbound",
            status="received",
            callback="",
            service="",
            created=at,
            sent=at,
            asked={},
        )
        return self._write(entry)

    def _write(self, entry: Entry) -> Entry:
        self._keep(entry)
        if self._file is not None:
            # One write on a descriptor without a buffer: a kill leaves whole lines behind.
            os.write(self._file, json.dumps(asdict(entry)).encode() + b"\n")
        return entry

    def listed(self, query: Mapping[str, str]) -> list[Entry]:
        """The entries that a GET asks for, newest first."""
        found = self._by_to.get(query["To"], []) if query.get("To") else self.entries.values()
        fitting = [entry for entry in found if _fits(entry, query)]
        return sorted(fitting, key=lambda entry: entry.created, reverse=True)

    def outbound(self) -> Iterator[Entry]:
        return (entry for entry in self.entries.values() if entry.direction != "inbound")

    def shown(self, entry: Entry) -> dict[str, object]:
        """The entry as the REST API writes it."""
        return {
            "account_sid": self._account_sid,
            "api_version": "2010-04-01",
            "body": entry.body,
            "date_created": formatdate(entry.created, usegmt=True),
            "date_sent": formatdate(entry.sent, usegmt=True) if entry.sent else None,
            "date_updated": formatdate(entry.sent or entry.created, usegmt=True),
            "direction": entry.direction,
            "error_code": entry.error_code,
            "error_message": None,
            "from": entry.sender or None,
            "messaging_service_sid": entry.service or None,
            "num_media": "0",
            "num_segments": "1",
            "price": None,
            "price_unit": "USD",
            "sid": entry.sid,
            "status": entry.status,
            "to": entry.to,
            "uri": f"/2010-04-01/Accounts/{self._account_sid}/Messages/{entry.sid}.json",
        }


def _fits(entry: Entry, query: Mapping[str, str]) -> bool:
    if query.get("From") and entry.sender != query["From"]:
        return False
    after, before = query.get("DateSent>"), query.get("DateSent<")
    if not (after or before):
        return True
    # Like Twilio at its coarsest: whole days, and what has not been sent has no date at all.
    day = time.strftime("%Y-%m-%d", time.gmtime(entry.sent)) if entry.sent else ""
    return bool(day) and (not after or day >= after[:10]) and (not before or day <= before[:10])
