"""What the tests of newsletters and press notes share: officers, stories, an issue, a note."""

from datetime import date, datetime, timedelta
from typing import Any

from app.domain.errors import Refusal
from app.services.approve_newsletter import approve_newsletter
from app.services.approve_story import Agreeing, approve_story
from app.services.keep_press_note import PressFacts, keep_press_note
from app.services.keep_story import StoryFacts, Writer, keep_story
from app.services.make_newsletter import Wish, make_newsletter
from app.services.publish_minutes import DecisionDraft
from app.services.show_newsletters import Issue, read_newsletter
from app.services.show_press_notes import PressNoteLine, read_press_note
from tests.factories import Office, catalogue

LANGUAGES = frozenset({"en", "ur", "ur-Latn", "sd", "ps"})
WATER = {"ur-Latn": {"text": "Pani ki line theek ki jaye.", "short": "pani ki line"}}
SECRET = {"ur-Latn": {"text": "Jhagra jirga ko diya gaya.", "short": "jhagra"}}


class Newsroom:
    """An office with an author (Sajida), a second officer (Rehmat) and a moment."""

    def __init__(self, office: Office) -> None:
        self.office, self.database, self.now = office, office.database, office.now

    @property
    def sajida(self) -> Writer:
        return Writer("Sajida", self.office.officers["Sajida"])

    def agreeing(self, version: int, name: str = "Rehmat") -> Agreeing:
        return Agreeing(name, self.office.officers[name], version)

    async def story(self, title: str = "A spring is clean again", **changes: Any) -> int:
        how = {key: changes.pop(key) for key in ("story_id", "version") if key in changes}
        facts = StoryFacts(**{"titles": {"en": title}, "texts": {"en": "Text."}, **changes})
        return await keep_story(
            self.database,
            self.office.id,
            facts,
            languages=LANGUAGES,
            by=self.sajida,
            now=self.now,
            **how,
        )

    async def agreed_story(self, title: str = "A spring is clean again", **changes: Any) -> int:
        story_id = await self.story(title, **changes)
        by = self.agreeing(1)
        await approve_story(self.database, self.office.id, story_id, by=by, now=self.now)
        return story_id

    async def decided(self, no: int = 14, **changes: Any) -> int:
        """A meeting with an open and a restricted decision, published now; gives its id."""
        meeting_id = await self.office.meeting(no, at=self.now - timedelta(days=3))
        drafts = [
            DecisionDraft(1, WATER, topics=("water",)),
            DecisionDraft(2, SECRET, topics=("road",), is_restricted=True),
        ]
        await self.office.minutes(no, **{"decisions": drafts, **changes})
        return meeting_id

    async def make(self, now: datetime | None = None, **wish: Any) -> int:
        return await make_newsletter(
            self.database,
            self.office.id,
            Wish(**wish),
            catalogue=catalogue(),
            by=self.sajida,
            now=now or self.now,
        )

    async def issue(self, newsletter_id: int) -> Issue:
        return await read_newsletter(
            self.database, self.office.id, newsletter_id, catalogue=catalogue()
        )

    async def agree(self, newsletter_id: int, name: str = "Rehmat", **when: Any) -> int:
        version = (await self.issue(newsletter_id)).version
        return await approve_newsletter(
            self.database,
            self.office.id,
            newsletter_id,
            catalogue=catalogue(),
            by=self.agreeing(when.pop("version", version), name),
            now=when.pop("now", self.now),
        )

    async def note(self, **changes: Any) -> int:
        how = {key: changes.pop(key) for key in ("note_id", "version") if key in changes}
        facts = {
            "on": date(2026, 11, 21),
            "titles": {"en": "Network demands a bridge"},
            "texts": {"en": "The network met."},
        }
        return await keep_press_note(
            self.database,
            self.office.id,
            PressFacts(**{**facts, **changes}),
            languages=LANGUAGES,
            by=self.sajida,
            now=self.now,
            **how,
        )

    async def shown_note(self, note_id: int) -> PressNoteLine:
        return await read_press_note(self.database, self.office.id, note_id, catalogue=catalogue())


async def code_of(doing: Any) -> str:
    """The code of the Refusal that this ends with; "" when it is let through."""
    try:
        await doing
    except Refusal as fault:
        return fault.code
    return ""
