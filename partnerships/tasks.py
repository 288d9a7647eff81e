"""What the worker does for the register: import, and remove files and rows that nobody needs."""

import time
from datetime import timedelta

import structlog
from procrastinate.contrib.django import app

from ministries.clock import now, today
from partnerships.files.store import folder
from partnerships.imports import actions as imports
from partnerships.imports.models import Import
from partnerships.records.contacts.retention import clear_expired_contacts
from partnerships.records.documents.models import Document
from partnerships.reorganisation import actions as reorganisation
from ui.offers import register_job

log = structlog.stdlib.get_logger("documents")
SWEEP = "partnerships.sweep_documents"
SWEEP_IMPORTS = "partnerships.sweep_imports"
RETAIN = "partnerships.clear_contacts"
A_DAY = 24 * 60 * 60
IMPORTS_KEPT = timedelta(days=30)


register_job(SWEEP, "Dateien ohne Dokument entfernen")
register_job(SWEEP_IMPORTS, "Inhalte alter Importe entfernen")
register_job(RETAIN, "Abgelaufene Angaben von Kontakten entfernen")
register_job(imports.CHECK, "Import prüfen")
register_job(imports.TAKE_OVER, "Import übernehmen")
register_job(reorganisation.TELL_TECHNIK, "Technik die umzutragenden Funktionen nennen")


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


@app.periodic(cron="27 3 * * *")
@app.task(name=SWEEP_IMPORTS, queue="upkeep", queueing_lock=SWEEP_IMPORTS)
def sweep_imports(timestamp: int) -> None:
    """What a file held is kept for thirty days; that it was imported, for good."""
    Import.objects.filter(uploaded_at__lt=now() - IMPORTS_KEPT).exclude(
        rows=[], items=[], errors=[]
    ).update(rows=[], items=[], errors=[])


@app.periodic(cron="37 3 * * *")
@app.task(name=RETAIN, queue="upkeep", queueing_lock=RETAIN)
def clear_contacts(timestamp: int) -> None:
    clear_expired_contacts(today())


@app.task(name=imports.CHECK, queue=imports.QUEUE)
def check_import(import_id: int) -> None:
    imports.check_import(import_id)


@app.task(name=imports.TAKE_OVER, queue=imports.QUEUE)
def take_over_import(import_id: int) -> None:
    imports.take_over_import(import_id)


@app.task(name=reorganisation.TELL_TECHNIK, queue="upkeep")
def tell_technik(ministry_id: int, valid_from: str, reason: str, successors: str) -> None:
    reorganisation.tell_technik(ministry_id, valid_from, reason, successors)
