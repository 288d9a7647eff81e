"""Every subject is one room: what its code needs of another room it names by the file."""

from pathlib import Path
from typing import Any

import pytest
from django.db.models import Model

from partnerships.history.partnership_changes import models as told_models
from partnerships.records.follow_ups.models import SUBJECTS
from partnerships.records.shared.kinds import KINDS
from partnerships.records.shared.models import Owned
from partnerships.register.agreements.models import Agreement
from reports.dossier import SECTIONS
from tests.harness import walk

# The section of the dossier that tells of a kind; an empty one says why there is none.
IN_THE_DOSSIER = {
    "sachstand": "sachstaende",
    "aktivitaet": "aktivitaeten",
    "zusage": "zusagen",
    "ansprechperson": "kontakte",
    "vermerk": "vermerke",
    "dokument": "",  # a file of its own, nothing to print
    "arbeitsgruppe": "arbeitsgruppen",
    "gastgeschenk": "gastgeschenke",
}
# Tracked in partnerships, told on no page of changes.
NOT_TOLD = {
    "CorrectionRequest": "answered on its own page, with its own log",
    "Organisation": "belongs to no partnership and no house",
    "CircleLink": "the circle of a confidential partnership stays in the log of the database",
    "RegionLink": "no page of changes tells it yet",
}


@pytest.mark.parametrize("app", ["guidelines", "ministries", "partnerships"])
def test_models_are_imported_by_their_file(app: str) -> None:
    """`models.py` only re-exports, for Django and for the apps above."""
    rooms = [path for path in Path(app).rglob("*.py") if path != Path(app, "models.py")]
    through = [str(path) for path in rooms if f"from {app}.models import" in path.read_text()]
    assert len(rooms) > 20
    assert not through, f"import the file of the model instead: {through}"


def test_every_record_of_a_house_is_a_kind() -> None:
    records = {model for model in walk.models() if issubclass(model, Owned)}
    assert records == {kind.model for kind in KINDS.values()}


def test_every_kind_can_have_follow_ups() -> None:
    assert {Agreement, *(kind.model for kind in KINDS.values())} == set(SUBJECTS.values())


def test_every_kind_has_its_place_in_the_dossier() -> None:
    assert IN_THE_DOSSIER.keys() == KINDS.keys()
    assert set(IN_THE_DOSSIER.values()) - {""} <= SECTIONS.keys()


def tracked() -> list[Any]:
    """Those of partnerships, join tables among them."""
    found = [*walk.models(), *walk.subclasses(Model)]
    own = [m for m in found if m._meta.app_label == "partnerships" and not m._meta.abstract]
    return [model for model in dict.fromkeys(own) if hasattr(model, "pgh_event_model")]


def test_what_is_tracked_is_told() -> None:
    untold = {model.__name__ for model in tracked()} - {m.__name__ for m in told_models().values()}
    assert untold == NOT_TOLD.keys()


@pytest.mark.parametrize("model", tracked(), ids=lambda model: model.__name__)
def test_what_a_change_points_at_has_a_name(model: Any) -> None:
    targets = {field.related_model for field in model._meta.concrete_fields if field.is_relation}
    assert {target for target in targets if not hasattr(target, "named_by")} == set()
