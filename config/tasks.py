"""What the worker does for the whole house: put stored texts in order."""

import structlog
from procrastinate.contrib.django import app

from config.cleaning import clean_all
from ui.offers import register_job

log = structlog.stdlib.get_logger("texts")
CLEAN = "config.clean_texts"

register_job(CLEAN, "Zeichen in Texten bereinigen")


@app.task(name=CLEAN, queue="upkeep", retry=3)
def clean_texts() -> None:
    """What an interrupted run has cleaned is clean for the next."""
    found = list(clean_all(keep=True))
    clashes = sum(bool(row.clash) for row in found)
    kept = sum(bool(row.kept) for row in found)
    log.info("cleaned", records=len(found) - clashes - kept, clashes=clashes, kept=kept)
