"""What Telegram tells us: one update in, a text, a change of a chat or a look-up out.

Follows the types Update, Message, CallbackQuery, InlineQuery and ChatMemberUpdated of the Bot API.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.domain.chats import chat_sender
from app.domain.messages import ChatChange, ChatEvent, Mo
from app.domain.storable import storable

WANTED = ("message", "callback_query", "inline_query", "my_chat_member")
"""The kinds of update that we ask for; all others are never sent to us."""
MEDIA = (
    "photo",
    "voice",
    "audio",
    "video",
    "video_note",
    "document",
    "sticker",
    "animation",
    "location",
    "contact",
    "poll",
)
LONGEST_TITLE = 128
GROUPS = ("group", "supergroup")
PRESENT = ("creator", "administrator", "member")

_command = re.compile(
    r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{3,32}))?(?:\s+(.*))?", re.S
).fullmatch
_payload = re.compile(r"[A-Za-z0-9_-]{1,64}").fullmatch
_blanks = re.compile(r"\s+").sub


class _Told(BaseModel):
    """Only what is needed: what Telegram adds tomorrow is passed over."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True, frozen=True)


class _User(_Told):
    id: int
    is_bot: bool = False
    language_code: str = ""


class _Chat(_Told):
    id: int
    type: str = ""
    title: str = ""


class _Entity(_Told):
    type: str
    offset: int = Field(ge=0)
    length: int = Field(ge=0)
    user: _User | None = None


class _Answered(_Told):
    sender: _User | None = Field(default=None, alias="from")


class _Message(_Told):
    message_id: int
    chat: _Chat
    sender: _User | None = Field(default=None, alias="from")
    sender_chat: _Chat | None = None
    via_bot: _User | None = None
    text: str = ""
    caption: str = ""
    entities: tuple[_Entity, ...] = ()
    caption_entities: tuple[_Entity, ...] = ()
    reply_to_message: _Answered | None = None
    migrate_to_chat_id: int | None = None
    migrate_from_chat_id: int | None = None


class _Pressed(_Told):
    id: str
    sender: _User = Field(alias="from")
    message: _Message | None = None
    data: str = ""


class _Searched(_Told):
    id: str
    sender: _User = Field(alias="from")
    query: str = ""


class _Standing(_Told):
    status: str
    is_member: bool = False


class _Changed(_Told):
    chat: _Chat
    sender: _User = Field(alias="from")
    old_chat_member: _Standing
    new_chat_member: _Standing


class _Update(_Told):
    update_id: int
    message: _Message | None = None
    callback_query: _Pressed | None = None
    inline_query: _Searched | None = None
    my_chat_member: _Changed | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """Somebody types `@ourbot words` in any chat and wants to see what fits."""

    query_id: str
    words: str
    language: str


class UpdateReader:
    """Reads the updates of one bot; `bot_name` is known once Telegram has been asked."""

    def __init__(self, channel: str, bot_id: int) -> None:
        self.bot_name = ""
        self._channel = channel
        self._bot_id = bot_id

    def read(self, told: Mapping[str, Any], bot_name: str = "") -> Mo | ChatChange | Search | None:
        """What the update says; None for what is no word to us.

        In a group that is all but a command with our name, an answer to us and a mention of us.
        """
        try:
            update = _Update.model_validate(told)
        except ValidationError:
            return None
        key = f"{self._bot_id}:{update.update_id}"
        if update.message is not None:
            kinds = [kind for kind in MEDIA if kind in (told.get("message") or {})]
            return self._message(key, update.message, kinds, bot_name or self.bot_name)
        if update.callback_query is not None:
            return self._pressed(key, update.callback_query)
        if update.my_chat_member is not None:
            return self._changed(key, update.my_chat_member)
        if update.inline_query is not None:
            asked = update.inline_query
            return Search(asked.id, storable(asked.query), asked.sender.language_code)
        return None

    def moved(self, old: int | str, new: int | str) -> ChatChange:
        """A group that goes on under another id; told several times, it is one change."""
        key = f"{self._bot_id}:moved:{old}"
        return ChatChange(self._channel, key, chat_sender(old), "migrated", to=chat_sender(new))

    def _message(
        self, key: str, message: _Message, kinds: list[str], bot_name: str
    ) -> Mo | ChatChange | None:
        if message.migrate_to_chat_id:
            return self.moved(message.chat.id, message.migrate_to_chat_id)
        if message.migrate_from_chat_id:
            return self.moved(message.migrate_from_chat_id, message.chat.id)
        words = message.text or message.caption
        # What our own look-up put into the chat is our text, whoever sent it.
        is_ours = message.via_bot is not None and message.via_bot.id == self._bot_id
        if is_ours or not (words or kinds):
            return None
        said: str | None = words
        if message.chat.type in GROUPS:
            said = self._said_to_us(message, words, bot_name)
        elif message.chat.type != "private":
            return None
        if said is None:
            return None
        raw = {"message": str(message.message_id)}
        if kinds:
            raw["media"] = kinds[0]
        return self._mo(key, message, _as_keyword(said), raw)

    def _mo(self, key: str, message: _Message, text: str, raw: Mapping[str, str]) -> Mo:
        chat, sender = message.chat, message.sender
        more = {"chat_type": chat.type}
        if chat.title:
            more["title"] = storable(chat.title)[:LONGEST_TITLE]
        if sender is not None and sender.id != chat.id:
            more["from"] = chat_sender(sender.id)
        # Whoever writes in a group's own name comes as a bot and is a person.
        is_automatic = sender is not None and sender.is_bot and message.sender_chat is None
        return Mo(
            channel=self._channel,
            external_id=key,
            sender=chat_sender(chat.id),
            recipient=chat_sender(self._bot_id),
            text=storable(text),
            raw={**raw, **more},
            is_automatic=is_automatic,
            is_group=chat.type in GROUPS,
        )

    def _said_to_us(self, message: _Message, words: str, bot_name: str) -> str | None:
        """The words without our name, where they are meant for us."""
        command = _command(words)
        if command is not None and command[2]:
            return words if bot_name and command[2].lower() == bot_name.lower() else None
        entities = message.entities or message.caption_entities
        letters = words.encode("utf-16-le", "surrogatepass")
        names = [one for one in entities if self._is_our_name(one, letters, bot_name)]
        answered = message.reply_to_message
        is_answer = (
            answered is not None
            and answered.sender is not None
            and answered.sender.id == self._bot_id
        )
        if not names and not is_answer:
            return None
        # Offsets count halves of UTF-16; from the end, so that the earlier ones stay true.
        for one in sorted(names, key=lambda one: -one.offset):
            blank = " ".encode("utf-16-le")
            letters = letters[: 2 * one.offset] + blank + letters[2 * (one.offset + one.length) :]
        return letters.decode("utf-16-le", "surrogatepass").strip() if names else words

    def _is_our_name(self, entity: _Entity, letters: bytes, bot_name: str) -> bool:
        if entity.type == "text_mention":
            return entity.user is not None and entity.user.id == self._bot_id
        if entity.type != "mention" or not bot_name:
            return False
        named = letters[2 * entity.offset : 2 * (entity.offset + entity.length)]
        return named.decode("utf-16-le", "replace").lower() == f"@{bot_name}".lower()

    def _pressed(self, key: str, pressed: _Pressed) -> Mo | None:
        """A button under one of our texts says what a text would say."""
        message = pressed.message
        if message is None or not pressed.data or message.chat.type not in ("private", *GROUPS):
            return None
        whose = message.model_copy(update={"sender": pressed.sender, "sender_chat": None})
        raw = {"message": str(message.message_id), "callback": storable(pressed.id)[:64]}
        return self._mo(key, whose, pressed.data, raw)

    def _changed(self, key: str, changed: _Changed) -> ChatChange | None:
        change = _change(changed)
        if change is None:
            return None
        return ChatChange(
            self._channel,
            key,
            chat_sender(changed.chat.id),
            change,
            title=storable(changed.chat.title)[:LONGEST_TITLE],
            by=chat_sender(changed.sender.id),
        )


def _change(changed: _Changed) -> ChatEvent | None:
    before, after = changed.old_chat_member, changed.new_chat_member
    if changed.chat.type == "private":
        was, is_now = before.status == "kicked", after.status == "kicked"
        return None if was == is_now else ("blocked" if is_now else "unblocked")
    if changed.chat.type not in GROUPS:
        return None
    was, is_now = _is_in(before), _is_in(after)
    return None if was == is_now else ("joined" if is_now else "left")


def _is_in(standing: _Standing) -> bool:
    is_restricted = standing.status == "restricted" and standing.is_member
    return standing.status in PRESENT or is_restricted


def _as_keyword(words: str) -> str:
    """A command as the word that a text would bring.

    /start opens every chat with a bot, so it asks for the menu and is no START; with a code after
    it, it links the chat. /stop is meant as STOP.
    """
    command = _command(words)
    if command is None:
        return words
    word, rest = command[1], _blanks(" ", command[3] or "").strip()
    if word.lower() == "start":
        return f"LINK {rest}" if _payload(rest) else "HELP"
    return "STOP" if word.lower() == "stop" else f"{word} {rest}".strip()
