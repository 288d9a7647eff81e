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
from ui.suggested import HINT, SuggestedChoice


class DocumentChoice(SuggestedChoice, TitleChoice):
    pass


class ThirdPartyForm(ModelForm):
    class Meta:
        model = ThirdPartyView
        fields = ("sender", "given_on", "text", "document")
        field_classes = {"document": DocumentChoice}
        help_texts = {
            "sender": "Kammer, Verband, Wirtschaftsförderung, Domowina …",
            "text": f"Der Wortlaut oder das Wesentliche. {SENSIBLE}",
            "document": f"Eines Ihres Hauses zu dieser Partnerschaft. {HINT} {HIDES}",
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args: Any, statement: Statement, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own, kept = documents_for(statement, user), self.instance.document_id
        offered = Document.objects.filter(Q(pk__in=own.values("pk")) | Q(pk=kept))
        self.offer(document=offered.order_by("-uploaded_at", "-pk"))

    @property
    def told(self) -> Told:
        return Told(**self.cleaned_data)  # type: ignore[typeddict-item]  # as Meta names them
