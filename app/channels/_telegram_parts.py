"""What one text to a chat is made of: words, buttons, pictures and papers.

Follows sendMessage, sendPhoto, sendDocument and InlineKeyboardMarkup of the Bot API.
"""

from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions

from app.channels._telegram_line import Line, asked
from app.domain.errors import Refused, Transient, Uncertain
from app.domain.letters import Attachment, file_name
from app.domain.messages import Mt

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
MOST_BUTTON_BYTES = 64
MOST_BUTTONS = 24
SHORT_LABEL = 14
LARGEST_PHOTO = 10_000_000
LARGEST_PAPER = 50_000_000
PICTURES = ("image/png", "image/jpeg")

Buttons = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One message: words, or a paper with words under it."""

    words: str
    buttons: Buttons = ()
    paper: Attachment | None = None


def parts_of(mt: Mt) -> tuple[Part, ...]:
    """The messages that carry this text, the words always in the first.

    Raises Refused for what Telegram would not take whole.
    """
    papers = [one for one in mt.papers if 0 < len(one.content) <= LARGEST_PAPER]
    length = _length(mt.text)
    if length > LONGEST_TEXT:
        raise Refused("The text is longer than Telegram takes.", "too long")
    if not papers or length > LONGEST_CAPTION:
        if not mt.text.strip():
            raise Refused("There is nothing to send.", "empty")
        return (Part(mt.text, mt.buttons), *(Part("", (), paper) for paper in papers))
    first, *rest = papers
    return (Part(mt.text, mt.buttons, first), *(Part("", (), paper) for paper in rest))


async def send_part(line: Line, chat_id: str, part: Part) -> int:
    """Hand one message over and give its number in the chat; raises a SendError or ChatMigrated.

    A picture that Telegram cannot show as one goes as a file.
    """
    if part.paper is None:
        return await _send_words(line, chat_id, part)
    is_picture = part.paper.media_type in PICTURES and len(part.paper.content) <= LARGEST_PHOTO
    if is_picture:
        try:
            return await _send_picture(line, chat_id, part)
        except Refused as error:
            if error.code != "refused":
                raise
    return await _send_paper(line, chat_id, part)


async def _send_words(line: Line, chat_id: str, part: Part) -> int:
    call = line.send_message(
        chat_id,
        part.words,
        reply_markup=_keyboard(part.buttons),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    return _number((await asked(call, Uncertain)).message_id)


async def _send_picture(line: Line, chat_id: str, part: Part) -> int:
    call = line.send_photo(
        chat_id, _file(part), caption=part.words or None, reply_markup=_keyboard(part.buttons)
    )
    return _number((await asked(call, Uncertain)).message_id)


async def _send_paper(line: Line, chat_id: str, part: Part) -> int:
    call = line.send_document(
        chat_id,
        _file(part),
        caption=part.words or None,
        reply_markup=_keyboard(part.buttons),
        disable_content_type_detection=True,
    )
    return _number((await asked(call, Uncertain)).message_id)


def _number(message_id: object) -> int:
    if not isinstance(message_id, int):
        raise Uncertain("Telegram's answer names no message.", "no id")
    return message_id


def _file(part: Part) -> InputFile:
    if part.paper is None:
        raise Transient("There is no paper.", "no paper")
    return InputFile(part.paper.content, filename=file_name(part.paper.name))


def _keyboard(buttons: Buttons) -> InlineKeyboardMarkup | None:
    """The buttons in rows: two short labels beside each other, a long one alone.

    A button whose text does not fit into its 64 bytes is left out; the words say it as well.
    """
    rows: list[list[InlineKeyboardButton]] = []
    fitting = [
        (said, label)
        for said, label in buttons[:MOST_BUTTONS]
        if said and label and len(said.encode()) <= MOST_BUTTON_BYTES
    ]
    had_room = False
    for said, label in fitting:
        button = InlineKeyboardButton(label, callback_data=said)
        is_short = len(label) <= SHORT_LABEL
        if had_room and is_short:
            rows[-1].append(button)
            had_room = False
        else:
            rows.append([button])
            had_room = is_short
    return InlineKeyboardMarkup(rows) if rows else None


def _length(words: str) -> int:
    """As Telegram counts: in units of UTF-16."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2
