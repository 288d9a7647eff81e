"""An uploaded spreadsheet, read by a program of its own; the file itself is not kept."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from partnerships.files.store import Doubt, scan
from ui.errors import Refusal

LARGEST = 10 * 1024 * 1024
READING = "partnerships.imports.reading"
WAIT = 40  # seconds on the wall; the reading limits its own processor time to half of that
TOO_MUCH = "Die Datei ist zu aufwendig gebaut und wird nicht angenommen."


def read_upload(
    upload: UploadedFile, *, is_unclassified: bool = False, program: str = READING
) -> dict[str, Any]:
    """What the program of its own has found; Refusal says why it found nothing."""
    if (upload.size or 0) > LARGEST:
        raise Refusal(f"Die Datei ist größer als {LARGEST // 1024 // 1024} MB. Teilen Sie sie auf.")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload"
        with path.open("wb") as target:
            for piece in upload.chunks():
                target.write(piece)
        scan(path)
        found = _read(program, path, upload.name or "")
    if "doubt" in found and not is_unclassified:
        raise Doubt(found["doubt"])
    return found


def _read(program: str, path: Path, name: str) -> dict[str, Any]:
    command = [sys.executable, "-m", program, str(path), name]
    try:
        done = subprocess.run(
            command, capture_output=True, cwd=settings.BASE_DIR, timeout=WAIT, check=False
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise Refusal(TOO_MUCH) from None
    if "refusal" in answer:
        raise Refusal(answer["refusal"])
    return answer
