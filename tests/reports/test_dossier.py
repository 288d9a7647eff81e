"""The dossier: what stands in it for whom, and that its files can be read by everybody."""

import io
import time
from datetime import date
from typing import Any

import docx
import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from ministries.clock import now
from ministries.models import Role
from partnerships.models import Activity, ActivityPerson, Note
from tests import factories, record_factories
from tests.record_factories import make_activity, make_contact
from tests.templates import folded

pytestmark = pytest.mark.django_db
FOREIGN = "湖北省"


@pytest.fixture
def house() -> Any:
    return factories.make_ministry(abbreviation="SMWK")


@pytest.fixture
def partnership(house: Any) -> Any:
    area = factories.make_subject_area(ministry=house, name="Kultur")
    partnership = factories.make_partnership(
        name="Flandern",
        slug="flandern",
        lead=house,
        areas=[area],
        agreed_wording="Wir arbeiten eng zusammen.\n- Kultur\n- Forschung",
    )
    author = factories.make_user(role=Role.OFFICER, ministry=house)
    about = {"ministry": house, "partnership": partnership}
    record_factories.make_subject_record(
        area=area, released_by=author, internal_notes="Nur für uns", **about
    )
    make_activity(ministry=house, partnerships=[partnership], title=f"Gastspiel {FOREIGN}")
    make_activity(
        ministry=house, partnerships=[partnership], title="Internes Treffen", visibility="house"
    )
    make_contact(function="Offene Stelle", **about)
    make_contact(function="Geheime Stelle", is_confidential=True, **about)
    record_factories.make_commitment(title="Gegenbesuch", **about)
    group = record_factories.make_working_group(name="Gruppe Verkehr", **about)
    record_factories.make_meeting(working_group=group)
    former = record_factories.make_note(title="Vermerk", released_by=author, **about)
    record_factories.make_note(title="In Arbeit", supersedes=former, **about)
    quiet = {"ministry": house, "partnerships": [partnership], "is_confidential": True}
    quiet_talk = make_activity(title="Stilles Treffen", **quiet)
    quiet_talk.circle.add(author)
    record_factories.make_commitment(title="Stille Zusage", activity=quiet_talk, **about)
    record_factories.make_gift(title="Stille Gabe", activity=quiet_talk, **about)
    return partnership


@pytest.fixture
def officer(house: Any, client: Client) -> Any:
    user = factories.make_user(role=Role.OFFICER, ministry=house)
    client.force_login(user)
    for activity in Activity.objects.filter(is_confidential=True):
        activity.circle.add(user)
    return user


def ask(client: Client, **choices: Any) -> Any:
    return client.get(reverse("reports:dossier", args=["flandern"]), choices)


def text_of(client: Client, **choices: Any) -> str:
    reader = pypdf.PdfReader(io.BytesIO(ask(client, format="pdf", **choices).content))
    words = " ".join(page.extract_text() for page in reader.pages).split()
    return " ".join(words).replace("\u00ad", "")


def test_page_holds_what_its_reader_may_see(client: Client, officer: Any, partnership: Any) -> None:
    page = ask(client).content.decode()

    for words in ("Wir arbeiten eng zusammen.", "Es läuft.", "Internes Treffen", "Gegenbesuch"):
        assert words in page
    for words in ("Gruppe Verkehr", "02.04.2026", "fällig: 02.04.2027"):
        assert words in page
    assert "Geheime Stelle" not in page
    assert "Nur für uns" not in page


def test_to_take_along_holds_no_inner_matter(
    client: Client, officer: Any, partnership: Any
) -> None:
    page = folded(ask(client, fassung="mitnahme").text).partition("</form></details>")[2]

    assert "Offene Stelle" in page
    quiet = ("Stille Zusage", "Stille Gabe", "Stilles Treffen")
    for words in (
        "Internes Treffen",
        "Geheime Stelle",
        "Vermerke</h2>",
        "internen Gebrauch",
        *quiet,
    ):
        assert words not in page


@pytest.mark.parametrize(
    "fields",
    [{"is_confidential": True}, {"visibility": "house"}, {"visibility": "outline"}],
    ids=str,
)
def test_hidden_occasion_is_not_taken_along(
    client: Client, officer: Any, partnership: Any, house: Any, fields: dict[str, Any]
) -> None:
    """Its own house reads it and takes it into the inner edition, but not out of the house."""
    occasion = make_activity(
        ministry=house, partnerships=[partnership], title="Reise XY", place="Brjansk", **fields
    )
    occasion.circle.add(officer)
    people = {"activity": occasion, "function": "Leitung XY"}
    ActivityPerson.objects.create(**people)

    assert "Leitung XY" in ask(client, anlass=occasion.pk).content.decode()
    for format in ("", "pdf", "docx"):
        answer = ask(client, fassung="mitnahme", anlass=occasion.pk, format=format)
        text = answer.content.decode()
        assert answer.status_code == 400
        assert "nur einem Haus offensteht" in text
        assert "Reise XY" not in text
        assert "Leitung XY" not in text
        assert "Internes Treffen" not in text
    assert "Reise XY" not in ask(client, fassung="mitnahme").content.decode()


def test_what_is_done_with_a_hidden_partner_too_stays_here(
    client: Client, officer: Any, partnership: Any, house: Any
) -> None:
    other = factories.make_partnership(name="Stille Region", is_confidential=True)
    other.circle.add(officer)
    about = {"ministry": house}
    joint = make_activity(partnerships=[partnership, other], title="Dreiertreffen", **about)
    about |= {"partnership": partnership, "activity": joint}
    record_factories.make_commitment(title="Dreierzusage", **about)

    assert "Dreierzusage" in ask(client).content.decode()
    text = ask(client, fassung="mitnahme").content.decode()
    assert "Dreiertreffen" not in text
    assert "Dreierzusage" not in text


def test_inside_it_says_who_may_know(client: Client, partnership: Any, officer: Any) -> None:
    page = ask(client).content.decode()
    for words in ("Stille Zusage", "Stilles Treffen (vertraulich)", "Internes Treffen (nur SMWK)"):
        assert words in page


def test_inside_it_says_what_nobody_has_confirmed(
    client: Client, partnership: Any, officer: Any, house: Any
) -> None:
    factories.make_agreement(partnership=partnership, title="Erklärung", source="Zeitung")
    about = {"ministry": house, "partnership": partnership}
    make_contact(function="Aus einer Liste", source="liste.xlsx, Zeile 2", **about)
    then = factories.make_ministry(abbreviation="SMEKUL", valid_until=date(2024, 12, 18))
    of_register = {"external_key": "reise", "source": "Zeitung", "house_then": then}
    make_activity(ministry=house, partnerships=[partnership], title="Reise", **of_register)
    told = (
        "Erklärung (unbestätigt)",
        "Aus einer Liste (unbestätigt)",
        "Reise (unbestätigt)",
        "SMWK, damals: SMEKUL (bis 2024)",
    )
    page = ask(client).content.decode()
    for words in told:
        assert words in page
    assert "Offene Stelle (unbestätigt)" not in page  # the house wrote it itself
    assert "(unbestätigt)" not in ask(client, fassung="mitnahme").content.decode()


def test_a_note_stands_until_its_successor_is_released(
    client: Client, partnership: Any, officer: Any
) -> None:
    assert "Vermerk vom" in ask(client).content.decode()
    later = Note.objects.get(title="In Arbeit")
    Note.objects.filter(pk=later.pk).update(released_at=now(), released_by=officer)
    page = ask(client).content.decode()
    assert "In Arbeit" in page
    assert ": Vermerk</h3>" not in page


def test_sections_can_be_chosen(client: Client, officer: Any, partnership: Any) -> None:
    page = ask(client, abschnitt=["zusagen"]).content.decode()

    assert "Gegenbesuch" in page
    assert "Es läuft." not in page


def test_gaps_name_who_has_not_confirmed(client: Client, officer: Any, partnership: Any) -> None:
    page = ask(client, abschnitt=["luecken"]).content.decode()

    assert "Sachstand Kultur" in page
    assert "nie bestätigt" in page


def test_pdf_is_tagged_german_and_stamped(client: Client, officer: Any, partnership: Any) -> None:
    reader = pypdf.PdfReader(io.BytesIO(ask(client, format="pdf").content))
    root: Any = reader.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("de")
    assert "pdfuaid:part" in root["/Metadata"].get_object().get_data().decode()
    assert reader.metadata is not None
    assert reader.metadata.title == "Dossier Flandern"
    text = text_of(client)
    assert "Maßgeblich ist die EAkte" in text.replace("-", "")
    assert "Stand: " in text


def test_pdf_says_where_a_script_is_missing(client: Client, officer: Any, partnership: Any) -> None:
    assert "Gastspiel [fremde Schrift]" in text_of(client)


def test_markup_in_texts_stays_text(client: Client, officer: Any, partnership: Any) -> None:
    partnership.agreed_wording = "= Titel #sys.inputs.data *fett* $x$"
    partnership.save(update_fields=["agreed_wording"])

    assert "#sys.inputs.data *fett*" in text_of(client)


def test_word_file_has_the_same_words(client: Client, officer: Any, partnership: Any) -> None:
    made = docx.Document(io.BytesIO(ask(client, format="docx").content))

    words = "\n".join(paragraph.text for paragraph in made.paragraphs)
    assert "Wir arbeiten eng zusammen." in words
    assert "Dossier Flandern" in words


def test_pdf_takes_less_than_a_second(client: Client, officer: Any, partnership: Any) -> None:
    text_of(client)
    partnership.agreed_wording = "Anders, damit nichts gemerkt ist."
    partnership.save(update_fields=["agreed_wording"])

    begun = time.process_time()
    ask(client, format="pdf")

    assert time.process_time() - begun < 1


def test_unknown_choice_is_told(client: Client, officer: Any, partnership: Any) -> None:
    assert ask(client, monate="viele").status_code == 400
    assert ask(client, anlass="999999999999").status_code == 400
