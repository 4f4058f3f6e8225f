"""The words of contact lists as keepers write them: headings, sexes, languages, a yes."""

COLUMNS = {
    **dict.fromkeys(("name", "naam", "full name", "نام"), "name"),
    **dict.fromkeys(("name_ur", "name urdu", "urdu name", "نام اردو"), "local_name"),
    **dict.fromkeys(("sex", "gender", "jins", "جنس"), "sex"),
    **dict.fromkeys(("language", "zuban", "zaban", "lang", "زبان"), "language"),
    **dict.fromkeys(("lso", "unit", "vo", "co", "ایل ایس او"), "unit"),
    **dict.fromkeys(("body", "bodies"), "body"),
    **dict.fromkeys(("post", "designation", "ohda", "عہدہ"), "post"),
    **dict.fromkeys(
        ("phone", "mobile", "mobile no", "number", "contact", "cell", "فون", "موبائل", "نمبر"),
        "phone",
    ),
    **dict.fromkeys(("shared", "shared phone"), "shared"),
    **dict.fromkeys(("basis", "consent", "ijazat"), "basis"),
}
"""Header words as keepers write them. There is no column for a CNIC: it is never stored."""
SEXES = {"f": "f", "female": "f", "woman": "f", "عورت": "f", "m": "m", "male": "m", "man": "m"}
YES = frozenset({"yes", "y", "ji", "haan", "1", "true", "ہاں"})
LANGUAGES = {
    "urdu": "ur",
    "اردو": "ur",
    "roman": "ur-Latn",
    "roman urdu": "ur-Latn",
    "english": "en",
    "sindhi": "sd",
    "pashto": "ps",
}
