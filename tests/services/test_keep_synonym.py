"""A word of members gets a meaning after a try, counts at once, and can be retired."""

import pytest
from sqlalchemy import select

from app.domain.errors import Refusal
from app.services._act import Deed
from app.services._network_words import taught_on_top, words_of
from app.services.keep_synonym import (
    Teaching,
    Words,
    keep_synonym,
    list_synonyms,
    retire_synonym,
    teachable,
    try_synonym,
)
from app.services.receive_mo import Desk, receive_mos
from app.store import networks
from app.store.journal import first_broken, journal
from bots.trial import Row
from bots.vocabulary import CLOSED, Vocabulary
from tests.factories import Office, catalogue, vocabulary

WORD = Teaching("Karguzari!", "minutes", "ur-Latn")


def words() -> Words:
    return Words.of(catalogue(), vocabulary())


def deed(office: Office) -> Deed:
    return Deed(office.id, "Sajida", office.now)


async def keep(office: Office, teaching: Teaching = WORD) -> int:
    return await keep_synonym(office.database, deed(office), teaching, words=words())


async def intent(office: Office, text: str, sender: int = 9) -> str:
    return (await office.say(sender, text)).intent


async def test_a_try_tells_what_would_change_and_changes_nothing(office: Office) -> None:
    for sender, text in ((1, "karguzari"), (2, "Karguzari bhejo"), (3, "zxqwy")):
        await office.say(sender, text)
    trial = await try_synonym(office.database, office.id, WORD, words=words(), now=office.now)
    assert (trial.word, trial.harmed, trial.helped) == ("karguzari", (), 2)
    assert trial.tried == len(catalogue().trial()) > 800
    assert await intent(office, "karguzari") == "none"
    assert await list_synonyms(office.database, office.id) == ()


async def test_a_kept_word_counts_from_the_next_text_until_it_is_retired(office: Office) -> None:
    other = await Office.open(office.database, office.now, "nirala")
    assert await intent(office, "karguzari") == "none"
    made = await keep(office)
    assert await intent(office, "KARGUZARI", 8) == "minutes"
    assert await intent(other, "karguzari") == "none"
    (one,) = await list_synonyms(office.database, office.id)
    assert (one.id, one.word, one.made_by, one.retired_at) == (made, "karguzari", "Sajida", None)
    await retire_synonym(office.database, deed(office), made)
    assert await intent(office, "karguzari", 7) == "none"
    with pytest.raises(Refusal, match="no such word"):
        await retire_synonym(office.database, deed(office), made)
    assert await keep(office) != made
    wanted = select(journal.c.action).where(journal.c.action.like("word %")).order_by(journal.c.id)
    done = await office.database.read(lambda conn: conn.execute(wanted).scalars().all())
    assert done == ["word taught", "word retired", "word taught"]
    assert await office.database.read(first_broken, office.id) is None


async def test_one_desk_hears_of_words_that_came_after_it_was_set_up(office: Office) -> None:
    desk = Desk(catalogue(), vocabulary(), {"sim": office.slug})

    async def heard(sender: int, text: str) -> str:
        mo = office.mo(sender, text)
        (done,) = await receive_mos(office.database, [mo], desk=desk, now=office.now)
        return done.intent

    assert await heard(1, "karguzari") == "none"
    made = await keep(office)
    assert await heard(2, "karguzari") == "minutes"
    first = desk.spoken[office.id]
    assert await heard(3, "karguzari") == "minutes"
    assert desk.spoken[office.id] is first
    await retire_synonym(office.database, deed(office), made)
    assert await heard(4, "karguzari") == "none"


@pytest.mark.parametrize("closed", sorted(CLOSED))
async def test_no_word_may_stop_start_answer_or_change_anything(
    office: Office, closed: str
) -> None:
    assert closed not in teachable(vocabulary())
    with pytest.raises(Refusal) as fault:
        await keep(office, Teaching("karguzari", closed, "ur-Latn"))
    assert fault.value.code == "not_teachable"


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("sailab", "not_teachable"),
        ("1111", "not_teachable"),
        ("band karo", "word_taken"),
        ("karwai", "word_taken"),
        ("ab", "word_length"),
        ("", "word_length"),
        ("x" * 500, "word_length"),
    ],
)
async def test_words_that_mean_something_keep_their_meaning(
    office: Office, word: str, code: str
) -> None:
    with pytest.raises(Refusal) as fault:
        await keep(office, Teaching(word, "minutes", "ur-Latn"))
    assert fault.value.code == code


async def test_a_word_by_which_a_known_text_would_be_misread_is_refused(office: Office) -> None:
    known = Row("karguzari wala masla", "none", "", is_danger=False, rule="known")
    strict = Words(vocabulary(), (known, Row("karguzari", "none", "", is_danger=False, rule="x")))
    trial = await try_synonym(office.database, office.id, WORD, words=strict, now=office.now)
    assert "karguzari" in trial.harmed
    with pytest.raises(Refusal) as fault:
        await keep_synonym(office.database, deed(office), WORD, words=strict)
    assert fault.value.code == "harms"
    assert await list_synonyms(office.database, office.id) == ()


async def test_the_same_word_is_kept_once_and_belongs_to_its_network(office: Office) -> None:
    other = await Office.open(office.database, office.now, "nirala")
    made = await keep(office)
    with pytest.raises(Refusal) as fault:
        await keep(office)
    assert fault.value.code == "word_taken"
    for odd in (made, 0, 2**70):
        with pytest.raises(Refusal) as missing:
            await retire_synonym(other.database, deed(other), odd)
        assert missing.value.code == "not_found"
    assert await list_synonyms(other.database, other.id) == ()


async def test_a_synonym_that_clashes_with_newer_words_is_passed_over(office: Office) -> None:
    shipped = vocabulary()
    both = taught_on_top(
        shipped, [("karwai", "news", "ur-Latn"), ("karguzari", "minutes", "ur-Latn")]
    )
    assert both.exact["karwai"].intent == "minutes"
    assert both.exact["karguzari"].intent == "minutes"
    network = await office.database.read(networks.by_id, office.id)
    memory: dict[int, tuple[int, Vocabulary]] = {}
    same = await office.database.read(words_of, network, shipped, memory)
    assert same is shipped
    assert not memory
