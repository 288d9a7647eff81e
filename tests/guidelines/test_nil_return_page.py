"""Fehlanzeige on its page: all but some, what the register holds of the house, and why."""

from typing import Any

import pytest

from guidelines.answering.sittings import key_of
from guidelines.models import Statement
from guidelines.statements.actions import release, return_for_revision
from ministries.models import Ministry
from partnerships.models import Partnership
from tests.factories import NOW, make_subject_area
from tests.guidelines.conftest import House, World, fresh, signed_in, write
from tests.guidelines.test_one_after_the_other import named
from tests.guidelines.test_statement_pages import post, text
from tests.record_factories import (
    make_activity,
    make_commitment,
    make_subject_record,
    make_working_group,
)
from ui.receipts import new_token

PAGE = "/stellungnahmen/fehlanzeige/"
REASON = "Die Reihe ist eingestellt."


def fill_register(partnership: Partnership, house: Ministry) -> dict[str, str]:
    """What the register names of the house: heading to name."""
    area = make_subject_area(ministry=house, name="Filmkunst")
    make_subject_record(partnership=partnership, area=area, ministry=house)
    own: Any = {"ministry": house, "partnership": partnership}
    make_activity(ministry=house, partnerships=[partnership], title="Gastspiel in Gent")
    make_activity(ministry=house, partnerships=[partnership], title="Lesung in Brügge")
    make_commitment(title="Gegenbesuch", **own)
    make_working_group(name="AG Kultur", **own)
    return {
        "Sachstände (1)": "Filmkunst",
        "Aktivitäten (2)": "Gastspiel in Gent, Lesung in Brügge",
        "Zusagen (1)": "Gegenbesuch",
        "Arbeitsgruppen (1)": "AG Kultur",
    }


def filed(world: World, *statements: Statement, **data: str) -> Any:
    keys = {"s": [key_of(fresh(one)) for one in statements], "_token": new_token()}
    return signed_in(world.house.officer).post(PAGE, keys | data)


def released_nil(statement: Statement, house: House) -> Statement:
    release(statement=fresh(statement), by=house.head, now=NOW)
    return fresh(statement)


@pytest.mark.parametrize("query", ["", "?s={pk}"])
def test_everything_of_the_house_is_named(world: World, query: str) -> None:
    names = fill_register(world.check.partnership, world.house.ministry)

    page = text(signed_in(world.house.officer), PAGE + query.format(pk=world.statement.pk))

    for heading, name in names.items():
        assert f"{heading}: {name}." in page


def test_what_other_houses_keep_is_not_named(world: World) -> None:
    fill_register(world.check.partnership, world.other.ministry)

    page = text(signed_in(world.house.officer), PAGE)

    assert "Gastspiel" not in page
    assert "Filmkunst" not in page


def test_confidential_record_is_named_to_its_circle_only(world: World) -> None:
    activity = make_activity(
        ministry=world.house.ministry,
        partnerships=[world.check.partnership],
        title="Stille Reise",
        is_confidential=True,
    )
    activity.circle.add(world.house.officer)

    assert "Stille Reise" in text(signed_in(world.house.officer), PAGE)
    assert "Stille Reise" not in text(signed_in(world.house.colleague), PAGE)


def test_reason_is_asked_where_there_is_something(world: World) -> None:
    fill_register(world.check.partnership, world.house.ministry)

    response = filed(world, world.statement)

    assert response.status_code == 422
    assert f'href="#id_reason_{world.statement.pk}"' in response.content.decode()
    assert fresh(world.statement).state == "open"


def test_reason_is_kept_and_read_by_the_coordination(world: World) -> None:
    fill_register(world.check.partnership, world.house.ministry)

    filed(world, world.statement, **{f"reason_{world.statement.pk}": REASON})
    statement = released_nil(world.statement, world.house)

    assert statement.nil_reason == REASON
    client = signed_in(world.coordinator)
    for address in (world.check.get_absolute_url(), statement.get_absolute_url()):
        page = text(client, address)
        assert REASON in page
        assert "Aktivitäten (2)" not in page


def test_reason_is_the_houses_own_until_release(world: World) -> None:
    fill_register(world.check.partnership, world.house.ministry)

    filed(world, world.statement, **{f"reason_{world.statement.pk}": REASON})

    assert REASON not in text(signed_in(world.coordinator), world.check.get_absolute_url())
    assert REASON in text(signed_in(world.house.head), world.statement.get_absolute_url())


def test_one_reason_serves_all(world: World) -> None:
    second, third = named(world, "Yy"), named(world, "Zz")
    for statement in (world.statement, second):
        fill_register(statement.guideline_check.partnership, world.house.ministry)
    own = {f"reason_{second.pk}": "Nur hier."}

    filed(world, world.statement, second, third, reason_alle=REASON, **own)

    reasons = [fresh(one).nil_reason for one in (world.statement, second, third)]
    assert reasons == [REASON, "Nur hier.", ""]


def test_for_all_but_the_ticked_ones(world: World) -> None:
    second, third = named(world, "Yy"), named(world, "Zz")

    page = text(signed_in(world.house.officer), f"{PAGE}?s={second.pk}&ausser=1")

    assert "Fehlanzeige bestätigen" in page
    for statement, is_there in ((world.statement, True), (second, False), (third, True)):
        assert (f'name="s" value="{key_of(statement)}"' in page) is is_there


def test_for_all_when_none_is_ticked(world: World) -> None:
    named(world, "Zz")

    page = text(signed_in(world.house.officer), f"{PAGE}?ausser=1")

    assert "diesen 2 Partnerschaften" in page


def test_nothing_ticked_is_said_at_the_first_box(world: World) -> None:
    page = text(signed_in(world.house.officer), f"{PAGE}?weiter=1")

    assert f'href="#s-{world.statement.pk}">Wählen Sie mindestens eine offene' in page
    assert "Wählen Sie mindestens" not in text(signed_in(world.house.officer), PAGE)


def test_all_but_all_is_nothing(world: World) -> None:
    page = text(signed_in(world.house.officer), f"{PAGE}?s={world.statement.pk}&ausser=1")

    assert "Wählen Sie mindestens eine offene Stellungnahme aus." in page
    assert "Fehlanzeige bestätigen" not in page


def test_returned_one_is_no_nil_return_any_more(world: World) -> None:
    fill_register(world.check.partnership, world.house.ministry)
    filed(world, world.statement, **{f"reason_{world.statement.pk}": REASON})

    return_for_revision(
        statement=fresh(world.statement), note="Bitte doch.", by=world.house.head, now=NOW
    )

    found = fresh(world.statement)
    assert (found.is_nil_return, found.nil_reason) == (False, "")


def test_what_a_colleague_writes_meanwhile_is_not_cleared(world: World) -> None:
    read = key_of(world.statement)
    write(world.statement, by=world.house.colleague)

    response = post(signed_in(world.house.officer), PAGE, s=read)

    assert response.status_code == 422
    assert "Inzwischen hat jemand anderes in Ihrem Haus geschrieben" in response.content.decode()
    assert fresh(world.statement).key_message == "Die Zusammenarbeit trägt."


def test_one_gone_meanwhile_files_none(world: World) -> None:
    second = named(world, "Zz")
    post(signed_in(world.house.colleague), PAGE, s=key_of(second))

    response = filed(world, world.statement, second)

    assert response.status_code == 422
    assert "nicht mehr offen" in response.content.decode()
    assert fresh(world.statement).state == "open"
