"""What `doctor` says of the phones behind the wires."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from app.services._findings import Finding, Health
from app.services.show_wires import DeviceHealth, device_of

HOUR_S = 3600


def phones(rows: Sequence[Any], now: datetime) -> Iterator[Finding]:
    """One finding a phone: what is wrong with it, with the first cure, and how it is."""
    for row in rows:
        device = device_of(row)
        wrong = list(_wrong(device, now))
        told = ", ".join([*(how for how, _ in wrong), *_state(device)])
        health = Health.LOOK if wrong else Health.WELL
        cure = wrong[0][1] if wrong else ""
        yield Finding("phone", f"{row.channel}: {told or 'heard of'}", health, cure)


def _wrong(device: DeviceHealth, now: datetime) -> Iterator[tuple[str, str]]:
    if device.is_silent(now):
        cure = "See that it is on, in the network, and that the app runs: deploy/phone.md"
        yield f"no word from the phone for {_since(device, now)}", cure
    if device.trouble:
        yield device.trouble.rstrip("."), "See deploy/phone.md."
    if device.is_low:
        yield "its battery runs out", "Plug it in."
    if device.failed:
        cure = "See its balance, its signal and the limit of Android: deploy/phone.md"
        yield f"{device.failed} texts failed in the last hour", cure


def _since(device: DeviceHealth, now: datetime) -> str:
    if device.seen_at is None:
        return "as long as it is set up"
    hours = round((now - device.seen_at).total_seconds() / HOUR_S)
    return f"{hours} hours" if hours < 48 else f"{hours // 24} days"


def _state(device: DeviceHealth) -> Iterator[str]:
    if device.battery is not None:
        charging = {True: "charging", False: "not charging", None: ""}[device.is_charging]
        yield ", ".join(filter(None, (f"phone battery {device.battery} %", charging)))
    if device.network:
        yield f"network {device.network}"
    if device.version:
        yield f"app {device.version}"
