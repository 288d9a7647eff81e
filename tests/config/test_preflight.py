"""What is refused before anything is installed or started: one sentence with the way out."""

from pathlib import Path

import pytest

from config.operations.preflight import Obstacle, require_space


def test_too_little_space_names_the_folder_of_the_data(tmp_path: Path) -> None:
    with pytest.raises(Obstacle, match=f"Datenträger von {tmp_path} sind nur"):
        require_space(10**12, str(tmp_path))


def test_enough_space_is_silent(tmp_path: Path) -> None:
    require_space(0, str(tmp_path))
