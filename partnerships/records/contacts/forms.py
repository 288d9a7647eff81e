"""Forms of contacts: who somebody is, whom two rows are, what a list is taken out for."""

from typing import Any

from django import forms

from ministries.choices import HouseChoice
from ministries.models import User
from partnerships.records.contacts.actions import resembling_contacts
from partnerships.records.contacts.models import Contact
from partnerships.records.organisations.models import Organisation
from partnerships.records.shared.forms import LEFT_OUT, RecordForm
from partnerships.register.partners.partnerships import Partnership
from partnerships.register.partners.regions import PartnerAuthority, Region
from ui.forms import Form

MINIMAL = "Nur was dienstlich nötig ist: keine Privatanschrift, kein Geburtstag, nichts über Überzeugungen."


class ContactForm(RecordForm):
    allow_duplicate = forms.BooleanField(
        label="Es ist eine andere Person: trotzdem anlegen",
        required=False,
        widget=forms.HiddenInput,
    )

    class Meta:
        model = Contact
        fields = (
            *("ministry", "function", "name", "salutation", "authority", "organisation"),
            *("email", "phone", "language", "needs_interpreter", "valid_from", "valid_until"),
            *("remarks", "source", "visibility", "is_confidential", "circle"),
        )
        field_classes = {"ministry": HouseChoice}
        labels = {"salutation": "Anrede und Anredeform", "source": "Woher stammt die Angabe?"}
        help_texts = {
            "name": "Nur wenn die Funktion allein nicht genügt.",
            "salutation": "Zum Beispiel: Exzellenz, Herr Marschall",
            "organisation": LEFT_OUT,
            "remarks": MINIMAL,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer_places()
        self.resembling: list[Contact] = []

    def _offer_places(self) -> None:
        regions = self.partnership.regions.all() if self.partnership else Region.objects.none()
        self.offer(
            authority=PartnerAuthority.objects.visible_to(self.user).filter(region__in=regions),
            organisation=Organisation.objects.visible_to(self.user),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("function") and not cleaned.get("name"):
            self.add_error("function", "Geben Sie eine Funktion oder einen Namen an.")
        if not self.instance.pk and not self.errors and not cleaned.get("allow_duplicate"):
            self._point_out_duplicates(cleaned)
        return cleaned

    def _point_out_duplicates(self, cleaned: dict[str, Any]) -> None:
        self.resembling = resembling_contacts(
            name=cleaned.get("name", ""),
            email=cleaned.get("email", ""),
            partnership=self.partnership,
            user=self.user,
        )
        if self.resembling:
            self.fields["allow_duplicate"].widget = forms.CheckboxInput()
            names = "; ".join(str(contact) for contact in self.resembling)
            self.add_error(
                "allow_duplicate",
                f"Das könnte schon erfasst sein: {names}. Ist es jemand anderes, bestätigen Sie das.",
            )


class ContactChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Contact) -> str:
        place = f" – {obj.partnership.name}" if obj.partnership else ""
        return f"{obj}{place} (Nr. {obj.pk})"


class MergeForm(Form):
    other = ContactChoice(
        label="Doppelter Eintrag",
        queryset=Contact.objects.none(),
        help_text="Er wird archiviert. Was hier fehlt und dort steht, wird übernommen.",
    )

    def __init__(self, *args: Any, user: User, contact: Contact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Contact.objects.of_houses(user).in_use().exclude(pk=contact.pk)
        self.offer(other=own.filter(ministry=contact.ministry_id).select_related("partnership"))


class PurposeForm(Form):
    purpose = forms.CharField(
        label="Wofür brauchen Sie die Liste?",
        max_length=300,
        help_text="Zum Beispiel: Einladung zum Empfang am 3.4.2027. Zweck, Tag und Name werden festgehalten.",
    )
    format = forms.ChoiceField(
        label="Format",
        choices=[("xlsx", "Excel"), ("csv", "CSV")],
        initial="xlsx",
        widget=forms.RadioSelect,
    )


def is_delicate(partnership: Partnership, countries: list[str]) -> bool:
    """Contacts there are confidential unless somebody decides otherwise."""
    status = getattr(partnership, "status", "")
    places = {str(region.country) for region in partnership.regions.all()}
    return status == Partnership.Status.DORMANT or bool(places & set(countries))
