"""An import from its upload to its result. Nothing of a file is written unless all of it is."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pghistory
import structlog
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, connection, transaction
from procrastinate.contrib.django import app

from ministries.clock import now, today
from ministries.models import Ministry, User
from partnerships.imports.checking import TOLD_EVERY, Check, check_rows
from partnerships.imports.kinds import ImportKind
from partnerships.imports.mapping import fingerprint, fits, is_complete, missing, propose
from partnerships.imports.models import ColumnMapping, Import
from partnerships.imports.registry import KINDS, houses_for, may_import
from partnerships.imports.upload import read_upload
from ui.errors import Conflict, Refusal

CHECK, TAKE_OVER = "partnerships.check_import", "partnerships.take_over_import"
QUEUE = "imports"
State = Import.State
CHANGED_MEANWHILE = (
    "Seit der Prüfung hat sich in Brücke etwas geändert. Es wurde nichts übernommen; sehen Sie die "
    "neue Vorschau an."
)
NO_LONGER_ALLOWED = "Sie dürfen diese Angaben nicht mehr importieren. Es wurde nichts übernommen."
FAILED = "Die Übernahme ist nicht gelungen. Es wurde nichts übernommen."

log = structlog.get_logger("imports")


@transaction.atomic
def start_import(
    *,
    file: UploadedFile,
    kind: type[ImportKind],
    ministry: Ministry,
    by: User,
    now: datetime,
    is_unclassified: bool = False,
) -> Import:
    """Reads the file; if its headings are known it is checked at once."""
    _refuse(kind, ministry, by)
    found = read_upload(file, is_unclassified=is_unclassified)
    sheets = sorted(found["sheets"], key=lambda sheet: -fits(kind, sheet["headings"]))
    chosen, others = sheets[0], [sheet["name"] for sheet in sheets[1:]]
    if not chosen["rows"]:
        raise Refusal(
            f"Die Tabelle „{chosen['name']}“ hat Überschriften, aber keine Zeile darunter."
        )
    row = Import(
        kind=kind.key,
        ministry=ministry,
        file_name=(file.name or "")[:200],
        sheet=chosen["name"][:100],
        unread=", ".join([*others, *found["unread"]])[:300],
        headings=chosen["headings"],
        rows=chosen["rows"],
        row_count=len(chosen["rows"]),
        uploaded_at=now,
        uploaded_by=by,
    )
    kept = ColumnMapping.objects.visible_to(by).filter(
        ministry=ministry, kind=kind.key, fingerprint=fingerprint(row.headings)
    )
    known = kept.values_list("mapping", flat=True).first()
    row.mapping = known if known is not None else propose(kind, row.headings)
    is_known = known is not None or is_complete(kind, row.headings, row.mapping)
    row.save()
    if is_known and not missing(kind, row.mapping):
        _begin(row, State.CHECKING, CHECK)
    return row


@transaction.atomic
def map_columns(*, row: Import, mapping: Mapping[str, str], by: User) -> None:
    """Kept for the house, so that the next file of this form needs no mapping."""
    kind = KINDS[row.kind]
    _refuse_others(row, by)
    row = _locked(row)
    if not row.is_open:
        raise Refusal("Die Spalten dieses Imports stehen schon fest.")
    if lacking := missing(kind, mapping):
        names = ", ".join(f"„{column.label}“" for column in lacking)
        raise Refusal(f"Es fehlt eine Spalte für {names}. Ordnen Sie sie zu.")
    row.mapping = dict(mapping)
    ColumnMapping.objects.update_or_create(
        ministry=row.ministry,
        kind=row.kind,
        fingerprint=fingerprint(row.headings),
        defaults={"mapping": row.mapping},
    )
    _begin(row, State.CHECKING, CHECK)


@transaction.atomic
def request_take_over(*, row: Import, by: User, others: Collection[str] = ()) -> None:
    """`others`: numbers of rows that are somebody else than they look like; what only may be new stays out."""
    _refuse_others(row, by)
    row = _locked(row)
    if not row.is_ready:
        raise Refusal("Dieser Import kann nicht übernommen werden. Laden Sie die Seite neu.")
    for item in row.doubtful:
        item["is_other"] = str(item["row"]) in others
    row.save(update_fields=["items"])
    _begin(row, State.RUNNING, TAKE_OVER)


@transaction.atomic
def discard_import(*, row: Import, by: User) -> None:
    _refuse_others(row, by)
    row = _locked(row)
    if not row.is_open:
        raise Refusal("Dieser Import wird gerade bearbeitet oder ist schon abgeschlossen.")
    row.state, row.rows, row.items, row.errors = State.DISCARDED, [], [], []
    row.save(update_fields=["state", "rows", "items", "errors"])


def _refuse(kind: type[ImportKind], ministry: Ministry, by: User) -> None:
    if not may_import(by, kind) or ministry not in houses_for(by, kind):
        raise PermissionDenied


def _refuse_others(row: Import, by: User) -> None:
    """An import is written in the name of whoever brought the file."""
    if row.uploaded_by_id != by.pk:
        raise PermissionDenied
    _refuse(KINDS[row.kind], row.ministry, by)


def _locked(row: Import) -> Import:
    return Import.objects.select_for_update(of=("self",)).select_related("ministry").get(pk=row.pk)


def _begin(row: Import, state: str, task: str) -> None:
    row.state, row.done_count, row.notice = state, 0, ""
    row.save(update_fields=["state", "done_count", "notice", "mapping"])
    app.configure_task(task, queue=QUEUE).defer(import_id=row.pk)


# What the worker does; each may be done twice, as after the death of a worker


def check_import(import_id: int) -> None:
    """Writes nothing but the preview; progress shows at once."""
    row = _waiting(import_id, State.CHECKING)
    if row is None:
        return
    own = Import.objects.filter(pk=row.pk, state=State.CHECKING)

    def tell(done: int) -> None:
        own.update(done_count=done)

    check = _checked(row, tell=tell)
    with transaction.atomic():
        current = _locked(row)
        if current.state == State.CHECKING:
            _keep(current, check)


def take_over_import(import_id: int) -> None:
    try:
        _take_over(import_id)
    except (Conflict, IntegrityError):
        _give_back(import_id, CHANGED_MEANWHILE)
    except PermissionDenied:
        _give_back(import_id, NO_LONGER_ALLOWED)
    except (Refusal, ValidationError) as error:
        _give_back(import_id, f"{FAILED} {'; '.join(getattr(error, 'messages', [str(error)]))}")


@transaction.atomic
def _take_over(import_id: int) -> None:
    house = Ministry.objects.filter(pk__in=Import.objects.filter(pk=import_id).values("ministry"))
    # One import of a house after the other: each sees what the one before has written. The import
    # itself stays unlocked, so that its progress can be told.
    house.select_for_update(no_key=True).first()
    row = _waiting(import_id, State.RUNNING)
    if row is None:
        return
    _refuse(KINDS[row.kind], row.ministry, row.uploaded_by)
    kind = _kind(row)
    with _progress_aside(row) as tell, pghistory.context(**_context(row)):
        check = _checked(row, kind=kind, tell=lambda done: tell(done // 2))
        if check.errors or check.fingerprint != row.fingerprint:
            _keep(row, check, notice=CHANGED_MEANWHILE)
            return
        left = [item for item in row.doubtful if not item.get("is_other")]
        left_rows = {item["row"] for item in left}
        for done, (number, draft) in enumerate(check.drafts):
            if draft.outcome != "same" and number not in left_rows:
                kind.write(draft, source=f"{row.file_name[:250]}, Zeile {number}")
            if done % TOLD_EVERY == 0:
                tell((row.row_count + done) // 2)
    for item in left:
        item["outcome"] = "left"
    row.new_count -= len(left)
    row.state, row.taken_over_at, row.rows = State.DONE, now(), []
    row.save(update_fields=["state", "taken_over_at", "rows", "items", "new_count"])
    log.info("import", number=row.pk, new=row.new_count, changed=row.changed_count)


@contextmanager
def _progress_aside(row: Import) -> Iterator[Callable[[int], None]]:
    """Told on a connection of its own: what the transaction writes shows only at its end.

    The transaction's connection is asked for nothing in passing, lest it is idle for longer than the
    database allows while rows are checked.
    """
    aside = connection.copy()

    def tell(done: int) -> None:
        with aside.cursor() as cursor:
            cursor.execute(
                "UPDATE partnerships_import SET done_count = %s WHERE id = %s AND state = %s",
                [done, row.pk, State.RUNNING],
            )
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")

    try:
        yield tell
    finally:
        aside.close()


def _context(row: Import) -> dict[str, Any]:
    by = row.uploaded_by
    roles = [f"{capacity.role} {capacity.ministry_abbreviation}" for capacity in by.capacities]
    return {
        "user": by.pk,
        "role": roles,
        "url": row.get_absolute_url(),
        "reason": f"Import aus {row.file_name}"[:300],
    }


def _waiting(import_id: int, state: str) -> Import | None:
    rows = Import.objects.select_related("ministry", "uploaded_by")
    return rows.filter(pk=import_id, state=state).first()


def _kind(row: Import) -> ImportKind:
    return KINDS[row.kind](user=row.uploaded_by, ministry=row.ministry, day=today())


def _checked(
    row: Import,
    *,
    kind: ImportKind | None = None,
    tell: Callable[[int], None] = lambda done: None,
) -> Check:
    return check_rows(
        kind or _kind(row),
        sheet=row.sheet,
        headings=row.headings,
        rows=row.rows,
        mapping=row.mapping,
        tell=tell,
    )


def _keep(row: Import, check: Check, notice: str = "") -> None:
    row.state, row.notice, row.done_count = State.CHECKED, notice, row.row_count
    row.items, row.errors, row.fingerprint = check.items, check.errors, check.fingerprint
    row.new_count = check.count("new")
    row.changed_count = check.count("changed")
    row.same_count = check.count("same")
    row.save()


def _give_back(import_id: int, notice: str) -> None:
    Import.objects.filter(pk=import_id, state=State.RUNNING).update(
        state=State.CHECKED, notice=notice[:300]
    )
