"""Texts that no person wrote: an operator's offers and codes.

Only what is certain counts, since a person's text must never fall silent.
"""

import re

_SURE = re.compile(
    r"\bdear (?:valued |prepaid |postpaid )?(?:customer|user|subscriber)\b"
    r"|\bdial\w*\s*\*\d+(?:\*\d+)*#"
    r"|\*\d{2,}(?:\*\d+)*#"
    r"|\b(?:muazziz|moazziz|muaziz|moaziz) (?:sarif|saarif|sarfeen)\b"
    r"|معزز صارف|محترم صارف"
    r"|\byour (?:otp|one.time (?:password|pin)|verification code)\b"
    r"|\b(?:otp|verification code) is \d{4,8}\b"
    r"|\bt&cs? apply\b",
    re.IGNORECASE,
)


def is_automatic(text: str) -> bool:
    """Whether a machine wrote `text`: an operator's offer or a code to sign in somewhere."""
    return bool(_SURE.search(text))
