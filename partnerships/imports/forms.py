"""Forms of an import: the file, and which of its columns is what."""

from typing import Any

from django import forms

from ministries.choices import HouseChoice
from ministries.models import Ministry
from partnerships.files.forms import AskedForm
from partnerships.imports.kinds import ImportKind
from ui.forms import Form

FILE_HELP = "XLSX oder CSV, höchstens 10 MB und 5.000 Zeilen. Keine VS, auch keine VS-NfD."
NOT_IMPORTED = "nicht importieren"


class ImportFileForm(AskedForm):
    file = forms.FileField(
        label="Datei",
        max_length=150,
        help_text=FILE_HELP,
        error_messages={
            "required": "Wählen Sie eine Datei aus.",
            "empty": "Die Datei ist leer. Prüfen Sie, ob sie vollständig gespeichert ist.",
            "max_length": "Der Dateiname ist zu lang. Kürzen Sie ihn.",
            "invalid": "Die Datei ist nicht vollständig angekommen. Wählen Sie sie noch einmal aus.",
        },
    )
    ministry = HouseChoice(
        label="Für das Ressort", queryset=Ministry.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, houses: list[Ministry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["ministry"]
        field.queryset = Ministry.objects.filter(pk__in=[house.pk for house in houses])
        if len(houses) == 1:
            field.initial, field.widget = houses[0].pk, forms.HiddenInput()


class MappingForm(Form):
    """One choice for each heading; a column of ours is named once."""

    def __init__(
        self,
        *args: Any,
        kind: type[ImportKind],
        headings: list[Any],
        sample: list[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", NOT_IMPORTED), *((c.name, _label(c)) for c in kind.columns)]
        for position, heading in enumerate(headings):
            example = sample[position] if position < len(sample) else ""
            self.fields[f"column_{position}"] = forms.ChoiceField(
                label=str(heading)[:80] or f"Spalte {position + 1} (ohne Überschrift)",
                choices=choices,
                required=False,
                help_text=f"Erste Zeile: {example[:80]}" if example else "",
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first: dict[str, str] = {}
        for name, column in list(cleaned.items()):  # errors take names out
            if column and column in first:
                other = self.fields[first[column]].label
                self.add_error(name, f"Das ist schon der Spalte „{other}“ zugeordnet.")
            elif column:
                first[column] = name
        return cleaned

    @property
    def mapping(self) -> dict[str, str]:
        return {
            name.removeprefix("column_"): column
            for name, column in self.cleaned_data.items()
            if column
        }


def _label(column: Any) -> str:
    return f"{column.label} (nötig)" if column.is_required else str(column.label)
