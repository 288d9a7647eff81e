"""kill -9 of the web server while a thousand statements are submitted: each answered one is there once."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone

from tests import figures
from tests.drills import acts, kills
from tests.drills.crowds import Crowd, furnish
from tests.trial import Trial

EACH = 167
KILLED = ("Webprozess", "Webserver") * 4


@pytest.fixture(scope="module")
def trial(reachable_folder: Path) -> Iterator[Trial]:
    trial = Trial(reachable_folder / "data")
    try:
        trial.start()
        yield trial
    finally:
        trial.stop()


@pytest.mark.drill
def test_thousand_submissions_survive_kills(trial: Trial) -> None:
    office = furnish(trial, statements=EACH, rounds=0)
    began = timezone.now()
    crowd = Crowd(office, [office.submitting(house) for house in acts.HOUSES])

    crowd.start()
    try:
        for number, kind in enumerate(KILLED, start=1):
            crowd.await_writes(number * EACH * len(acts.HOUSES) // (len(KILLED) + 1))
            assert crowd.is_writing(), "all was submitted before the last kill: submit more"
            print(f"  {kind}: {kills.kill(trial, kind, crowd.visitors):.1f} s", flush=True)
    finally:
        crowd.finish()

    repeated = sum(visitor.repeated for visitor in crowd.visitors)
    lost, untold = acts.lost_or_doubled_submissions(office), acts.untold_heads(office, began)
    size = (
        f"{len(office.ledger.submitted)} Vorlagen, {len(KILLED)} × kill -9, {repeated} noch einmal "
        f"gesandt; Last {os.getloadavg()[1]:.0f} auf {os.cpu_count()} Kernen"
    )
    for figure, measured in (
        ("vorgelegt und verloren, doppelt oder ohne Verlauf", lost),
        ("Häuser, deren Freigabe nicht genau eine Mail hat", untold),
    ):
        figures.note("Ausfälle", figure, asked=0, measured=len(measured), size=size)
    assert crowd.problems == []
    assert lost == []
    assert untold == []
    assert len(office.ledger.submitted) >= 1000
