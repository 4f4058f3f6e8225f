"""What a phone and the office's purse may rely on when machines talk to each other."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.guard import (
    A_DAY,
    ANY_IN_WINDOW,
    IDLE_IN_WINDOW,
    WINDOW,
    Came,
    Past,
    Silence,
    fingerprint,
    judge,
)

START = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
DAY = date(2026, 11, 21)


def came(words: str, seconds: float, *, is_idle: bool = False) -> Came:
    at = START + timedelta(seconds=seconds)
    return Came(fingerprint(words), is_idle, at, DAY + timedelta(days=int(seconds // 86_400)))


def play(*texts: Came) -> list[Silence | None]:
    past, told = Past(), []
    for text in texts:
        verdict = judge(past, text)
        past = verdict.past
        told.append(verdict.why)
    return told


def test_a_person_who_asks_different_things_is_always_answered() -> None:
    assert play(*(came(f"d{n}", 60 * n) for n in range(30))) == [None] * 30


def test_three_answers_go_to_texts_that_are_not_understood_then_none_for_ten_minutes() -> None:
    idle = [came(f"x{n}", 20 * n, is_idle=True) for n in range(6)]
    assert play(*idle) == [None] * IDLE_IN_WINDOW + [Silence.IDLE] * 3
    late = came("again", WINDOW.total_seconds() + 1, is_idle=True)
    assert play(*idle, late)[-1] is None


def test_the_same_text_twice_at_once_is_answered_once() -> None:
    assert play(came("1", 0), came("1", 30)) == [None, Silence.REPEATED]
    assert play(came("1", 0), came("2", 30), came("1", 60)) == [None, None, None]


def test_the_same_text_again_and_again_counts_like_one_that_is_not_understood() -> None:
    slow = [came("1", 121 * n) for n in range(5)]
    assert play(*slow) == [None, None, None, None, Silence.IDLE]


def test_twelve_answers_in_ten_minutes_are_the_most_whatever_is_asked() -> None:
    told = play(*(came(f"d{n}", n) for n in range(20)))
    assert told == [None] * ANY_IN_WINDOW + [Silence.MANY] * 8


def test_forty_answers_a_day_are_the_most_and_the_next_day_begins_anew() -> None:
    texts = [came(f"d{n}", 120 * n) for n in range(A_DAY + 5)]
    assert play(*texts) == [None] * A_DAY + [Silence.DAY] * 5
    assert play(*texts, came("d", 86_400 + 10))[-1] is None


def test_an_answer_of_ours_that_comes_back_is_not_answered() -> None:
    past = Past(last_answer=fingerprint("menu 1 minutes"))
    assert judge(past, came("menu 1 minutes", 0)).why is Silence.OURS


def test_the_office_hears_once_a_day_of_a_silence() -> None:
    past, news = Past(), 0
    for n in range(200):
        verdict = judge(past, came(f"x{n}", n, is_idle=True))
        past, news = verdict.past, news + verdict.is_news
    assert news == 1


@given(
    st.lists(st.tuples(st.integers(0, 900), st.booleans(), st.sampled_from("abcdef")), max_size=120)
)
def test_whatever_comes_no_window_and_no_day_holds_more_answers_than_promised(
    texts: list[tuple[int, bool, str]],
) -> None:
    past, seconds = Past(), 0
    answered: list[tuple[int, bool]] = []
    for gap, is_idle, words in texts:
        seconds += gap
        verdict = judge(past, came(words, seconds, is_idle=is_idle))
        past = verdict.past
        if verdict.why is None:
            answered.append((seconds, is_idle))
    for start, _ in answered:
        window = [one for one in answered if start <= one[0] < start + WINDOW.total_seconds()]
        assert len(window) <= ANY_IN_WINDOW
        assert sum(is_idle for _, is_idle in window) <= IDLE_IN_WINDOW
        assert sum(1 for at, _ in answered if at // 86_400 == start // 86_400) <= A_DAY
