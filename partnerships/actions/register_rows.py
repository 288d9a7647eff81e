"""Rows of the register, written by the coordination outside the admin."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ministries.models import User

REGISTER = "partnerships.maintain_register"


@transaction.atomic
def create_register_row(*, record: Any, by: User) -> Any:
    if not by.has_perm(REGISTER):
        raise PermissionDenied
    record.save()
    return record


@transaction.atomic
def change_register_row(
    *, record: Any, fields: Iterable[str], expected_version: int, by: User
) -> Any:
    if not by.has_perm(REGISTER):
        raise PermissionDenied
    record.save_versioned(expected=expected_version, fields=fields)
    return record
