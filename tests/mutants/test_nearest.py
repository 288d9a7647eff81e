"""Which tests are asked about a mutant first."""

import pytest

from tests.mutants.conftest import make_mutant
from tests.mutants.nearest import Nearest, texts_of_tests
from tests.mutants.source import ROOT, Source

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def nearest(sources: dict[str, Source]) -> Nearest:
    return Nearest(sources.values(), texts_of_tests(ROOT))


@pytest.mark.parametrize(
    ("file", "function", "expected"),
    [
        ("partnerships/register/partners/reversal_actions.py", "take_back_status", "partnerships/test_reversals.py"),
        ("partnerships/records/documents/actions.py", "refuse_over_quota", "partnerships/test_documents.py"),
        ("partnerships/records/documents/models.py", "DocumentQuerySet.visible_to", "partnerships/test_documents.py"),
        ("guidelines/permissions.py", "is_unpublished", "guidelines/test_catalogue_admin.py"),
        ("guidelines/states/tables.py", "STATEMENT_TRANSITIONS", "guidelines/test_statement_transitions.py"),
        ("ministries/administration/policy_admin.py", "PolicyAdmin.save_model", "ministries/test_policy_admin.py"),
        ("ui/exports.py", "_text", "ui/test_exports.py"),
    ],
)  # fmt: skip
def test_nearest_are_those_a_person_would_name(
    nearest: Nearest, file: str, function: str, expected: str
) -> None:
    mutant = make_mutant(file=file, function=function)

    assert f"tests/{expected}" in nearest.files(mutant)


def test_tests_of_the_module_come_first() -> None:
    tests = {
        "tests/partnerships/test_partnership_page.py": "from partnerships.models import Contact",
        "tests/partnerships/acts/test_contacts.py": "from partnerships.records.contacts.actions import a",
    }

    files = Nearest([], tests).files(make_mutant(file="partnerships/records/contacts/actions.py"))

    assert files[0] == "tests/partnerships/acts/test_contacts.py"
