"""Who told the house what, and when."""

from typing import Any

from django import forms
from django.db.models import Q

from guidelines.statements.models import Statement
from guidelines.third_parties.actions import Told
from guidelines.third_parties.documents import documents_for
from guidelines.third_parties.models import ThirdPartyView
from ministries.models import User
from partnerships.models import Document
from partnerships.records.shared.forms import HIDES, SENSIBLE, TitleChoice
from ui.forms import ModelForm

OFFERED = 30


class ThirdPartyForm(ModelForm):
    class Meta:
        model = ThirdPartyView
        fields = ("sender", "given_on", "text", "document")
        field_classes = {"document": TitleChoice}
        help_texts = {
            "sender": "Kammer, Verband, Wirtschaftsförderung, Domowina …",
            "text": f"Der Wortlaut oder das Wesentliche. {SENSIBLE}",
            "document": f"Eines Ihres Hauses zu dieser Partnerschaft. {HIDES}",
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args: Any, statement: Statement, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        latest = documents_for(statement, user).values("pk")[:OFFERED]
        kept = self.instance.document_id
        self.offer(document=Document.objects.filter(Q(pk__in=latest) | Q(pk=kept)))

    @property
    def told(self) -> Told:
        return Told(**self.cleaned_data)  # type: ignore[typeddict-item]  # as Meta names them
