"""6 and a problem: what becomes a report, what asks first, and what names nothing."""

from dataclasses import replace

import pytest

from app.domain.gsm import count
from bots.ask import Effect, Reply
from bots.sample_register import NOW
from tests.bots.script import answer, member, said, stranger


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("6 Pani ka pump kharab hai, Laspa mein", "Pani ka pump kharab hai, Laspa mein"),
        ("6pani ka pump kharab hai", "pani ka pump kharab hai"),
        ("۶ پانی نہیں آ رہا", "پانی نہیں آ رہا"),
        ("MASLA bijli nahi hai", "bijli nahi hai"),
        ("Salam. Shikayat: ustad school nahi aata", "ustad school nahi aata"),
        ("report the pump in Laspa is broken", "the pump in Laspa is broken"),
        ("شکایت سڑک ٹوٹی ہے", "سڑک ٹوٹی ہے"),
    ],
)
def test_a_problem_in_any_writing_is_a_report_in_its_own_words(text: str, note: str) -> None:
    reply = answer(text, member("ur-Latn"))
    assert (reply.intent, reply.effect) == ("report", Effect.REPORT)
    assert reply.note == note
    assert not reply.is_hidden


@pytest.mark.parametrize("text", ["6", "MASLA", "شکایت", "6 pani", "complaint"])
def test_without_words_it_asks_what_and_where_for_a_day(text: str) -> None:
    reply = answer(text, member("ur-Latn"))
    assert (reply.template, reply.effect) == ("report_ask", Effect.NONE)
    assert reply.opens is not None
    assert reply.opens.kind == "report"
    assert (reply.opens.until - NOW).total_seconds() == 24 * 3600
    assert reply.opens.about == 0


@pytest.mark.parametrize("text", ["6 gumnam", "GUMNAM", "anonymous", "گمنام", "6 گمنام"])
def test_the_wish_to_stay_unknown_is_kept_until_the_words_come(text: str) -> None:
    reply = answer(text, member("ur-Latn"))
    assert reply.opens is not None
    assert reply.opens.about == 1


@pytest.mark.parametrize(
    "text",
    [
        "6 gumnam numberdar paise mangta hai",
        "GUMNAM numberdar paise mangta hai",
        "ANONYMOUS the clerk asks for money",
        "گمنام نمبردار پیسے مانگتا ہے",
        "shikayat be naam numberdar paise mangta hai",
    ],
)
def test_a_report_without_a_name_is_hidden_and_has_a_number(text: str) -> None:
    reply = answer(text, member("ur-Latn"))
    assert (reply.effect, reply.is_nameless, reply.is_hidden) == (Effect.REPORT, True, True)
    assert not reply.is_protected
    assert reply.template == "report_nameless"
    assert "gumnam" not in reply.note.lower()


ABUSE = [
    "6 ustad larkiyon ko tang karta hai",
    "mera shohar mujhe roz maarta hai",
    "6 ziadti hui meri behen ke saath",
    "harassment in the school bus every day",
    "6 zabardasti shadi ho rahi hai",
    "ghar mein maar peet hoti hai bachon ke samne",
    "شوہر تشدد کرتا ہے مدد کریں",
    "6 جنسی ہراسانی ہوئی ہے",
    "6 هراسان ڪري ٿو",
]


@pytest.mark.parametrize("text", ABUSE)
@pytest.mark.parametrize("language", ["en", "ur", "ur-Latn"])
def test_words_of_abuse_are_protected_and_the_answer_names_nothing(
    text: str, language: str
) -> None:
    reply = answer(text, member(language))
    assert (reply.effect, reply.is_protected, reply.is_hidden) == (Effect.REPORT, True, True)
    assert reply.template == "report_private"
    words = said(replace(reply, values={**reply.values, "no": 28, "owner": "Sadar"}))
    assert "R28" in words
    assert "Sadar" not in words
    assert count(words) == 1


@pytest.mark.parametrize(
    "text",
    ["hum bijli se tang hain", "6 nali tang hai pani nahi jata", "faisla aurat", "STOP", "0"],
)
def test_everyday_words_are_not_taken_for_abuse(text: str) -> None:
    reply = answer(text, member("ur-Latn"))
    assert not reply.is_protected
    assert not reply.is_hidden


def test_stop_beside_a_word_of_abuse_stays_what_it_is() -> None:
    assert answer("band karo", member("ur-Latn")).effect is Effect.OPT_OUT


def test_in_a_group_nothing_is_filed_in_confidence() -> None:
    group = replace(member("ur-Latn"), is_group=True)
    assert not answer("mera shohar mujhe roz maarta hai", group).is_protected


def test_a_stranger_may_report_too() -> None:
    assert answer("6 pani ka pump kharab hai", stranger()).effect is Effect.REPORT


@pytest.mark.parametrize("language", ["en", "ur", "ur-Latn", "sd", "ps"])
@pytest.mark.parametrize(
    ("template", "values"),
    [
        ("report_ask", {}),
        ("report_filed", {"no": 1027, "owner": "General Secretary"}),
        ("report_filed", {"no": 27, "owner": "نائب صدر"}),
        ("report_nameless", {"no": 1027, "owner": "General Secretary"}),
        ("report_private", {"no": 1028}),
        ("report_added", {"no": 1027, "owner": "General Secretary"}),
        ("report_added_private", {"no": 1028}),
        ("reports_late", {"network": "Mirkhai", "count": 12, "no": 1009, "ref": 1041}),
        ("ticket_closed", {"network": "Mirkhai", "no": 1027}),
    ],
)
def test_each_text_is_one_segment(language: str, template: str, values: dict[str, object]) -> None:
    text = said(Reply("report", template, language, values))  # type: ignore[arg-type]
    assert count(text) == 1
    assert "..." not in text
