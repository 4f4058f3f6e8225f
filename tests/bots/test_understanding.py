"""What holds for every text: how often it is understood, and what it is never taken for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bots.ask import Ask
from bots.menu import DIGITS
from bots.trial import Row
from bots.understanding import understand
from bots.vocabulary import WHOLE_ONLY
from tests.bots.noise import noisy
from tests.bots.script import tuned, unseen, vocabulary

RIGHT = 0.97
AS_WRITTEN = WHOLE_ONLY | {"yes", "no", "poll", "blood", "more", "wrong_number", "join", "language"}
"""Intents whose words count as they are written: misspelt, a person reads the text, and that is
right. Whether such a text reaches a person is what counts, not whether it is guessed."""
NEVER_WRONG = WHOLE_ONLY | {"yes", "no", "poll", "blood"}
MISSPELT = "a misspelt stop is for people"
"""Rows of this rule get no more slips: a second one can make the word right again."""
DRAWS = 3


def _is_right(row: Row, ask: Ask) -> bool:
    """The intent, the numbers and the danger are what counts of a misspelt text."""
    if row.intent in AS_WRITTEN and ask.intent == "none":
        return True
    same = ask.intent == row.intent and _numbers(ask.argument or "") == _numbers(row.argument)
    return same and ask.is_danger == row.is_danger


def _numbers(argument: str) -> list[str]:
    parts = argument.replace("/", " ").split()
    return [part for part in parts if part.isdigit()]


def _share(rows: list[Row], draw: int = 0) -> tuple[float, str]:
    """How many are right with slips, and a line that says so."""
    wrong = [row for row in rows if not _is_right(row, _misspelt(row, draw))]
    share = 1 - len(wrong) / len(rows)
    return share, f"{share:.1%} of {len(rows)} misspelt texts are understood"


def _misspelt(row: Row, draw: int = 0) -> Ask:
    text = row.text if row.rule == MISSPELT else noisy(row.text, draw)
    return understand(text, vocabulary())


def test_the_labelled_set_has_two_halves_of_many_distinct_texts_in_five_writings() -> None:
    texts = [row.text for row in (*tuned(), *unseen())]
    assert len(texts) == len(set(texts)) >= 800
    assert min(len(tuned()), len(unseen())) >= 400
    languages = {understand(text, vocabulary()).language for text in texts}
    assert languages >= {"en", "ur-Latn", "ur", "sd", "ps"}
    assert {row.intent for row in unseen()} >= {"none", "done", *DIGITS.values(), *NEVER_WRONG}


def test_misspelt_texts_that_nobody_tuned_on_are_understood() -> None:
    share, told = _share(unseen())
    assert share >= RIGHT, told


def test_texts_that_nobody_tuned_on_are_understood_as_they_are_written() -> None:
    asks = [(row, understand(row.text, vocabulary())) for row in unseen()]
    wrong = [row for row, ask in asks if not _is_right(row, ask)]
    share = 1 - len(wrong) / len(asks)
    assert share >= RIGHT, f"{share:.1%} of {len(asks)} texts are understood"


@pytest.mark.parametrize("draw", range(DRAWS))
def test_no_slip_makes_a_text_stop_start_vote_or_give_blood(draw: int) -> None:
    wrong = [
        (row.text, ask.intent)
        for row in (*tuned(), *unseen())
        for ask in (understand(row.text, vocabulary()), _misspelt(row, draw))
        if ask.intent in NEVER_WRONG and ask.intent != row.intent
    ]
    assert wrong == []


@pytest.mark.parametrize("row", [row for row in tuned() if row.is_danger], ids=lambda row: row.text)
def test_danger_is_heard_in_every_writing(row: Row) -> None:
    assert understand(row.text, vocabulary()).is_danger


def test_what_is_no_danger_is_not_flagged() -> None:
    calm = [row.text for row in tuned() if not row.is_danger]
    assert [text for text in calm if understand(text, vocabulary()).is_danger] == []


@given(st.text(st.characters(), max_size=300))
def test_any_text_gives_an_ask(text: str) -> None:
    ask = understand(text, vocabulary())
    assert ask.intent
    assert ask.argument is None or ask.argument


_CLEAR = [
    *("karwai", "karwai 14", "M14", "agla ijlas kab hai", "faisla pani", "D14/1", "khabar", "R27"),
    *("sadar ka number", "ambulance shahi", "8 urdu", "madad", "کارروائی", "اجلاس کب ہے", "فیصلے"),
    *("گڏجاڻي", "غونډه", "ref 41 asli hai", "nahi aungi", "ji haan aungi", "12", "11"),
]
_GREETINGS = ["", "AOA", "Salam", "Assalam o alaikum", "السلام علیکم", "hello sir", "salam bhai"]
_TAILS = [
    "",
    "shukriya",
    "plz",
    "meherbani",
    "thank you",
    "شکریہ",
    "jazak allah",
    "bhai",
    "!!",
    "🙏",
]


@given(st.sampled_from(_CLEAR), st.sampled_from(_GREETINGS), st.sampled_from(_TAILS))
@settings(max_examples=300)
def test_a_greeting_or_a_courtesy_changes_no_clear_command(text: str, hi: str, tail: str) -> None:
    plain, dressed = (understand(one, vocabulary()) for one in (text, f"{hi} {text} {tail}"))
    assert (dressed.intent, dressed.argument) == (plain.intent, plain.argument)


_STOP = st.sampled_from(sorted(word for word in vocabulary().whole if len(word) > 1))
_WORDS = st.sampled_from(
    [
        *("sarak", "pani", "Ali", "school", "kyun", "nahi", "mat", "road", "water", "why", "gaya"),
        *("سڑک", "پانی", "نہیں", "رستو", "لار", "karwai", "14", "27"),
    ]
)


@given(_STOP, _WORDS, _WORDS, st.integers(0, 2))
def test_nothing_with_more_than_the_stop_words_stops(
    stop: str, one: str, other: str, at: int
) -> None:
    parts = [one, other]
    parts.insert(at, stop)
    assert understand(" ".join(parts), vocabulary()).intent not in WHOLE_ONLY


@pytest.mark.parametrize(
    ("text", "intent", "argument"),
    [
        ("agla ijlas kab hai? Zainab, LSO Roshni", "meeting", None),
        ("karwai bhejen - Ali", "minutes", None),
        ("karwai bhejen from Shahi", "minutes", None),
        ("minutes please\nZarmina", "minutes", None),
        ("nahi aa sakti - Zainab", "no", "zainab"),
        ("STOP - Ali", "none", None),
        ("han, sarak kharab hai", "none", None),
        ("karwai, sarak kharab hai", "none", None),
    ],
)
def test_a_name_below_a_text_falls_away(text: str, intent: str, argument: str | None) -> None:
    ask = understand(text, vocabulary())
    assert (ask.intent, ask.argument) == (intent, argument)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("6 Pani nahi aa raha!", "Pani nahi aa raha!"),
        ("MASLA: pump kharab, 3 din se", "pump kharab, 3 din se"),
        ("AOA. masla - Shahi ki sarak", "Shahi ki sarak"),
        ("Pani ka masla hai", "Pani ka masla hai"),
        ("مسئلہ: پانی نہیں آ رہا", "پانی نہیں آ رہا"),
        ("۶ بجلی نہیں ہے", "بجلی نہیں ہے"),
    ],
)
def test_a_report_keeps_its_words_as_they_were_written(text: str, note: str) -> None:
    ask = understand(text, vocabulary())
    assert ask.intent == "report"
    assert ask.note.rstrip("!") == note.rstrip("!")


def test_a_request_for_blood_keeps_its_sign() -> None:
    assert understand("BLOOD O- THQ", vocabulary()).note == "O- THQ"


@pytest.mark.parametrize("text", ["6", "masla", "REPORT", "مسئلہ", "masla hai"])
def test_the_word_for_a_report_alone_tells_nothing(text: str) -> None:
    assert understand(text, vocabulary()).argument is None


@pytest.mark.parametrize(
    "name",
    ["Zainab", "Sardar", "Nazia", "Hafsa", "Shakir", "Reshun", "Larkana", "Aslam", "Manzoor"],
)
def test_a_name_alone_is_taken_for_no_command(name: str) -> None:
    assert understand(name, vocabulary()).intent == "none"


@pytest.mark.parametrize("row", [r for r in tuned() if "operator" in r.rule], ids=lambda r: r.text)
def test_an_operators_text_is_no_command_and_no_danger(row: Row) -> None:
    ask = understand(row.text, vocabulary())
    assert (ask.intent, ask.is_danger) == ("none", False)
