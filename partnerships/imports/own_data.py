"""Whose imports they are."""

from typing import Any

from django.db.models import QuerySet

from ministries.models import User
from partnerships.imports.models import Import


def imports_of(user: User) -> QuerySet[Any]:
    rows = Import.objects.filter(uploaded_by=user).order_by("-uploaded_at", "-pk")
    return rows.values_list("uploaded_at", "file_name")
