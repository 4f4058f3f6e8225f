"""The words of one language, as they are read from its folder."""

from collections.abc import Mapping, Sequence
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
