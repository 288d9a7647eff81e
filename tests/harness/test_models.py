"""What every model of ours keeps, so that a new one cannot forget it. An exception carries its reason."""

import re

import pytest
from django.conf import settings
from django.db import models
from django.db.models import Model
from django.db.models.constraints import BaseConstraint, CheckConstraint

from tests.harness import walk

ALL = pytest.mark.parametrize("model", walk.models(), ids=walk.label)

# Dates that are no event but the edge of a period, or the day a statement was true.
PERIOD_EDGES = {
    "valid_from": "first day of a period",
    "valid_until": "last day of a period",
    "as_of": "the day an outside source speaks of",
    "scrutiny_since": "first day of a period",
    "scrutiny_until": "last day of a period",
    "scrutiny_end_visible_from": "first day of a period",
    "visible_from": "first day of a period",
    "effective_from": "first day of a period",
}
FOREIGN_DATES = {"ministries.User.last_login": "Django's own field"}
NOT_A_PERSON = {"guidelines.Criterion.answered_by": "an addressee: all houses, the lead, an area"}
# Acts whose day is another field than `<act>_on` or `<act>_at`.
NOT_PAIRED: dict[str, str] = {}
WITHOUT_VISIBLE_TO = {
    "ministries.User": "accounts belong to the administrator and open in /technik/ only",
    "ui.FormReceipt": "no page reads it: it makes a repeated POST harmless",
}
UNTRACKED = {
    "ministries.Notification": "is itself the log of what was sent",
    "ministries.Disclosure": "is itself a log, never changed",
    "partnerships.Import": "a file on its way: what it writes is in the history of the records",
    "partnerships.ColumnMapping": "remembers headings, says nothing about a record",
    "guidelines.StatementDraft": "typed and not saved: nobody else ever sees it",
    "guidelines.DelegationDraft": "typed and not sent: nobody else ever sees it",
    "ui.FormReceipt": "says nothing about a record",
}
UNTRACKED_JOINS = {
    "guidelines.Statement_authors": "derived: whoever saved a version, and that is in the history",
    "guidelines.Query_authors": "derived, as of a statement",
    "guidelines.RequestLetter_statements": "written with the letter and never changed",
}


def fields_of(model: type[Model]) -> list[models.Field]:
    return [field for field in model._meta.get_fields() if isinstance(field, models.Field)]


def is_listed(exceptions: dict[str, str], model: type[Model], field: str = "") -> bool:
    return f"{walk.label(model)}.{field}".rstrip(".") in exceptions


@ALL
def test_model_says_in_a_docstring_what_it_is(model: type[Model]) -> None:
    text = model.__doc__ or ""
    assert text.strip()
    assert not text.startswith(f"{model.__name__}("), "Django's own text, not ours"


@ALL
def test_model_has_a_text_of_its_own(model: type[Model]) -> None:
    assert "__str__" in vars(model)


@ALL
def test_model_has_german_names(model: type[Model]) -> None:
    options = model._meta.original_attrs
    assert options.get("verbose_name")
    assert options.get("verbose_name_plural")


@ALL
def test_model_has_an_order(model: type[Model]) -> None:
    assert model._meta.ordering


@ALL
def test_every_field_is_named_in_german(model: type[Model]) -> None:
    unnamed = [
        field.name
        for field in fields_of(model)
        if not field.primary_key
        and not isinstance(field, models.GeneratedField)
        and not is_listed(FOREIGN_DATES, model, field.name)
        and field.verbose_name == field.name.replace("_", " ")
    ]
    assert unnamed in ([], ["version"])


@ALL
def test_dates_end_in_on_and_times_in_at(model: type[Model]) -> None:
    for field in fields_of(model):
        if is_listed(FOREIGN_DATES, model, field.name) or field.name in PERIOD_EDGES:
            continue
        if isinstance(field, models.DateTimeField):
            assert field.name.endswith("_at"), field.name
        elif isinstance(field, models.DateField):
            assert field.name.endswith("_on"), field.name
        else:
            assert not field.name.endswith(("_on", "_at")), field.name


@ALL
def test_by_is_a_person_with_a_time(model: type[Model]) -> None:
    names = {field.name for field in fields_of(model)}
    for field in fields_of(model):
        if not field.name.endswith("_by") or is_listed(NOT_A_PERSON, model, field.name):
            continue
        assert isinstance(field, models.ForeignKey)
        assert field.remote_field.model._meta.label == settings.AUTH_USER_MODEL
        act = field.name.removesuffix("_by")
        assert is_listed(NOT_PAIRED, model, field.name) or {f"{act}_on", f"{act}_at"} & names


@ALL
def test_foreign_keys_protect_what_they_point_to(model: type[Model]) -> None:
    for field in fields_of(model):
        if isinstance(field, models.ForeignKey):
            assert field.remote_field.on_delete is models.PROTECT, field.name


@ALL
def test_empty_text_is_empty_not_null(model: type[Model]) -> None:
    """But for what must be unique: two rows without it would be the same."""
    texts = [f for f in fields_of(model) if isinstance(f, models.CharField | models.TextField)]
    assert [field.name for field in texts if field.null and not field.unique] == []


@ALL
def test_reads_start_at_visible_to(model: type[Model]) -> None:
    if is_listed(WITHOUT_VISIBLE_TO, model):
        return
    assert callable(getattr(model._default_manager, "visible_to", None))


@ALL
def test_changes_leave_a_row_in_the_history(model: type[Model]) -> None:
    tracked = {event.pgh_tracked_model for event in walk.event_models()}
    assert (model in tracked) is not is_listed(UNTRACKED, model)


@pytest.mark.parametrize("join", walk.join_tables(), ids=lambda join: join._meta.label)
def test_changes_of_a_many_to_many_leave_a_row_in_the_history(join: type[Model]) -> None:
    tracked = {event.pgh_tracked_model._meta.db_table for event in walk.event_models()}
    assert (join._meta.db_table in tracked) is not (join._meta.label in UNTRACKED_JOINS)


@ALL
def test_constraints_tell_people_what_to_do(model: type[Model]) -> None:
    for constraint in model._meta.constraints:
        assert constraint.name
        assert constraint.violation_error_message, constraint.name
        assert not is_stock(constraint), f"{constraint.name} has Django's message"
        assert re.search(r"[a-zäöü]{3}.*\.$", str(constraint.violation_error_message)), (
            constraint.name
        )


def is_stock(constraint: BaseConstraint) -> bool:
    return constraint.violation_error_message == BaseConstraint.default_violation_error_message


@ALL
def test_enumerations_are_held_by_the_database(model: type[Model]) -> None:
    """A process state outside its choices is refused by a constraint or by the trigger of its table."""
    state = next((field for field in fields_of(model) if field.name == "state"), None)
    if state is None:
        return
    triggers = " ".join(trigger.name for trigger in getattr(model._meta, "triggers", []))
    checks = [c for c in model._meta.constraints if isinstance(c, CheckConstraint)]
    assert "state" in triggers or any("state" in str(check.condition) for check in checks)


@ALL
def test_foreign_keys_go_down_only(model: type[Model]) -> None:
    own = walk.floor(model._meta.app_label)
    for field in fields_of(model):
        target = field.related_model
        if isinstance(target, type) and target._meta.app_label in walk.FLOORS:
            assert walk.floor(target._meta.app_label) <= own, f"{field.name} points upwards"


def test_exceptions_name_something_that_exists() -> None:
    known = {walk.label(model) for model in walk.models()}
    known |= {join._meta.label for join in walk.join_tables()}
    listed = {*WITHOUT_VISIBLE_TO, *UNTRACKED, *UNTRACKED_JOINS}
    fields = {*FOREIGN_DATES, *NOT_A_PERSON, *NOT_PAIRED}
    assert listed | {name.rpartition(".")[0] for name in fields} <= known
    named = {field.name for model in walk.models() for field in fields_of(model)}
    assert set(PERIOD_EDGES) <= named
