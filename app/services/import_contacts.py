"""Import contacts: a verdict for every row, the good ones stand, consent only with a basis."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.msisdn import Number, read_number
from app.services._contact_words import COLUMNS, LANGUAGES, SEXES, YES
from app.services.read_table import Line, read_table
from app.store import addresses, imports, journal, networks, people, seats, units
from app.store.database import Connection, Database
from app.store.networks import NetworkInfo

CHUNK = 25
"""Rows in one transaction: well under 100 ms on SQLite, so that no hook waits for an import."""
_BODY_RANK = {"EC": 0, "GB": 1, "LSO": 2}
COMES_IN = frozenset({"added", "held"})
SAME = "same"
Known = dict[str, set[str]]
"""By name in small letters the numbers ("" for none): by both a person is known again."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one row: `added`, `same`, `held` or `bad`, why, and what cures it."""

    row: int
    verdict: str
    reason: str = ""
    cure: str = ""


@dataclass(frozen=True, slots=True)
class ContactFile:
    """A file as it was handed over. Without a basis its people come in without consent."""

    content: bytes
    name: str
    by: str
    basis: str = ""
    network: str = ""
    is_dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """The verdict of every row and the totals; `id` is None for a dry run."""

    id: int | None
    verdicts: tuple[Verdict, ...]
    totals: Mapping[str, int]


async def import_contacts(database: Database, file: ContactFile, *, now: datetime) -> Imported:
    """Bring a list in, row by row, in chunks; a row without a usable number is reported.

    Raises Refusal for a file that is no table; nothing is stored then.
    """
    lines = read_table(file.content, COLUMNS)
    network = await database.read(networks.named, file.network)
    if file.is_dry_run:
        verdicts = await database.read(_Importer.look_only, file, network, lines, now)
        return Imported(None, tuple(verdicts), Counter(one.verdict for one in verdicts))
    batch_id = await database.write(_begin, file, network, now)
    verdicts = []
    for chunk in _chunks(lines):
        verdicts += await database.write(
            _Importer.store_chunk, file, network, chunk, (batch_id, now)
        )
    totals = Counter(one.verdict for one in verdicts)
    await database.write(imports.finish, batch_id, totals)
    return Imported(batch_id, tuple(verdicts), totals)


def _begin(conn: Connection, file: ContactFile, network: NetworkInfo, now: datetime) -> int:
    journal.append(
        conn,
        {
            "network_id": network.id,
            "at": now,
            "actor": file.by,
            "action": "contacts imported",
            "subject": file.name[:80],
            "detail": {"basis": file.basis},
        },
    )
    return imports.add(
        conn,
        {
            "network_id": network.id,
            "file_name": file.name[:200],
            "basis": file.basis[:200],
            "by": file.by,
            "at": now,
        },
    )


def _chunks(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    return (lines[at : at + CHUNK] for at in range(0, len(lines), CHUNK))


def _identity(line: Line) -> tuple[str, str]:
    number = read_number(line.cells.get("phone", ""))
    return line.cells.get("name", "").casefold(), number.msisdn or ""


def _language(cell: str) -> str:
    """The tag of a language as people write it; what is no name of one stays as it is."""
    return LANGUAGES.get(cell.casefold(), cell[:20])


class _Importer:
    """One chunk of rows against the directory as it stands."""

    def __init__(
        self, conn: Connection, file: ContactFile, network: NetworkInfo, now: datetime
    ) -> None:
        self._conn, self._file, self._network, self._now = conn, file, network, now
        self._units = units.by_name(conn, network.id)

    @classmethod
    def look_only(
        cls,
        conn: Connection,
        file: ContactFile,
        network: NetworkInfo,
        lines: Sequence[Line],
        now: datetime,
    ) -> list[Verdict]:
        """The verdicts that an import would give now."""
        importer = cls(conn, file, network, now)
        known: Known = {}
        verdicts = []
        for chunk in _chunks(lines):
            importer._learn(chunk, known)
            verdicts += [verdict for _, verdict in importer._judged(chunk, known)]
        return verdicts

    @classmethod
    def store_chunk(
        cls,
        conn: Connection,
        file: ContactFile,
        network: NetworkInfo,
        lines: Sequence[Line],
        batch: tuple[int, datetime],
    ) -> list[Verdict]:
        """Store a chunk; gives its verdicts."""
        batch_id, now = batch
        importer = cls(conn, file, network, now)
        known: Known = {}
        importer._learn(lines, known)
        verdicts = []
        for line, verdict in importer._judged(lines, known):
            verdicts.append(verdict)
            if verdict.verdict in COMES_IN:
                importer._store(line, batch_id)
            elif verdict.verdict == SAME:
                address = importer._address(line.cells)
                if address is not None:
                    importer._give_basis(address, line.cells)
        return verdicts

    def _learn(self, lines: Sequence[Line], known: Known) -> None:
        """Add those people of the directory who bear one of these names or numbers."""
        identities = [_identity(line) for line in lines]
        names = {line.cells.get("name", "") for line in lines}
        numbers = {msisdn for _, msisdn in identities if msisdn}
        for name, msisdn in people.known(self._conn, self._network.id, names, numbers):
            known.setdefault(name, set()).add(msisdn)

    def _judged(self, lines: Sequence[Line], known: Known) -> Iterator[tuple[Line, Verdict]]:
        """Each line with its verdict; those that come in are known to the lines below."""
        for line in lines:
            verdict = self._judge(line, known)
            if verdict.verdict in COMES_IN:
                name, msisdn = _identity(line)
                known.setdefault(name, set()).add(msisdn)
            yield line, verdict

    def _judge(self, line: Line, known: Known) -> Verdict:
        name, phone = line.cells.get("name", ""), line.cells.get("phone", "")
        if not name:
            return Verdict(line.number, "bad", "The name is missing.", "Write the person's name.")
        if len(name) > 200:
            return Verdict(
                line.number, "bad", "The name is longer than 200 letters.", "Shorten it."
            )
        unit = line.cells.get("unit", "")
        if unit and unit.casefold() not in self._units:
            cure = "Write it as in the list of units, or add the unit first."
            return Verdict(line.number, "bad", f"There is no unit {unit!r}.", cure)
        folded, msisdn = _identity(line)
        numbers = known.get(folded, set())
        if msisdn in numbers and (msisdn or not phone):
            return Verdict(line.number, SAME, "This person is here with this number.")
        if not phone:
            reason = "No phone: this person is reached through a neighbour or on paper."
            return Verdict(line.number, "added", reason)
        return self._judge_number(line, read_number(phone), has_namesake=bool(numbers))

    def _judge_number(self, line: Line, number: Number, *, has_namesake: bool) -> Verdict:
        problem = number.problem or ""
        if number.msisdn is None:
            cure = "Correct the number and bring the row in again."
            return Verdict(line.number, "bad", problem, cure)
        if number.reach == "held":
            return Verdict(line.number, "held", problem, "Confirm the number with the person.")
        if has_namesake:
            namesake = "Somebody of this name is here with another number or none."
            cure = "If it is one person with two phones, keep the one for texts."
            return Verdict(line.number, "added", f"{problem} {namesake}".strip(), cure)
        return Verdict(line.number, "added", problem)

    def _store(self, line: Line, batch_id: int) -> None:
        cells = line.cells
        bodies = [body.strip().upper() for body in cells.get("body", "").split("|") if body.strip()]
        unit_id = self._units.get(cells.get("unit", "").casefold())
        person_id = people.add_person(
            self._conn,
            {
                "network_id": self._network.id,
                "unit_id": unit_id,
                "name": cells["name"],
                "local_name": cells.get("local_name", "")[:200],
                "sex": SEXES.get(cells.get("sex", "").casefold(), ""),
                "language": _language(cells.get("language", "")),
                "rank": min((_BODY_RANK.get(body, 9) for body in bodies), default=9),
                "import_id": batch_id,
            },
        )
        seats.add(self._conn, self._seats(person_id, unit_id, bodies, cells))
        if cells.get("phone"):
            self._store_number(person_id, cells)

    def _seats(
        self, person_id: int, unit_id: int | None, bodies: Sequence[str], cells: Mapping[str, str]
    ) -> list[dict[str, Any]]:
        posts = [post.strip() for post in cells.get("post", "").split("|")]
        posts += [""] * (len(bodies) - len(posts))
        return [
            {
                "network_id": self._network.id,
                "person_id": person_id,
                "unit_id": unit_id,
                "body": body[:8],
                "post": post[:60],
            }
            for body, post in zip(bodies, posts, strict=False)
        ]

    def _store_number(self, person_id: int, cells: Mapping[str, str]) -> None:
        address = self._address(cells)
        if address is not None:
            is_shared = cells.get("shared", "").casefold() in YES
            people.link_address(self._conn, person_id, address.id, is_shared=is_shared)
            self._give_basis(address, cells)

    def _address(self, cells: Mapping[str, str]) -> Any | None:
        number = read_number(cells.get("phone", ""))
        if number.msisdn is None:
            return None
        return addresses.ensure_address(
            self._conn, self._network.id, number.msisdn, number.reach, self._now
        )

    def _give_basis(self, address: Any, cells: Mapping[str, str]) -> None:
        """Write down how a number agreed that has no record yet; also when it comes again."""
        basis = cells.get("basis") or self._file.basis
        # Import never changes a consent that is there: only a number that has none gets one.
        if (
            basis
            and address.standing == "unknown"
            and not addresses.has_consent(self._conn, address.id)
        ):
            addresses.record_standing(
                self._conn,
                self._network.id,
                [address.id],
                "active",
                source="import",
                basis=basis[:200],
                by=self._file.by,
                at=self._now,
            )
