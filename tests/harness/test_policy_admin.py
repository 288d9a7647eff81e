"""The rows of the matrix for the two admin areas; see test_policy.py."""

from tests.harness import matrix
from tests.harness.test_policy import PolicyTests


class TestAdminAreas(PolicyTests):
    rows = [row for row in matrix.rows() if row.area == "admin"]
