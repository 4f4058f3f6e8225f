"""Opens a wire by the name of its kind, and says everything that is wrong with its options."""

import pkgutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from types import ModuleType
from typing import Any, NoReturn, cast
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from app import channels
from app.channels._pacing import Pacing
from app.domain.errors import Refusal
from app.domain.ports import Channel


class Common(BaseModel):
    """What every `[[channel]]` table may say, whatever its kind."""

    model_config = ConfigDict(extra="ignore", strict=True)

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,31}$")
    kind: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    network: str | None = Field(default=None, min_length=1)
    per_second: float | None = Field(default=None, gt=0)
    burst: int | None = Field(default=None, ge=1)
    per_window: int | None = Field(default=None, ge=1)
    window_s: int | None = Field(default=None, ge=1)
    per_day: int | None = Field(default=None, ge=0)
    in_flight: int | None = Field(default=None, ge=1, le=1000)
    price_micro: int | None = Field(default=None, ge=0)
    currency: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")

    @model_validator(mode="after")
    def _window_is_whole(self) -> "Common":
        """A number of texts without a length of time, or the other way round, limits nothing."""
        if (self.per_window is None) != (self.window_s is None):
            raise ValueError("per_window and window_s go together")
        return self


_PACED = tuple(
    option for option in Common.model_fields if option not in ("name", "kind", "network")
)


def known_kinds() -> tuple[str, ...]:
    """The kinds of wire that this installation has, in the order of the alphabet."""
    found = pkgutil.iter_modules(channels.__path__)
    return tuple(sorted(module.name for module in found if not module.name.startswith("_")))


def open_channel(options: Mapping[str, object], *, public_url: str) -> Channel:
    """The wire that one `[[channel]]` table describes.

    `public_url` is the address under which providers reach this server; empty when they cannot.
    Raises Refusal with every fault of the table in one sentence.
    """
    common, faults = _common(options)
    module = _module(options)
    own, own_faults = _own(module, options)
    faults += own_faults + _faults_of_url(public_url)
    if faults or common is None or own is None:
        _refuse(options, faults)
    return cast(Channel, module.open(common.name, own, public_url=public_url.rstrip("/")))


def pacing_of(options: Mapping[str, object]) -> Pacing:
    """The pacing of one `[[channel]]` table: what it says, else what its kind proposes.

    Raises Refusal where the table is wrong.
    """
    common, faults = _common(options)
    if common is None:
        _refuse(options, faults)
    said = {option: getattr(common, option) for option in _PACED}
    proposed = cast(Pacing, _module(options).PACING)
    return replace(
        proposed, **{option: value for option, value in said.items() if value is not None}
    )


def network_of(options: Mapping[str, object]) -> str | None:
    """The slug of the one network that the wire belongs to; None when all share it."""
    common, faults = _common(options)
    if common is None:
        _refuse(options, faults)
    return common.network


def _common(options: Mapping[str, object]) -> tuple[Common | None, list[str]]:
    try:
        return Common.model_validate(dict(options)), []
    except ValidationError as error:
        return None, _faults(error, options)


def _module(options: Mapping[str, object]) -> ModuleType:
    kind = options.get("kind")
    if not isinstance(kind, str) or kind not in known_kinds():
        shown = f"{kind!r} is not a kind of channel" if kind else "kind is missing"
        _refuse(options, [f"{shown}; the kinds are {', '.join(known_kinds())}"])
    try:
        return import_module(f"{channels.__name__}.{kind}")
    except ImportError as error:
        _refuse(options, [f"kind {kind} needs the package {error.name}, which is not installed"])


def _own(module: ModuleType, options: Mapping[str, object]) -> tuple[BaseModel | None, list[str]]:
    own = {key: value for key, value in options.items() if key not in Common.model_fields}
    model = cast(type[BaseModel], module.Options)
    try:
        return model.model_validate(own), []
    except ValidationError as error:
        return None, _faults(error, options)


def _faults(error: ValidationError, options: Mapping[str, object]) -> list[str]:
    """One short clause a fault; never the value, which may be a secret."""
    details = error.errors(include_url=False, include_input=False, include_context=False)
    return [_fault(cast(dict[str, Any], detail), options) for detail in details]


def _fault(detail: dict[str, Any], options: Mapping[str, object]) -> str:
    option = ".".join(str(part) for part in detail["loc"])
    if detail["type"] == "missing":
        return f"{option} is missing"
    if detail["type"] == "extra_forbidden":
        return f"{option} is not an option of the kind {options.get('kind')}"
    reason = str(detail["msg"]).removeprefix("Value error, ")
    return f"{option}: {reason}" if option else reason


def _faults_of_url(public_url: str) -> list[str]:
    if not public_url:
        return []
    try:
        parts = urlsplit(public_url)
        whole = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        whole = False
    plain = whole and not parts.query and not parts.fragment and not parts.username
    return [] if plain else ["the public address must look like https://office.example.org"]


def _refuse(options: Mapping[str, object], faults: Sequence[str]) -> NoReturn:
    name = options.get("name")
    which = f'Channel "{name}"' if isinstance(name, str) else "A channel without a name"
    # Without the cause: pydantic's own text shows the values that it refused.
    raise Refusal("channel_options", f"{which}: {'; '.join(faults)}.") from None
