"""What the forms of imported rows share: the import has read once what a page asks for each form."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms.models import construct_instance


class RowForm:
    """Before the form of the page in a class's bases."""

    def _offer_houses(self) -> None:
        form: Any = self
        form.fields.pop("ministry", None)

    def _post_clean(self) -> None:
        """As Django's, but without asking the database row by row for what the import knows."""
        form: Any = self  # Django's own inside, unknown to its stubs
        exclude = form._get_validation_exclusions()
        form.instance = construct_instance(form, form.instance, form._meta.fields)
        try:
            form.instance.clean_fields(exclude=exclude)
        except ValidationError as error:
            form._update_errors(error)
