"""Reads what the SMS Gate app tells of its phone: battery, charger, network, failed texts.

Follows the app's page "Healthcheck": the same checks at GET /health and in `system:ping`.
"""

from collections.abc import Mapping
from typing import Any

from app.domain.messages import Pulse

TRANSPORTS: Mapping[int, str] = {0: "none", 2: "mobile", 4: "Wi-Fi", 8: "cable"}
CELLS: Mapping[int, str] = {2: "2G", 3: "3G", 4: "4G", 5: "5G"}


def pulse_of(channel: str, health: object) -> Pulse:
    """The pulse in a health answer; one that tells nothing is still a sign of life."""
    told = health if isinstance(health, dict) else {}
    checks = told.get("checks")
    checks = checks if isinstance(checks, dict) else {}
    charging = _value(checks, "battery:charging")
    battery = _value(checks, "battery:level")
    return Pulse(
        channel=channel,
        battery=battery if battery is None else min(max(battery, 0), 100),
        is_charging=None if charging is None else charging > 0,
        network=_network(checks),
        version=str(told.get("version") or ""),
        failed=_value(checks, "messages:failed"),
    )


def tells_of_phone(health: object) -> bool:
    """Whether a health answer is a phone's; that of the app's server tells of the server only."""
    checks = health.get("checks") if isinstance(health, dict) else None
    return isinstance(checks, dict) and any(key.startswith("battery:") for key in checks)


def _network(checks: Mapping[str, Any]) -> str:
    """The mobile network where that is told, else by what the phone is connected."""
    cell = CELLS.get(_value(checks, "connection:cellular") or 0)
    transport = _value(checks, "connection:transport")
    return cell or ("" if transport is None else TRANSPORTS.get(transport, ""))


def _value(checks: Mapping[str, Any], name: str) -> int | None:
    check = checks.get(name)
    value = check.get("observedValue") if isinstance(check, dict) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value)
