"""Where a list leads to the import of its records, for who may import them."""

from django.urls import reverse

from ministries.models import User


def import_url(user: User, kind: str, permission: str = "partnerships.add_record") -> str:
    """Empty for everybody else."""
    if not user.has_perm(permission):
        return ""
    return reverse("partnerships:import-new", args=[kind])
