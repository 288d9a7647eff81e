"""The fact sheet: the house's own first, live until release, and only what every house may read."""

from typing import Any

import pytest

from guidelines.statements.fact_sheets import facts_beside
from ministries.clock import today
from tests.factories import make_subject_area
from tests.guidelines.conftest import World, fresh, released, signed_in
from tests.guidelines.test_nil_return_page import fill_register
from tests.guidelines.test_statement_pages import path, text
from tests.record_factories import (
    make_activity,
    make_commitment,
    make_subject_record,
    make_working_group,
)


def titles(world: World) -> list[str]:
    groups = facts_beside(fresh(world.statement), world.house.officer, today())
    return [group.title for group in groups]


def test_the_houses_own_stands_first(world: World) -> None:
    house = world.house.ministry.abbreviation

    found = titles(world)

    assert found[:6] == [
        f"Sachstände ({house})",
        f"Ziele ({house})",
        f"Aktivitäten ({house})",
        "Kosten dieser Aktivitäten nach Träger",
        f"Offene Zusagen ({house})",
        f"Arbeitsgruppen ({house})",
    ]
    assert found[6] == "Beziehung"


@pytest.mark.parametrize("kind", ["subject_record", "commitment", "working_group"])
def test_facts_live_until_release_and_fixed_then(world: World, kind: str) -> None:
    own: Any = {"partnership": world.check.partnership, "ministry": world.house.ministry}

    def add(text: str) -> None:
        if kind == "subject_record":
            area = make_subject_area(ministry=world.house.ministry)
            make_subject_record(
                area=area, situation=text, aims=text, released_by=world.house.head, **own
            )
        elif kind == "commitment":
            make_commitment(title=text, **own)
        else:
            make_working_group(name=text, **own)

    add("Vorher erfasst")
    assert "Vorher erfasst" in text(signed_in(world.house.officer), path(world))
    released(world.statement, house=world.house)
    add("Nachher erfasst")

    page = text(signed_in(world.coordinator), path(world))
    assert "Vorher erfasst" in page
    assert "Nachher erfasst" not in page


def test_what_stays_inside_does_not_travel(world: World) -> None:
    partnership, house = world.check.partnership, world.house.ministry
    make_subject_record(
        partnership=partnership,
        area=make_subject_area(ministry=house),
        ministry=house,
        situation="Unfertiger Text",
    )
    inside = make_activity(ministry=house, partnerships=[partnership], visibility="house")
    make_commitment(partnership=partnership, ministry=house, activity=inside, title="Stille Zusage")

    page = text(signed_in(world.house.officer), path(world))

    assert "Unfertiger Text" not in page
    # As evidence it is offered, with a word on who will not read it.
    assert "Stille Zusage" not in page.partition("<form class=")[0]


def test_other_houses_records_are_not_on_it(world: World) -> None:
    fill_register(world.check.partnership, world.other.ministry)

    page = text(signed_in(world.house.officer), path(world))

    assert "AG Kultur" not in page
