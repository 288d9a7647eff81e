"""What the forms of all records share: whose it is, who sees it, where it is filed."""

from typing import Any

from django import forms

from ministries.clock import today
from ministries.models import Ministry, User
from partnerships.permissions import WRITERS
from partnerships.records.notes.models import Note
from partnerships.records.shared.models import Visibility
from partnerships.register.partners.partnerships import Partnership
from ui.dates import german_date
from ui.forms import ModelForm

WITHOUT_OUTLINE = [
    choice for choice in Visibility.choices if choice[0] != Visibility.OUTLINE
]  # only an activity has a period and a region to show
LEFT_OUT = "Wer diesen Eintrag nicht sehen darf, liest den Verweis darauf nicht."
HIDES = "Wer diesen Eintrag nicht sehen darf, liest auch nicht, was dazu gehört."
SENSIBLE = (
    "Schreiben Sie so, dass der Text dem Landtag vorgelegt werden könnte. Keine VS-NfD-Inhalte."
)
NAMED_CIRCLE = "Dann sehen es nur der Kreis, den Sie nennen, und die Koordinierung."


class TitleChoice(forms.ModelChoiceField):
    """With the time of an activity or the day of a note: titles come back every year."""

    def label_from_instance(self, obj: Any) -> str:
        day = getattr(obj, "period_words", "") or german_date(getattr(obj, "noted_on", None))
        title = f"{obj.title}, {day}" if day else str(obj.title)
        readers = fewer_readers(obj)
        return f"{title} ({readers})" if readers else title


def fewer_readers(record: Any) -> str:
    """Who alone sees a record that others must not know of; empty where every house does."""
    if getattr(record, "is_confidential", False):
        return "vertraulich, nur der benannte Kreis"
    if isinstance(record, Note) and not record.released_at:
        return "Entwurf, nur unser Haus"
    if getattr(record, "visibility", "") == Visibility.OUTLINE:
        return "andere Häuser nur Zeitraum und Region"
    return "nur unser Haus" if getattr(record, "visibility", "") == Visibility.HOUSE else ""


class SharedForm(ModelForm):
    """Of what is `Shared` or `Filed`, as far as the form asks for it."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "circle" in self.fields and not cleaned.get("is_confidential"):
            cleaned["circle"] = []
        filed = cleaned.get("filed_on")
        if filed and filed > today():
            self.add_error("filed_on", "Der Tag liegt in der Zukunft.")
        return cleaned


class TypedForm(SharedForm):
    """What was typed is put on the record by its page, and checked by its action.

    A model form that does both asks the database field by field.
    """

    def _post_clean(self) -> None:
        """Leaves the record alone."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("filed_on") and not cleaned.get("file_reference"):
            self.add_error("file_reference", "Was veraktet ist, hat ein Aktenzeichen.")
        return cleaned


class RecordForm(SharedForm):
    """A record of one house; `partnership` is the one it is written from, if any."""

    def __init__(
        self, *args: Any, user: User, partnership: Partnership | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.partnership = user, partnership
        self._offer_houses()
        if "visibility" in self.fields:
            self._offer_readers()

    def _offer_houses(self) -> None:
        """Chosen once; after that a record changes hands only by an offer."""
        if "ministry" not in self.fields:
            return
        houses: Any = self.fields["ministry"]
        if self.instance.pk:
            del self.fields["ministry"]
            return
        houses.queryset = Ministry.objects.filter(pk__in=self.user.ministry_ids(*WRITERS))
        own = list(houses.queryset)
        if len(own) == 1:
            self.initial["ministry"], houses.widget = own[0].pk, forms.HiddenInput()

    def _offer_readers(self) -> None:
        seen: Any = self.fields["visibility"]
        seen.choices, seen.widget = WITHOUT_OUTLINE, forms.RadioSelect(choices=WITHOUT_OUTLINE)
        seen.widget.template_name = "ui/choices.html"
        seen.widget.option_template_name = "ui/choice.html"
        self.fields["is_confidential"].help_text = NAMED_CIRCLE
        self.offer(circle=User.objects.visible_to(self.user).filter(is_active=True))
        if not self.instance.pk:
            self.initial["circle"] = [self.user.pk]

    @property
    def links(self) -> dict[str, Any]:
        """The many-to-many fields, which are written after the record."""
        names = {field.name for field in self._meta.model._meta.many_to_many}
        return {name: self.cleaned_data[name] for name in names & self.cleaned_data.keys()}

    @property
    def columns(self) -> list[str]:
        """What one versioned update writes."""
        own = {field.name for field in self._meta.model._meta.concrete_fields}
        return [name for name in self.fields if name in own]
