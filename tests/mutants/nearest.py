"""Which test files are nearest to a mutant, from the names in them: nothing is measured, no list is kept.

From the changed function the names that use it are followed upwards, through actions and views to
the addresses. A test file is near when it has some of these names, and nearer when few others do.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from tests.mutants.mutants import Mutant
from tests.mutants.source import Source
from tests.mutants.units import Unit, room_of, units_in, words_of

# Driven by other means, about other things, or the policy, which is asked by itself.
OTHER_TESTS = {"browser", "drills", "bench", "harness", "mutants"}
FILES, FEWEST = 24, 8
FAR = 0.3  # hardly a name in common
STEPS = 4
# By stratum, what its tests are called wherever they are.
ALSO = {"permissions": "visibility", "visible": "visibility", "ui": "gallery"}
LONG = 7
COMMON = 25  # a name used in more places leads everywhere; the first step may be wider


@dataclass(frozen=True)
class Clues:
    """Names and modules that lead to the mutant, with their weight."""

    names: dict[str, float]
    modules: dict[str, float]


class Nearest:
    """`tests` are the texts of the test files by their path."""

    def __init__(self, sources: Iterable[Source], tests: Mapping[str, str]) -> None:
        self.texts = tests
        self.words = {file: words_of(text) for file, text in tests.items()}
        self.mentions = Counter(word for words in self.words.values() for word in words)
        self.users: dict[str, list[Unit]] = defaultdict(list)
        for unit in (unit for source in sources for unit in units_in(source)):
            for word in unit.words - {unit.name}:
                self.users[word].append(unit)

    def files(self, mutant: Mutant, limit: int = FILES) -> list[str]:
        clues = self.clues(mutant)
        points = {file: self.points(file, mutant, clues) for file in self.texts}
        ranked = sorted(points, key=lambda file: (-points[file], file))[:limit]
        return [file for place, file in enumerate(ranked) if place < FEWEST or points[file] > FAR]

    def clues(self, mutant: Mutant) -> Clues:
        names = dict.fromkeys(names_of(mutant.function), 4.0)
        modules = {room_of(mutant.file): 4.0}
        if mutant.stratum in ALSO:
            modules[ALSO[mutant.stratum]] = 1.0
        frontier = list(names)
        for step in range(1, STEPS + 1):
            known = (self.users[name] for name in frontier)
            widest = COMMON if step > 1 else 3 * COMMON
            found = [unit for units in known if len(units) <= widest for unit in units]
            frontier = list(dict.fromkeys(u.name for u in found if u.name not in names))
            names |= dict.fromkeys(frontier, 4.0 / 2**step)
            modules = {unit.module: 2.0 / 2**step for unit in found} | modules
        return Clues(names, modules)

    def points(self, file: str, mutant: Mutant, clues: Clues) -> float:
        path, test = PurePath(mutant.file), PurePath(file)
        own = self.words[file]
        found = sum(w / self.mentions[name] for name, w in clues.names.items() if name in own)
        found += sum(
            2 / self.mentioning(part)
            for part in parts_of(mutant.function)
            if part in self.texts[file]
        )
        found += max(weight * likeness(name, test.stem) for name, weight in clues.modules.items())
        if ".".join(path.with_suffix("").parts) in self.texts[file]:
            found += 2
        is_same_app = test.parts[1] == path.parts[0]
        return found * 1.5 + 0.1 if is_same_app else found

    def mentioning(self, part: str) -> int:
        return sum(part in text for text in self.texts.values())


def parts_of(function: str) -> set[str]:
    """`_is_under_scrutiny` is about scrutiny."""
    return {part for part in function.rpartition(".")[2].split("_") if len(part) >= LONG}


def names_of(function: str) -> list[str]:
    """Of `ContactQuerySet.on`: the method, its class, and what the class is about."""
    owner, _, name = function.rpartition(".")
    about = re.sub(r"(QuerySet|Manager|Admin|Inline)$", "", owner)
    owners = [part for part in (owner, about) if part[:1].isupper()]
    return [part for part in dict.fromkeys((name, *owners)) if not part.startswith("__")]


def likeness(module: str, test: str) -> float:
    """How much the names of a module and of a test file have in common, 1 when they are the same."""
    ours, theirs = stems(module), stems(test.removeprefix("test_"))
    return len(ours & theirs) / max(len(ours | theirs), 1)


def stems(name: str) -> set[str]:
    """`test_activity_parts` and `activities` share a word."""
    return {word.removesuffix("s")[:6] for word in name.split("_") if word}


def texts_of_tests(root: Path) -> dict[str, str]:
    paths = sorted((root / "tests").rglob("test_*.py"))
    found = [path for path in paths if path.relative_to(root).parts[1] not in OTHER_TESTS]
    return {str(path.relative_to(root)): path.read_text() for path in found}
