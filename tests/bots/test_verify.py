"""Conversations about the truth about a ref, as people hold them."""

from tests.bots.script import answer, member, play


def test_who_reads_roman_urdu_gets_the_truth_about_a_ref_in_that_writing() -> None:
    script = """
    > ASLI 41
    < Ref 41 asli hai: Mirkhai ne bheja.
    > ref 40
    < Ref 40 Mirkhai ka nahi. Kisi ko paise, PIN ya CNIC na bhejen. Daftar ko batayen
    > REF
    < Message asli hai ya nahi? REF aur us ka number bhejen, jaise REF 41
    """
    play(script, member("ur-Latn"))


def test_who_reads_english_gets_the_truth_about_a_ref_in_that_writing() -> None:
    script = """
    > IS 41 TRUE
    < Ref 41 is real: Mirkhai sent it.
    > ref 40
    < Mirkhai sent no text with Ref 40. Do not send money, PIN or CNIC to anyone. Tell the
      office
    > REF
    < To know whether a text is real send REF and its number, for example REF 41
    """
    play(script, member("en"))


def test_who_reads_urdu_gets_the_truth_about_a_ref_in_that_writing() -> None:
    script = """
    > اصلی ۴۱
    < جی ہاں، REF 41 اصلی ہے: میرخئی نے بھیجا
    > ref 40
    < یہ REF 40 میرخئی کا نہیں۔ کسی کو پیسے یا PIN نہ دیں
    > REF
    < پیغام اصلی ہے؟ REF اور نمبر بھیجیں، جیسے REF 41
    """
    play(script, member("ur"))


def test_a_number_no_counter_reaches_is_not_ours() -> None:
    assert answer("REF 99999999999999", member("en")).template == "ref_unknown"
