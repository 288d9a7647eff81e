"""What a house asks for, and what the coordination answers to several requests at once."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import chain
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.boundfield import BoundField

from guidelines.extensions.actions import Answer
from guidelines.extensions.models import ExtensionRequest
from guidelines.rounds.conditions import require_future, require_working_day
from guidelines.rounds.deadlines import AskedBack, deadline_doubts
from guidelines.statements.models import Statement
from ministries import clock
from ui.dates import german_date
from ui.errors import Refusal

GRANT, CHANGE, DECLINE, LATER = "grant", "change", "decline", "later"
VERDICTS = [
    (GRANT, "wie erbeten gewähren"),
    (CHANGE, "anderen Tag gewähren"),
    (DECLINE, "nicht gewähren"),
]
FOR_ALL = "alle"


class StatementChoice(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    names_sitting = False

    def label_from_instance(self, obj: Statement) -> str:
        check = obj.guideline_check
        sitting = f", {check.round}, {obj.ministry}" if self.names_sitting else ""
        return f"{check.partnership} (Frist {german_date(obj.deadline)}{sitting})"


class ExtensionForm(AskedBack):
    statements = StatementChoice(
        Statement.objects.none(),
        label="Stellungnahmen",
        error_messages={"required": "Wählen Sie mindestens eine Stellungnahme aus."},
    )
    wished_on = forms.DateField(
        label="Neue Frist",
        help_text="Nach der bisherigen Frist, kein Wochenende und kein Feiertag in Sachsen.",
        error_messages={"required": "Geben Sie an, bis wann Ihr Haus Zeit braucht."},
    )
    reason = forms.CharField(
        label="Begründung",
        max_length=300,
        help_text="Eine Zeile. Die Koordinierung liest sie, andere Ressorts nicht.",
        error_messages={"required": "Begründen Sie die Bitte in einer Zeile."},
    )

    def __init__(self, *args: Any, statements: QuerySet[Statement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(statements=statements)
        sittings = {(row.guideline_check.round_id, row.ministry_id) for row in statements}
        choice = self.fields["statements"]
        assert isinstance(choice, StatementChoice)
        choice.names_sitting = len(sittings) > 1

    def clean_wished_on(self) -> date:
        return fitting(self.cleaned_data["wished_on"])

    def doubts(self, cleaned: dict[str, Any]) -> Iterable[str]:
        return deadline_doubts(cleaned["wished_on"])

    def clean(self) -> dict[str, Any]:
        wished_on: date | None = self.cleaned_data.get("wished_on")
        later = [
            row
            for row in self.cleaned_data.get("statements", [])
            if wished_on and row.deadline >= wished_on
        ]
        if later:
            names = ", ".join(
                f"{row.guideline_check.partnership} ({german_date(row.deadline)})" for row in later
            )
            self.add_error("wished_on", f"Wählen Sie einen Tag nach der bisherigen Frist: {names}.")
        return super().clean()


def fitting(day: date) -> date:
    try:
        require_future(day, clock.now())
        require_working_day(day)
    except Refusal as refusal:
        raise ValidationError(str(refusal)) from None
    return day


class AnswersForm(AskedBack):
    """A verdict on each request; one for all of them saves clicks."""

    def __init__(self, *args: Any, requests: Sequence[ExtensionRequest], **kwargs: Any) -> None:
        self.requests = requests
        has_several = len(requests) > 1
        nothing = [("", "wie oben für alle")] if has_several else []
        asked: dict[str, forms.Field] = {"is_meant": AskedBack.base_fields["is_meant"]}
        if has_several:
            asked |= _fields(FOR_ALL, "für alle", [("", "jede einzeln beantworten"), *VERDICTS])
        for request in requests:
            house, name = request.statement.ministry, request.statement.guideline_check.partnership
            verdicts = [*nothing, (LATER, "noch nicht beantworten"), *VERDICTS]
            asked |= _fields(str(request.pk), f"{house}, {name}", verdicts)
        self.base_fields = asked  # type: ignore[misc]  # one form per list
        super().__init__(*args, **kwargs)

    @property
    def for_all(self) -> list[BoundField]:
        return self._bound(FOR_ALL) if f"verdict_{FOR_ALL}" in self.fields else []

    @property
    def rows(self) -> list[tuple[ExtensionRequest, list[BoundField]]]:
        return [(request, self._bound(str(request.pk))) for request in self.requests]

    def _bound(self, key: str) -> list[BoundField]:
        return [self[f"{name}_{key}"] for name in ("verdict", "granted_on", "remark")]

    def _given(self, name: str, request: ExtensionRequest) -> Any:
        own = self.cleaned_data.get(f"{name}_{request.pk}")
        return own or self.cleaned_data.get(f"{name}_{FOR_ALL}")

    @property
    def answers(self) -> list[Answer]:
        return list(self._answers())

    def _answers(self) -> Iterable[Answer]:
        for request in self.requests:
            verdict, remark = self._given("verdict", request), self._given("remark", request) or ""
            if verdict == GRANT:
                yield Answer(request, request.wished_on, remark)
            elif verdict == CHANGE:
                yield Answer(request, self._given("granted_on", request), remark)
            elif verdict == DECLINE:
                yield Answer(request, None, remark)

    def doubts(self, cleaned: dict[str, Any]) -> Iterable[str]:
        """Of the days the coordination names itself; the house was asked about its own."""
        days = {
            answer.granted_on
            for answer in self.answers
            if answer.granted_on and answer.granted_on != answer.request.wished_on
        }
        return chain.from_iterable(map(deadline_doubts, sorted(days)))

    def clean(self) -> dict[str, Any]:
        if not self.errors and not self.answers:
            raise ValidationError("Wählen Sie mindestens zu einer Bitte eine Antwort.")
        for request in self.requests:
            self._check(request)
        return super().clean()

    def _check(self, request: ExtensionRequest) -> None:
        """What is missing stands at the row, or above where it was said for all."""
        verdict = self._given("verdict", request)
        is_own = bool(self.cleaned_data.get(f"verdict_{request.pk}"))
        key = str(request.pk) if is_own else FOR_ALL
        if verdict == DECLINE and not self._given("remark", request):
            self._complain(f"remark_{key}", "Sagen Sie in einer Zeile, warum nicht.")
        if verdict == GRANT:
            self._check_day(f"verdict_{key}", request.wished_on)
        if verdict == CHANGE and f"granted_on_{key}" not in self.errors:
            day = self._given("granted_on", request)
            if day is None:
                self._complain(f"granted_on_{key}", "Geben Sie an, bis wann.")
            else:
                self._check_day(f"granted_on_{key}", day)

    def _check_day(self, name: str, day: date) -> None:
        try:
            fitting(day)
        except ValidationError as error:
            self._complain(name, error.messages[0])

    def _complain(self, name: str, sentence: str) -> None:
        if name not in self.errors:
            self.add_error(name, sentence)


def _fields(key: str, about: str, verdicts: list[tuple[str, str]]) -> dict[str, forms.Field]:
    def optional(kind: Callable[..., forms.Field], label: str, **options: Any) -> forms.Field:
        return kind(label=f"{label} {about}", required=False, **options)

    return {
        f"verdict_{key}": optional(forms.ChoiceField, "Antwort", choices=verdicts),
        f"granted_on_{key}": optional(forms.DateField, "Anderer Tag"),
        f"remark_{key}": optional(forms.CharField, "Bemerkung", max_length=300),
    }
