"""What the `[[channel]]` table of a Telegram bot may say."""

import re
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator


class Options(BaseModel):
    """The bot, how its texts reach us, and the way to Telegram."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    token: SecretStr
    mode: Literal["webhook", "polling"] = "polling"
    secret: SecretStr = SecretStr("")
    base_url: str = "https://api.telegram.org"
    proxy: SecretStr = SecretStr("")
    timeout_s: float = Field(default=10.0, gt=0, le=60)
    poll_s: int = Field(default=25, ge=0, le=50)
    chat_gap_s: float = Field(default=1.0, ge=0, le=60)

    @field_validator("token")
    @classmethod
    def _is_token(cls, value: SecretStr) -> SecretStr:
        if not re.fullmatch(r"[1-9][0-9]{0,15}:[A-Za-z0-9_-]{20,100}", value.get_secret_value()):
            raise ValueError("must look like 123456:ABC-DEF…, as BotFather gives it")
        return value

    @field_validator("secret")
    @classmethod
    def _is_secret(cls, value: SecretStr) -> SecretStr:
        secret = value.get_secret_value()
        if secret and not re.fullmatch(r"[A-Za-z0-9_-]{22,256}", secret):
            raise ValueError("must have 22 to 256 letters, digits, - or _, made by chance")
        return value

    @field_validator("base_url")
    @classmethod
    def _is_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query:
            raise ValueError("must look like https://api.telegram.org")
        return value.rstrip("/")

    @field_validator("proxy")
    @classmethod
    def _is_proxy(cls, value: SecretStr) -> SecretStr:
        parts = urlsplit(value.get_secret_value())
        known = parts.scheme in ("http", "https", "socks5", "socks5h") and parts.hostname
        if value.get_secret_value() and not known:
            raise ValueError("must look like socks5://127.0.0.1:1080 or http://127.0.0.1:3128")
        return value

    @model_validator(mode="after")
    def _can_be_trusted(self) -> "Options":
        if self.mode == "webhook" and not self.secret.get_secret_value():
            raise ValueError('secret is missing: mode = "webhook" needs one')
        return self
