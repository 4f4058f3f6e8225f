"""Passwords: made by us, hashed with Argon2id, at most two at a time."""

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher

AT_ONCE = 2
"""Hashes reckoned in parallel: each takes 19 MiB, and a crowd at the door must not fill a PC."""
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""What nobody confuses when a password is read aloud: no i, l, o, 0, 1."""
GROUPS, GROUP = 3, 4
LONGEST = 200

# OWASP's parameters for Argon2id on small machines; the library's own take ten times as long.
_hash = PasswordHash((Argon2Hasher(memory_cost=19_456, time_cost=2, parallelism=1),))
_threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="password")


def make_password() -> str:
    """A password of 59 random bits that can be read aloud, such as `hk4m-p2xa-9wdt`."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


async def hash_password(password: str) -> str:
    """The hash to store."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _hash.hash, password)


async def is_password(password: str, stored: str) -> bool:
    """Whether this password made that hash; takes as long when there is none (`stored` is "")."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_threads, _is_password, password, stored)


def _is_password(password: str, stored: str) -> bool:
    if not password or len(password) > LONGEST:
        return False
    try:
        is_right = _hash.verify(password, stored or _nobody())
    except UnknownHashError:
        return False
    return is_right and bool(stored)


@cache
def _nobody() -> str:
    """A hash that no password made, so that an unknown name takes as long as a known one."""
    return _hash.hash(secrets.token_urlsafe(32))
