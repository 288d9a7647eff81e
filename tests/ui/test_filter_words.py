"""What an empty filter says is what the list does without it."""

import django_filters
import pytest
from django import forms
from django.test import Client

from ministries.models import Role, User
from tests.factories import make_ministry, make_user
from tests.guidelines.conftest import signed_in
from ui.filters import FilterSet, shown_values

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Client:
    return signed_in(make_user(role=Role.OFFICER, ministry=make_ministry()))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("/zusagen/", "offen"),
        ("/wiedervorlagen/", "offen"),
        ("/ressorts/", "heutige Ressorts"),
        ("/partnerschaften/", "jeder Status"),
        ("/stellungnahmen/", "jeder Stand"),
    ],
)
def test_empty_choice_says_what_is_shown(officer: Client, url: str, words: str) -> None:
    assert f'<option value="" selected>{words}</option>' in officer.get(url).content.decode()


def test_chosen_value_is_marked_and_no_other(officer: Client) -> None:
    text = officer.get("/partnerschaften/?status=dormant").text

    assert '<option value="dormant" selected>' in text
    assert text.count(" selected>") == text.count("<select")


def test_text_is_one_chip() -> None:
    class Filter(forms.Form):
        q = forms.CharField()
        kind = forms.MultipleChoiceField(choices=[("a", "Eins"), ("b", "Zwei")])

    bound = Filter()

    assert shown_values(bound["q"], "Wroclaw") == [("Wroclaw", "Wroclaw")]
    assert shown_values(bound["kind"], ["a", "b"]) == [("a", "Eins"), ("b", "Zwei")]


def test_empty_choice_of_a_filter_stands_once() -> None:
    class StateFilter(FilterSet):
        state = django_filters.ChoiceFilter(choices=[("open", "offen")])

        class Meta:
            model = User
            fields: list[str] = []

    form = StateFilter({}, queryset=User.objects.none()).form

    assert list(form.fields["state"].choices) == [("", "keine Angabe"), ("open", "offen")]
