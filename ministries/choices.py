"""Fields in which somebody chooses a house."""

from django import forms

from ministries.houses.models import Ministry


class HouseChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Ministry) -> str:
        return str(obj.label)
