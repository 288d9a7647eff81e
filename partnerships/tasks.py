"""What the worker does for the register: remove files that no document names."""

import time

import structlog
from procrastinate.contrib.django import app

from partnerships.document_store import folder
from partnerships.models import Document

log = structlog.get_logger("documents")
SWEEP = "partnerships.sweep_documents"
A_DAY = 24 * 60 * 60


@app.periodic(cron="17 3 * * *")
@app.task(name=SWEEP, queue="upkeep", queueing_lock=SWEEP)
def sweep_documents(timestamp: int) -> None:
    """A file whose document was not written in the end is gone a day later."""
    names = set(Document.objects.values_list("storage_name", flat=True))
    old = time.time() - A_DAY
    files = [path for path in folder().rglob("*") if path.is_file()]
    orphans = [p for p in files if p.name not in names and p.stat().st_mtime < old]
    for path in orphans:
        path.unlink(missing_ok=True)
    if orphans:
        log.info("swept", files=len(orphans))
