"""Spreadsheets as people bring them; built here, nothing is stored."""

import io
from collections.abc import Callable, Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import Workbook

from ministries.models import Ministry, User
from partnerships.imports.actions import (
    check_import,
    request_take_over,
    start_import,
    take_over_import,
)
from partnerships.imports.registry import KINDS
from partnerships.models import Import

Row = Sequence[Any]


def xlsx(*rows: Row, change: Callable[[Workbook], None] | None = None) -> bytes:
    """One sheet; `change` spoils the workbook before it is saved."""
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    if change:
        change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def upload(
    content: bytes, *, kind: str, house: Ministry, by: User, name: str = "liste.xlsx"
) -> Import:
    """Read and checked, as far as it goes."""
    row = start_import(
        file=SimpleUploadedFile(name, content),
        kind=KINDS[kind],
        ministry=house,
        by=by,
        now=timezone.now(),
    )
    check_import(row.pk)
    row.refresh_from_db()
    return row


def take_over(row: Import, by: User) -> Import:
    request_take_over(row=row, by=by)
    take_over_import(row.pk)
    row.refresh_from_db()
    return row
