"""The words that `lint` listens for, in English, Roman Urdu, Urdu, Sindhi and Pashto.

Commas between phrases. A spelling is found in any case, with any marks and keyboard's letters.
"""

import re
from collections.abc import Callable

from app.domain.look_alikes import plain_spelling

CNIC = """cnic, nic, cn 1 c, cnics, id card, id cards, identity card, identity cards, id number,
identity number, national identity, shanakhti card, shanakhti kard, shanakhti number,
shinakhti card, shinakhti number, shanakhati card, shnakhti card, shanakhti cards, شناختی کارڈ,
شناختی کارڈز, شناختی نمبر, قومی شناختی, آئی ڈی کارڈ, سی این آئی سی, سي اين آءِ سي,
سي اين آئي سي, شناختي ڪارڊ, سڃاڻپ ڪارڊ, قومي سڃاڻپ, پېژند پاڼه, پېژندپاڼه, پیژند کارت"""
CNIC_PASHTO = "تذکره, تذکرې"
"""In Urdu the same letters say "mention"."""

PIN = """pin, pins, p 1 n, pin code, pin codes, pin number, otp, otps, o t p, 0 tp, password,
passwords, passcode, pass word, one time code, verification code, security code, secret code,
confirmation code, activation code, whatsapp code, sms code, digit code, khufia code,
tasdeeqi code, پن کوڈ, پن نمبر, اپنا پن, خفیہ کوڈ, تصدیقی کوڈ, ہندسوں کا کوڈ, او ٹی پی, پاس ورڈ,
پاسورڈ, پِن کوڈ, پن ڪوڊ, پنهنجو پن, او ٽي پي, پاس ورڊ, پاسورڊ, ڳجهو ڪوڊ, پن کوډ, خپل پن, پاسورډ,
پټ نوم, پټنوم, پټ کوډ, او ټي پي"""
CODE = "code, codes, کوڈ, ڪوڊ, کوډ"
"""A code may also be D14/1: only asking for one is looked at, and an example excuses it."""
EXAMPLE = (
    "jaise, jese, jaisay, like, such as, for example, e g, جیسے, مثلا, مثال, جهڙوڪ, لکه, d, m, ref"
)

MONEY = """money, cash, rs, rupees, rupee, rupay, rupaye, rupaiye, rupiya, pkr, paise, paisay,
paisa, pese, pesay, raqam, raqm, rakam, balance, load, easyload, easy load, credit, advance,
روپے, روپیہ, روپیے, پیسے, پیسہ, رقم, بیلنس, لوڈ, روپيا, پئسا, پيسا, روپۍ, پیسې, پيسې"""
FEES = """fee, fees, dues, chanda, chande, donation, donations, contribution, funds, qist,
zakat, فیس, چندہ, چندے, عطیہ, قسط, في, چندو, چنده"""
"""Decided sums: nothing to say about them until they are to be sent."""
ACCOUNT = """easypaisa, easy paisa, easypesa, jazzcash, jazz cash, jazzkash, upaisa, u paisa,
sadapay, nayapay, mobicash, account number, account no, account nr, acc no, bank account, iban,
khata number, khata no, till id, ایزی پیسہ, ایزی پیسا, ایزیپیسہ, جاز کیش, جیز کیش, اکاؤنٹ نمبر,
بینک اکاؤنٹ, کھاتہ نمبر, ايزي پئسا, ايزي پيسا, جاز ڪيش, اڪائونٽ نمبر, بئنڪ اڪائونٽ, بانک حساب,
حساب نمبر, اېزي پيسه, جاز کېش, اکاونټ نمبر"""

SEND_FIRST = """send, forward, provide, enter, type, share, reply, whatsapp us, sms us, text us,
text me, email us, message us, sending, sharing, upload, fill in"""
TELL_FIRST = "give, tell, confirm, verify, update, read out, dictate, giving, telling, disclose"
SEND_LAST = """bhejen, bhejein, bhejain, bhejo, bhejiye, bhejie, bhejye, bhejiyega, bhejna,
bhejdo, bhejden, bhej dein, bhej den, bhej dain, bhej do, bhej de, bhej dijiye, bhej kar,
bhj dein, bhj do, bhjen, bhejn, send karen, send karein, send kren, send karain, send karo,
send kro, send kar dein, send kar do, forward karen, share karen, share karein, share kren,
share karo, whatsapp karen, whatsapp karein, sms karen, message karen, likh bhejen,
likh kar bhejen, irsal karen, rawana karen, transfer karen, transfer karein, transfer karo,
transfer kar dein, moklio, mokliyo, mokelyo, بھیجیں, بھیجو, بھیجیے, بھیجئے, بھیجیئے, بھیجنا,
بھیج دیں, بھیج دو, بھیج دیجیے, بھیج کر, ارسال کریں, ارسال کیجیے, شیئر کریں, سینڈ کریں,
فارورڈ کریں, روانہ کریں, ٹرانسفر کریں, منتقل کریں, واٹس ایپ کریں, موڪليو, موڪل, موڪلي ڏيو,
موڪليندا, شيئر ڪريو, منتقل ڪريو, ٽرانسفر ڪريو, ولېږئ, راولېږئ, ولیږئ, راولیږئ, ولېږه, راولېږه,
واستوئ, راواستوئ, شریک کړئ, انتقال کړئ"""
TELL_LAST = """den, dein, dain, dijiye, dijie, deejiye, dijiyega, de do, de dein, de den,
batayen, batain, bataen, batayein, batao, bata dein, bata den, bata do, batana, batadein,
likhen, likhwayen, دیں, دیجیے, دیجئے, دے دیں, دے دو, بتائیں, بتاؤ, بتا دیں, بتا دو, بتانا,
بتائیے, ڏيو, ٻڌايو, ڏئي ڇڏيو, راکړئ, راکړه, ورکړئ, ووایئ, ووایاست, وښایئ"""
SHORT_TELL = "do, de, دو, ڏي"
"""Also "two" and "of": a verb only at the end of a part."""
PAY = """pay, deposit, transfer, jama karen, jama karein, jama karayen, jama karwayen,
jama karain, jama kren, ada karen, ada karein, den, dein, dain, dijiye, جمع کریں, جمع کرائیں,
جمع کروائیں, ادا کریں, دیں, جمع ڪرايو, ادا ڪريو, ڏيو, جمع کړئ, ورکړئ"""
PAY_FIRST = "pay, deposit"
TRANSFER_FIRST = "send, transfer, sending, wire, forward"

NEVER = """never, not, dont, donot, cannot, nobody, none, na, nah, mat, nahi, nahin, hargiz, نہ,
نہیں, مت, ہرگز, نه, نٿا, نٿو, مه, هیڅکله, no one"""
NEVER_AFTER = "nahi, nahin, mat, نہیں, مت, نٿو"
"""Behind the verb. Not "na": "bhejo na" is a request."""
PASSED_OVER = """ever, to, should, must, will, would, anyone, anybody, you, us, ask, asks,
asked, asking, or, please, members, kisi, ko, koi, bhi, kabhi, کسی, کو, بھی, کوئی, کبھی, ڪنهن,
کي, چا, ته"""
GIVERS = "will, shall, they, would"
"""Who sends here is somebody else: "the RSP will send Rs 5,000"."""

DRIVES = """camp, camps, drive, team, van, banwane, banwana, banwayen, banwa, banane, renewal,
مہم, کیمپ, ٹیم, بنوانے, بنوانا, بنانے, وین, ڪيمپ, ٽيم, مهم, ٺهرائڻ, کمپ, ټیم"""
OBJECTS = """jawab, ittila, call, tawajja, tawajjo, dihan, khabar, vote, alert, start, stop,
help, madad, yes, no, haan, nahi, جواب, اطلاع, توجہ, خبر, ووٹ, ہاں, نہیں, ځواب, پام"""
"""What is sent or given instead: "jawab den", "send HELP"."""
EVERYONE = """everyone, everybody, neighbours, neighbors, others, people, villagers, members,
sab ko, sabko, logon ko, parosi ko, parosiyon ko, padosi ko, gharon ko, khawateen ko, سب کو,
لوگوں کو, پڑوسی کو, پڑوسیوں کو, سڀني کي, ماڻهن کي, ټولو ته, خلکو ته"""
COUNTS = (
    "digit, digits, hindson, hindse, hundred, thousand, lakh, hazar, sau, سو, ہزار, لاکھ, ہندسوں"
)

_token = re.compile(r"[^\W\d_]+|\d+").findall


def listener(*lists: str) -> Callable[[str], "list[tuple[int, int]]"]:
    """Finds the phrases of the lists in words joined by single blanks; the longest first."""
    spelled = {
        " ".join(_token(plain_spelling(" " + phrase).text))
        for phrases in lists
        for phrase in phrases.replace("\n", " ").split(",")
    }
    ordered = sorted(spelled - {""}, key=lambda phrase: (-len(phrase), phrase))
    search = re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, ordered))})(?!\S)").finditer
    return lambda words: [found.span() for found in search(words)]
