"""Each mistake, on a few lines: what was written and what stands there instead."""

import pytest

from tests.mutants import conditions, queries, values
from tests.mutants.mutants import OPERATORS, Operator, mutants_of
from tests.mutants.places import Place, places_in
from tests.mutants.source import Source

ROLES = {"Role": ["COORDINATOR", "OFFICER", "HEAD"]}


def becomes(operator: Operator, line: str, *, head: str = "def f(user) -> bool:") -> list[str]:
    """What the operator makes of the only line of a function."""
    source = Source("ministries/accounts/a_actions.py", f"{head}\n    {line}\n".encode(), ROLES)
    place = Place("actions", source, "f", (source.tree.body[0],))
    found = mutants_of(place).get(operator.__name__, [])
    return [source.with_edit(one.edit).decode().splitlines()[-1].strip() for one in found]


@pytest.mark.parametrize(
    ("operator", "line", "expected"),
    [
        (conditions.guard_dropped, "if not a: raise E", ["pass"]),
        (conditions.condition_negated, "if a: b()", ["if (not (a)): b()"]),
        (conditions.condition_negated, "if not a: b()", ["if (a): b()"]),
        (
            conditions.condition_negated,
            "x = [a for a in b if a]",
            ["x = [a for a in b if (not (a))]"],
        ),
        (conditions.and_or, "return a and b", ["return (a or b)"]),
        (conditions.and_or, "x = Q(a=1) | Q(b=2)", ["x = (Q(a=1) & Q(b=2))"]),
        (conditions.term_dropped, "return a and b", ["return (b)", "return (a)"]),
        (conditions.term_dropped, "x = a & b", ["x = (b)", "x = (a)"]),
        (conditions.comparison, "return a < b", ["return (a <= b)"]),
        (conditions.comparison, "return a >= b", ["return (a > b)"]),
        (conditions.comparison, "return a == b", ["return (a != b)"]),
        (conditions.comparison, "return a not in b", ["return (a in b)"]),
        (queries.call_dropped, "x = M.objects.visible_to(user)", ["x = M.objects.all()"]),
        (
            queries.call_dropped,
            "x = rows.open().in_use()",
            ["x = rows.open()", "x = rows.all().in_use()"],
        ),
        (queries.filter_exclude, "x = rows.filter(a=b)", ["x = rows.exclude(a=b)"]),
        (queries.value_dropped, "rows.update(a=b, c=d)", ["rows.update(c=d)", "rows.update(a=b)"]),
        (queries.value_dropped, "rows.filter(a=b)", []),
        (queries.value_dropped, "with context(reason=b): c()", ["with context(): c()"]),
        (values.element_dropped, "s(fields=['a', 'b'])", ["s(fields=['b'])", "s(fields=['a'])"]),
        (values.element_dropped, "a, b = c, d", []),
        (values.neighbour, "return user.has(Role.HEAD)", ["return user.has(Role.COORDINATOR)"]),
        (values.truth, "s(late=True)", ["s(late=False)"]),
        (values.number, "s(rows[:3])", ["s(rows[:4])", "s(rows[:2])"]),
        (values.result_changed, "return a", ["return True", "return False"]),
        (values.statement_dropped, "post(user)", ["pass"]),
        (values.statement_dropped, "a.on, a.by = day, user", ["pass"]),
        (values.statement_dropped, "x = day", []),
    ],
)
def test_operator(operator: Operator, line: str, expected: list[str]) -> None:
    assert becomes(operator, line) == expected


@pytest.mark.parametrize(
    ("returned", "expected"),
    [
        ("list[int]", ["return []"]),
        ("User | None", ["return None"]),
        ("Q", ["return Q()"]),
        ("QuerySet[User]", ["return (a).none()"]),
        ("str", ['return ""']),
        ("User", []),
    ],
)
def test_result_is_one_the_type_allows(returned: str, expected: list[str]) -> None:
    head = f"def f(user) -> {returned}:"

    assert becomes(values.result_changed, "return a", head=head) == expected


@pytest.mark.parametrize(
    "line",
    [
        'raise Refusal("a" and "b")',
        'log.info("a", late=True)',
        '"""Neither 3 nor True."""',
        "x: bool | None",
        "assert a and b",
        'x = f"{a and b}"',
    ],
)
def test_words_hints_and_logs_are_left_alone(line: str) -> None:
    assert [found for operator in OPERATORS if (found := becomes(operator, line))] == []


def test_permission_is_opened_and_its_parts_are_lost() -> None:
    rule = b'rules.add_perm("a.write", is_head & is_not_author)\n'
    source = Source("guidelines/permissions.py", rule)

    [place] = places_in(source)

    found = [one for mutants in mutants_of(place).values() for one in mutants]
    assert place.function == "a.write"
    assert {source.with_edit(one.edit).decode().strip() for one in found} == {
        'rules.add_perm("a.write", (is_head | is_not_author))',
        'rules.add_perm("a.write", (is_head))',
        'rules.add_perm("a.write", (is_not_author))',
        'rules.add_perm("a.write", rules.always_allow)',
        "pass",
    }


def test_row_of_a_state_table_loses_its_check() -> None:
    table = b'ROWS = (\n    Transition("a", A, B, "A", "may", "is_complete"),\n    Transition("b"),\n)\n'
    source = Source("guidelines/states/tables.py", table)

    [place] = places_in(source)

    [lost] = mutants_of(place)["check_dropped"]
    assert lost.differences(source) == (
        'Transition("a", A, B, "A", "may", "is_complete"),',
        'Transition("a", A, B, "A", "may"),',
    )


def test_umlauts_before_a_mistake_do_not_shift_it() -> None:
    source = Source("ui/a.py", 'def f(a):\n    return "Übergröße" if a < 3 else ""\n'.encode())

    [place] = places_in(source)

    [swapped] = mutants_of(place)["comparison"]
    assert source.with_edit(swapped.edit).decode() == (
        'def f(a):\n    return "Übergröße" if (a <= 3) else ""\n'
    )
    assert swapped.line == 2


def test_what_changes_nothing_or_cannot_be_read_is_no_mutant() -> None:
    assert becomes(values.result_changed, "return True") == ["return False"]
    assert becomes(queries.value_dropped, "with context(reason=b,): c()") == []
