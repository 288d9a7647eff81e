"""Sums of money as people type them: "145.000", "1.500,50 €", "1500"."""

import re
from decimal import Decimal
from typing import Any

from django import forms

AMOUNT_ERROR = "Geben Sie einen Betrag in Euro ein, zum Beispiel 1.500 oder 149,90."
LARGEST = Decimal("9999999999.99")
_GROUPED = re.compile(r"\d{1,3}(\.\d{3})+(,\d{1,2})?", re.A)
_PLAIN = re.compile(r"\d{1,12}([.,]\d{1,2})?", re.A)


def parse_amount(text: str) -> Decimal:
    """ValueError with a German sentence if it is none; "1.500" are fifteen hundred."""
    plain = re.sub(r"\s|€|eur(o)?", "", text.casefold()).removesuffix(",-")
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(".", "")
    elif not _PLAIN.fullmatch(plain):
        raise ValueError(AMOUNT_ERROR)
    amount = Decimal(plain.replace(",", "."))
    if amount > LARGEST:
        raise ValueError("Der Betrag ist zu groß. Prüfen Sie die Zahl der Stellen.")
    return amount


def amount_words(value: Decimal | None) -> str:
    """What `parse_amount` reads as the same sum."""
    if value is None:
        return ""
    places = 0 if value % 1 == 0 else 2
    return f"{value:,.{places}f}".translate(str.maketrans(",.", ".,"))


class AmountField(forms.CharField):
    """A sum in euros; gives a `Decimal` or None."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=30, **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return parse_amount(text) if text else None
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
