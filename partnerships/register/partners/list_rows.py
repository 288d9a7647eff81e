"""The rows of one page of the list with all it shows of them; which ones, the list has found before."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ministries.kept import kept
from ministries.models import User
from partnerships.register.partners.country_names import country_names
from partnerships.register.partners.partnerships import Partnership
from partnerships.register.partners.regions import Region
from partnerships.register.partners.statuses import status_badge
from ui import markup

KIND_LABELS = {str(value): str(label) for value, label in Partnership.Kind.choices}


@dataclass(slots=True)
class ListRow:
    """Fields and annotations of a partnership under their names, without the price of a model."""

    id: int
    slug: str
    name: str
    kind: str
    is_confidential: bool
    confirmed_on: date | None
    is_under_scrutiny: bool
    status: str | None
    status_since: date | None
    status_since_precision: str | None
    lead_abbreviation: str | None
    lead_name: str | None
    agreement_title: str | None
    agreement_signed_on: date | None
    agreement_precision: str | None
    lapsed_on: date | None
    country_codes: list[str]

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_on is not None

    @property
    def markup(self) -> SafeString:
        """One call of a format for each row: 25 times a template of its own took half of a page."""
        return format_html(
            '<tr>\n<th scope="row"><a class="row-link" href="{}">{}</a>'
            '<span class="note">{}</span></th>\n'
            '<td data-label="Status">{}</td>\n'
            '<td data-label="Art">{}</td>\n'
            '<td data-label="Federführung">{}</td>\n'
            '<td data-label="Vereinbarung">{}</td>\n</tr>\n',
            reverse("partnerships:detail", args=[self.slug]),
            self.name,
            self._note(),
            self._standing(),
            KIND_LABELS[self.kind],
            markup.abbreviation(self.lead_abbreviation or "", self.lead_name or ""),
            self._agreement(),
        )

    def _note(self) -> str:
        words = [", ".join(country_names(self.country_codes))]
        if self.is_confidential:
            words.append("vertraulich")
        if not self.is_confirmed:
            words.append("unbestätigt")
        return " · ".join(words)

    def _standing(self) -> SafeString:
        status = status_badge(self.status, self.is_under_scrutiny)
        if self.status_since is None:
            return status
        since = markup.partial_date(self.status_since, self.status_since_precision or "day")
        return format_html('{} <span class="note">seit {}</span>', status, since)

    def _agreement(self) -> SafeString:
        if self.lapsed_on:
            return format_html(
                '{} <span class="note">endete am {}, Verlängerung nicht erfasst</span>',
                markup.badge("abgelaufen", "danger"),
                markup.partial_date(self.lapsed_on),
            )
        if self.agreement_title:
            signed = markup.partial_date(
                self.agreement_signed_on, self.agreement_precision or "day"
            )
            return format_html('{}<span class="note">{}</span>', self.agreement_title, signed)
        return markup.nothing(markup.NOTHING)


def partnership_lines(links: Iterable[dict[str, str]]) -> list[SafeString]:
    """A link to each in a cell; `links` have slug and name."""
    return [
        markup.line(link["name"], reverse("partnerships:detail", args=[link["slug"]]))
        for link in links
    ]


NAMES = [field.name for field in fields(ListRow)]


def list_rows(pks: Iterable[int], user: User, day: date) -> list[ListRow]:
    """In the order of `pks`."""
    order = {pk: place for place, pk in enumerate(pks)}
    found = _listed(user, day).where("kept.id = ANY(%s)", list(order)).rows()
    return sorted((ListRow(*values) for values in found), key=lambda row: order[row.id])


@kept
def _listed(user: User, day: date) -> QuerySet[Any]:
    regions = Region.objects.filter(partnerships=OuterRef("pk")).order_by("sort_key")
    codes = regions.annotate(code=Cast("country", TextField())).values("code")
    seen: Any = Partnership.objects.visible_to(user).with_standing(user, day).order_by()
    seen = seen.with_latest_agreement(day).annotate(country_codes=ArraySubquery(codes))
    return seen.values_list(*NAMES)
