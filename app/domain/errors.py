"""Every error that crosses a layer, in one tree.

MunadiError
├── Refusal            a person's mistake: a code and a plain sentence, shown as it is
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


class MunadiError(Exception):
    """The root of the tree."""


class Refusal(MunadiError):
    """A person asked for what cannot be done; `code` is for programs, the sentence for people."""

    def __init__(self, code: str, sentence: str) -> None:
        """Keep both; `str()` gives the sentence."""
        super().__init__(sentence)
        self.code = code


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


class Misconfigured(SendError):
    """Certainly not accepted: credentials, sender or account are wrong; stop the wire."""


class Uncertain(SendError):
    """The answer was lost after the request may have been accepted."""
