"""Whether the tests notice a mutant: the nearest ones, then the quick policy set."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.mutants.baseline import Trouble
from tests.mutants.copies import PYTEST, Answer, Copy
from tests.mutants.mutants import Mutant
from tests.mutants.source import Source

LIMIT = 120.0
KILLED, SURVIVED, UNDETERMINED, EQUIVALENT = "killed", "survived", "undetermined", "equivalent"
# Pytest's answers.
ALL_WELL, FAILED, NOT_READ, NOT_STARTED, NOTHING_TO_DO = 0, 1, 2, 4, 5
BROKEN = "while loading conftest"


@dataclass(frozen=True)
class Result:
    """`by` is the test that noticed."""

    mutant: Mutant
    state: str
    by: str = ""
    seconds: float = 0.0


def judged(
    mutant: Mutant, source: Source, stages: Sequence[Sequence[str]], copy: Copy, limit: float
) -> Result:
    """Each stage is a list of arguments for pytest; the first that fails decides. Nobody asked is no answer."""
    if not stages:
        return Result(mutant, UNDETERMINED)
    left = limit
    with copy.carrying(mutant.file, source.with_edit(mutant.edit)):
        for arguments in stages:
            answer = copy.pytest([*arguments, *PYTEST, "-x"], left)
            left -= answer.seconds
            if answer.code is None:
                return Result(mutant, UNDETERMINED, seconds=limit - left)
            if by := noticed(answer):
                return Result(mutant, KILLED, by, limit - left)
    return Result(mutant, SURVIVED, seconds=limit - left)


def noticed(answer: Answer) -> str:
    """The test that failed, or what could not even be loaded; empty when all is well."""
    if answer.code in (FAILED, NOT_READ):
        return next(iter(answer.failing.values()), "?")
    if answer.code == NOT_STARTED and BROKEN in answer.output:
        return "conftest.py"
    if answer.code not in (ALL_WELL, NOTHING_TO_DO):
        raise Trouble(answer.output)
    return ""
