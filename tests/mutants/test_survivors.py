"""What the quick policy set let pass, before all its rows: `make mutants` keeps it."""

import subprocess
import sys

import pytest

from config.operations import postgres

pytestmark = pytest.mark.drill


def test_survivors_meet_the_whole_policy() -> None:
    """How many are found is a figure of docs/figures.md, not a condition."""
    command = [sys.executable, "-m", "tests.mutants", "--whole-policy"]

    assert subprocess.run(command, cwd=postgres.ROOT, check=False).returncode == 0
