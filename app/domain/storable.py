"""Text and ids from outside as any database can keep them."""

LARGEST_ID = 2**63 - 1
"""No row has a larger one, and no database can be asked for it."""


def storable(text: str) -> str:
    """The text without NUL and without half characters (lone UTF-16 surrogates, Unicode 3.9).

    Two halves that stand together become the character that they are. Everything else stays.
    """
    if text.isascii():
        return text.replace("\x00", "")
    halves = text.encode("utf-16-le", "surrogatepass")
    return halves.decode("utf-16-le", "ignore").replace("\x00", "")
