"""A letter is stored whole, once, and no word of it ever becomes a header."""

import re
from email.parser import BytesParser
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.channels._smtp_compose import Composer
from app.domain.errors import Refusal, Refused
from app.domain.letters import (
    Attachment,
    Letter,
    as_mime,
    file_name,
    header_words,
    mail_address,
    plain_body,
    read_letter,
)
from app.domain.messages import Mt
from tests.channels.conformance import STARTED

LETTER = Letter(
    subject="کارروائی 14 🙂",
    text="پانی کا فیصلہ\n\n.\nFrom here on",
    html="<p>پانی</p>",
    language="ur",
    attachments=(
        Attachment("کارروائی.pdf", "application/pdf", bytes(range(256)) * 9),
        Attachment("a.txt", "text/plain", b"plain\r\nwords"),
    ),
    thread="mirkhai meeting 14",
    answers="a@b.example c@d.example",
    sender="میرخائی",
)
OURS = Composer("LSO", "office@mirkhai.example", "", "office@mirkhai.example", True, b"secret")
ALLOWED = {
    *("from", "to", "subject", "date", "message-id", "in-reply-to", "references"),
    *("list-unsubscribe", "list-unsubscribe-post", "auto-submitted", "content-language"),
    *("mime-version", "content-type", "content-transfer-encoding"),
}
_field = re.compile(rb"([!-9;-~]+):[ \t]?[\x20-\x7e\t]*")


def test_a_letter_comes_back_as_it_was_kept() -> None:
    assert read_letter(as_mime(LETTER)) == LETTER


def test_the_same_letter_is_the_same_content_so_that_it_is_stored_once() -> None:
    assert as_mime(LETTER) == as_mime(Letter(**{n: getattr(LETTER, n) for n in LETTER.__slots__}))
    assert as_mime(LETTER) != as_mime(Letter("Other", LETTER.text))


def test_a_letter_that_no_server_would_take_is_refused_in_plain_words() -> None:
    large = Attachment("map.png", "image/png", b"x" * 5_000_000)
    with pytest.raises(Refusal, match="Attach a smaller file"):
        as_mime(Letter("Map", "See", attachments=(large,)))


@given(some.text(), some.text(), some.text())
def test_any_words_are_kept(subject: str, text: str, html: str) -> None:
    kept = read_letter(as_mime(Letter(subject, text, html)))
    assert kept.text == plain_body(text)
    assert kept.html == plain_body(html)
    assert kept.subject == header_words(subject)
    assert read_letter(as_mime(kept)) == kept


def test_words_that_look_like_code_words_are_read_as_they_were_written() -> None:
    words = "=?utf-8?q?=0D=0ABcc:_evil=40x.example?="
    assert read_letter(as_mime(Letter(words, "x", sender=words))).subject == words
    mt = Mt("1.2", "gul@a.example", "x", STARTED, letter=Letter(words, "x", sender=words))
    mail = BytesParser(policy=default).parsebytes(OURS.compose(mt).content)
    assert (str(mail["Subject"]), mail["From"].addresses[0].display_name) == (words, words)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("a/b\\c.pdf", "a-b-c.pdf"),
        ("..", "attachment"),
        ("", "attachment"),
        ('a"\r\nX: y.pdf', "a- X- y.pdf"),
        ("کارروائی.pdf", "کارروائی.pdf"),
    ],
)
def test_a_file_has_a_name_that_every_computer_takes(name: str, safe: str) -> None:
    assert file_name(name) == safe


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("Gul Rukh <gul@a.example>", "gul@a.example"),
        ("gul@a.example", "gul@a.example"),
        ('"a@b.example" <gul@a.example>', "gul@a.example"),
        ("nobody", ""),
        ("", ""),
        ("a@b c@d", ""),
    ],
)
def test_the_address_in_a_header_is_read(written: str, address: str) -> None:
    assert mail_address(written) == address


def headers_of(content: bytes) -> list[bytes]:
    head = content.split(b"\r\n\r\n", 1)[0]
    assert b"\n" not in head.replace(b"\r\n", b"")
    assert b"\r" not in head.replace(b"\r\n", b"")
    assert b"\r\n\r\n" not in head
    lines = re.sub(rb"\r\n([ \t])", rb"\1", head).split(b"\r\n")
    assert all(len(line) <= 998 for line in head.split(b"\r\n"))
    for line in lines:
        assert _field.fullmatch(line), line
    return [line.split(b":", 1)[0].lower() for line in lines]


nasty = some.one_of(
    some.text(max_size=300),
    some.text(
        some.sampled_from('\r\n\t :<>"@=?\0\x0b\x0c\x1c\x85\u2028\u2029Bcc,;\ud800ا'), max_size=60
    ),
    some.sampled_from(
        ("x\r\nBcc: evil@x.example", "\n\n<html>", "=?utf-8?q?=0D=0ABcc:_e?=", "ا" * 400)
    ),
)


@given(nasty, nasty, nasty, nasty, nasty, nasty)
def test_no_word_becomes_a_header(  # noqa: PLR0917 -- the words of a letter
    subject: str, sender: str, thread: str, answers: str, name: str, stop: str
) -> None:
    letter = Letter(
        subject=subject,
        text=subject,
        html=sender,
        language=name,
        attachments=(Attachment(name, thread, b"x"),),
        thread=thread,
        answers=answers,
        sender=sender,
    )
    kept = read_letter(as_mime(letter))
    for one in (letter, kept):
        mt = Mt("1.2", "gul@a.example", subject, STARTED, letter=one, unsubscribe=stop)
        found = headers_of(OURS.compose(mt).content)
        assert len(found) == len(set(found))
        assert {name.decode() for name in found} <= ALLOWED


@given(nasty)
def test_no_address_becomes_more_than_one_recipient(to: str) -> None:
    try:
        mail = OURS.compose(Mt("1.2", to, "x", STARTED))
    except Refused:
        return
    assert (mail.to, re.findall(r"[\s<>,]", mail.to)) == (to, [])
    assert set(headers_of(mail.content)) <= {name.encode() for name in ALLOWED}


@given(nasty)
def test_a_text_without_a_letter_gets_its_first_words_as_subject(text: str) -> None:
    headers_of(OURS.compose(Mt("1.2", "gul@a.example", text, STARTED)).content)
