"""What the wires over HTTP share: which faults come before a request leaves, how long to wait."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from aiohttp import (
    ClientConnectorCertificateError,
    ClientConnectorError,
    ClientHttpProxyError,
    ConnectionTimeoutError,
)

# Raised while the connection is made: not one byte of the request has left the host.
NEVER_LEFT = (
    ClientConnectorError,
    ClientConnectorCertificateError,
    ClientHttpProxyError,
    ConnectionTimeoutError,
)
LONGEST_WAIT_S = 3600.0


def wait_s(headers: Mapping[str, str]) -> float:
    """Seconds of Retry-After (RFC 9110, 10.2.3), which may be a number or a date."""
    said = headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit():
        return min(max(float(said[:9]), 1.0), LONGEST_WAIT_S)
    until, now = date_of(said), date_of(headers.get("Date"))
    if until is None or now is None:
        return 1.0
    return min(max((until - now).total_seconds(), 1.0), LONGEST_WAIT_S)


def date_of(said: str | None) -> datetime | None:
    """The moment that a header names; None for what is no date."""
    try:
        read = parsedate_to_datetime(said) if said else None
    except ValueError:
        return None
    return read.replace(tzinfo=UTC) if read and read.tzinfo is None else read
