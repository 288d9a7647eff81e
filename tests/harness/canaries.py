"""A token in every text of every record of the world; whoever receives one must be its reader.

A token is five characters (`q0a1j`), so that it fits the shortest column, and stands for owner,
class, model and field in the legend of the world. A new model or field takes part by itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pghistory
import pgtrigger
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.db import models
from django.db.models import Model

from tests.harness import walk
from tests.harness.classes import class_of
from tests.harness.readers import KEEPS_ACCOUNTS, readers_by_field
from tests.harness.world import World

DIGITS = "0123456789bcdfghkmnprstvwxz"
TOKEN = re.compile(f"q[{DIGITS}]{{3}}j")
REASON = "reason in the history"
# Texts that take no token, each with its reason.
NOT_PLANTED = {
    "ministries.User.password": "a hash; searched for as it is",
    "ministries.Notification.state": "a process state",
    "ministries.Disclosure.subject": "what kind of list, one of ours",
    "ministries.Disclosure.query": "the address of a list",
    "guidelines.CheckRound.slug": "made of its year, typed by nobody",
    "partnerships.Activity.countries": "codes of countries",
    "partnerships.Activity.external_key": "of the file it was loaded from, typed by nobody",
    "partnerships.Organisation.external_key": "of the file it was loaded from, typed by nobody",
    "partnerships.ColumnMapping.kind": "the word of a kind of import",
    "partnerships.ColumnMapping.fingerprint": "computed",
    "partnerships.Import.kind": "the word of a kind of import",
    "partnerships.Import.errors": "an error would keep the import from being taken over",
    "partnerships.Import.fingerprint": "computed",
    "partnerships.Document.storage_name": "the random name of a file on the disk",
    "partnerships.Document.media_type": "one of a few known types",
    "partnerships.Document.checksum": "computed",
}
LONGEST_WITHOUT_SPACE = 12


@dataclass(frozen=True)
class Canary:
    model: str
    record_class: str
    pk: Any
    field: str
    readers: frozenset[str]
    # Readers on the pages where accounts are kept.
    account_readers: frozenset[str]

    def __str__(self) -> str:
        return f"{self.model}.{self.field} of „{self.record_class}“ (Nr. {self.pk})"


class Legend(dict[str, Canary]):
    """token → what it stands for; `secrets` are texts nobody ever receives."""

    def __init__(self) -> None:
        super().__init__()
        self.secrets: set[str] = set()
        self.renamed: dict[str, str] = {}
        self.seen: set[str] = set()

    def new_token(self) -> str:
        number, digits = len(self), ""
        for _ in range(3):
            number, rest = divmod(number, len(DIGITS))
            digits = DIGITS[rest] + digits
        return f"q{digits}j"


def plant(world: World) -> Legend:
    """After this every text says whose it is, in the records and in their history."""
    legend = Legend()
    rows = [
        row
        for model in walk.models()
        for row in model._base_manager.select_related().order_by("pk")
    ]
    canaries = {(row._meta.label, row.pk): _canaries(world, row) for row in rows}
    with pgtrigger.ignore(*guards()):
        for row in rows:
            _plant(row, canaries[row._meta.label, row.pk], legend)
    legend.secrets = {user.password for user in world.users.values()} | second_factors()
    _tell(world, legend)
    return legend


def second_factors() -> set[str]:
    """Keys and recovery codes, encrypted and in the clear."""
    found: set[str] = set()
    for row in Authenticator.objects.all():
        kept = row.data.get("secret") or row.data["seed"]
        found |= {kept, decrypt(kept)}
        if row.type == Authenticator.Type.RECOVERY_CODES:
            found |= set(row.wrap().generate_codes())
    return found


def _canaries(world: World, row: Model) -> dict[str, Canary]:
    """Made before any text changes, so that classes are told from the untouched world."""
    fields = [field.name for field in texts_of(type(row))]
    read = readers_by_field(world, row, fields)
    offered = readers_by_field(world, row, fields, route="accounts:invite")
    about = (row._meta.label, class_of(world, row), row.pk)
    return {
        field: Canary(*about, field, read.get(field, read["*"]), offered.get(field, offered["*"]))
        for field in (*fields, REASON)
    }


def _plant(row: Model, canaries: dict[str, Canary], legend: Legend) -> None:
    values = {}
    for field in texts_of(type(row)):
        token = legend.new_token()
        legend[token] = canaries[field.name]
        old = getattr(row, field.name)
        values[field.name] = with_token(field, old, token)
        if isinstance(field, models.SlugField | models.EmailField):
            legend.renamed[old] = values[field.name]
    token = legend.new_token()
    legend[token] = canaries[REASON]
    if values:
        with pghistory.context(reason=f"{token} Anlass"):
            type(row)._base_manager.filter(pk=row.pk).update(**values)


def _tell(world: World, legend: Legend) -> None:
    """The world knows its records under their new texts."""
    known = [world.own, world.elsewhere, world.unasked, world.chancellery, world.area]
    for row in [*known, world.edition, *world.criteria, *world.users.values()]:
        row.refresh_from_db()
    for row in world.records.values():
        row.refresh_from_db()
    for keys in world.objects.values():
        keys |= {name: legend.renamed.get(value, value) for name, value in keys.items()}


@cache
def texts_of(model: type[Model]) -> list[models.Field]:
    """Columns in which somebody writes; codes with fixed choices are none."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
        and not isinstance(field, models.GeneratedField)
        and not field.choices
        and f"{model._meta.label}.{field.name}" not in NOT_PLANTED
    ]


def with_token(field: models.Field, old: Any, token: str) -> Any:
    if isinstance(field, models.JSONField):
        return _json_with_token(old, token)
    if isinstance(field, models.SlugField):
        return f"{old[: field.max_length - 6]}-{token}"
    if isinstance(field, models.EmailField):
        return f"{token}.{old}" if old else f"{token}@demo.example"
    if field.name in ("link", "path", "location"):
        return f"/{token}{old}"
    space = "-" if (field.max_length or 99) <= LONGEST_WITHOUT_SPACE else " "
    return f"{token}{space}{old}"[: field.max_length].rstrip("- ")


def _json_with_token(old: Any, token: str) -> Any:
    """A fact sheet is a list of groups, what somebody typed are names and texts."""
    if isinstance(old, dict):
        return {name: f"{token} {value}" for name, value in old.items()}
    row: dict[str, Any] = {
        "label": token,
        "value": token,
        "lang": "",
        "expansion": "",
        "detail": "",
    }
    row |= {"needs_action": False, "source": token, "unconfirmed": False}
    return [*(old or []), {"title": token, "rows": [row]}]


def guards() -> Iterator[str]:
    """The triggers that keep published and closed records as they are; not those of the history."""
    for model in walk.models():
        for trigger in getattr(model._meta, "triggers", []):
            if not trigger.name.startswith(("insert_", "update_", "delete_")):
                yield f"{model._meta.label}:{trigger.name}"


def found(legend: Legend, role: str, text: str, route: str, typed: str = "") -> list[str]:
    """Tokens in a text this role must not receive; what somebody typed may be said back."""
    tokens = set(TOKEN.findall(text)) - set(TOKEN.findall(typed))
    known = [(token, legend[token]) for token in sorted(tokens) if token in legend]
    legend.seen |= {token for token, canary in known}
    forbidden = [f"{token}: {canary}" for token, canary in known if not reads(canary, role, route)]
    return forbidden + ["a secret" for secret in legend.secrets if secret in text]


def reads(canary: Canary, role: str, route: str) -> bool:
    is_accounts = bool(KEEPS_ACCOUNTS.match(route))
    return role in (canary.account_readers if is_accounts else canary.readers)
