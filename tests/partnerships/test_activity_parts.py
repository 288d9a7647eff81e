"""The parts of an activity: people, organisations, programme, costs."""

from django.test import Client

from partnerships.models import Activity, ActivityOrganisation, CostLine, Organisation
from tests.factories import make_partnership
from tests.partnerships.conftest import People, Send
from tests.partnerships.test_activity_page import page
from tests.record_factories import make_activity, make_organisation


def test_sum_and_who_bears_it_is_one_line(
    send: Send, activity: Activity, people: People, officer: Client
) -> None:
    send("kosten/neu/", bearer=f"house:{people.house.slug}", planned="1.500")
    send("kosten/neu/", bearer=f"house:{people.house.slug}", planned="500", actual="450,50")
    send("kosten/neu/", bearer="third_party", planned="200")

    sums = officer.get(activity.get_absolute_url()).context["parts"][-1].sums
    told = [(one.bearer, one.planned, one.actual) for one in sums]
    assert [(b, str(p), str(a)) for b, p, a in told] == [
        ("SMWK", "2000.00", "450.50"),
        ("Dritte", "200.00", "None"),
    ]


def test_costs_without_a_sum_are_refused(send: Send, activity: Activity) -> None:
    response = send("kosten/neu/", bearer="chancellery")

    assert response.status_code == 422
    assert "einen geplanten oder einen tatsächlichen Betrag" in response.content.decode()


def test_programme_stays_within_the_period(send: Send, activity: Activity) -> None:
    response = send("programm/neu/", taken_on="1.1.2020", title="Empfang")

    assert response.status_code == 422
    assert "nicht im Zeitraum der Aktivität" in response.content.decode()


def test_part_is_changed_and_removed(send: Send, activity: Activity) -> None:
    line = CostLine.objects.create(activity=activity, bearer="chancellery", planned=100)

    send(f"kosten/{line.pk}/", bearer="third_party", planned="120")
    line.refresh_from_db()
    assert (line.bearer, line.planned, line.version) == ("third_party", 120, 2)

    send(f"kosten/{line.pk}/entfernen/", version=2)
    assert not CostLine.objects.exists()
    kept = CostLine.pgh_event_model.objects.filter(pgh_label="delete")  # type: ignore[attr-defined]
    assert kept.count() == 1


def test_part_changed_meanwhile_is_not_removed(send: Send, activity: Activity) -> None:
    line = CostLine.objects.create(activity=activity, bearer="chancellery", planned=100)
    CostLine.objects.update(version=2)

    assert send(f"kosten/{line.pk}/entfernen/", version=1).status_code == 409
    assert CostLine.objects.exists()


def test_part_of_another_activity_is_not_found(send: Send, people: People) -> None:
    other = make_activity(ministry=people.house)
    line = CostLine.objects.create(activity=other, bearer="chancellery", planned=100)

    assert send(f"kosten/{line.pk}/", bearer="third_party", planned="1").status_code == 404


def test_known_organisation_is_taken_by_its_name(send: Send, activity: Activity) -> None:
    choir = make_organisation(name="Kammerchor Dresden")

    send("organisationen/neu/", name="kammerchor dresden", role="Gast")

    assert activity.activityorganisations.get().organisation == choir  # type: ignore[attr-defined]


def test_unknown_organisation_is_asked_about(send: Send, activity: Activity) -> None:
    make_organisation(name="Kammerchor Dresden")

    response = send("organisationen/neu/", name="Kammerchor Dresdn")

    text = response.content.decode()
    assert response.status_code == 422
    assert "Kammerchor Dresden (Chor)" in text
    assert "neue Organisation „Kammerchor Dresdn“ anlegen" in text


def test_new_organisation_is_entered_in_the_same_step(send: Send, activity: Activity) -> None:
    new = {"name": "Domowina", "organisation": "neu", "kind": "sorbian", "place": "Bautzen"}

    send("organisationen/neu/", **new)

    made = Organisation.objects.get()
    assert (str(made), made.kind) == ("Domowina, Bautzen", "sorbian")
    assert activity.activityorganisations.get().organisation == made  # type: ignore[attr-defined]


def test_new_organisation_needs_its_kind(send: Send, activity: Activity) -> None:
    response = send("organisationen/neu/", name="Domowina", organisation="neu")

    assert response.status_code == 422
    assert not Organisation.objects.exists()


def test_organisation_changed_meanwhile_is_compared(send: Send, activity: Activity) -> None:
    """The question which one is meant is no part of what is stored."""
    choir = make_organisation(name="Kammerchor")
    part = ActivityOrganisation.objects.create(activity=activity, organisation=choir, role="Gast")
    ActivityOrganisation.objects.update(role="Partner", version=2)

    response = send(
        f"organisationen/{part.pk}/", version=1, name="Domowina", organisation="neu", kind="sorbian"
    )

    assert response.status_code == 409
    assert "Partner" in response.content.decode()


def test_same_organisation_twice_is_told(send: Send, activity: Activity) -> None:
    make_organisation(name="Kammerchor")
    send("organisationen/neu/", name="Kammerchor")

    response = send("organisationen/neu/", name="Kammerchor")

    assert "Diese Organisation ist schon beteiligt." in response.content.decode()


def test_people_and_programme_show_on_the_page(
    send: Send, activity: Activity, officer: Client
) -> None:
    send("personen/neu/", side="partner", function="Kulturministerin", name="Demo Gast")
    send("programm/neu/", taken_on="12.5.2026", begins="14.30", title="Empfang", place="Rathaus")

    text = page(officer, activity)
    assert "Kulturministerin, Demo Gast" in text
    assert "12.05.2026, 14:30 Uhr · Rathaus" in text


def test_organisation_of_an_inner_matter_is_known_to_its_house_alone(
    send: Send, activity: Activity, people: People
) -> None:
    Activity.objects.filter(pk=activity.pk).update(visibility="house")
    send("organisationen/neu/", name="Stiller Verein", organisation="neu", kind="association")

    known = Organisation.objects.visible_to
    assert known(people.officer).filter(name="Stiller Verein").exists()
    assert not known(people.coordinator).filter(name="Stiller Verein").exists()
    Activity.objects.filter(pk=activity.pk).update(visibility="government")
    assert known(people.coordinator).filter(name="Stiller Verein").exists()


def test_secret_use_hides_no_organisation_that_is_named_openly_too(people: People) -> None:
    chamber = make_organisation(name="Kammer", ministry=people.house)
    secret = make_partnership(is_confidential=True)
    quiet = make_activity(ministry=people.house, partnerships=[secret])
    ActivityOrganisation.objects.create(activity=quiet, organisation=chamber)
    assert chamber not in Organisation.objects.visible_to(people.chief)

    named = make_activity(ministry=people.house, partnerships=[make_partnership()])
    ActivityOrganisation.objects.create(activity=named, organisation=chamber)
    assert chamber in Organisation.objects.visible_to(people.chief)
