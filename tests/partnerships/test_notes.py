"""Notes after their release, and the value of a gift."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from ministries.clock import now
from ministries.models import Role, User
from partnerships.models import Gift, Note
from tests.factories import make_appointment, make_ministry, make_partnership, make_user
from tests.partnerships.conftest import People
from tests.record_factories import make_gift, make_note
from tests.templates import folded

SignIn = Callable[[User], Client]


def send(client: Client, address: str, **values: Any) -> Any:
    return client.post(address, {"_token": str(uuid4()), **values}, follow=True)


def test_released_note_is_filed_and_its_text_stays(people: People, sign_in: SignIn) -> None:
    note = make_note(
        ministry=people.house,
        partnership=make_partnership(),
        text="Wie besprochen",
        released_at=now(),
        released_by=people.officer,
    )
    officer = sign_in(people.officer)
    address = f"/vermerke/{note.pk}/ablage/"
    assert address in officer.get(note.get_absolute_url()).content.decode()

    send(officer, address, _version=1, file_reference="3-0123/4", filed_on="3.4.26", text="Anders")

    note.refresh_from_db()
    assert (note.file_reference, note.text, note.version) == ("3-0123/4", "Wie besprochen", 2)


def test_draft_of_a_successor_leaves_the_note_valid(people: People, sign_in: SignIn) -> None:
    about = {"ministry": people.house, "partnership": make_partnership(slug="p")}
    released = {"released_at": now(), "released_by": people.officer}
    former = make_note(title="Alt", **about, **released)
    later = make_note(title="Neu", supersedes=former, **about)
    officer = sign_in(people.officer)

    assert "in Arbeit" in officer.get(former.get_absolute_url()).content.decode()
    assert ">freigegeben<" in folded(officer.get("/partnerschaften/p/vermerke/").text)
    Note.objects.filter(pk=later.pk).update(**released)
    assert "ist ersetzt" in officer.get(former.get_absolute_url()).content.decode()
    assert ">ersetzt<" in folded(officer.get("/partnerschaften/p/vermerke/").text)


def test_value_of_a_gift_is_read_with_its_comma(people: People, sign_in: SignIn) -> None:
    make_partnership(slug="p")
    gift = {"direction": "given", "given_on": "3.4.26", "title": "Bildband", "value": "45,50"}
    send(
        sign_in(people.officer),
        "/partnerschaften/p/gastgeschenke/neu/",
        ministry=people.house.pk,
        **gift,
    )
    assert Gift.objects.get().value == Decimal("45.50")


def test_gift_is_offered_for_change_to_who_may_change_it(people: People, sign_in: SignIn) -> None:
    """Who leads one house and works in another changes the gifts of the other only."""
    partnership, led = make_partnership(), make_ministry()
    both = make_user(role=Role.MANAGER, ministry=led)
    make_appointment(user=both, role=Role.OFFICER, ministry=people.house)
    own = make_gift(ministry=people.house, partnership=partnership)
    foreign = make_gift(ministry=led, partnership=partnership)

    page = sign_in(both).get(f"/partnerschaften/{partnership.slug}/gastgeschenke/").content.decode()

    assert reverse("partnerships:gift-edit", args=[own.pk]) in page
    assert reverse("partnerships:gift-edit", args=[foreign.pk]) not in page
