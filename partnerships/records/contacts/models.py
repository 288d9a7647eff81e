from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Concat
from django.urls import reverse

from ministries.history.dated import Dated, Sourced, valid_on
from ministries.history.tracking import track, track_links
from partnerships.records.organisations.models import Organisation
from partnerships.records.shared.models import Shared, SharedQuerySet
from partnerships.register.partners.partnerships import Partnership
from partnerships.register.partners.regions import PartnerAuthority
from partnerships.register.partners.sorting import folded, search_index, search_text
from ui.text_fields import AddressField, LineField, ProseField


class ContactQuerySet(SharedQuerySet["Contact"]):
    def on(self, day: date) -> Self:
        return self.filter(valid_on(day))

    def unconfirmed_since(self, day: date) -> Self:
        return self.filter(Q(confirmed_on__isnull=True) | Q(confirmed_on__lt=day))

    def matching(self, text: str) -> Self:
        return self.filter(search_text__contains=folded(text))

    def resembling(self, text: str) -> Self:
        return self.filter(search_text__trigram_word_similar=folded(text))


# Personal fields of people outside the house are not copied into the history.
PERSONAL = ["name", "salutation", "email", "phone", "remarks"]


@track(exclude=[*PERSONAL, "search_text"])
class Contact(Shared, Dated, Sourced):
    """Ansprechperson at the partner's or here: a function, a name where one is needed."""

    named_by = Concat("name", models.Value(" "), "function", output_field=models.TextField())

    partnership = models.ForeignKey(
        Partnership,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contacts",
        verbose_name="Partnerschaft",
    )
    authority = models.ForeignKey(
        PartnerAuthority,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contacts",
        verbose_name="Partnerbehörde",
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contacts",
        verbose_name="Organisation",
    )
    function = LineField("Funktion", max_length=160, blank=True)
    name = LineField("Name", max_length=160, blank=True)
    salutation = LineField("Anrede", max_length=120, blank=True)
    language = LineField("Sprache der Verständigung", max_length=60, blank=True)
    needs_interpreter = models.BooleanField("Dolmetschen nötig", default=False)
    email = AddressField("E-Mail-Adresse", blank=True)
    phone = LineField("Telefon", max_length=60, blank=True)
    remarks = ProseField("Bemerkungen", blank=True)
    delete_after_on = models.DateField("zu löschen nach", null=True, blank=True, editable=False)
    search_text = search_text("function", "name")

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = "Ansprechperson"
        verbose_name_plural = "Ansprechpersonen"
        ordering = ["name", "function", "pk"]
        indexes = [search_index("contact_search")]
        constraints = [
            *Shared.Meta.constraints,
            *Dated.Meta.constraints,
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                name="contact_function_or_name",
                condition=~Q(function="") | ~Q(name=""),
                violation_error_message="Bitte eine Funktion oder einen Namen angeben.",
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.function) if part)

    def get_absolute_url(self) -> str:
        return reverse("partnerships:contact", args=[self.pk])


@track_links()
class ContactCircleLink(Contact.circle.through):  # type: ignore[name-defined]
    """Who belongs to the circle of a confidential contact; here for the history."""

    owner, told_as = Contact, "Kreis der Berechtigten"

    class Meta:
        proxy = True
        verbose_name = "Kreis einer Ansprechperson"
        verbose_name_plural = "Kreise von Ansprechpersonen"
