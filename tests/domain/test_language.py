"""Everyone gets a text, if not in her language then in the nearest that is there."""

from app.domain.language import Language, chain, choose

LANGUAGES = {
    language.tag: language
    for language in (
        Language("en", "English", "ltr"),
        Language("ur", "اردو", "rtl", ("ur-Latn",)),
        Language("ur-Latn", "Roman Urdu", "ltr", ("ur", "en")),
        Language("sd", "سنڌي", "rtl", ("ur", "en")),
    )
}


def test_a_chain_goes_from_the_language_asked_for_to_the_default() -> None:
    assert chain("sd", LANGUAGES, "en") == ("sd", "ur", "ur-Latn", "en")


def test_languages_may_name_each_other() -> None:
    assert chain("ur", LANGUAGES, "en") == ("ur", "ur-Latn", "en")


def test_a_language_that_nobody_knows_ends_in_the_default() -> None:
    assert chain("qaa", LANGUAGES, "en") == ("qaa", "en")


def test_the_default_stands_once() -> None:
    assert chain("en", LANGUAGES, "en") == ("en",)


def test_the_first_that_is_there_is_chosen() -> None:
    assert choose({"en", "ur-Latn"}, chain("sd", LANGUAGES, "en")) == "ur-Latn"
    assert choose(set(), ("ur", "en")) is None
