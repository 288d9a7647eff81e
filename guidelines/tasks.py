"""What the worker does for the Leitlinien-Check."""

import structlog
from procrastinate.contrib.django import app

from guidelines.chasing.actions import remind_of_deadlines
from ministries.clock import now
from ui.offers import register_job

log = structlog.stdlib.get_logger("mail")
REMIND = "guidelines.remind"

register_job(REMIND, "Ressorts an Fristen erinnern")


@app.periodic(cron="13 7-17 * * *")
@app.task(name=REMIND, queue="upkeep", queueing_lock=REMIND)
def remind(timestamp: int) -> None:
    """Every hour of the day: a worker that was down in the morning makes up for it."""
    if number := remind_of_deadlines(now()):
        log.info("reminded", mails=number)
