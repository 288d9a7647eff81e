"""A mutant lives in a copy only; what is made of pytest's answers."""

import sys
from pathlib import Path

import pytest

from tests.mutants.baseline import Baseline, Trouble
from tests.mutants.conftest import make_mutant
from tests.mutants.copies import Answer, Copy
from tests.mutants.run import UNDETERMINED, judged, noticed
from tests.mutants.source import Source


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    copy = Copy("unused")
    copy.folder = tmp_path
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "a.py").write_bytes(b"a = 1\n")
    return copy


def test_copy_carries_a_mutant_and_is_as_before_afterwards(copy: Copy) -> None:
    compiled = copy.folder / "__pycache__" / "a.cpython-311.pyc"
    compiled.touch()

    with copy.carrying("a.py", b"a = 2\n"):
        assert (copy.folder / "a.py").read_bytes() == b"a = 2\n"
        assert not compiled.exists()
        compiled.touch()

    assert (copy.folder / "a.py").read_bytes() == b"a = 1\n"
    assert not compiled.exists()


def test_tests_that_do_not_end_are_ended(copy: Copy) -> None:
    sleeping = [sys.executable, "-c", "import time; time.sleep(60)"]

    answer = copy.run(sleeping, 0.2)

    assert answer.code is None
    assert answer.seconds < 30


def test_mutant_that_no_green_test_is_asked_about_has_not_survived(copy: Copy) -> None:
    result = judged(make_mutant(), Source("a.py", b"a = 1\n"), [], copy, 1.0)

    assert result.state == UNDETERMINED


def test_near_is_what_is_green_and_affordable_and_the_dear_come_last() -> None:
    known = Baseline({"dear.py": 30.0, "cheap.py": 2.0, "late.py": 40.0}, red={"red.py"})

    assert known.near(["red.py", "dear.py", "cheap.py", "late.py"])[:-2] == ["cheap.py", "dear.py"]
    assert known.near(["red.py"]) == []


def test_answer_names_the_failing_test_and_the_time_of_each_file() -> None:
    output = (
        "0.70s call     tests/a/test_b.py::test_c[1]\n0.20s setup    tests/a/test_b.py::test_c\n"
        "FAILED tests/a/test_b.py::test_c[a 1] - AssertionError: x\nERROR tests/d.py\n"
    )
    answer = Answer(1, output, 3.0)

    assert answer.failing == {
        "tests/a/test_b.py": "tests/a/test_b.py::test_c[a 1]",
        "tests/d.py": "tests/d.py",
    }
    assert answer.durations == {"tests/a/test_b.py": pytest.approx(0.9)}
    assert noticed(answer) == "tests/a/test_b.py::test_c[a 1]"
    assert noticed(Answer(0, "3 passed", 1.0)) == ""


def test_mutant_that_keeps_bruecke_from_loading_is_noticed() -> None:
    broken = "ImportError while loading conftest '/x/tests/conftest.py'."

    assert noticed(Answer(4, broken, 1.0)) == "conftest.py"


@pytest.mark.parametrize("code", [3, 4])
def test_trouble_of_pytest_itself_says_nothing_about_the_mutant(code: int) -> None:
    with pytest.raises(Trouble):
        noticed(Answer(code, "ERROR: file or directory not found: tests/x.py", 1.0))
