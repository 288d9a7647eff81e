"""Mails as people save them, as .eml and as .msg; built here, nothing is stored."""

import struct
from email.message import EmailMessage
from typing import Any

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR, MINI, SMALL = 512, 64, 4096
Streams = dict[str, Any]
File = tuple[str, bytes]


def message(subject: str = "Programm", body: str = "Guten Tag", **headers: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"] = "a@demo.example", "b@demo.example"
    made["Date"], made["Subject"] = "Mon, 30 Nov 2026 09:00:00 +0100", subject
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(body)
    return made


def eml(*attached: File, html: str = "", **words: str) -> bytes:
    made = message(**words)
    if html:
        made.add_alternative(html, subtype="html")
    for name, content in attached:
        made.add_attachment(content, "application", "octet-stream", filename=name)
    return made.as_bytes()


def signed() -> bytes:
    """With a signature, words of an old code page, and a charset nobody knows."""
    made = message(subject="Grüße aus Łódź")
    made.add_attachment("Größe: 3 m", filename="Text.txt", charset="iso-8859-1")
    made.add_attachment("Text", charset="us-ascii")
    made.add_attachment(b"0", "application", "pkcs7-signature", filename="smime.p7s")
    return made.as_bytes().replace(b"us-ascii", b"x-unbekannt")


def forwarded(inner: bytes) -> bytes:
    made = message(subject="WG: Programm")
    made.add_attachment(inner, "application", "octet-stream", filename="Nachricht.eml")
    return made.as_bytes()


def msg(*attached: File, subject: str = "Programm", body: str = "Guten Tag", **more: Any) -> bytes:
    streams: Streams = {
        "__properties_version1.0": b"\0" * 32,
        "__nameid_version1.0": {"__substg1.0_10000102": b"VS-NfD"},
        **_words(subject, body),
        **more,
    }
    for number, (name, content) in enumerate(attached):
        streams[f"__attach_version1.0_#{number:08X}"] = {
            "__substg1.0_3707001F": name.encode("utf-16-le"),
            "__substg1.0_37010102": content,
        }
    return compound(streams)


def forwarded_msg(subject: str, body: str = "Guten Tag") -> bytes:
    inner = {"__properties_version1.0": b"\0" * 24, **_words(subject, body)}
    return msg(**{"__attach_version1.0_#00000000": {"__substg1.0_3701000D": inner}})


def _words(subject: str, body: str) -> Streams:
    return {
        "__substg1.0_0037001F": subject.encode("utf-16-le"),
        "__substg1.0_1000001E": body.encode("cp1252"),
    }


def compound(streams: Streams) -> bytes:
    """An OLE file: streams below storages, small ones in a stream of their own."""
    rows: list[list[Any]] = []  # name, kind, right, child, content
    _file_in("Root Entry", 5, streams, rows)
    sectors: list[bytes] = [b""]  # the first holds the FAT
    chain: list[int] = [FAT]
    mini, mini_chain = b"", []
    places: list[tuple[int, int]] = []
    for row in rows[1:]:
        content = row[4]
        if row[1] != 2 or not content:
            places.append((0 if row[1] == 1 else END, 0))
        elif len(content) < SMALL:
            places.append((len(mini_chain), len(content)))
            mini_chain += _linked(len(mini_chain), -(-len(content) // MINI))
            mini += content + b"\0" * (-len(content) % MINI)
        else:
            places.append((_keep(content, sectors, chain), len(content)))
    places.insert(0, (_keep(mini, sectors, chain) if mini else END, len(mini)))
    mini_fat = b"".join(struct.pack("<I", one) for one in mini_chain)
    first_mini = _keep(mini_fat, sectors, chain, b"\xff") if mini_fat else END
    directory = b"".join(_entry(row, *place) for row, place in zip(rows, places, strict=True))
    first_directory = _keep(directory, sectors, chain)
    assert len(chain) <= SECTOR // 4, "one sector of FAT is enough for tests"
    sectors[0] = struct.pack("<128I", *chain, *[FREE] * (128 - len(chain)))
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    )
    mini_sectors = -(-len(mini_fat) // SECTOR)
    header += bytes(6) + struct.pack(
        "<IIIIIIIII", 0, 1, first_directory, 0, SMALL, first_mini, mini_sectors, END, 0
    )
    return header + struct.pack("<109I", 0, *[FREE] * 108) + b"".join(sectors)


def _file_in(name: str, kind: int, content: Any, rows: list[list[Any]]) -> int:
    number = len(rows)
    rows.append([name, kind, FREE, FREE, content])
    if isinstance(content, dict):
        before = None
        for child in sorted(content, key=lambda word: (len(word), word.upper())):
            kept = content[child]
            mine = _file_in(child, 1 if isinstance(kept, dict) else 2, kept, rows)
            rows[number if before is None else before][3 if before is None else 2] = mine
            before = mine
    return number


def _linked(first: int, length: int) -> list[int]:
    return [*range(first + 1, first + length), END]


def _keep(content: bytes, sectors: list[bytes], chain: list[int], fill: bytes = b"\0") -> int:
    first = len(sectors)
    padded = content + fill * (-len(content) % SECTOR)
    sectors += [padded[start : start + SECTOR] for start in range(0, len(padded), SECTOR)]
    chain += _linked(first, len(padded) // SECTOR)
    return first


def _entry(row: list[Any], start: int, size: int) -> bytes:
    name, kind, right, child, _ = row
    told = name.encode("utf-16-le") + b"\0\0"
    head = told.ljust(64, b"\0") + struct.pack("<HBBIII", len(told), kind, 1, FREE, right, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)
