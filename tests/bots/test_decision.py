"""Conversations about decisions, as people hold them."""

from dataclasses import replace

from bots.notes import DecisionNote
from bots.sample_register import SampleRegister
from tests.bots.script import answer, member, play


def test_who_reads_roman_urdu_gets_decisions_in_that_writing() -> None:
    script = """
    > D1
    < Faisla 14/1 (12 Oct): Shahi-Laspa sarak ki marammat ke liye DC ko khat. Zimmedar:
      Sadar, Gen Sec. Tareekh: 20 Oct. Haalat: kaam jari
    > faisla 14/2
    < Faisla 14/2 (12 Oct): School se bahar larkiyon ki list DEO ko. Zimmedar: LSO Roshni.
      Tareekh: 25 Oct. Haalat: kaam jari
    > D7/7
    < Faisla 7/7 nahi mila. Taza faisle: 3 bhejen
    > 3
    < Faisle: D14/1 Sarak khat DC ko D14/2 Girls school list D14/3 Fees Rs 500. Tafseel
      ke liye code bhejen, jaise D14/1. Aage: AUR
    > 3 PANI
    < pani par faisle: D12/2 Pump Laspa. Tafseel ke liye code bhejen, jaise D12/2
    > faisla bijli
    < bijli par koi faisla nahi mila. Taza faisle: 3 bhejen
    """
    play(script, member("ur-Latn"))


def test_who_reads_english_gets_decisions_in_that_writing() -> None:
    script = """
    > D1
    < Decision 14/1 (12 Oct): Write to DC for Shahi-Laspa road repair. Who: President, Gen
      Sec. By: 20 Oct. Status: in progress
    > D 14 2
    < Decision 14/2 (12 Oct): Send the list of girls out of school to the DEO. Who: LSO
      Roshni. By: 25 Oct. Status: in progress
    > D7/7
    < There is no decision 7/7. The newest decisions: send 3
    > 3
    < Decisions: D14/1 Road letter to DC D14/2 Girls school list D14/3 Fee Rs 500. For
      details send a code, like D14/1. The rest: MORE
    > decision water
    < water: D12/2 Pump Laspa. For details send a code, like D12/2
    > decision power
    < No decision about power was found. The newest: send 3
    """
    play(script, member("en"))


def test_who_reads_urdu_gets_decisions_in_that_writing() -> None:
    script = """
    > D1
    < فیصلہ 14/1: سڑک کی مرمت کے لیے ڈی سی کو خط۔ ذمہ دار: صدر۔ 20 اکتوبر تک
    > فیصلہ ۱۴/۲
    < فیصلہ 14/2: سکول فہرست۔ ذمہ دار: LSO روشنی۔ 25 اکتوبر تک
    > D7/7
    < فیصلہ 7/7 نہیں ملا۔ تازہ فیصلے: 3 بھیجیں
    > 3
    < فیصلے: D14/1 سڑک خط D14/2 سکول فہرست D14/3 فیس 500۔ آگے: مزید
    > فیصلہ پانی
    < فیصلے، پانی: D12/2 پمپ لاسپہ۔ تفصیل: D12/2 بھیجیں
    > فیصلہ بجلی
    < اس پر فیصلہ نہیں ملا: بجلی۔ تازہ فیصلے: 3 بھیجیں
    """
    play(script, member("ur"))


class Sparse(SampleRegister):
    """A network without a single decision, whose decisions have no owner and no date."""

    def latest_minutes(self, *_: object, **__: object) -> None:
        return None

    def recent_decisions(self, *_: object, **__: object) -> list[DecisionNote]:
        return []

    def decision(
        self, meeting_no: int, no: int, language: str, *, registered: bool
    ) -> DecisionNote | None:
        note = super().decision(meeting_no, no, language, registered=registered)
        return note and replace(note, owner="", due=None, status="")


def test_a_decision_without_owner_date_and_state_says_only_what_was_decided() -> None:
    script = """
    > D14/1
    < Faisla 14/1 (12 Oct): Shahi-Laspa sarak ki marammat ke liye DC ko khat.
    """
    play(script, member("ur-Latn"), Sparse())


def test_a_network_without_decisions_says_so() -> None:
    for text in ("3", "D1"):
        assert answer(text, member("en"), Sparse()).template == "minutes_none"


def test_a_search_asks_for_the_tag_of_a_known_topic_and_else_for_the_words() -> None:
    asked = []

    class Listening(SampleRegister):
        def recent_decisions(self, *_: object, topic: str = "", **__: object) -> list[DecisionNote]:
            asked.append(topic)
            return []

    for text in ("FAISLA PAANI", "فیصلہ پانی", "faisla naranj pul", "faisla naranj", "3"):
        answer(text, member("en"), Listening())
    assert asked == ["water", "water", "road", "naranj", ""]
