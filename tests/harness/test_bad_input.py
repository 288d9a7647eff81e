"""Bad input gets an answer that says so: never an error of the server, never a half-written record.

Every form and every filter, posted and asked with values, bodies, addresses and headers of
`bad_values.py`, as somebody who may. In CI a third of the forms and filters each day, with 200
values each, and at each address a third of the values for a key; in the drill all of them.
"""

from collections.abc import Iterator

import pytest

from tests.harness import bad_input, bad_values
from tests.harness.acts import Act
from tests.harness.bad_input import Attack
from tests.harness.crawl import Visitor
from tests.harness.matrix import Row
from tests.harness.sampling import sampled, third, third_of

pytestmark = pytest.mark.long

IN_DRILL = 200


@pytest.fixture(scope="module")
def attack(visitor: Visitor) -> Iterator[Attack]:
    attack = Attack(visitor)
    yield attack
    print(f"\n{attack.requests} requests, the slowest {attack.slowest:.2f} s")


@pytest.mark.parametrize("act", third_of(bad_input.forms()), ids=str)
def test_form_withstands(act: Act, attack: Attack) -> None:
    found = attack.on_form(act, bad_values.bodies)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("row", third_of(bad_input.pages()), ids=str)
def test_filters_withstand(row: Row, attack: Attack) -> None:
    found = attack.on_page(row, bad_values.queries)
    assert not found, "\n".join(found)


@pytest.mark.drill
@pytest.mark.parametrize("act", bad_input.forms(), ids=str)
def test_form_withstands_longer(act: Act, attack: Attack) -> None:
    found = attack.on_form(act, bad_values.bodies, IN_DRILL)
    assert not found, "\n".join(found)


@pytest.mark.drill
@pytest.mark.parametrize("row", bad_input.pages(), ids=str)
def test_filters_withstand_longer(row: Row, attack: Attack) -> None:
    found = attack.on_page(row, bad_values.queries, IN_DRILL)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("row", sampled(bad_input.addresses()), ids=str)
def test_address_withstands(row: Row, attack: Attack) -> None:
    """A third of them, the next address the next third: the views behind share what reads them."""
    number = bad_input.addresses().index(row)
    found = attack.on_address(row, third(bad_values.SEGMENTS, number))
    assert not found, "\n".join(found)


@pytest.mark.drill
@pytest.mark.parametrize("row", bad_input.addresses(), ids=str)
def test_address_withstands_all(row: Row, attack: Attack) -> None:
    found = attack.on_address(row)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("headers", bad_values.HEADERS, ids=str)
def test_headers_are_withstood(headers: dict[str, str], attack: Attack) -> None:
    pages = bad_input.pages()
    assert [
        line for row in pages[:: len(pages) // 10] for line in attack.with_headers(row, headers)
    ] == []
