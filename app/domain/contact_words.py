"""The cells of contact lists as keepers write them: each read for certain, or its problem said."""

import re
from collections.abc import Iterable, Mapping

from rapidfuzz.distance import OSA

from app.domain.contact_days import Problem as Problem
from app.domain.contact_days import read_date as read_date
from app.domain.errors import Phrase
from app.domain.institution import BLOOD_GROUPS, CABINET, MEMBER
from app.domain.names import name_key

_ALIKE = 0.84
_LONG_ENOUGH = 6


def _words(meanings: Mapping[str, str]) -> dict[str, str]:
    """Each word between the commas, as words are compared, with its meaning."""
    return {
        name_key(word): meaning for meaning, words in meanings.items() for word in words.split(",")
    }


_SEXES = _words(
    {
        "f": "f,female,femal,woman,women,w,lady,ladies,girl,khatoon,khawateen,aurat,zanana,zenana,"
        "عورت,خاتون,خواتین,زنانہ,عورتون,ښځه,ښځینه",
        "m": "m,male,man,men,gent,gents,boy,mard,mardana,مرد,مردانہ,نارینہ,سړی",
    }
)
_LANGUAGES = _words(
    {
        "ur-Latn": "roman,roman urdu,urdu roman,ru,ur latn,urdu latin,رومن,رومن اردو",
        "ur": "ur,urdu,اردو,اُردو",
        "en": "en,eng,english,angrezi,انگریزی,انگلش",
        "sd": "sd,sindhi,سندھی,سنڌي",
        "ps": "ps,pashto,pushto,pukhto,pakhto,پشتو,پښتو",
        "pnb": "punjabi,panjabi,پنجابی",
        "skr": "saraiki,seraiki,siraiki,سرائیکی",
        "bal": "balochi,baluchi,بلوچی",
        "brh": "brahui,brahvi,براہوی",
        "hno": "hindko,ہندکو",
        "khw": "khowar,chitrali,کھوار",
        "scl": "shina,شینا",
        "bft": "balti,بلتی",
        "bsk": "burushaski,بروشسکی",
        "wbl": "wakhi,وخی",
    }
)
_YES = _words(
    {
        "yes": "yes,y,ji,jee,han,haan,ha,1,true,t,ok,✓,✔,ہاں,جی,جی ہاں,ها,هو",
        "no": "no,n,nahi,nahin,nai,na,0,false,none,نہیں,نہ,نه",
    }
)
_READS = _words(
    {
        "self": "self,yes,y,own,khud,can read,reads,literate,parha likha,1,خود,ہاں,پڑھا لکھا",
        "helped": "helped,help,with help,madad,madad se,son reads,children read,مدد,مدد سے",
        "not": "not,no,n,nahi,nahin,cannot read,cant read,illiterate,an parh,anparh,0,نہیں,ان پڑھ",
    }
)
_PHONE_KINDS = _words(
    {
        "basic": "basic,simple,feature,feature phone,keypad,button,buttons,sada,saada,2g,"
        "سادہ,بٹن,بٹن والا",
        "smart": "smart,smartphone,smart phone,android,touch,touch mobile,iphone,3g,4g,"
        "اسمارٹ,سمارٹ,سمارٹ فون,ٹچ",
    }
)
_WHOSE = _words(
    {
        "own": "own,self,personal,apna,apni,khud,zati,اپنا,اپنی,ذاتی,خود",
        "family": "family,husband,wife,son,daughter,father,mother,brother,sister,relative,home,"
        "house,shohar,khawand,beta,beti,walid,walida,bhai,behn,behan,ghar,ghar ka,gharwale,"
        "شوہر,خاوند,بیوی,بیٹا,بیٹی,والد,والدہ,بھائی,بہن,گھر,خاندان",
        "neighbour": "neighbour,neighbor,hamsaya,humsaya,parosi,padosi,ہمسایہ,پڑوسی",
        "office": "office,daftar,work,دفتر",
    }
)
_POSTS = _words(
    {
        "President": "president,sadar,sadr,saddar,صدر",
        "Vice President": "vice president,vp,naib sadar,naib sadr,v president,نائب صدر",
        "General Secretary": "general secretary,gs,g s,gen secretary,gen sec,general sec,genl secy,"
        "jnrl secretary,jnl secretary,janral secretary,secretary general,"
        "جنرل سیکرٹری,جنرل سیکریٹری,جنرل سکریٹری,جنرل سيڪريٽري,معتمد عمومی",
        "Joint Secretary": "joint secretary,js,j s,joint sec,جوائنٹ سیکرٹری,جوائنٹ سیکریٹری",
        "Finance Secretary": "finance secretary,fs,f s,finance sec,"
        "secretary finance,سیکرٹری مالیات,فنانس سیکرٹری,فنانس سیکریٹری",
        "Treasurer": "treasurer,khazanchi,خزانچی",
        "Chairperson": "chairperson,chairman,chairwoman,چیئرپرسن,چیئرمین,چئیرمین",
        "Convener": "convener,convenor,کنوینر",
        "Activist": "activist,ایکٹوسٹ",
        "Press Secretary": "press secretary,press sec,information secretary,info secretary,"
        "secretary information,press and information secretary,سیکرٹری اطلاعات,پریس سیکرٹری,"
        "پریس سیکریٹری,سیکرٹری نشر و اشاعت",
        "Manager": "manager,menejar,maneger,منیجر,مینیجر,مینجر,مئنيجر",
        MEMBER: "member,mimber,membr,rukn,ruken,ممبر,رکن,ميمبر,غړی",
    }
)
_BODIES = _words(
    {
        "GB": "gb,g b,general body,general assembly,majlis e aam,جنرل باڈی,مجلس عامہ,مجلس عمومی",
        "EC": "ec,e c,executive committee,executive body,executive,majlis e amla,مجلس عاملہ,"
        "ایگزیکٹو کمیٹی,ایگزیکٹو باڈی,انتظامی کمیٹی",
        "LSON": "lson,lso network,network,ایل ایس او این,نیٹ ورک",
        "LSO": "lso,l s o,local support organization,local support organisation,ایل ایس او",
        "VO": "vo,v o,village organization,village organisation,وی او,ویلیج آرگنائزیشن,دیہی تنظیم",
        "CO": "co,c o,community organization,community organisation,سی او,کمیونٹی تنظیم",
        "OUT": "out,outside,outside body,باہر",
    }
)
_TIERS = frozenset({"lso", "vo", "co", "lson", "gb", "ec"})
_NOW_GONE = frozenset({"ex", "former", "late", "sabiq", "سابق", "سابقہ", "مرحوم"})


_single_letters = re.compile(r"(?<=\b\w) (?=\w\b)").sub


def read_sex(cell: str) -> str | Problem:
    """`f`, `m`, or "" for an empty cell."""
    return _read(cell, _SEXES, Phrase("The sex is not clear."), Phrase("Write F or M."))


def read_language(cell: str) -> str | Problem:
    """The BCP 47 tag (`ur`, `ur-Latn`, `sd`…), or "" for an empty cell."""
    cure = Phrase("Write one language: Urdu, Roman, English, Sindhi or Pashto.")
    return _read(cell, _LANGUAGES, Phrase("The language is not known."), cure)


def read_yes(cell: str) -> bool | Problem | None:
    """A yes or a no; None for an empty cell."""
    said = "yes" if cell.strip() in {"✓", "✔"} else _read(cell, _YES, _NOT_YES, _YES_CURE)
    if isinstance(said, Problem):
        return said
    return said == "yes" if said else None


_NOT_YES = Phrase("It is not clear whether this is a yes or a no.")
_YES_CURE = Phrase("Write yes or no.")


def read_reads(cell: str) -> str | Problem:
    """`self`, `helped` or `not`, or "" for an empty cell."""
    cure = Phrase("Write self, helped or not.")
    return _read(cell, _READS, Phrase("It is not clear whether this person reads texts."), cure)


def read_phone_kind(cell: str) -> str | Problem:
    """`basic` or `smart`, or "" for an empty cell."""
    cure = Phrase("Write basic or smart.")
    return _read(cell, _PHONE_KINDS, Phrase("The kind of phone is not clear."), cure)


def read_whose(cell: str) -> str | Problem:
    """`own`, `family`, `neighbour` or `office`, or "" for an empty cell."""
    cure = Phrase("Write own, family, neighbour or office.")
    return _read(cell, _WHOSE, Phrase("It is not clear whose phone this is."), cure)


def read_post(cell: str) -> str:
    """The office as the institution calls it; an unknown post stays as it was written."""
    key = name_key(cell)
    words = key.split()
    if not words or words[0] in _NOW_GONE:
        return cell.strip()
    bare = " ".join(word for word in words if word not in _TIERS) or key
    bare = _single_letters("", bare)
    return _POSTS.get(key) or _POSTS.get(bare) or _alike(bare, CABINET) or cell.strip()


def read_body(cell: str) -> str:
    """`GB`, `EC`, `LSON`, `LSO`, `VO`, `CO` or `OUT`; another body stays as it was written."""
    return _BODIES.get(name_key(cell), cell.strip())


def read_blood(cell: str) -> str | Problem:
    """One of institution.BLOOD_GROUPS, or "" for an empty cell."""
    text = " ".join(cell.upper().replace("0", "O").split())
    if not text.strip("-–—./ "):
        return ""
    group = _blood(text)
    if group in BLOOD_GROUPS:
        return group
    return Problem(
        Phrase("The blood group is not clear."), Phrase("Write it with its sign, such as O- or B+.")
    )


_BLOOD_LETTERS = (("اے بی", "AB"), ("اے", "A"), ("بی", "B"), ("او", "O"))
_BLOOD_SIGNS = (
    (r"POSITIVE|POSTIVE|POSITVE|POS|\+ ?VE|پازیٹو|پازیٹیو|پوزیٹو|مثبت", "+"),
    (r"NEGATIVE|NEGTIVE|NEGATVE|NEG|[-–—−] ?VE|نیگیٹو|نیگیٹیو|نیگٹو|منفی|[–—−]", "-"),
)


def _blood(text: str) -> str:
    for written, sign in _BLOOD_SIGNS:
        text = re.sub(written, sign, text.replace("ي", "ی").replace("\u200c", ""))
    for written, letter in _BLOOD_LETTERS:
        text = text.replace(written, letter)
    return re.sub(r"[ .()']|GROUP|RH|BLOOD", "", text)


_between_names = re.compile(
    r"\s*(?:[&+]|(?<!\b[swdSWDcC])/(?![oO]\b)|(?<=\s)(?:and|aur|اور|۽)(?=\s))\s*", re.IGNORECASE
)
_TITLES = _words({"title": "mr,mrs,ms,miss,dr,bibi,begum,syed,family,sons,others,son,daughter"})


def split_names(cell: str) -> tuple[str, ...]:
    """The people of a name cell: more than one where `and`, `&`, `/` or `اور` stands between."""
    whole = " ".join(cell.split())
    parts = [" ".join(part.split()) for part in _between_names.split(cell)]
    if len(parts) < 2 or any(len(part) < 2 or name_key(part) in _TITLES for part in parts):
        return (whole,) if whole else ()
    return tuple(parts)


def _read(cell: str, words: Mapping[str, str], reason: str, cure: str) -> str | Problem:
    key = name_key(cell)
    if not key:
        return ""
    return words.get(key) or Problem(reason, cure)


def _alike(key: str, names: Iterable[str]) -> str:
    """The only name that the key can be a misspelling of, "" for none or several."""
    if len(key) < _LONG_ENOUGH:
        return ""
    close = [
        name
        for name in names
        if key[0] == name[0].lower()
        and OSA.normalized_similarity(key, name.lower(), score_cutoff=_ALIKE)
    ]
    return close[0] if len(close) == 1 else ""
