"""What is accepted as a document, and what is refused, within two seconds and 64 MiB."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.partnerships import files

pytestmark = pytest.mark.long

HOSTILE = list(files.hostile())
HONEST = list(files.honest())
LONGEST, MOST_MEMORY = 2.0, 64 * 1024  # seconds of processor, KiB above an empty run


def run(folder: Path, name: str, content: bytes) -> tuple[dict[str, str], float, int]:
    """The answer, seconds of processor time, and the most memory in KiB."""
    path = folder / "upload"
    path.write_bytes(content)
    process = subprocess.Popen(
        [sys.executable, "-m", "partnerships.files.inspection", str(path), name],
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    return json.loads(said or b"{}"), used.ru_utime + used.ru_stime, used.ru_maxrss


def test_web_process_opens_no_file_itself() -> None:
    """What reads files of others is loaded where they are read; it is large, too."""
    program = (
        "import sys, config.wsgi; from django.urls import get_resolver; get_resolver().url_patterns;"
        "print(*{'openpyxl', 'pypdf', 'PIL', 'olefile'}.intersection(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=settings.BASE_DIR, capture_output=True, check=True
    )
    assert done.stdout.decode().strip() == ""


def test_corpus_is_large_enough() -> None:
    assert len(HOSTILE) >= 40


@pytest.fixture(scope="module")
def floor(tmp_path_factory: pytest.TempPathFactory) -> tuple[float, int]:
    """What an honest small file costs: most of it is starting Python."""
    _, seconds, memory = run(tmp_path_factory.mktemp("floor"), *HONEST[0][:2])
    return seconds, memory


@pytest.mark.parametrize(
    ("name", "content"), HOSTILE, ids=[f"{n}-{name!r}" for n, (name, _) in enumerate(HOSTILE)]
)
def test_hostile_file_is_refused(
    name: str, content: files.Content, tmp_path: Path, floor: tuple[float, int]
) -> None:
    answer, seconds, memory = run(tmp_path, name, files.built(content))

    assert "media_type" not in answer
    assert answer["refusal"].endswith(".")
    assert seconds - floor[0] < LONGEST
    assert memory - floor[1] < MOST_MEMORY


@pytest.mark.parametrize(
    ("name", "content"), list(files.doubtful()), ids=[name for name, _ in files.doubtful()]
)
def test_words_inside_a_sentence_are_asked_about(name: str, content: bytes, tmp_path: Path) -> None:
    answer, _, _ = run(tmp_path, name, content)

    assert "media_type" in answer
    assert re.search("VS-NfD|streng geheim", answer["doubt"])


@pytest.mark.parametrize(("name", "content", "kind"), HONEST, ids=[row[0] for row in HONEST])
def test_honest_file_is_accepted(name: str, content: bytes, kind: str, tmp_path: Path) -> None:
    answer, _, _ = run(tmp_path, name, content)

    assert answer == {"media_type": kind}
