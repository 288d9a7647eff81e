"""The mail server is away for the whole run and then comes back: every mail arrives, and meanwhile it can be seen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from ministries.clock import today
from ministries.models import Notification, Role
from tests import database, factories, figures
from tests.config.places import Place, place, used
from tests.drills.mailing import DeadlySink, Worker, wait_until, working
from tests.guidelines.conftest import signed_in
from tests.harness.page_forms import main_form
from tests.ministries.sink import free_port

pytestmark = pytest.mark.drill
SECTION = "Mails"
MAILS, DEAD = 200, 20
QUEUE = "/technik/ministries/notification/"
State = Notification.State


@dataclass
class Post:
    worker: Worker
    sink: DeadlySink
    operator: Client
    officer: Client
    head: Client
    statements: list[int]

    def send(self, count: int) -> None:
        """Each return of a statement is a mail to its author."""
        for number in range(count):
            statement = self.statements[number % len(self.statements)]
            press(self.officer, f"/stellungnahmen/{statement}/vorlegen/")
            press(self.head, f"/stellungnahmen/{statement}/zurueckgeben/", note="Bitte ergänzen.")


def press(client: Client, path: str, **fields: str) -> None:
    form = main_form(client.get(path).content).data()
    data = {name: values[-1] for name, values in form.items()}
    response = client.post(path, data | fields)
    assert response.status_code == 302, response.content.decode()[-2000:]


@pytest.fixture(scope="module")
def there(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Place]:
    """Without the rights that the tests' own clean-up has; a worker would refuse to start with them."""
    template = f"{database.PREFIX}_template_{database.fingerprint()}"
    folder: Path = tmp_path_factory.mktemp("mail")
    with (
        place("mail", folder, template=template) as there,
        django_db_blocker.unblock(),
        used(there.name),
    ):
        yield there


@pytest.fixture(scope="module")
def post(there: Place) -> Iterator[Post]:
    house = factories.make_ministry()
    check_round = factories.make_round(due_on=today() + timedelta(days=60))
    statements = []
    for _ in range(5):
        check = factories.make_check(check_round=check_round)
        statement = factories.make_statement(ministry=house, check=check)
        statement.review_notes.update(answer="2")
        type(statement).objects.filter(pk=statement.pk).update(vote="continue", key_message="Satz.")
        statements.append(statement.pk)
    port = free_port()
    sink = DeadlySink(port)
    with working(there, port) as worker:
        yield Post(
            worker,
            sink,
            operator=signed_in(factories.make_user(role=Role.ADMINISTRATOR)),
            officer=signed_in(factories.make_user(role=Role.OFFICER, ministry=house)),
            head=signed_in(factories.make_user(role=Role.HEAD, ministry=house)),
            statements=statements,
        )
    sink.stop()


def count(state: str) -> int:
    return Notification.objects.filter(state=state).count()


def shown(post: Post, query: str) -> str:
    return unescape(post.operator.get(f"{QUEUE}?{query}").content.decode())


def note(figure: str, *, asked: Any, measured: Any, size: str) -> None:
    figures.note(SECTION, figure, asked=asked, measured=measured, size=size)


def test_no_mail_is_lost_while_the_server_is_away(post: Post) -> None:
    post.send(MAILS)
    tried = wait_until(lambda: not Notification.objects.filter(attempts=0).exists(), 120)
    sent = Notification.objects.count()
    seen = shown(post, "state__exact=queued")
    waiting = count(State.QUEUED)

    post.sink.start()
    began = timezone.now()
    arrived = wait_until(lambda: count(State.SENT) == sent, 900)

    times = post.sink.times()
    expected = set(Notification.objects.values_list("message_id", flat=True))
    seconds = (timezone.now() - began).total_seconds()
    size = f"{sent} Mails, Mailserver während aller Vorgänge aus"
    note("verloren", asked=0, measured=len(expected - set(times)), size=size)
    note("doppelt", asked=0, measured=sum(times.values()) - len(times), size=size)
    note(
        "alle zugestellt nach Rückkehr des Mailservers",
        asked="ohne Zutun",
        measured=f"{seconds:.0f} s",
        size=size,
    )
    assert sent >= MAILS
    assert (tried, waiting) == (True, sent)
    assert "wartet" in seen
    assert arrived
    assert set(times) == expected
    assert set(times.values()) == {1}


def test_dead_letters_are_shown_and_sent_again(post: Post) -> None:
    post.sink.refuses = True
    post.send(DEAD)
    assert wait_until(lambda: count(State.QUEUED) == 0, 120)
    dead = list(Notification.objects.filter(state=State.FAILED))
    page = shown(post, "state__exact=failed")
    reason = post.operator.get(f"{QUEUE}{dead[0].pk}/change/").content.decode()

    post.sink.refuses = False
    chosen = [str(found.pk) for found in dead]
    post.operator.post(QUEUE, {"action": "resend", "_selected_action": chosen})
    arrived = wait_until(lambda: count(State.SENT) == Notification.objects.count(), 120)

    times = post.sink.times()
    missing = [found for found in dead if times.get(found.message_id) != 1]
    note(
        "nicht zustellbar, dann erneut gesandt: nicht genau einmal angekommen",
        asked=0,
        measured=len(missing),
        size=f"{len(dead)} Mails",
    )
    assert len(dead) >= DEAD
    assert "nicht zustellbar" in page
    assert "550" in reason
    assert arrived
    assert missing == []


def test_worker_killed_after_handing_over_sends_that_mail_at_most_twice(post: Post) -> None:
    post.sink.kill = post.worker.kill
    before = set(post.sink.times())
    post.send(3)
    assert post.worker.process is not None
    post.worker.process.wait(120)
    post.worker.start()

    arrived = wait_until(lambda: count(State.SENT) == Notification.objects.count(), 240)

    times = {key: value for key, value in post.sink.times().items() if key not in before}
    note(
        "doppelt nach kill -9 des Workers in der Übergabe",
        asked="≤ 1, gleiche Message-ID",
        measured=sum(times.values()) - len(times),
        size=f"{len(times)} Mails",
    )
    assert arrived
    assert sorted(times.values()) == [1, 1, 2]
