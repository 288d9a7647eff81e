"""The tests without any mutant: which files are green, and how long each takes."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.mutants.copies import PYTEST, Answer, Copy
from tests.mutants.sharing import shared
from tests.mutants.source import ROOT

LIMIT = 1_800.0
# For the nearest tests of one mutant, as long as the files take here; the dear ones come last.
NEAREST_SECONDS, DEAR = 70.0, 10.0
DONE = {0, 1, 2, 5}  # pytest's: all well, some failed, some not even read, nothing to do
NEAR = "not browser and not slow and not drill"
QUICK = "not browser and not slow and not long and not drill"


class Trouble(Exception):
    """Something else than a test went wrong: nothing can be said."""


@dataclass(frozen=True)
class Baseline:
    """A file that fails by itself, would notice everything; it is left out."""

    durations: dict[str, float]
    red: set[str]

    def near(self, files: Sequence[str]) -> list[str]:
        """Arguments for pytest: the nearest file, and the next ones as long as there is time for them."""
        chosen: list[str] = []
        left = NEAREST_SECONDS
        for file in files:
            duration = self.durations.get(file, 0.0)
            if file not in self.red and (duration <= left or not chosen):
                chosen.append(file)
                left -= duration
        chosen.sort(key=lambda file: self.durations.get(file, 0.0) > DEAR)
        return [*chosen, "-m", NEAR] if chosen else []

    def policy(self) -> list[str]:
        """The rows that the quick loop drives."""
        chosen = [file for file in policy_files() if file not in self.red]
        return [*chosen, "-m", QUICK] if chosen else []


def baseline(files: Sequence[str], copies: Sequence[Copy]) -> Baseline:
    number = 2 * len(copies)
    parts = [[*files[first::number], "-m", NEAR] for first in range(min(number, len(files)))]

    def run(arguments: Sequence[str], copy: Copy) -> Answer:
        options = ["--durations=0", "--continue-on-collection-errors"]
        answer = copy.pytest([*arguments, *PYTEST, *options], LIMIT)
        if answer.code not in DONE:
            raise Trouble(answer.output or "Die Tests ohne Mutanten werden nicht fertig.")
        return answer

    answers = shared([[*policy_files(), "-m", QUICK], *parts], run, copies)
    durations = {file: time for answer in answers for file, time in answer.durations.items()}
    return Baseline(durations, {file for answer in answers for file in answer.failing})


def policy_files() -> list[str]:
    """Rows first, which are quick, then addresses."""
    harness = ROOT / "tests" / "harness"
    found = [harness / "test_visible_to.py", *sorted(harness.glob("test_policy*.py"))]
    return [str(path.relative_to(ROOT)) for path in found]
