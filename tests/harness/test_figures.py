"""docs/figures.md: a row per figure, in the section of its measurement, replaced by the next run."""

from pathlib import Path

import pytest

from tests import figures

PAGE = "# Gemessen\n\nWas hier steht.\n"


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "figures.md"
    path.write_text(PAGE)
    monkeypatch.setattr(figures, "FILE", path)
    return path


def lines(page: Path) -> list[str]:
    return [line for line in page.read_text().splitlines() if line]


def test_figures_stand_in_sections_of_their_own(page: Path) -> None:
    figures.note("Wettläufe", "verloren", asked=0, measured=0, size="1.000")
    figures.note("Ausfälle", "wieder da", asked="≤ 15 s", measured="4,1 s", size="9 Ausfälle")
    figures.note("Wettläufe", "doppelt", asked=0, measured=0, size="1.000")

    assert [line[:18] for line in lines(page)] == [
        "# Gemessen",
        "Was hier steht.",
        "## Wettläufe",
        "| Figur | verlangt",
        "|---|---|---|---|-",
        "| verloren | 0 | 0",
        "| doppelt | 0 | 0 ",
        "## Ausfälle",
        "| Figur | verlangt",
        "|---|---|---|---|-",
        "| wieder da | ≤ 15",
    ]


def test_next_run_replaces_the_row_and_keeps_the_words_around(page: Path) -> None:
    figures.note("Wettläufe", "verloren", asked=0, measured=7, size="1.000")
    page.write_text(page.read_text().replace("## Wettläufe\n", "## Wettläufe\n\nZwei zugleich.\n"))

    figures.note("Wettläufe", "verloren", asked=0, measured=0, size="1.000")

    assert "7" not in [line.split(" | ")[2] for line in lines(page) if "verloren" in line]
    assert lines(page)[2:4] == ["## Wettläufe", "Zwei zugleich."]
    assert len([line for line in lines(page) if line.startswith("| verloren")]) == 1


def test_figure_that_would_break_the_table_is_tamed(page: Path) -> None:
    figures.note("Ausfälle", "a|b", asked="x\ny", measured=1, size=1)

    assert lines(page)[-1].startswith("| a\\|b | x y | 1 | 1 |")
