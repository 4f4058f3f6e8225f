"""Every error that crosses a layer, in one tree.

MunadiError
├── Refusal            a person's mistake: a code and a plain sentence that can be translated
├── Busy               the database cannot take it now: answer 503, say "again later"
├── Untrusted          a hook whose signature or secret is wrong: answer 403, store nothing
├── Unreadable         a hook that no one can read: answer 400, store nothing
└── SendError          what a wire may raise from `send`, a closed set
    ├── Transient      certainly not accepted; try again later
    ├── Throttled      certainly not accepted; slow the whole wire down
    ├── Refused        certainly not accepted; this address never again on this wire
    ├── Misconfigured  certainly not accepted; stop the wire, tell a person
    └── Uncertain      nobody knows; ask the provider, never send again blindly
"""

import re
from collections.abc import Callable, Mapping

_place = re.compile(r"\{([a-z_]+)\}").sub


class MunadiError(Exception):
    """The root of the tree."""


class Phrase(str):
    """Words of ours among the values of a Refusal: they are translated, other values are data."""

    __slots__ = ()


class Refusal(MunadiError):
    """A person asked for what cannot be done; `code` is for programs, the sentence for people.

    The sentence is a template, so that a catalogue can hold it in another language: `{name}` is
    filled from the value of that name. Without values its braces are braces.
    """

    def __init__(self, code: str, sentence: str, /, **values: object) -> None:
        """Keep all three; `str()` gives the filled sentence."""
        self.code = code
        self.sentence = sentence
        self.values: Mapping[str, str] = {
            name: value if isinstance(value, Phrase) else str(value)
            for name, value in values.items()
        }
        super().__init__(_filled(sentence, self.values))

    def said(self, translate: Callable[[str], str]) -> str:
        """The sentence in another language; `translate` gets the template and each Phrase."""
        values = {
            name: translate(value) if isinstance(value, Phrase) else value
            for name, value in self.values.items()
        }
        return _filled(translate(self.sentence), values)


def _filled(sentence: str, values: Mapping[str, str]) -> str:
    """Each place once, never what a value says; a place that no value has stays as it is."""
    return _place(lambda place: values.get(place[1], place[0]), sentence)


class Busy(MunadiError):
    """The database is locked, full or gone: nothing was stored."""


class Untrusted(MunadiError):
    """The sender of a hook could not prove who it is."""


class Unreadable(MunadiError):
    """A hook's body is not what its wire sends."""


class SendError(MunadiError):
    """A wire's answer to a send; `code` is the provider's own word for it, if any."""

    def __init__(self, sentence: str, code: str = "") -> None:
        """Keep the provider's code beside the sentence."""
        super().__init__(sentence)
        self.code = code


class Transient(SendError):
    """Certainly not accepted (connection refused, 429-free 4xx that passes): try again later."""


class Throttled(SendError):
    """Certainly not accepted: the wire asks to wait `after_s` seconds."""

    def __init__(self, sentence: str, code: str = "", *, after_s: float = 1.0) -> None:
        """`after_s`: seconds until the wire may be used again."""
        super().__init__(sentence, code)
        self.after_s = after_s


class Refused(SendError):
    """Certainly not accepted: this address can never be reached over this wire."""

    def __init__(self, sentence: str, code: str = "", *, is_gone: bool = False) -> None:
        """`is_gone`: there is no such address anywhere, so that nothing is ever sent to it."""
        super().__init__(sentence, code)
        self.is_gone = is_gone


class Misconfigured(SendError):
    """Certainly not accepted: credentials, sender or account are wrong; stop the wire."""


class Uncertain(SendError):
    """The answer was lost after the request may have been accepted."""
