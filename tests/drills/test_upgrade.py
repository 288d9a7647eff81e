"""An update by the steps of docs/betrieb.md, from the backup of before release 0.2, under load: nobody is refused."""

import http.client
import os
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from config.operations.squashed import LAST_BEFORE
from tests import figures
from tests.drills.visitor import Answer, Visitor
from tests.operations.documented import BEFORE, Server, newest

pytestmark = pytest.mark.drill
SECTION = "Aktualisieren"
SERVICES = "Zwei Dienste"  # nobody may be at work while a backup is restored
PASSWORD = "ein langes Passwort fürs Üben"
PEOPLE = f"""
from ministries.clock import today
from ministries.models import Ministry, Role
from partnerships.models import Partnership
from tests import factories, record_factories
known = Partnership.objects.filter(is_confidential=False).first()
for ministry in Ministry.objects.on(today())[:4]:
    user = factories.make_user(
        role=Role.OFFICER, ministry=ministry, password="{PASSWORD}",
        email=f"uebung.{{ministry.pk}}@haus.example",
    )
    made = record_factories.make_follow_up(ministry=ministry, partnership=known)
    print("VISITOR", user.email, made.pk)
"""
READ = ("/", "/partnerschaften/", "/zu-erledigen/", "/aktivitaeten/", "/suche/?q=par")


class ThroughProxy(Visitor):
    """Each answer counts; what is not answered counts as 0."""

    def __init__(self, server: Server) -> None:
        super().__init__(server.address)
        self.server = server
        self.answers: Counter[int] = Counter()

    def opened(self) -> http.client.HTTPConnection:
        host = urlsplit(self.address).netloc
        return http.client.HTTPSConnection(host, timeout=30, context=self.server.trust())

    def request(self, method: str, path: str, fields: dict[str, str] | None = None) -> Answer:
        try:
            answer = super().request(method, path, fields)
        except (OSError, http.client.HTTPException):
            self.answers[0] += 1
            raise
        self.answers[answer.status] += 1
        return answer

    def work(self, follow_up: int, is_over: threading.Event) -> None:
        number = 0
        while not is_over.is_set():
            for path in READ:
                self.until_answered("GET", path)
            self.write(f"/wiedervorlagen/{follow_up}/", text=f"Übung {(number := number + 1)}")


@pytest.fixture
def server(reachable_folder: Path) -> Iterator[Server]:
    server = Server(reachable_folder, os.environ.get("BRUECKE_UPGRADE_FROM") or LAST_BEFORE)
    try:
        server.follow(until=SERVICES)
        server.type(
            f"set -a; . {server.folder}/etc/bruecke.env; . {server.folder}/etc/owner.env\n"
            f"cd {server.folder}/srv/aktuell; .venv/bin/python manage.py restore --force {BEFORE}"
        )
        server.follow(since=SERVICES, until="## Aktualisieren")
        yield server
    finally:
        server.shut_down()


def people(server: Server) -> list[tuple[str, int]]:
    """With something to work on, made by the old version."""
    manage = ".venv/bin/python manage.py"
    said = server.type(
        f"cd {server.folder}/srv/aktuell; set -a; . {server.folder}/etc/bruecke.env\n"
        f"{manage} generate_load --partnerships 2000 --rounds 2 --in-production >/dev/null\n"
        f"{manage} shell -c '{PEOPLE}'"
    )
    return [(email, int(pk)) for email, pk in re.findall(r"VISITOR (\S+) (\d+)", said)]


def test_update_under_load_refuses_nothing(server: Server) -> None:
    is_over, threads, visitors = threading.Event(), [], []
    for email, follow_up in people(server):
        visitor = ThroughProxy(server)
        visitor.sign_in(email, PASSWORD)
        threads.append(threading.Thread(target=visitor.work, args=(follow_up, is_over)))
        visitors.append(visitor)
    server.offer(newest())
    for thread in threads:
        thread.start()
    begun = time.monotonic()
    try:
        server.follow(since="## Aktualisieren")
        time.sleep(10)
    finally:
        is_over.set()
        for thread in threads:
            thread.join()

    answers = sum((visitor.answers for visitor in visitors), Counter[int]())
    failed = {status: n for status, n in answers.items() if status in (0, 400) or status >= 500}
    written = sum(len(visitor.written) for visitor in visitors)
    size = f"{answers.total()} Anfragen in {time.monotonic() - begun:.0f} s, davon {written} gespeichert"
    figures.note(SECTION, "Anfragen mit Fehler", asked=0, measured=sum(failed.values()), size=size)
    assert failed == {}, server.said()
    assert written > 20
