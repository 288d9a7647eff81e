"""kill -9 of web server, worker and database while many write: nothing acknowledged is lost, nothing half-done."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import figures
from tests.drills import acts, kills
from tests.drills.acts import Office
from tests.drills.crowds import Crowd, all_kinds, furnish
from tests.trial import Trial

SECTION = "Ausfälle"
LONGEST_OUTAGE = 15.0
MAIL_SECONDS = 240  # a dead worker is missed after thirty seconds, its jobs within the next minute


@pytest.fixture(scope="module")
def trial(reachable_folder: Path) -> Iterator[Trial]:
    trial = Trial(reachable_folder / "data")
    try:
        trial.start()
        yield trial
    finally:
        trial.stop()


def drill(office: Office, *, saves: int, returns: int, rounds: int) -> dict[str, list[float]]:
    """Kill one after the other, spread evenly over the writes; seconds of each outage."""
    crowd = Crowd(office, all_kinds(office, saves=saves, returns=returns))
    outages: dict[str, list[float]] = {kind: [] for kind in kills.KINDS}
    turns = list(kills.KINDS) * rounds
    pause = (saves + 2 * returns + len(office.scene["rounds"])) / (len(turns) + 1)
    crowd.start()
    try:
        for number, kind in enumerate(turns):
            crowd.await_writes(int(number * pause) + 1)
            assert crowd.is_writing(), "all was written before the last kill: write more"
            outages[kind].append(kills.kill(office.trial, kind, crowd.visitors))
            print(f"  {kind}: {outages[kind][-1]:.1f} s, {office.ledger.writes} writes", flush=True)
    finally:
        crowd.finish()
    assert crowd.problems == []
    return outages


def load() -> str:
    """Times mean little on a machine that is busy with other things."""
    return f"Last {os.getloadavg()[1]:.0f} auf {os.cpu_count()} Kernen"


def await_mails(office: Office) -> None:
    deadline = time.monotonic() + MAIL_SECONDS
    while acts.undelivered(office) and time.monotonic() < deadline:
        time.sleep(1)


@pytest.mark.drill
def test_thousand_writes_survive_kills(trial: Trial) -> None:
    office = furnish(trial, statements=5, rounds=100)

    outages = drill(office, saves=600, returns=150, rounds=3)
    await_mails(office)

    saves, returns = acts.lost_or_doubled_saves(office), acts.lost_or_doubled_returns(office)
    decisions, half = acts.lost_decisions(office), acts.half_applied_decisions(office)
    undelivered, mails = acts.undelivered(office), acts.mails_by_message_id(office)
    size = f"{office.ledger.writes} bestätigte Schreibvorgänge, {sum(map(len, outages.values()))} × kill -9, {load()}"
    lost = saves + returns + decisions
    figures.note(
        SECTION, "bestätigt und verloren oder doppelt", asked=0, measured=len(lost), size=size
    )
    figures.note(
        SECTION,
        "Beschlüsse zur Hälfte",
        asked=0,
        measured=len(half),
        size=f"{len(office.ledger.decided)} Beschlüsse",
    )
    for kind, seconds in outages.items():
        figures.note(
            SECTION,
            f"wieder da nach kill -9: {kind}",
            asked="≤ 15 s",
            measured=f"{max(seconds):.1f} s",
            size=f"{len(seconds)} ×, das längste; {load()}",
        )
    figures.note(
        SECTION,
        "Mails nicht versandt",
        asked=0,
        measured=len(undelivered),
        size=f"{len(mails)} Mails",
    )
    figures.note(
        SECTION,
        "Mails doppelt (gleiche Message-ID)",
        asked="nur bei kill nach DATA",
        measured=mails.total() - len(mails),
        size=f"{len(mails)} Mails",
    )
    assert lost == []
    assert half == []
    assert undelivered == []
    assert office.ledger.writes >= 1000
    assert max(max(seconds) for seconds in outages.values()) <= LONGEST_OUTAGE, outages
