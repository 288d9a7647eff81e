"""A Fachreferat without an account: its Word form out, and back in with a preview."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from guidelines.delegations.actions import Answered, record_answers
from guidelines.delegations.mailbox_forms import KeepForm, UploadForm
from guidelines.delegations.models import Delegation
from guidelines.delegations.pages import INSIDE, in_order, names_of, table_url
from guidelines.delegations.word import Assigned, mail_to, word_form
from guidelines.statements.pages import RELATED
from ministries.clock import today
from ui.views import FormPage
from ui.word import WORD_TYPE

KEEP = "uebernehmen"
TICKED = re.compile(r"take_([0-9]{1,18})")


def open_ones(request: HttpRequest, pk: int) -> tuple[Delegation, list[Delegation]]:
    """The question the page was opened from, and all that its mailbox is still asked."""
    related = [f"statement__{name}" for name in RELATED]
    seen = Delegation.objects.visible_to(request.user)
    one = get_object_or_404(seen.select_related("criterion", *related), pk=pk, person=None)
    if not request.user.has_perm("guidelines.record_delegated_answer", one):
        raise PermissionDenied
    return one, list(in_order(seen.of_same_mailbox(one).awaited(today())))


@require_safe
def mailbox_form_file(request: HttpRequest, pk: int) -> HttpResponse:
    one, rows = open_ones(request, pk)
    if not rows:
        raise Http404
    response = HttpResponse(word_form(rows), content_type=WORD_TYPE)
    name = f"zuarbeit-{one.statement.guideline_check.round.slug}-{one.pk}.docx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class MailboxForm(FormPage):
    """Three steps: download the form, send it, read back what has been filled in."""

    template_name = "guidelines/delegation_mailbox.html"
    submit_label = "Hochladen und prüfen"
    audience = INSIDE
    assigned: Assigned | None = None

    def prepare(self, request: HttpRequest, pk: int) -> None:
        self.delegation, self.rows = open_ones(request, pk)
        is_kept = request.method == "POST" and request.POST.get("_step") == KEEP
        self.form_class = KeepForm if is_kept else UploadForm

    def too_late(self) -> str:
        return "" if self.rows else "Dieses Postfach ist gerade nichts mehr gefragt."

    def _act(self, kwargs: Mapping[str, Any], request: HttpRequest) -> HttpResponseBase:
        """An upload writes nothing: it is answered with what was read."""
        if request.POST.get("_step") == KEEP:
            return super()._act(kwargs, request)
        form = self._bound(request, kwargs)
        if not form.is_valid():
            return self.show(form, status=422)
        self.assigned = getattr(form, "assigned", None)
        return self.show(KeepForm(delegations=self._usable(), initial=self._read()))

    def _usable(self) -> list[Delegation]:
        return [one.delegation for one in self.assigned.usable] if self.assigned else []

    def _read(self) -> dict[str, Any]:
        read: dict[str, Any] = {}
        for one in self.assigned.usable if self.assigned else ():
            key = one.delegation.pk
            read |= {f"take_{key}": True, f"answer_{key}": one.answer, f"reason_{key}": one.reason}
        return read

    def get_form_kwargs(self) -> dict[str, Any]:
        gone = self._gone() if self.form_class is KeepForm else {}
        return {"delegations": self.rows, **gone}

    def _gone(self) -> dict[str, Any]:
        """Ticked, but answered, taken back or hidden since the preview was shown."""
        sent = self.request.POST.items()
        ticked = {int(found[1]) for name, on in sent if on and (found := TICKED.fullmatch(name))}
        left = ticked - {one.pk for one in self.rows}
        rows = Delegation.objects.visible_to(self.request.user).filter(pk__in=left)
        gone = list(in_order(rows))
        return {"gone": gone, "has_unknown": len(gone) < len(left)}

    def save(self, form: KeepForm) -> Sequence[Answered]:
        record_answers(answers=form.taken, by=self.request.user, now=timezone.now())
        return form.taken

    def get_title(self) -> str:
        return f"Word-Formular: {self.delegation.unit}"

    def get_success_message(self, result: Sequence[Answered]) -> str:
        kept = [one.delegation for one in result]
        return (
            f"Die Antworten von {self.delegation.unit} stehen jetzt neben Ihren Feldern: "
            f"{names_of(kept)}. Übernommen wird nur, was Sie dort übernehmen."
        )

    def get_success_url(self, result: Sequence[Answered]) -> str:
        """Back to where one came from: the table, or the statement if anything of it was kept."""
        if self._is_for_all:
            return self.get_cancel_url()
        kept = [one.delegation for one in result]
        own = [one for one in kept if one.statement_id == self.delegation.statement_id]
        first = (own or kept)[0]
        return f"{first.statement.get_absolute_url()}#frage-{first.criterion_id}"

    @property
    def _is_for_all(self) -> bool:
        """Given from the table."""
        return "alle" in self.request.GET

    def get_cancel_url(self) -> str:
        if self._is_for_all:
            return table_url(self.delegation.statement)
        return (
            f"{self.delegation.statement.get_absolute_url()}#frage-{self.delegation.criterion_id}"
        )

    def get_context(self, form: Any) -> dict[str, Any]:
        returned = self.assigned.returned if self.assigned else ()
        return {
            "delegation": self.delegation,
            "rows": self.rows,
            "mail_to": mail_to(self.rows) if self.rows else "",
            "step": KEEP if isinstance(form, KeepForm) else "",
            # The question is given: there is nothing to break off.
            "cancel_label": "Zurück zur Tabelle"
            if self._is_for_all
            else "Zurück zur Stellungnahme",
            "problems": [one for one in returned if one.problem],
            "unassigned": self.assigned.unassigned if self.assigned else (),
        }
