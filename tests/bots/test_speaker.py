"""Conversations of several people on one phone, as they hold them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.gsm import count
from bots.ask import Effect, Fellow, Speaker
from bots.conversation import understand
from bots.names import entries
from tests.bots.script import answer, labelled, member, play, said, vocabulary

_AMINA, _BILAL = Fellow(5, "Amina Bibi", "آمنہ بی بی"), Fellow(9, "Bilal Khan", "بلال خان")


def family(language: str = "en", **changes: object) -> Speaker:
    return replace(member(language), people=(_AMINA, _BILAL), **changes)  # type: ignore[arg-type]


def test_an_answer_that_concerns_a_person_is_asked_for_its_name() -> None:
    script = """
    > 11
    < Who is it? 1 Amina 2 Bilal. Answer with number and name, for example 1 Amina
    > 11 Bilal
    < Noted, Bilal Khan: coming to the EC meeting Sun 9 Nov 10am. To change it send 12.
      Need transport: 13. With a child: 14
    """
    play(script, family())


def test_the_question_is_asked_in_roman_urdu_and_in_urdu() -> None:
    play(
        """
        > ji
        < Ye kis ka jawab hai? 1 Amina 2 Bilal. Number aur naam bhejen, jaise 1 Amina
        > 1 Amina
        < Likh liya: Amina Bibi. Koi aur ho to bhejen: 2 Bilal
        """,
        family("ur-Latn"),
    )
    play(
        """
        > ہاں
        < یہ کس کا جواب ہے؟ 1 آمنہ 2 بلال۔ یوں بھیجیں: 1 آمنہ
        > بلال
        < لکھ لیا: بلال خان۔ کوئی اور ہو تو: 1 آمنہ
        """,
        family("ur"),
    )


@pytest.mark.parametrize(
    "text", ["2", "2 Bilal", "Bilal", "bilal khan", "Bilal 2", "۲", "بلال", "2."]
)
def test_an_open_question_is_answered_by_number_or_name(text: str) -> None:
    reply = answer(text, family(is_asked=True))
    assert (reply.intent, reply.speaker_id, reply.effect) == ("speaker", _BILAL.id, Effect.NONE)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        *(("1", "minutes"), ("2", "meeting"), ("3", "decision"), ("8", "language")),
        *(("0", "stop"), ("9", "start"), ("1 14", "minutes"), ("3 pani", "decision")),
        *(("D14/1", "decision"), ("KARWAI", "minutes"), ("Zainab", "none"), ("JOIN Naz", "join")),
    ],
)
def test_without_an_open_question_a_digit_or_a_word_means_what_it_means_to_all(
    text: str, intent: str
) -> None:
    assert answer(text, family()) == answer(text, replace(family(), people=(_AMINA,)))
    assert answer(text, family()).intent == intent


@pytest.mark.parametrize("text", ["0", "STOP", "9", "band karo", "ALERT", "8", "7", "11", "12"])
def test_an_open_question_hides_no_command_beyond_its_own_numbers(text: str) -> None:
    assert answer(text, family(is_asked=True)).intent == understand(text, vocabulary()).intent


@pytest.mark.parametrize(
    "text", ["1 Amina", "2 Amina", "Amina", "amina ji", "AMINA BIBI", "Amina 1"]
)
def test_a_name_changes_the_speaker_at_any_time_and_wins_over_the_digit(text: str) -> None:
    assert answer(text, family(speaking=_BILAL.id)).speaker_id == _AMINA.id


@pytest.mark.parametrize(
    ("text", "intent", "who"),
    [
        *(("11 Amina", "yes", _AMINA), ("12 Bilal", "no", _BILAL), ("han bilal", "yes", _BILAL)),
        *(("Bilal nahi", "no", _BILAL), ("Amina: ji han", "yes", _AMINA)),
        *(("amina nahi aaungi", "no", _AMINA), ("11", "yes", _BILAL), ("12", "no", _BILAL)),
    ],
)
def test_yes_and_no_are_whose_name_stands_beside_them_or_who_spoke_last(
    text: str, intent: str, who: Fellow | None
) -> None:
    reply = answer(text, family(speaking=_BILAL.id))
    assert (reply.intent, reply.speaker_id) == (intent, who.id if who else None)


def test_the_question_is_not_asked_twice_while_it_stands_open() -> None:
    reply = answer("11", family(is_asked=True))
    assert (reply.template, reply.effect) == ("received", Effect.TO_INBOX)


def test_a_speaker_who_left_the_phone_is_forgotten() -> None:
    assert answer("11", family(speaking=77)).effect is Effect.ASK_WHO


def test_one_person_alone_or_more_than_a_family_are_not_asked() -> None:
    many = tuple(Fellow(no, f"Gul {no}") for no in range(7))
    for people, template in (((), "received"), ((_AMINA,), "comes"), (many, "received")):
        assert answer("11", replace(family(), people=people)).template == template


def test_two_of_one_name_are_told_apart_by_the_next_letter_or_by_number() -> None:
    gul, other = Fellow(1, "Gul Naz"), Fellow(2, "Gul Bibi")
    who = replace(family(), people=(gul, other), is_asked=True)
    assert [entry.words for entry in entries(who.people, "en")] == ["Gul N", "Gul B"]
    assert answer("gul", who).intent == "none"
    assert answer("gul bibi", who).speaker_id == other.id
    assert answer("1", who).speaker_id == gul.id


@pytest.mark.parametrize(("text", "intent"), [("Khatam", "stop"), ("jari", "start")])
def test_a_name_that_is_a_word_of_stop_or_start_stays_that_word(text: str, intent: str) -> None:
    people = (Fellow(1, "Khatam Jan"), Fellow(2, "Jari Gul"))
    for is_asked in (False, True):
        assert answer(text, replace(family(), people=people, is_asked=is_asked)).intent == intent


@pytest.mark.parametrize("tag", ["en", "ur-Latn", "ur", "sd", "ps"])
def test_six_people_with_the_longest_names_fit_one_text_with_all_their_numbers(tag: str) -> None:
    names = ["Shahzadgai", "Mehrunnisa", "Khursheeda", "Fakhrunnisa", "Gulistanbano", "Zebunnisaa"]
    local = ["شہزادگئیجان", "مہرالنساءبی", "خورشیدبیگم", "فخرالنساءبی", "گلستانبانو", "زیبالنساءبی"]
    both = zip(names, local, strict=True)
    people = tuple(Fellow(no, *pair) for no, pair in enumerate(both))
    who = replace(member(tag), people=people)
    text = said(answer("11", who))
    assert count(text) == 1
    assert all(f"{no} " in text for no in range(1, 7))
    for no, entry in enumerate(entries(people, tag)):
        assert entry.words[:5] in text
        assert answer(entry.words, who).speaker_id == no
        assert count(said(answer(entry.words, who))) == 1


@pytest.mark.parametrize(("text", "intent", "argument", "why"), labelled())
def test_no_labelled_text_stops_or_starts_a_shared_phone_that_would_not_stop_another(
    text: str, intent: str, argument: str, why: str
) -> None:
    for is_asked in (False, True):
        reply = answer(text, family(is_asked=is_asked))
        whole = {"stop": Effect.OPT_OUT, "start": Effect.OPT_IN, "alerts": Effect.ALERTS_ONLY}
        changes = set(whole.values()) | {Effect.WRONG_NUMBER}
        expected = whole.get(intent)
        if intent == "wrong_number":
            expected = Effect.WRONG_NUMBER
        assert (reply.effect if reply.effect in changes else None) == expected, (argument, why)


@given(st.text(st.characters(), max_size=120), st.booleans())
def test_any_text_from_a_shared_phone_gets_a_reply_and_stops_only_what_it_would_alone(
    text: str, is_asked: bool
) -> None:
    shared = answer(text, family(is_asked=is_asked))
    alone = answer(text, member("en"))
    changes = {Effect.OPT_OUT, Effect.OPT_IN, Effect.ALERTS_ONLY, Effect.WRONG_NUMBER}
    assert said(shared)
    assert {shared.effect} & changes == {alone.effect} & changes
