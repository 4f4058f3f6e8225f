"""What every sheet needs of its network: names and moments in one language."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.domain.language import chain, choose
from app.domain.minutes import Words
from app.domain.offices import WORDS
from app.domain.sheets import Letterhead
from app.printing.words import languages
from app.store import networks, units
from app.store.database import Connection
from app.store.networks import NetworkInfo


@dataclass(frozen=True, slots=True)
class PaperDesk:
    """One language of one network."""

    tag: str
    network: NetworkInfo
    head: Letterhead

    @property
    def is_local(self) -> bool:
        """Whether names are wanted in the local script."""
        return is_local(self.tag)

    def said(self, words: Words) -> str:
        """The words in this language or the next best; "" where there are none at all."""
        known = {tag: text.strip() for tag, text in words.items() if text.strip()}
        best = choose(known, self._tags())
        return known[best] if best else next(iter(known.values()), "")

    def named(self, name: str, local_name: str) -> str:
        """A name in the script of the sheet, where it is known in it."""
        return local_name if self.is_local and local_name else name

    def post(self, post: str) -> str:
        """What an office is called."""
        words = {tag: names[post] for tag, names in WORDS.items() if post in names}
        return self.said({"en": post, **words}) if post else ""

    def local(self, at: datetime) -> datetime:
        """A moment on the clocks of the network."""
        return at.astimezone(ZoneInfo(self.network.tz))

    def day(self, at: datetime | None) -> date | None:
        """The day of that moment there."""
        return self.local(at).date() if at is not None else None

    def _tags(self) -> tuple[str, ...]:
        return chain(self.tag, languages(), self.network.language)


def is_local(tag: str) -> bool:
    """Whether a language is written from right to left."""
    known = languages().get(tag)
    return known is not None and known.direction == "rtl"


def paper_desk(conn: Connection, network_id: int, tag: str, phone: str = "") -> PaperDesk:
    """The desk for one language; `phone` is the number that people call."""
    network = networks.by_id(conn, network_id)
    root = units.root(conn, network_id)
    name, place = network.name, ""
    if root is not None:
        place = root.local_place if is_local(tag) and root.local_place else root.place
        if is_local(tag) and root.local_name:
            name = root.local_name
    head = Letterhead(name, place, phone, hijri_offset=network.hijri_offset)
    return PaperDesk(tag, network, head)
