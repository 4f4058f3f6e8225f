"""The words of one language, as they are read from its folder."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language, as its translators wrote them."""

    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By intent. `{name}` in a word stands for each of `forms[name]`."""
    forms: Mapping[str, Sequence[str]] = field(default_factory=dict)
    topics: Mapping[str, Sequence[str]] = field(default_factory=dict)
    deeds: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What was done, by intent; counts only beside the number of a decision or a sheet."""
    names: Sequence[str] = ()
    """What people call this language when they ask for it."""
    courtesy: Sequence[str] = ()
    about: Sequence[str] = ()
    """Words for "messages", which may stand beside STOP."""
    fillers: Sequence[str] = ()
    numbers: Sequence[str] = ()
    """Words for "number", which may stand before one."""
    danger: Sequence[str] = ()
    """Words that keep a text from being a command, whether or not they speak of danger to life."""
    alarms: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Single words by what they speak of: see `bots.danger`."""
    posts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Offices that people hold, with other spellings; alone they ask how to reach the holder."""
    beside: Sequence[str] = ()
    """Words that may stand beside a yes or a no without changing it."""
    needs: Sequence[str] = ()
    """Words that make blood asked for or given."""
    signs: Sequence[str] = ()
    """Words after which the sender's name stands."""
    ordinary: Sequence[str] = ()
    """Everyday words that look like a keyword and are none."""
    protected: Sequence[str] = ()
    """What speaks of abuse or violence: few may read such a report. May be several words."""
    nameless: Sequence[str] = ()
    """What stands before a report whose writer wants to stay unknown."""
    coming: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The words of answers to a call to meet: see `bots.coming`."""
    wishes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The words of two wishes: see `bots.wishes`."""
    besides: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What an answer to a call to meet says besides yes or no: see `bots.besides`."""


def spread(word: str, forms: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The word with each of the forms that it names in braces. Raises ValueError for an unknown."""
    name = word.partition("{")[2].partition("}")[0]
    if not name:
        yield word
        return
    if name not in forms:
        raise ValueError(f"'{word}' names the forms '{name}', which the language does not list")
    for form in forms[name]:
        yield from spread(word.replace(f"{{{name}}}", form, 1), forms)


def spread_all(
    tables: Mapping[str, Sequence[str]], forms: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """Each list of words with its forms."""
    return {
        name: [one for w in listed for one in spread(w, forms)] for name, listed in tables.items()
    }
