"""Mails as files: what is written in them, and what hangs on them."""

import email
import html
import io
import mimetypes
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default as modern
from typing import Any

import olefile

from partnerships.files.findings import Found, Refused

MOST_PARTS = 50
UNNAMED = "unbenannt"
DAMAGED = "Die E-Mail ist beschädigt. Speichern Sie sie neu."
NO_MAIL = "Die Datei ist keine E-Mail, auch wenn ihr Name so endet."
ENCRYPTED = "Die E-Mail ist verschlüsselt. Speichern Sie sie unverschlüsselt."
ENCRYPTED_TYPES = {
    "application/pkcs7-mime",
    "application/x-pkcs7-mime",
    "application/pgp-encrypted",
    "multipart/encrypted",
}
SIGNATURES = {
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pgp-signature",
}
# A subject is a heading: what stands in brackets or before a colon is a line of its own.
SUBJECT_PARTS = re.compile(r"[\[\](){}:|]")
# Streams of a .msg file, by the number of what they hold.
SUBJECT, BODY, HTML, CONTENT, LONG_NAME, SHORT_NAME = "0037 1000 1013 3701 3707 3704".split()
NAMES_OF_PROPERTIES = "__nameid_version1.0"
STREAM = re.compile(r"__substg1\.0_([0-9A-F]{4})([0-9A-F]{4})", re.I)
ENCODINGS = {"001F": "utf-16-le", "001E": "cp1252"}  # all else, HTML too, is bytes


def read_eml(content: bytes, suffix: str) -> Found:
    try:
        message: Any = email.message_from_bytes(content, policy=modern)
        is_sent = any(message[name] for name in ("From", "Sender"))
        if b"\x00" in content or not is_sent or not (message["Date"] or message["Subject"]):
            raise Refused(NO_MAIL)
        lines, parts = [], []
        for part in message.walk():
            lines += subject_lines(str(part["Subject"] or ""))
            if part.get_content_type() in ENCRYPTED_TYPES:
                raise Refused(ENCRYPTED)
            if _is_body(part):
                lines.append(_text(part))
            elif not part.is_multipart() and not _is_signature(part):
                parts.append((_name(part), _content(part)))
    except (Refused, MemoryError, RecursionError):
        raise
    except Exception as error:
        raise Refused(DAMAGED) from error
    return _found("message/rfc822", lines, parts)


def read_msg(content: bytes, suffix: str) -> Found:
    if not content.startswith(olefile.MAGIC):
        raise Refused(NO_MAIL)
    lines: list[str] = []
    contents: dict[str, bytes] = {}
    names: dict[str, str] = {}
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as file:
            for place, kind, value, told in _streams(file):
                if kind == SUBJECT:
                    lines += subject_lines(told)
                elif kind in (BODY, HTML):
                    lines.append(html_lines(told) if kind == HTML else told)
                elif kind == CONTENT:
                    contents[place] = value
                elif kind == LONG_NAME or (kind == SHORT_NAME and place not in names):
                    names[place] = told
    except (Refused, MemoryError, RecursionError):
        raise
    except Exception as error:
        raise Refused(DAMAGED) from error
    parts = [(names.get(place, UNNAMED), held) for place, held in contents.items()]
    return _found("application/vnd.ms-outlook", lines, parts)


def _streams(file: olefile.OleFileIO) -> Iterator[tuple[str, str, bytes, str]]:
    """Of the mail and of all that hangs on it: place, number, bytes and words of what is kept."""
    if not file.exists("__properties_version1.0"):
        raise Refused(NO_MAIL)
    for path in file.listdir():
        if any(not name.startswith("__") for name in path):
            raise Refused("Die E-Mail enthält eingebettete Objekte. Speichern Sie sie ohne diese.")
        stream = STREAM.fullmatch(path[-1])
        if stream and NAMES_OF_PROPERTIES not in path:
            value = file.openstream(path).read()
            encoding = ENCODINGS.get(stream[2].upper(), "utf-8")
            told = value.decode(encoding, "replace").rstrip("\x00")
            yield "/".join(path[:-1]), stream[1].upper(), value, told


def subject_lines(subject: str) -> list[str]:
    return [subject, *SUBJECT_PARTS.split(subject)]


def html_lines(markup: str) -> str:
    if re.search(r"<\s*script", markup, re.I):
        raise Refused("Die E-Mail enthält Skripte und wird nicht angenommen.")
    without = re.sub(r"<(style|head|title)\b.*?</\1\s*>|<!--.*?-->", "", markup, flags=re.S | re.I)
    lines = re.sub(r"<(br|/p|/div|/td|/th|/tr|/li|/h\d)\b[^>]*>", "\n", without, flags=re.I)
    return html.unescape(re.sub(r"<[^>]*>", "", lines))


def _found(media_type: str, lines: list[str], parts: list[tuple[str, bytes]]) -> Found:
    if len(parts) > MOST_PARTS:
        raise Refused(f"Die E-Mail hat mehr als {MOST_PARTS} Anlagen und wird nicht angenommen.")
    return Found(media_type, "\n".join(lines), parts=parts)


def _is_body(part: EmailMessage) -> bool:
    return part.get_content_maintype() == "text" and part.get_filename() is None


def _is_signature(part: EmailMessage) -> bool:
    name = part.get_filename() or "smime.p7s"
    return part.get_content_type() in SIGNATURES and name.lower().endswith((".p7s", ".asc", ".sig"))


def _text(part: Any) -> str:
    text = _decoded(part)
    return html_lines(text) if part.get_content_type() == "text/html" else text


def _decoded(part: Any) -> str:
    """By the charset it names, unless nobody knows that one."""
    try:
        return str(part.get_content())
    except LookupError:
        return bytes(part.get_payload(decode=True)).decode("latin-1")


def _name(part: EmailMessage) -> str:
    ending = mimetypes.guess_extension(part.get_content_type()) or ""
    return part.get_filename() or f"{UNNAMED}{ending}"


def _content(part: Any) -> bytes:
    if part.get_content_type() == "text/plain":
        return _decoded(part).encode()
    return bytes(part.get_payload(decode=True) or b"")
