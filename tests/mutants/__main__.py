"""`make mutants`: would the tests notice a mistake? A sample of mistakes, each against the nearest tests.

Survivors are kept; `--whole-policy` asks all rows of the policy about them (`make drill`).
"""

import argparse
import os
from collections.abc import Mapping, Sequence

from tests import figures, server
from tests.mutants import report
from tests.mutants.baseline import baseline, policy_files
from tests.mutants.copies import Copy
from tests.mutants.mutants import Mutant
from tests.mutants.nearest import Nearest, texts_of_tests
from tests.mutants.places import STRATA, places
from tests.mutants.run import EQUIVALENT, KILLED, LIMIT, Result, judged
from tests.mutants.sample import sample
from tests.mutants.sharing import shared
from tests.mutants.source import ROOT, Source, application

WHOLE = 60  # a smaller sample is for looking, not for the record
WHOLE_POLICY_LIMIT = 3_600.0


def main() -> None:
    options = arguments()
    sources = {source.file: source for source in application()}
    if options.whole_policy:
        whole_policy(sources, options.jobs)
        return
    mutants = sample(
        places(sources.values()), number=options.number, seed=options.seed, strata=options.strata
    )
    nearest = Nearest(sources.values(), texts_of_tests(ROOT))
    if options.list:
        for mutant in mutants:
            print(mutant.file, mutant.line, mutant.function, mutant.operator)
            print(report.difference(mutant, sources[mutant.file]))
            print("    " + " ".join(nearest.files(mutant)))
        return
    results = examined(mutants, sources, nearest, copies(options.jobs), options.limit)
    report.told(results, sources)
    report.keep_survivors(results, sources)
    if options.number >= WHOLE and set(options.strata) == set(STRATA):
        report.noted(results, options.seed)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make mutants")
    parser.add_argument("--number", type=int, default=WHOLE, help="so viele Mutanten")
    parser.add_argument("--seed", type=int, default=1, help="eine andere Stichprobe")
    parser.add_argument("--strata", nargs="+", choices=STRATA, default=list(STRATA))
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--limit", type=float, default=LIMIT, help="Sekunden je Mutant")
    parser.add_argument("--list", action="store_true", help="nur zeigen")
    parser.add_argument(
        "--whole-policy", action="store_true", help="die Überlebenden des letzten Laufs"
    )
    return parser.parse_args()


def copies(number: int) -> list[Copy]:
    server.start()
    made = [Copy(str(place)) for place in range(1, number + 1)]
    for copy in made:
        copy.make()
    return made


def examined(
    mutants: Sequence[Mutant],
    sources: Mapping[str, Source],
    nearest: Nearest,
    made: Sequence[Copy],
    limit: float,
) -> list[Result]:
    known = report.equivalents()
    near = {mutant: nearest.files(mutant) for mutant in mutants}
    green = baseline(sorted({file for files in near.values() for file in files}), made)
    for file in sorted(green.red):
        print(f"{file} schlägt ohne Mutanten fehl und bleibt weg", flush=True)

    def examine(mutant: Mutant, copy: Copy) -> Result:
        source = sources[mutant.file]
        if report.is_equivalent(mutant, source, known):
            return Result(mutant, EQUIVALENT)
        stages = filter(None, [green.near(near[mutant]), green.policy()])
        result = judged(mutant, source, list(stages), copy, limit)
        print(report.line(result), flush=True)
        return result

    return shared(mutants, examine, made)


def whole_policy(sources: Mapping[str, Source], jobs: int) -> None:
    """Every row, also those that only the suite or the drill asks."""
    mutants = report.kept_survivors(sources)
    if not mutants:
        print("Kein Überlebender des letzten Laufs ist zu prüfen.")
        return

    def examine(mutant: Mutant, copy: Copy) -> Result:
        result = judged(mutant, sources[mutant.file], [policy_files()], copy, WHOLE_POLICY_LIMIT)
        print(report.line(result), flush=True)
        return result

    results = shared(mutants, examine, copies(jobs))
    found = sum(result.state == KILLED for result in results)
    figures.note(
        report.SECTION,
        "Überlebende, die alle Zeilen der Rechtetabelle finden",
        asked="–",
        measured=f"{found} von {len(results)}",
        size="Überlebende der letzten Stichprobe",
    )


if __name__ == "__main__":
    main()
