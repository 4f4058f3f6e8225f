"""Ways in which people write what they look for, and the decision that they mean.

`TUNED` was there while the search was made: twenty at first, then twice twenty that were written
when those before were found, of which 17 and 16 were found at once. `HELD_OUT` was written last by
the same hand, and the search was not changed for it: what it does not find stays in the table.
`OTHER_WORDS` are no spellings: nobody wrote one of their words, so they find nothing.
"""

DECISIONS: dict[str, dict[str, str]] = {
    "water": {
        "ur": "شاہی نالے کی پانی کی پائپ لائن کی مرمت ایل ایس او کرے گی۔",
        "ur-Latn": "Shahi nala ki pani ki pipeline ki marammat LSO karegi.",
        "en": "The LSO repairs the water pipeline of Shahi stream.",
    },
    "road": {
        "ur": "لاسپور سڑک کی بحالی کے لیے ڈپٹی کمشنر کو خط لکھا جائے۔",
        "ur-Latn": "Laspur sarak ki bahali ke liye Deputy Commissioner ko khat likha jaye.",
    },
    "women": {
        "ur": "خواتین کے لئے سلائی مرکز کھولا جائے، نگران صدر مُحَمَّد یوسف۔",
        "ur-Latn": "Khawateen ke liye silai markaz khola jaye.",
    },
    "health": {
        "ur": "بنیادی مرکز صحت میں لیڈی ڈاکٹر کی تعیناتی کی قرارداد۔",
        "ur-Latn": "BHU mein lady doctor ki tainati ki qarardad.",
        "en": "Resolution: a lady doctor for the basic health unit.",
    },
    "school": {
        "ur-Latn": "Larkiyon ke school ki chardiwari DEO Female banwaye.",
        "en": "Boundary wall for the girls' school, by DEO (Female).",
    },
    "fee": {
        "ur": "رکنیت فیس ۵۰۰ روپے سالانہ مقرر کی گئی۔",
        "ur-Latn": "Rukniyat fees 500 rupay salana muqarrar.",
    },
    "flood": {
        "sd": "ٻوڏ ۾ متاثر ٿيل گهراڻن جي لسٽ ڊپٽي ڪمشنر کي ڏني ويندي۔",
        "ur": "سیلاب متاثرین کی فہرست ڈپٹی کمشنر کو دی جائے گی۔",
    },
    "bridge": {
        "ps": "د لرګي پل به تر ژمي مخکې جوړ شي۔",
        "en": "The wooden bridge is rebuilt before winter.",
    },
    "seeds": {
        "ur": "گندم کا بیج اور کھاد کسانوں میں تقسیم ہوگی۔",
        "ur-Latn": "Gandum ka beej aur khaad kisanon mein taqseem hogi.",
    },
    "power": {"ur": "ٹرانسفارمر کی تبدیلی کے لیے پیسکو سے رابطہ کیا جائے۔"},
    "vaccine": {
        "ur-Latn": "Polio ke qatre: teem ko har muhalle mein rehnuma diya jaye.",
        "en": "Polio drops: a guide for the team in each neighbourhood.",
    },
    "audit": {"en": "Internal audit of the accounts before the annual general meeting."},
}

TUNED: tuple[tuple[str, str], ...] = (
    ("paani", "water"),
    ("پانى", "water"),  # alef maksura for yeh
    ("پائيپ لائن", "water"),
    ("pipe line marammat", "water"),
    ("sadak bahaali", "road"),
    ("سڑک كی بحالی", "road"),  # Arabic kaf
    ("laspoor", "road"),
    ("khwateen silaai", "women"),
    ("محمد یوسف", "women"),  # without the vowel marks
    ("خواتین کیلئے", "women"),
    ("sihat", "health"),
    ("qaraardaad", "health"),
    ("لیڈی ڈاکٹرز", "health"),
    ("larkion school", "school"),
    ("scool chardewari", "school"),
    ("۵۰۰ روپے", "fee"),
    ("500 rupees", "fee"),
    ("فھرست متاثرین", "flood"),  # heh doachashmee
    ("gandam", "seeds"),
    ("transformer", "power"),  # nobody wrote it in Roman
    ("پاني پائپ", "water"),  # Arabic yeh
    ("shaahi naala", "water"),
    ("murammat pipeline", "water"),
    ("لاسپُور", "road"),  # with a vowel mark
    ("deputi comishner khat", "road"),
    ("lasppur sarrak", "road"),
    ("سلائ مرکز", "women"),
    ("khavatin", "women"),
    ("muhammad yusuf", "women"),  # written in Urdu only
    ("markaz e sehat", "health"),
    ("taenati doctor", "health"),
    ("ladki school", "school"),
    ("boundry wall", "school"),
    ("rukniat fee", "fee"),
    ("٥٠٠ روپيه", "fee"),  # Arabic digits, Sindhi spelling
    ("ٻوڏ متاثر گھراڻن", "flood"),
    ("لرګی پل", "bridge"),
    ("kissan beej taqsim", "seeds"),
    ("ٹرانسفرمر", "power"),
    ("pollio kay qatray", "vaccine"),
    ("paip lain", "water"),
    ("پانی کی پائپ‌لائن", "water"),  # with a joiner that is not seen
    ("shahi nalla", "water"),
    ("sarrak bahali", "road"),
    ("سرك لاسپور", "road"),  # r for the r of sarak, Arabic kaf
    ("خواتين سلائى", "women"),
    ("khawatin silai", "women"),
    ("لیڈی ڈاکٹر تعیناتى", "health"),
    ("basic helth unit", "health"),
    ("girl school", "school"),
    ("chaar diwari", "school"),
    ("سالانہ فیس", "fee"),
    ("saalana fee 500", "fee"),
    ("selaab mutasireen", "flood"),  # written in Urdu and Sindhi only
    ("wodden bridge", "bridge"),
    ("كھاد", "seeds"),
    ("pesco transfarmer", "power"),  # written in Urdu only
    ("poliyo team", "vaccine"),
)

HELD_OUT: tuple[tuple[str, str], ...] = (
    ("پانی‌ کی مرمّت", "water"),  # doubling mark, joiner
    ("nalay ki pipe", "water"),
    ("watar pipline", "water"),
    ("lasspur saddak", "road"),
    ("ڈپٹى كمشنر سڑک", "road"),
    ("commissionar bahaly", "road"),
    ("khwaateen markez", "women"),
    ("سلائی  مركز", "women"),
    ("صدر يوسف", "women"),
    ("ledy daktar", "health"),
    ("bunyadi markaz sehet", "health"),  # the first word stands in Urdu only
    ("karardad doctor", "health"),
    ("larkiyoon skool", "school"),
    ("char deewari", "school"),
    ("روپیے سالانہ", "fee"),
    ("salaana rukniyyat", "fee"),
    ("ٻوڏ لسٹ", "flood"),
    ("لرګى پُل", "bridge"),
    ("khad gundum", "seeds"),
    ("poleo qatrey", "vaccine"),
)

OTHER_WORDS: tuple[str, ...] = ("DC ko khatt", "silaayi center")
