"""Numbers and sums of money as people type them: "145.000", "1.500,50 €", "150,--", "145 T€"."""

import re
from decimal import Decimal
from typing import Any

from django import forms

NUMBER_ERROR = "eine ganze Zahl, zum Beispiel 4.000.000"
AMOUNT_ERROR = "Geben Sie einen Betrag in Euro ein, zum Beispiel 1.500 oder 149,90."
LARGEST = Decimal("9999999999.99")
# A mark between thousands stands before three digits each, and is the same all through.
_WHOLE = r"(?P<whole>\d{1,3}(?P<mark>[.'’ ])\d{3}(?:(?P=mark)\d{3})*|\d{1,12})"
_NUMBER = re.compile(_WHOLE, re.A)
_SCALES = {"t": 1_000, "tsd": 1_000, "mio": 1_000_000}
_AMOUNT = re.compile(
    rf"(?:€ ?)?{_WHOLE}(?:(?P<point>[.,])(?:(?P<cents>\d{{1,2}})|-{{1,2}}|–))?"
    r" ?(?:(?P<scale>t|tsd|mio)\.? ?)?€?",
    re.A,
)


def parse_number(text: str) -> int:
    """ValueError that says what was expected; a part of one, like 4.5, is none."""
    found = _NUMBER.fullmatch(_plain(text))
    if not found:
        raise ValueError(NUMBER_ERROR)
    return int(re.sub(r"\D", "", found["whole"]))


def parse_amount(text: str) -> Decimal:
    """ValueError with a German sentence if it is none; "1.500" are fifteen hundred."""
    plain = re.sub(r"eur(o)?", "€", _plain(text.casefold()))
    found = _AMOUNT.fullmatch(plain)
    if not found or (found["mark"] == "." == found["point"]):
        raise ValueError(AMOUNT_ERROR)
    whole = re.sub(r"\D", "", found["whole"])
    amount = Decimal(f"{whole}.{found['cents'] or 0}") * _SCALES.get(found["scale"] or "", 1)
    if amount > LARGEST:
        raise ValueError("Der Betrag ist zu groß. Prüfen Sie die Zahl der Stellen.")
    return amount


def _plain(text: str) -> str:
    """With one ordinary blank for each gap, the unbreakable ones among them."""
    return " ".join(text.split())


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
