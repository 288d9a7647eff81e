"""Model fields that keep a text as `ui.text` cleans it, whichever door it comes through.

Migrations and the history know them as Django's own; an expression that puts one together with a
`Value` names its `output_field`.
"""

from typing import Any

from django.db import models

from ui.text import clean_line, clean_text


class Cleaned(models.Field):
    """What is validated, looked up or stored is cleaned; what stands in the database is read as it is."""

    @staticmethod
    def clean_up(value: str) -> str:
        raise NotImplementedError

    def to_python(self, value: Any) -> Any:
        kept = super().to_python(value)
        return self.clean_up(kept) if isinstance(kept, str) else kept

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        django = next(base for base in type(self).__mro__ if base.__module__ == FIELDS)
        return name, f"django.db.models.{django.__name__}", args, kwargs


FIELDS = models.Field.__module__


class LineField(Cleaned, models.CharField):
    clean_up = staticmethod(clean_line)


class AddressField(Cleaned, models.EmailField):
    clean_up = staticmethod(clean_line)


class ProseField(Cleaned, models.TextField):
    clean_up = staticmethod(clean_text)
