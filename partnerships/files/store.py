"""Where files lie: outside the web root, under random names, below DATA_DIR/documents."""

import hashlib
import json
import os
import secrets
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from ui import disk
from ui.errors import Refusal

WAIT = 20  # seconds on the wall; the inspection limits its own processor time to less than that
PIECE = 64 * 1024
TOO_MUCH = "Die Datei ist zu aufwendig gebaut und wird nicht angenommen."
NOT_SCANNED = (
    "Die Prüfung auf Schadsoftware antwortet nicht. Die Datei wurde nicht angenommen; "
    "versuchen Sie es später noch einmal."
)
NOT_KEPT = "Die Datei wurde nicht angenommen. Bitte sagen Sie der Technik Bescheid."


class Doubt(Refusal):
    """The words of a marking inside a sentence: the file is taken once the person says no."""

    def __init__(self, passage: str) -> None:
        super().__init__(
            f"Ist das Dokument eingestuft? Darin steht: „{passage}“ Eingestuftes nimmt Brücke nicht "
            "auf. Ist es nicht eingestuft, bestätigen Sie das und laden Sie die Datei noch einmal hoch."
        )


@dataclass(frozen=True)
class Stored:
    storage_name: str
    media_type: str
    size: int
    checksum: str
    is_doubtful: bool = False


def folder() -> Path:
    return Path(settings.DATA_DIR) / "documents"


def path_of(storage_name: str) -> Path:
    return folder() / storage_name[:2] / storage_name


def store(upload: UploadedFile, *, is_unclassified: bool = False) -> Stored:
    """Written, inspected, and only then named; a refused file leaves nothing behind."""
    if (upload.size or 0) > settings.DOCUMENT_LARGEST:
        largest = settings.DOCUMENT_LARGEST // 1024 // 1024
        raise Refusal(f"Die Datei ist größer als {largest} MB. Verkleinern Sie sie.")
    try:
        return _stored(upload, secrets.token_hex(32), is_unclassified)
    except OSError as error:
        if not disk.is_full(error):
            raise
        raise Refusal(f"{disk.FULL} {NOT_KEPT}") from error


def _stored(upload: UploadedFile, name: str, is_unclassified: bool) -> Stored:
    with _waiting(name) as waiting:
        checksum = hashlib.sha256()
        with waiting.open("wb") as target:
            for piece in upload.chunks(PIECE):
                checksum.update(piece)
                target.write(piece)
            target.flush()
            os.fsync(target.fileno())
        media_type, doubt = _inspected(waiting, upload.name or "")
        if doubt and not is_unclassified:
            raise Doubt(doubt)
        scan(waiting)
        path = path_of(name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        size = waiting.stat().st_size
        waiting.rename(path)
    return Stored(name, media_type, size, checksum.hexdigest(), bool(doubt))


@contextmanager
def _waiting(name: str) -> Iterator[Path]:
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    waiting = folder() / f".{name}"
    try:
        yield waiting
    finally:
        waiting.unlink(missing_ok=True)


def _inspected(path: Path, name: str) -> tuple[str, str]:
    command = [sys.executable, "-m", "partnerships.files.inspection", str(path), name]
    try:
        done = subprocess.run(
            command, capture_output=True, cwd=settings.BASE_DIR, timeout=WAIT, check=False
        )
        answer = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, json.JSONDecodeError, ValueError):
        raise Refusal(TOO_MUCH) from None
    if "refusal" in answer:
        raise Refusal(answer["refusal"])
    return str(answer["media_type"]), str(answer.get("doubt", ""))


def scan(path: Path) -> None:
    """Asks clamd where one is configured; without its answer nothing is accepted."""
    if not settings.CLAMD_SOCKET:
        return
    try:
        with socket.socket(socket.AF_UNIX) as scanner, path.open("rb") as content:
            scanner.settimeout(WAIT)
            scanner.connect(settings.CLAMD_SOCKET)
            scanner.sendall(b"zINSTREAM\0")
            while piece := content.read(PIECE):
                scanner.sendall(struct.pack(">L", len(piece)) + piece)
            scanner.sendall(struct.pack(">L", 0))
            answer = scanner.recv(4096)
    except OSError:
        raise Refusal(NOT_SCANNED) from None
    if b"FOUND" in answer:
        raise Refusal("Die Datei enthält Schadsoftware und wird nicht angenommen.")
    if b"OK" not in answer:
        raise Refusal(NOT_SCANNED)


def opened(storage_name: str) -> IO[bytes]:
    return path_of(storage_name).open("rb")
