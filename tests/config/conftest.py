import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def reachable_folder() -> Iterator[Path]:
    """A folder the database account may enter; pytest closes its own to everybody but the user."""
    folder = Path(tempfile.mkdtemp(prefix="bruecke-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
