"""Every subject is one room: what its code needs of another room it names by the file."""

from pathlib import Path

import pytest


@pytest.mark.parametrize("app", ["guidelines", "ministries", "partnerships"])
def test_models_are_imported_by_their_file(app: str) -> None:
    """`models.py` only re-exports, for Django and for the apps above."""
    rooms = [path for path in Path(app).rglob("*.py") if path != Path(app, "models.py")]
    through = [str(path) for path in rooms if f"from {app}.models import" in path.read_text()]
    assert len(rooms) > 20
    assert not through, f"import the file of the model instead: {through}"
