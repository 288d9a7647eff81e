"""An erased account keeps its number and nothing of who its owner was; done by the owner of the database."""

from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import connection

from ministries.accounts.erasure_actions import erase_account, record_erasure
from ministries.models import Disclosure, Notification, Role, User
from tests import database
from tests.factories import NOW, make_user
from tests.ministries.one_time_codes import make_second_factor
from ui.errors import Refusal

ORDER = "Antrag vom 3. April, Az. 12"


@pytest.fixture
def as_owner(transactional_db: None) -> Iterator[None]:
    """The login of web and worker may not empty the history."""
    app_login = dict(connection.settings_dict)
    connection.close()
    database.use_owner_login(connection)
    yield
    connection.close()
    connection.settings_dict.update(app_login)


def make_closed(*, email: str) -> User:
    """With a second factor, a confirmed address and two versions in the history."""
    user = make_user(email=email, name="Kanarienvogel Gelb", unit="Referat 1", phone="0351 1")
    make_second_factor(user)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    User.objects.filter(pk=user.pk).update(is_active=False, last_login=NOW)
    return User.objects.get(pk=user.pk)


def make_mail(number: int, *, to: str, recipient: User | None = None) -> Notification:
    return Notification.objects.create(
        kind="account",
        recipient=recipient,
        to_address=to,
        subject="Betreff",
        body="Text",
        message_id=f"{number}@demo.example",
    )


@pytest.mark.usefixtures("as_owner")
def test_account_loses_everything_that_names_its_owner() -> None:
    user = make_closed(email="gelb@demo.example")

    erase_account(user, reason=ORDER, now=NOW)

    found = User.objects.get(pk=user.pk)
    assert (found.name, found.unit, found.phone) == (f"Gelöschtes Konto {user.pk}", "", "")
    assert found.email == f"konto-{user.pk}@geloescht.invalid"
    assert (found.has_usable_password(), found.last_login) == (False, None)


@pytest.mark.usefixtures("as_owner")
def test_history_of_the_account_is_emptied_and_tells_the_order() -> None:
    user = make_closed(email="gelb@demo.example")
    other = make_user(name="Bleibt")

    erase_account(user, reason=ORDER, now=NOW)

    history = User.pgh_event_model.objects.order_by("pgh_id")
    rows = history.filter(pgh_obj=user)
    assert set(rows.values_list("name", "email", "unit", "phone")) == {
        (f"Gelöschtes Konto {user.pk}", f"konto-{user.pk}@geloescht.invalid", "", "")
    }
    assert rows.last().pgh_context["reason"] == ORDER
    assert set(history.filter(pgh_obj=other).values_list("name", flat=True)) == {"Bleibt"}


@pytest.mark.usefixtures("as_owner")
def test_mails_factors_and_addresses_of_this_person_alone_go() -> None:
    user = make_closed(email="gelb@demo.example")
    other = make_closed(email="blau@demo.example")
    make_mail(1, to="frueher@demo.example", recipient=user)
    make_mail(2, to="Gelb@Demo.Example")
    kept = make_mail(3, to="blau@demo.example", recipient=other)

    erase_account(user, reason=ORDER, now=NOW)

    assert list(Notification.objects.all()) == [kept]
    assert set(Authenticator.objects.values_list("user", flat=True)) == {other.pk}
    assert set(EmailAddress.objects.values_list("user", flat=True)) == {other.pk}
    assert User.objects.get(pk=other.pk).name == "Kanarienvogel Gelb"


@pytest.mark.usefixtures("as_owner")
def test_what_was_erased_is_counted_and_written_down() -> None:
    user = make_closed(email="gelb@demo.example")
    make_mail(1, to=user.email, recipient=user)

    gone = erase_account(user, reason=ORDER, now=NOW)

    assert gone == {
        "Konto": 1,
        "Nachrichten an die Person": 1,
        "Zweiter Faktor": 2,
        "Bestätigte E-Mail-Adressen": 1,
        "Stände des Kontos im Änderungsverlauf": 3,
    }
    made = Disclosure.objects.get()
    assert (made.subject, made.number) == (f"Konto Nr. {user.pk}", sum(gone.values()))


@pytest.mark.django_db
def test_open_account_is_not_erased() -> None:
    user = make_user(role=Role.OFFICER, name="Noch da")

    with pytest.raises(Refusal, match="Das Konto ist noch aktiv"):
        erase_account(user, reason=ORDER, now=NOW)

    assert User.objects.get(pk=user.pk).name == "Noch da"
    assert not Disclosure.objects.exists()


@pytest.mark.django_db
def test_erasure_is_written_down_as_done_by_nobody() -> None:
    record_erasure("Ansprechperson Nr. 7", reason="x" * 301, number=3, now=NOW)

    made = Disclosure.objects.get()
    assert (made.kind, made.subject) == ("erasure", "Ansprechperson Nr. 7")
    assert (made.purpose, made.number) == ("x" * 300, 3)
    assert (made.made_at, made.made_by, made.capacity) == (NOW, None, "")
