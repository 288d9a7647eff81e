"""The rows of the matrix for the register, the dashboards, accounts and the pages for everybody; see test_policy.py."""

from tests.harness import matrix
from tests.harness.test_policy import PolicyTests


class TestRegister(PolicyTests):
    rows = [row for row in matrix.rows() if row.area == "rest"]
