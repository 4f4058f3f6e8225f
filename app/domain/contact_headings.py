"""Headings of contact lists in English, Urdu and Roman, and some in Sindhi and Pashto."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from rapidfuzz.distance import OSA

from app.domain.names import name_key

Said = TypeVar("Said", bound=str)
How = Literal["known", "alike", "unknown"]
Why = Literal["", "identity", "belief", "photo", "relative", "serial", "signature"]


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading means: our name of the column, `never`, or "" with the reason why not."""

    column: str
    how: How
    why: Why = ""


_COLUMNS: Mapping[str, str] = {
    "name": "name,naam,nam,full name,member name,name of member,name of person,names,"
    "name of the member,memeber name,contact name,musammat,mst,mussamat,member,participant,"
    "name of participant,نام,پورا نام,نام ممبر,ممبر کا نام,اسم,نالو,نوم,first name,last name",
    "local_name": "name ur,name urdu,urdu name,name in urdu,urdu naam,naam urdu,local name,"
    "name sindhi,name pashto,نام اردو,اردو نام,نام اردو میں,مقامی نام",
    "sex": "sex,gender,jins,jinss,m f,f m,male female,جنس,صنف",
    "language": "language,zuban,zaban,lang,preferred language,زبان,ٻولي,ژبه",
    "unit": "unit,tanzeem,organization,organisation,تنظیم,name of organization",
    "lson": "lson,lson name,name of lson,network,lso network,ایل ایس او این,نیٹ ورک",
    "lso": "lso,lso name,name of lso,local support organization,local support organisation,"
    "ایل ایس او,ایل ایس او کا نام,لوکل سپورٹ آرگنائزیشن",
    "vo": "vo,vo name,name of vo,village organization,village organisation,wo,vo wo,"
    "وی او,وی او کا نام,دیہی تنظیم",
    "co": "co,co name,name of co,community organization,community organisation,سی او,سی او کا نام",
    "place": "place,village,gaon,goth,gaun,address,location,uc,union council,tehsil,taluka,"
    "district,mohalla,muhalla,settlement,hamlet,pata,jaga,گاؤں,پتہ,مقام,جگہ,محلہ,یونین کونسل,"
    "تحصیل,ضلع,ڳوٺ,کلی,village name,name of village",
    "body": "body,bodies,committee,forum,باڈی,کمیٹی,ادارہ",
    "post": "post,posts,designation,desig,position,ohda,uhda,ohdah,role,portfolio,title,"
    "عہدہ,عھدہ,منصب,عهدو,دنده",
    "starts": "starts,start,start date,from,since,date of appointment,appointed on,term start,"
    "elected on,date of election,election date,از,تاریخ تقرری,آغاز,شروع",
    "ends": "ends,end,end date,until,till,to,term end,term ends,expiry,تک,اختتام,آخری تاریخ",
    "phone": "phone,phone no,phone number,mobile,mobile no,mobile number,mob,mob no,cell,cell no,"
    "cell number,cell phone,number,contact,contact no,contact number,contact nos,telephone,tel,"
    "tel no,ph,ph no,fon,fone,mobail,mobile phone,msisdn,sim,sim no,raabta,rabta,rabta number,"
    "raabta number,mobile nmbr,landline,فون,فون نمبر,موبائل,موبائل نمبر,موبائیل,موبائیل نمبر,نمبر,"
    "رابطہ,رابطہ نمبر,ٹیلیفون,ٹیلی فون,سیل نمبر,موبائل فون,فون نمبر,ٽيليفون,ټیلیفون,رابطو نمبر,"
    "contact details,cell mobile,mobile cell,phone mobile",
    "phone2": "phone2,other phone,second phone,alternate number,alternative number,alternate no,"
    "other number,other contact,other mobile,secondary phone,home phone,doosra number,dusra number,"
    "دوسرا نمبر,متبادل نمبر,دوسرا فون",
    "email": "email,e mail,mail,email address,email id,ای میل,برقی پتہ",
    "telegram": "telegram,telegram id,ٹیلی گرام",
    "whatsapp": "whatsapp,whats app,whatsapp no,whatsapp number,whatsap,watsapp,واٹس ایپ,"
    "وٹس ایپ,واٹس ایپ نمبر",
    "shared": "shared,shared phone,phone shared,is shared,common phone,مشترکہ,مشترکہ فون",
    "whose": "whose,whose phone,phone of,phone owner,owner of phone,kis ka phone,kiska phone,"
    "کس کا فون,فون کس کا",
    "reads": "reads,can read,reading,literate,literacy,parh sakta,parh sakti,پڑھ سکتے ہیں,خواندہ,"
    "خواندگی",
    "phone_kind": "phone kind,kind of phone,phone type,type of phone,mobile type,handset,"
    "فون کی قسم",
    "notes": "notes,note,remarks,remark,comments,comment,kaifiyat,کیفیت,ریمارکس,تبصرہ",
    "basis": "basis,consent,ijazat,permission,agreed,رضامندی,اجازت",
    "group": "group,groups,cig,interest group,گروپ,گروہ",
    "skill": "skill,skills,trade,hunar,maharat,training,expertise,ہنر,مہارت",
    "blood": "blood,blood group,blood grp,bgroup,blood type,bloodgroup,b group,b g,khoon,"
    "khoon ka group,بلڈ گروپ,خون,خون کا گروپ,بلڈ,گروپ خون",
    "blood_basis": "blood consent,blood basis,consent blood,consent for blood,خون کی رضامندی",
    "last_donation": "last donation,last donated,last blood donation,date of last donation,"
    "donated on,aakhri atiya,آخری عطیہ,خون دیا",
}
_NOT_READ: Mapping[Why, str] = {
    "relative": "father,husband,guardian,father husband,s o,w o,d o,so wo,s o w o,s o d o w o,"
    "walid,waldiat,waldiyat,walad,shohar,shauhar,khawand,zauja,parentage,mother,"
    "والد,ولدیت,شوہر,خاوند,ولد,زوجہ,پلار,پيءُ,مڙس,سرپرست,پيء",
    "serial": "s no,sno,sr no,sr,srno,serial,serial no,serial number,no,s,sl,sl no,ser,ser no,id,"
    "roll no,row,number shumar,نمبر شمار,شمار,سیریل,شمارہ,سيريل,سیریل نمبر",
    "signature": "signature,sign,signatures,thumb,thumb impression,dastakhat,دستخط,انگوٹھا",
}
_NEVER_WORDS: Mapping[Why, str] = {
    "identity": "cnic,nic,nicop,snic,cnc,shanakhti,shinakhti,shanakhati,shnakhti,shenakhti,"
    "passport,"
    "identity,شناختی,شناخت,سڃاڻپ,پیژند,پاسپورٹ,nadra",
    "belief": "religion,religious,mazhab,mazhub,sect,maslak,firqa,caste,cast,zaat,zat,qoum,qaum,"
    "qom,biradari,baradari,tribe,ethnicity,مذہب,مسلک,فرقہ,ذات,قوم,برادری,قبیلہ,مذهب,قبيلو",
    "photo": "photo,photograph,picture,pic,tasveer,tasweer,image,تصویر,فوٹو",
}
_NEVER_PHRASES: Mapping[Why, str] = {
    "identity": "id card,id no,id number,n i c,c n i c,i d card,b form,ب فارم,قومی شناختی",
}
_NOISE_WORDS = (
    "no,nos,number,numbers,num,nmbr,of,the,a,member,members,ka,ki,ke,"
    "کا,کی,کے,نمبر,ممبر,ممبران,جو,جي,د,name,نام"
)
_NOISE = frozenset(map(name_key, _NOISE_WORDS.split(",")))
_ALIKE = 0.83
_LONG_ENOUGH = 5
_joined_words = re.compile(r"(?<=[a-z])(?=[A-Z])").sub
_parts = re.compile(r"[/|()\[\]\n\\]+").split
_single_letters = re.compile(r"(?<=\b\w) (?=\w\b)").sub
_last_digits = re.compile(r"[\s#.:-]*\(?[0-9]{1,2}\)?\s*$")


def _by_key(meanings: Mapping[Said, str]) -> dict[str, Said]:
    return {name_key(word): said for said, words in meanings.items() for word in words.split(",")}


_COLUMN_OF = _by_key(_COLUMNS)
_RELATED = _by_key(_NOT_READ)
_NEVER_OF = _by_key(_NEVER_WORDS)
_NEVER_PHRASE_OF = _by_key(_NEVER_PHRASES)
_UNKNOWN = Heading("", "unknown")
_MISSPELT = {word: Heading(column, "alike") for word, column in _COLUMN_OF.items()} | {
    word: Heading("never", "alike", why) for word, why in _NEVER_OF.items()
}
"""What a word stands for when the heading is only like it."""


def read_heading(heading: str) -> Heading:
    """What a heading means; what is never kept is known before anything else."""
    text = _joined_words(" ", heading).replace("_", " ").replace("#", " no ")
    key = name_key(text)
    joined = _single_letters("", key)
    if never := _never(key) or _never(joined):
        return Heading("never", "known", never)
    bare = name_key(_last_digits.sub("", text)) or key
    for said in dict.fromkeys((key, bare, joined)):
        if found := _known(said):
            return found
    return _of_parts(text) or _related(bare) or _without_noise(bare) or _alike(bare) or _UNKNOWN


def columns() -> tuple[str, ...]:
    """Our names of columns, in the order in which a person may choose from them."""
    return tuple(_COLUMNS)


def _never(key: str) -> Why:
    words = key.split()
    for word in words:
        if word in _NEVER_OF:
            return _NEVER_OF[word]
    padded = f" {key} "
    for phrase, why in _NEVER_PHRASE_OF.items():
        if f" {phrase} " in padded:
            return why
    return ""


def _known(key: str) -> Heading | None:
    if key in _COLUMN_OF:
        return Heading(_COLUMN_OF[key], "known")
    if key in _RELATED:
        return Heading("", "known", _RELATED[key])
    return None


def _of_parts(text: str) -> Heading | None:
    """Of a heading in two languages what both say, or the one that is known."""
    found = {
        (said.column, said.why): said for part in _parts(text) if (said := _known(name_key(part)))
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _related(key: str) -> Heading | None:
    """A father's or a husband's name is no name of the person; their phone is still a phone."""
    words = key.split()
    is_relative = any(_RELATED.get(word) == "relative" for word in words)
    is_relative |= any(f" {two} " in f" {key} " for two in ("s o", "w o", "d o"))
    if not is_relative:
        return None
    if any(_COLUMN_OF.get(word) in {"phone", "whatsapp", "email"} for word in words):
        return Heading("phone", "alike") if "email" not in words else None
    return Heading("", "known", "relative")


def _without_noise(key: str) -> Heading | None:
    words = [word for word in key.split() if word not in _NOISE]
    found = _COLUMN_OF.get(" ".join(words))
    return Heading(found, "alike") if found else None


def _alike(key: str) -> Heading | None:
    """What the heading can only be a misspelling of."""
    if len(key) < _LONG_ENOUGH:
        return None
    best: dict[Heading, float] = {}
    for word, heading in _MISSPELT.items():
        if len(word) >= _LONG_ENOUGH and word[0] == key[0]:
            score = OSA.normalized_similarity(key, word, score_cutoff=_ALIKE)
            if score > best.get(heading, 0):
                best[heading] = score
    if not best or list(best.values()).count(max(best.values())) > 1:
        return None
    return max(best, key=lambda heading: best[heading])
