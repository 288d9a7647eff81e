"""What a run found: on the screen, in docs/figures.md, and the survivors for the drill."""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from tests import figures
from tests.mutants.copies import FOLDER
from tests.mutants.mutants import Mutant
from tests.mutants.places import STRATA
from tests.mutants.run import EQUIVALENT, KILLED, SURVIVED, UNDETERMINED, Result
from tests.mutants.source import Edit, Source

WORDS = {
    KILLED: "getötet",
    SURVIVED: "überlebt",
    UNDETERMINED: "unbestimmt",
    EQUIVALENT: "gleichwertig",
}
SECTION = "Mutanten"
SURVIVORS = FOLDER / "survivors.json"
EQUIVALENTS = Path(__file__).with_name("equivalents.csv")
COMMAND = "make mutants"
KEY = ("file", "function", "operator", "line", "becomes")


def line(result: Result) -> str:
    mutant = result.mutant
    where = f"{mutant.file}:{mutant.line} {mutant.function} {mutant.operator}"
    return f"{WORDS[result.state]:12} {result.seconds:5.1f} s  {where}  {result.by}".rstrip()


def difference(mutant: Mutant, source: Source) -> str:
    before, after = mutant.differences(source)
    return f"    - {before}\n    + {after or '(entfällt)'}"


def told(results: Sequence[Result], sources: Mapping[str, Source]) -> None:
    print("\n" + row("", [*WORDS.values(), "Mutanten"]))
    for stratum, label in STRATA.items():
        own = [result for result in results if result.mutant.stratum == stratum]
        counts = Counter(result.state for result in own)
        if own:
            print(row(label, [*(counts[state] for state in WORDS), len(own)]))
    for result in sorted(results, key=lambda result: list(WORDS).index(result.state)):
        if result.state != KILLED:
            print(f"\n{line(result)}\n{difference(result.mutant, sources[result.mutant.file])}")
    decorated = [result for result in results if result.mutant.is_decorated]
    print(f"\nalle: {share(results)}; mit Dekorator: {share(decorated)}")


def row(label: str, cells: Iterable[object]) -> str:
    return f"{label:14}" + "".join(f"{cell!s:>14}" for cell in cells)


def share(results: Iterable[Result]) -> str:
    """Killed of those that could be; "17 von 18 (94 %), 1 überlebt"."""
    counts = Counter(result.state for result in results)
    whole = counts.total() - counts[EQUIVALENT]
    rest = [f"{counts[s]} {WORDS[s]}" for s in (SURVIVED, UNDETERMINED, EQUIVALENT) if counts[s]]
    percent = f" ({100 * counts[KILLED] / whole:.0f} %)" if whole else ""
    return ", ".join([f"{counts[KILLED]} von {whole} getötet{percent}", *rest])


def noted(results: Sequence[Result], seed: int) -> None:
    groups = {label: [r for r in results if r.mutant.stratum == s] for s, label in STRATA.items()}
    groups |= {"mit Dekorator": [r for r in results if r.mutant.is_decorated], "alle": [*results]}
    for label, own in groups.items():
        if own:
            figures.note(
                SECTION,
                label,
                asked="–",
                measured=share(own),
                size=f"{len(own)} Mutanten, Stichprobe {seed}",
                command=COMMAND,
            )


# Equivalents: what changes nothing anybody could see, with the reason


def equivalents() -> list[dict[str, str]]:
    with EQUIVALENTS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def key(mutant: Mutant, source: Source) -> dict[str, str]:
    values = (mutant.file, mutant.function, mutant.operator, *mutant.differences(source))
    return dict(zip(KEY, values, strict=True))


def is_equivalent(mutant: Mutant, source: Source, known: Sequence[Mapping[str, str]]) -> bool:
    own = key(mutant, source)
    return any({name: row[name] for name in KEY} == own for row in known)


# Survivors, for the whole policy files


def keep_survivors(results: Iterable[Result], sources: Mapping[str, Source]) -> None:
    rows = [
        asdict(result.mutant) | {"digest": digest(sources[result.mutant.file])}
        for result in results
        if result.state == SURVIVED
    ]
    FOLDER.mkdir(parents=True, exist_ok=True)
    SURVIVORS.write_text(json.dumps(rows, indent=1, ensure_ascii=False), encoding="utf-8")


def kept_survivors(sources: Mapping[str, Source]) -> list[Mutant]:
    """Those of the last run whose files are still the same."""
    rows = json.loads(SURVIVORS.read_text(encoding="utf-8")) if SURVIVORS.exists() else []
    return [
        Mutant(**{**row, "edit": Edit(**row["edit"])})
        for row in rows
        if row["file"] in sources and row.pop("digest") == digest(sources[row["file"]])
    ]


def digest(source: Source) -> str:
    return sha256(source.content).hexdigest()[:12]
