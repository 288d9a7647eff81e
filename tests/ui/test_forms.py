"""Forms look like KERN, speak German and lose nothing."""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.test import Client

from partnerships.models import Region
from tests import factories
from tests.templates import folded
from tests.ui import pages
from tests.ui.pages import EveryField
from ui.day_fields import PastDateField, PastDayField, PeriodField
from ui.forms import Form, ModelForm
from ui.periods import END_ERROR

pytestmark = [pytest.mark.urls("tests.ui.pages"), pytest.mark.django_db]
TOKEN = "3f2b1c9e-6f0d-4d53-9d1c-0a8b8f7e6a01"


class DayForm(Form):
    day = forms.DateField(label="Tag")


class NotesForm(Form):
    notes = forms.CharField(widget=forms.Textarea)
    line = forms.CharField(required=False)


@pytest.fixture(autouse=True)
def no_versions() -> None:
    pages.VERSIONS.clear()


@pytest.mark.parametrize(
    "typed", ["3.4.26", "03.04.2026", "2026-04-03", " 3.4.2026 ", "Fr, 3.4.2026"]
)
def test_date_accepts_what_people_type(typed: str) -> None:
    form = DayForm({"day": typed})

    assert form.is_valid()
    assert form.cleaned_data["day"] == date(2026, 4, 3)


@pytest.mark.parametrize("typed", ["31.02.2026", "morgen", "3/4/26", "9" * 300, "٣.٤.٢٦x"])
def test_date_says_what_to_type(typed: str) -> None:
    form = DayForm({"day": typed})

    assert form.errors["day"] == ["Geben Sie einen Tag ein, zum Beispiel 3.4.2026."]


def test_date_without_a_year_comes_back_with_one() -> None:
    """Once: what stands in the field then is taken."""
    first = DayForm({"day": "31.12."})
    shown = str(first["day"].value())
    second = DayForm({"day": shown})

    assert first.errors["day"][0].startswith("Das Jahr fehlte und ist ergänzt: 31.12.20")
    assert f'value="{shown}"' in str(first["day"])
    assert second.is_valid()
    assert (second.cleaned_data["day"].day, second.cleaned_data["day"].month) == (31, 12)


def test_every_form_says_that_an_end_lies_before_its_beginning() -> None:
    class Asked(Form):
        since = forms.DateField()
        until = PeriodField()

    assert Asked({"since": "3.4.2026", "until": "April 2026"}).is_valid()
    assert Asked({"since": "3.4.2026", "until": "März 2026"}).errors["until"] == [END_ERROR]


def test_a_past_day_stays_a_date_in_migrations() -> None:
    field = PastDateField("Tag")

    assert field.deconstruct()[1] == "django.db.models.DateField"
    assert isinstance(field.formfield(), PastDayField)


def test_day_that_is_missing_is_told_in_the_words_of_its_field() -> None:
    class Asked(Form):
        due_on = forms.DateField(error_messages={"required": "Geben Sie an, bis wann."})

    assert Asked({"due_on": ""}).errors == {"due_on": ["Geben Sie an, bis wann."]}


def test_date_shows_the_german_form() -> None:
    assert 'value="03.04.2026"' in str(DayForm(initial={"day": date(2026, 4, 3)})["day"])


def test_pasted_word_text_becomes_paragraphs_and_lists() -> None:
    pasted = "Ziele:\r\n•\tAustausch\r\n\uf0b7  Sprache\u00a0lernen\r\n\r\n\r\n\r\n§ 15 gilt.\u200b"
    form = NotesForm({"notes": pasted, "line": "ein\r\nzwei"})

    assert form.is_valid()
    assert form.cleaned_data["notes"] == "Ziele:\n- Austausch\n- Sprache lernen\n\n§ 15 gilt."
    assert form.cleaned_data["line"] == "ein zwei"


def test_lone_surrogates_and_control_characters_do_not_arrive() -> None:
    form = NotesForm({"notes": "a\x00b\x07c\ud800"})

    assert form.is_valid()
    assert form.cleaned_data["notes"] == "abc"


def test_field_links_error_and_hint_to_the_control() -> None:
    html = EveryField({"text": ""})["text"].as_field_group()

    assert 'aria-describedby="id_text_helptext id_text_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_text_error"' in html
    assert 'id="id_text_helptext"' in html


def test_radio_group_is_a_fieldset_with_described_errors() -> None:
    html = EveryField({})["answer"].as_field_group()

    assert html.startswith('<fieldset class="kern-fieldset field kern-fieldset--error"')
    assert 'aria-describedby="id_answer_helptext id_answer_error"' in html
    assert "<legend" in html


def test_required_field_says_so() -> None:
    form = EveryField()

    assert "(Pflichtangabe)" in form["text"].as_field_group()
    assert "(Pflichtangabe)" not in form["notes"].as_field_group()


def test_checkbox_stands_before_its_label() -> None:
    html = EveryField()["agreed"].as_field_group()

    assert html.index("<input") < html.index("<label")


def test_label_is_escaped() -> None:
    class Risky(Form):
        text = forms.CharField(label="<b>x</b>", help_text="<i>y</i>")

    html = str(Risky({"text": ""}))

    assert "<b>" not in html
    assert "<i>" not in html


def test_admin_forms_keep_djangos_look() -> None:
    assert "kern-" not in str(AdminAuthenticationForm())


def test_model_form_saves_cleaned_text() -> None:
    class SourceForm(ModelForm):
        class Meta:
            model = Region
            fields = ("source",)

    form = SourceForm({"source": "Quelle\u00ad\r\nzwei"}, instance=factories.make_region())

    assert form.is_valid()
    assert form.save().source == "Quelle zwei"


def post(client: Client, region: Region, **data: str) -> Any:
    fields = {"_token": TOKEN, "_version": "1", "name": "Latium", "seat": "Rom", "source": "x"}
    return client.post(f"/probe/regionen/{region.pk}/", fields | data)


def test_form_page_saves_and_says_so(client: Client) -> None:
    region = factories.make_region(name="Lazio")

    response = post(client, region)
    region.refresh_from_db()

    assert response["Location"] == "/probe/regionen/"
    assert region.name == "Latium"
    assert "Latium ist gespeichert." in client.get("/probe/regionen/").text


def test_form_page_links_the_summary_to_the_fields(client: Client) -> None:
    response = post(client, factories.make_region(), name="", seat="Rom an der Tiber")

    assert response.status_code == 422
    assert 'href="#id_name">Name: Bitte füllen Sie dieses Feld aus.' in folded(response.text)
    assert 'value="Rom an der Tiber"' in response.text


def test_form_page_shows_a_refusal(client: Client) -> None:
    region = factories.make_region(name="Lazio")

    response = post(client, region, name="gesperrt")

    assert response.status_code == 422
    assert "Wählen Sie einen anderen Namen." in response.text


def test_form_page_shows_a_validation_error_of_the_action(client: Client) -> None:
    response = post(client, factories.make_region(), name="ungültig")

    assert response.status_code == 422
    assert "Der Sitz passt nicht dazu." in response.text


def test_form_page_says_who_reads_it(client: Client) -> None:
    html = client.get(f"/probe/regionen/{factories.make_region().pk}/").text

    assert "Wer sieht das?" in html
    assert 'name="_version" value="1"' in html


def test_conflict_shows_both_texts(client: Client) -> None:
    region = factories.make_region(name="Latium", source="Rom im Mai")
    pages.VERSIONS[region.pk] = 2

    response = post(client, region, source="Rom im Juni")

    assert response.status_code == 409
    assert "<mark>Juni</mark>" in response.text
    assert "<mark>Mai</mark>" in response.text
    assert 'name="_version" value="2"' in response.text
    assert Region.objects.get(pk=region.pk).source == "Rom im Mai"


@pytest.mark.parametrize(
    ("choice", "saved"),
    [("mine", "Rom im Juni"), ("stored", "Rom im Mai"), ("merged", "Rom im Mai und Juni")],
)
def test_conflict_is_solved_by_a_choice(client: Client, choice: str, saved: str) -> None:
    region = factories.make_region(name="Latium", source="Rom im Mai")
    pages.VERSIONS[region.pk] = 2
    answer = {
        "_token": TOKEN,
        "_version": "2",
        "name": "Latium",
        "seat": "",
        "_choice.source": choice,
        "_mine.source": "Rom im Juni",
        "_stored.source": "Rom im Mai",
        "_merged.source": "Rom im Mai und Juni",
    }

    response = client.post(f"/probe/regionen/{region.pk}/", answer)

    assert response.status_code == 302
    assert Region.objects.get(pk=region.pk).source == saved


def test_confirm_page_repeats_the_facts(client: Client) -> None:
    html = folded(client.get("/probe/streichen/").text)

    assert "Das können Sie nicht rückgängig machen." in html
    assert "<dt>Name</dt><dd>Latium</dd>" in html
    assert "nichts erfasst" in html


def test_garbage_post_is_answered(client: Client) -> None:
    region = factories.make_region()
    data = {"_token": TOKEN, "_version": "%F0", "name": "a", "_choice.": "x", "_choice.name": "z"}

    response = client.post(f"/probe/regionen/{region.pk}/", data)

    assert response.status_code in (409, 422)


@pytest.mark.parametrize(
    ("typed", "number"), [("4.000", 4000), ("4 000 000", 4_000_000), ("17", 17), ("", None)]
)
def test_whole_number_is_read_by_the_rule_of_groups(typed: str, number: int | None) -> None:
    class Count(Form):
        number = forms.IntegerField(required=False)

    form = Count({"number": typed})

    assert form.is_valid()
    assert form.cleaned_data["number"] == number


@pytest.mark.parametrize("typed", ["4.5", "1.8.2", "4,0", "viel"])
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    class Count(Form):
        number = forms.IntegerField()

    assert not Count({"number": typed}).is_valid()


class AddressForm(Form):
    address = forms.EmailField()


def test_address_loses_the_signs_nobody_sees() -> None:
    form = AddressForm({"address": "\u200bchor@demo.example\u00a0"})

    assert form.is_valid()
    assert form.cleaned_data["address"] == "chor@demo.example"
