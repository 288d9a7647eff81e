"""What of an answer is not as the matrix and the rules for every answer have it."""

from collections.abc import Iterator, Sequence

from tests.harness import leaks, matrix
from tests.harness.answers import OBJECTS, Asked, Found
from tests.harness.matrix import Row

# One row of each address is enough for HEAD and for fragments.
FIRST = {row.route: row for row in reversed(matrix.rows()) if row.method == "GET"}


class Judge:
    def __init__(self, answers: Asked) -> None:
        self.answers = answers
        self.visitor = answers.visitor

    def deviations(self, rows: Sequence[Row]) -> list[str]:
        return [f"{row}, {found}" for row in rows for found in self._of_row(row)]

    def _of_row(self, row: Row) -> Iterator[str]:
        findings = self.answers.findings(row)
        for role, found in findings.items():
            for problem in self._of_role(row, role, found):
                yield f"{role}: {problem}"
        if row == FIRST.get(row.route):
            yield from self._head(row, findings)
            yield from self._fragment(row, findings)

    def _of_role(self, row: Row, role: str, found: Found) -> Iterator[str]:
        if found.meaning != row.asked[role]:
            yield f"{found.meaning}, not {row.asked[role]}"
        if found.status == 404 and row.object:
            absent = self.answers.absent(row.route, OBJECTS[row.route], row.query, row.method, role)
            if found.masked != absent:
                yield "what is hidden does not look like what does not exist"
        if row.method == "GET" and found.writes:
            yield f"reading changes {found.writes}"
        if found.headers:
            yield f"headers {found.headers}"
        if found.leaks:
            yield f"receives what is not for them: {found.leaks}"

    def _head(self, row: Row, findings: dict[str, Found]) -> Iterator[str]:
        head = self.visitor.visit("coordination", "HEAD", self.visitor.url(row))
        if head.status != findings["coordination"].status or head.body:
            yield f"HEAD: {head.status} and {len(head.body)} bytes"

    def _fragment(self, row: Row, findings: dict[str, Found]) -> Iterator[str]:
        """Guarded like the page it is a part of."""
        for role in ("anonymous", "officer"):
            fragment = self.visitor.visit(role, "HX", self.visitor.url(row))
            if fragment.status not in (findings[role].status, 401):
                yield f"fragment for {role}: {fragment.status}"
            if found := leaks.found(fragment, row.route, self.visitor.legend):
                yield f"fragment for {role}: {found}"
