"""The recipes of docs/entwicklung.md lead to what they say."""

import re

import pytest

from tests.harness import walk

PAGE = walk.ROOT / "docs" / "entwicklung.md"
ROW = re.compile(r"^\| `([\w/.<>]+)` \| `([^`]+)` \| .+ \|$", re.M)
RECIPES = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.M)[2:]


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda text: text.partition("\n")[0])
def test_recipe_names_files_that_say_it(recipe: str) -> None:
    rows = ROW.findall(recipe)
    files = [walk.ROOT / file for file, _ in rows]

    assert rows
    assert [file for file in files if not file.is_file()] == []
    assert [
        f"{file}: {word}" for file, word in rows if word not in (walk.ROOT / file).read_text()
    ] == []


def test_way_of_a_request_leads_through_files_that_exist() -> None:
    way = PAGE.read_text(encoding="utf-8").partition("## Ein Feld")[0]
    named = re.findall(r"`([a-z_]+/[\w/.]+\.(?:py|csv))`", way)
    assert [file for file in named if not (walk.ROOT / file).is_file()] == []
