"""One sheet of each kind in five writings, with every kind of thing that a sheet can hold."""

from datetime import date

from app.domain.sheets import (
    AttendanceSheet,
    Attendant,
    CallPart,
    CallSheet,
    ComingPart,
    DecisionPart,
    GroupCount,
    ItemPart,
    Letterhead,
    LetterSheet,
    MinutesSheet,
    NewsletterSheet,
    NoticeSheet,
    PressSheet,
    ResolutionPart,
    Sheet,
    Signer,
    StoryPart,
)

TAGS = ("en", "ur", "ur-Latn", "sd", "ps")
KINDS = ("notice", "minutes", "press", "newsletter", "letter", "calls", "attendance")
DAY = date(2026, 10, 12)
LATER = date(2026, 11, 9)
PHONE = "0300-1234567"

NAMES = {
    "en": ("LSO Network Mirkhai", "Shahi", "Executive Committee", "Zainab Bibi"),
    "ur": ("ایل ایس او نیٹ ورک میرخئی", "شاہی", "ایگزیکٹو کمیٹی", "زینب بی بی"),
    "ur-Latn": ("LSO Network Mirkhai", "Shahi", "Executive Committee", "Zainab Bibi"),
    "sd": ("ايل ايس او نيٽ ورڪ ميرخئي", "شاهي", "ايگزيڪيوٽو ڪميٽي", "زينب بيبي"),
    "ps": ("د ایل ایس او شبکه میرخۍ", "شاهي", "اجرائیوي کمېټه", "زینب بي بي"),
}
OFFICES = {
    "en": "General Secretary",
    "ur": "جنرل سیکرٹری",
    "ur-Latn": "General Secretary",
    "sd": "جنرل سيڪريٽري",
    "ps": "جنرل سیکرټري",
}
TITLES = {
    "en": "Meeting about the road",
    "ur": "سڑک کے بارے میں اجلاس",
    "ur-Latn": "Sarak ke bare mein ijlas",
    "sd": "رستي بابت گڏجاڻي",
    "ps": "د سړک په اړه غونډه",
}
TEXTS = {
    "en": (
        "The committee meets on Sunday, 12 October at 10:30-12:00 in the office of LSO Roshni.",
        f"Bring the fee of Rs. 2,500. The way is told at {PHONE}, until 15-12-2026.",
        "Agenda: road, school, fees (decision 14/2).",
    ),
    "ur": (
        "کمیٹی کا اجلاس اتوار 12 اکتوبر کو 10:30-12:00 دفتر LSO روشنی میں ہو گا۔",
        f"فیس Rs. 2,500 ساتھ لائیں۔ راستے کے لیے {PHONE} پر فون کریں، 15-12-2026 تک۔",
        "ایجنڈا: سڑک، گرلز سکول، فیس (فیصلہ 14/2)۔",
    ),
    "ur-Latn": (
        "Committee ka ijlas itwar 12 October ko 10:30-12:00 daftar LSO Roshni mein hoga.",
        f"Fees Rs. 2,500 sath layen. Raste ke liye {PHONE} par phone karen, 15-12-2026 tak.",
        "Agenda: sarak, girls school, fees (faisla 14/2).",
    ),
    "sd": (
        "ڪميٽي جي گڏجاڻي آچر 12 آڪٽوبر 10:30-12:00 تي LSO روشني ۾ ٿيندي.",
        f"في Rs. 2,500 ۽ فهرست ساڻ آڻيو. رستي لاءِ {PHONE} تي فون ڪريو، 15-12-2026 تائين.",
        "ايجنڊا: رستو، اسڪول، في (فيصلو 14/2).",
    ),
    "ps": (
        "د کمېټې غونډه د اتوار په ورځ 12 اکتوبر 10:30-12:00 په LSO روښنۍ کې ده.",
        f"فیس Rs. 2,500 راوړئ. د لارې لپاره {PHONE} ته زنګ ووهئ، تر 15-12-2026 پورې.",
        "اجنډا: سړک، ښوونځی، فیس (پرېکړه 14/2).",
    ),
}
DEMANDS = {
    "en": "Write to the Deputy Commissioner for the repair of the road Shahi-Laspa.",
    "ur": "شاہی-لاسپہ سڑک کی مرمت کے لیے ڈپٹی کمشنر کو خط لکھا جائے۔",
    "ur-Latn": "Shahi-Laspa sarak ki marammat ke liye Deputy Commissioner ko khat likha jaye.",
    "sd": "شاهي-لاسپا رستي جي مرمت لاءِ ڊپٽي ڪمشنر کي خط لکيو وڃي.",
    "ps": "د شاهي-لاسپې سړک د ترمیم لپاره ډپټي کمشنر ته لیک ولیکل شي.",
}


def head(tag: str) -> Letterhead:
    network, place, *_ = NAMES[tag]
    return Letterhead(network, place, PHONE, "office@mirkhai.example")


def notice(tag: str, *texts: str, title: str | None = None) -> NoticeSheet:
    return NoticeSheet(
        tag=tag,
        head=head(tag),
        no="12",
        title=TITLES[tag] if title is None else title,
        paragraphs=texts or TEXTS[tag],
        dated=DAY,
        valid_until=date(2026, 10, 20),
        ref="41",
        signer=Signer(OFFICES[tag], NAMES[tag][3]),
    )


def _decisions(tag: str, count: int = 3) -> tuple[DecisionPart, ...]:
    return tuple(
        DecisionPart(f"14/{no}", DEMANDS[tag], OFFICES[tag], LATER) for no in range(1, count + 1)
    )


def minutes(tag: str, items: int = 2) -> MinutesSheet:
    network, place, body, name = NAMES[tag]
    counts = GroupCount(network, 2, 1, 1, 0), GroupCount(place, 1, 3, 0, 2)
    return MinutesSheet(
        tag=tag,
        head=head(tag),
        body=body,
        label="14",
        held_on=DAY,
        time="10:30",
        venue=place,
        chair=name,
        recitation=name,
        confirms="13",
        quorum=6,
        counts=counts,
        present=(Attendant(name, OFFICES[tag], place),) * 3,
        guests=(name,),
        items=tuple(ItemPart(TITLES[tag], " ".join(TEXTS[tag])) for _ in range(items)),
        decisions=_decisions(tag),
        resolutions=(ResolutionPart("14/R1", TITLES[tag], DEMANDS[tag], OFFICES[tag], LATER),),
        finance=TEXTS[tag][1],
        next_on=LATER,
        next_time="10:30",
        next_venue=place,
        thanks=name,
    )


def press(tag: str) -> PressSheet:
    return PressSheet(
        tag=tag,
        head=head(tag),
        place=NAMES[tag][1],
        dated=DAY,
        title=TITLES[tag],
        paragraphs=TEXTS[tag],
        demands=(DEMANDS[tag],),
        caption=TITLES[tag],
        contact=f"{NAMES[tag][3]} {PHONE}",
        ref="43",
    )


def newsletter(tag: str) -> NewsletterSheet:
    return NewsletterSheet(
        tag=tag,
        head=head(tag),
        no="7",
        dated=DAY,
        lead=TEXTS[tag][0],
        decisions=_decisions(tag),
        stories=(StoryPart(TITLES[tag], TEXTS[tag], NAMES[tag][1]),) * 3,
        coming=(ComingPart(LATER, TITLES[tag], "10:30", NAMES[tag][1]),),
        ref="44",
    )


def letter(tag: str) -> LetterSheet:
    return LetterSheet(
        tag=tag,
        head=head(tag),
        no="LSON/2026/12",
        dated=DAY,
        addressee=f"{OFFICES[tag]}\n{NAMES[tag][1]}",
        subject=TITLES[tag],
        paragraphs=TEXTS[tag],
        reply_due=LATER,
        copies=(OFFICES[tag],),
        signers=(Signer(OFFICES[tag], NAMES[tag][3]), Signer(OFFICES[tag])),
    )


def calls(tag: str) -> CallSheet:
    network, place, body, name = NAMES[tag]
    return CallSheet(
        tag=tag,
        head=head(tag),
        body=body,
        label="14",
        dated=DAY,
        held_on=LATER,
        time="10:30",
        script=" ".join(TEXTS[tag]),
        seconds=20,
        code="EC",
        venue=place,
        calls=(
            CallPart(name, OFFICES[tag], network, PHONE, TITLES[tag]),
            CallPart(name, "", place),
        ),
        ref="41",
    )


def attendance(tag: str) -> AttendanceSheet:
    network, _, body, name = NAMES[tag]
    return AttendanceSheet(
        tag=tag,
        head=head(tag),
        body=body,
        label="14",
        dated=DAY,
        held_on=LATER,
        time="10:30",
        people=(Attendant(name, OFFICES[tag], network),) * 15,
        code="EC",
        venue="\n".join(TEXTS[tag]),
        quorum=8,
    )


def sample(kind: str, tag: str) -> Sheet:
    made: dict[str, Sheet] = {
        "notice": notice(tag),
        "minutes": minutes(tag),
        "press": press(tag),
        "newsletter": newsletter(tag),
        "letter": letter(tag),
        "calls": calls(tag),
        "attendance": attendance(tag),
    }
    return made[kind]
