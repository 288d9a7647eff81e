"""The application as it is today, read once."""

import pytest

from tests.mutants.mutants import Mutant
from tests.mutants.places import Place, places
from tests.mutants.source import Edit, Source, application


@pytest.fixture(scope="session")
def sources() -> dict[str, Source]:
    return {source.file: source for source in application()}


@pytest.fixture(scope="session")
def every_place(sources: dict[str, Source]) -> list[Place]:
    return places(sources.values())


def make_mutant(
    *, file: str = "ui/dates.py", function: str = "euro", stratum: str = "ui"
) -> Mutant:
    return Mutant(stratum, file, function, False, "truth", 1, Edit(0, 0, ""))
