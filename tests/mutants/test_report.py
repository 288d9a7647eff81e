"""What is said about a run, and kept of it."""

from pathlib import Path

import pytest

from tests import figures
from tests.mutants import report
from tests.mutants.conftest import make_mutant
from tests.mutants.mutants import mutants_of
from tests.mutants.places import places_in
from tests.mutants.run import EQUIVALENT, KILLED, SURVIVED, UNDETERMINED, Result
from tests.mutants.source import Source


def results() -> list[Result]:
    states = [KILLED, KILLED, SURVIVED, UNDETERMINED, EQUIVALENT]
    return [Result(make_mutant(), state) for state in states]


def test_share_leaves_equivalents_out_and_counts_the_undetermined_as_not_noticed() -> None:
    assert report.share(results()) == (
        "2 von 4 getötet (50 %), 1 überlebt, 1 unbestimmt, 1 gleichwertig"
    )


def test_sums_of_each_stratum_are_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "figures.md"
    page.write_text("# Gemessen\n")
    monkeypatch.setattr(figures, "FILE", page)

    report.noted(results(), seed=1)

    rows = [line.split(" | ") for line in page.read_text().splitlines()[-2:]]
    assert [(row[0], row[2], row[3]) for row in rows] == [
        ("| Oberfläche", report.share(results()), "5 Mutanten, Stichprobe 1"),
        ("| alle", report.share(results()), "5 Mutanten, Stichprobe 1"),
    ]


def test_survivors_are_kept_until_their_file_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "FOLDER", tmp_path)
    monkeypatch.setattr(report, "SURVIVORS", tmp_path / "survivors.json")
    source = Source("ui/dates.py", b"a = 1\n")

    report.keep_survivors(results(), {"ui/dates.py": source})

    assert report.kept_survivors({"ui/dates.py": source}) == [make_mutant()]
    assert report.kept_survivors({"ui/dates.py": Source("ui/dates.py", b"a = 2\n")}) == []


def test_equivalents_are_mutants_of_today_and_have_a_reason(sources: dict[str, Source]) -> None:
    """A row whose line was changed is looked at again and goes."""
    for row in report.equivalents():
        source = sources[row["file"]]
        known = [
            report.key(mutant, source)
            for found in places_in(source)
            if found.function == row["function"]
            for mutant in mutants_of(found).get(row["operator"], [])
        ]
        assert {name: row[name] for name in report.KEY} in known, row
        assert row["reason"], row
