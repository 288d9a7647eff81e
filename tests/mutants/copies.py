"""Copies of the project in which mutants live: nobody's own files are ever changed.

The copies use the same interpreter, assets and PostgreSQL; each test run has a database of its own anyway.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from config.operations import postgres
from tests.mutants.source import ROOT

FOLDER = postgres.DATA / "mutants"
ENVIRONMENT = {"BRUECKE_TEST": "1", "BRUECKE_DATA_DIR": str(postgres.DATA)}
LINKED = ("build", "node_modules", ".venv")
PYTEST = ("-p", "no:cacheprovider", "-q", "--no-header", "--tb=no", "-rfE")
# The test and its file; the name of a case may have blanks.
FAILING = r"^(?:FAILED|ERROR) ((\S+?\.py).*?)(?: - .*)?$"


@dataclass(frozen=True)
class Answer:
    """`code` is pytest's, None when the time was over."""

    code: int | None
    output: str
    seconds: float

    @property
    def failing(self) -> dict[str, str]:
        """The first test that failed in each file."""
        first: dict[str, str] = {}
        for test, file in re.findall(FAILING, self.output, re.M):
            first.setdefault(file, test)
        return first

    @property
    def durations(self) -> dict[str, float]:
        """Seconds of each file, where pytest was asked for them."""
        found = re.findall(r"^([\d.]+)s \w+ +(\S+?\.py)", self.output, re.M)
        taken: defaultdict[str, float] = defaultdict(float)
        for duration, file in found:
            taken[file] += float(duration)
        return taken


class Copy:
    def __init__(self, name: str) -> None:
        self.folder = FOLDER / name
        self.process: subprocess.Popen[bytes] | None = None

    def make(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        for file in known_files():
            target = self.folder / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / file, target)
        for name in LINKED:
            if (ROOT / name).exists():
                (self.folder / name).symlink_to(ROOT / name)
        found = self.run([sys.executable, "-c", "import ui; print(ui.__file__)"], 60).output
        if Path(found.strip()) != self.folder / "ui" / "__init__.py":
            sys.exit(f"Die Kopie liest fremde Dateien: {found}")

    @contextmanager
    def carrying(self, file: str, content: bytes) -> Iterator[None]:
        path = self.folder / file
        original = path.read_bytes()
        self._write(path, content)
        try:
            yield
        finally:
            self._write(path, original)

    def pytest(self, arguments: Sequence[str], seconds: float) -> Answer:
        return self.run([sys.executable, "-m", "pytest", *arguments], seconds)

    def run(self, command: Sequence[str], seconds: float) -> Answer:
        begun = time.monotonic()
        with TemporaryFile("w+") as output:  # a pipe would wait for whatever a test left behind
            self.process = subprocess.Popen(
                command,
                cwd=self.folder,
                env=os.environ | ENVIRONMENT,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                code = self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                code = None
            finally:
                self.stop()
                self.process.wait()
            output.seek(0)
            return Answer(code, output.read(), time.monotonic() - begun)

    def stop(self) -> None:
        """What runs in it, with all that it has started."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def _write(self, path: Path, content: bytes) -> None:
        """Without what Python compiled: it would be taken for current within the same second."""
        path.write_bytes(content)
        for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
            compiled.unlink()


def known_files() -> list[str]:
    """What git knows, and what it would know."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return [file for file in listed.stdout.split("\0") if (ROOT / file).is_file()]
