"""The admin answers what was declared, offers what may be seen, and overwrites nobody's work."""

from datetime import date
from typing import Any

import pytest
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse

from config.admin_sites import register_site, technical_site
from ministries.administration.policy_admin import PolicyAdmin, visible
from ministries.models import Role, User
from partnerships.models import Agreement, Region
from tests.factories import make_agreement, make_ministry, make_partnership, make_region, make_user
from tests.ministries.admin_forms import filled

pytestmark = [pytest.mark.django_db, pytest.mark.long]
ADMINS = [admin for site in (register_site, technical_site) for admin in site._registry.values()]
EACH = pytest.mark.parametrize(
    "admin", ADMINS, ids=lambda admin: f"{admin.admin_site.name}-{admin.opts.model_name}"
)


def name(admin: ModelAdmin, page: str) -> str:
    opts = admin.opts
    return f"{admin.admin_site.name}:{opts.app_label}_{opts.model_name}_{page}"


@pytest.fixture
def keeper(client: Client) -> User:
    user = make_user(role=Role.COORDINATOR, name="Demo Koordination")
    client.force_login(user)
    return user


@pytest.fixture
def operator(client: Client) -> User:
    user = make_user(role=Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def sign_in_for(client: Client, admin: ModelAdmin) -> None:
    client.force_login(make_user(role=admin.admin_site.role))  # type: ignore[attr-defined]


# What every ModelAdmin keeps


@EACH
def test_admin_is_built_on_the_policy(admin: Any) -> None:
    assert isinstance(admin, PolicyAdmin)
    assert not any([admin.save_as, admin.list_editable, admin.date_hierarchy])
    assert admin.view_on_site is False
    assert admin.list_per_page == 25


@EACH
def test_nobody_deletes(admin: Any, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = make_user(role=admin.admin_site.role)

    assert not admin.has_delete_permission(request)
    with pytest.raises(NoReverseMatch):
        reverse(name(admin, "delete"), args=[1])


@EACH
def test_inlines_do_not_delete_business_records(admin: Any) -> None:
    assert all(inline.view_on_site is False for inline in admin.inlines)


@EACH
@pytest.mark.parametrize("role", [Role.OFFICER, Role.HEAD, Role.MANAGER, Role.AUDITOR])
def test_ministries_never_get_in(client: Client, admin: Any, role: Role) -> None:
    client.force_login(make_user(role=role))

    for page, args in [("changelist", []), ("add", []), ("change", [1])]:
        assert client.get(reverse(name(admin, page), args=args)).status_code == 403


@EACH
@pytest.mark.parametrize("lookup", ["pk__gt=0", "id__regex=1", "source__startswith=a", "xyz=1"])
def test_undeclared_filter_is_refused(client: Client, admin: Any, lookup: str) -> None:
    sign_in_for(client, admin)

    assert client.get(f"{reverse(name(admin, 'changelist'))}?{lookup}").status_code == 400


def test_password_cannot_be_asked_letter_by_letter(client: Client, operator: User) -> None:
    url = reverse("technical:ministries_user_changelist")

    assert client.get(f"{url}?password__startswith=md5").status_code == 400


@EACH
@pytest.mark.parametrize("query", ["q=%00", "p=99999999999999999999", "o=1.2.x", "q=" + "a" * 3000])
def test_strange_input_is_no_accident(client: Client, admin: Any, query: str) -> None:
    sign_in_for(client, admin)

    response = client.get(f"{reverse(name(admin, 'changelist'))}?{query}")

    assert response.status_code in (200, 302, 400)


@EACH
@pytest.mark.parametrize("pk", ["9" * 30, "0", "abc"])
def test_unknown_object_is_not_there(client: Client, admin: Any, pk: str) -> None:
    sign_in_for(client, admin)

    assert client.get(reverse(name(admin, "change"), args=[pk])).status_code == 404


# What it offers


def test_dropdown_offers_only_what_may_be_seen(rf: RequestFactory) -> None:
    open_one, hidden = make_partnership(), make_partnership(is_confidential=True)
    request = rf.get("/")
    request.user = make_user(role=Role.OFFICER, ministry=make_ministry())
    admin = PolicyAdmin(Agreement, AdminSite())

    field = admin.formfield_for_foreignkey(Agreement._meta.get_field("partnership"), request)

    assert open_one in field.queryset
    assert hidden not in field.queryset


def test_rows_start_at_what_may_be_seen(rf: RequestFactory) -> None:
    hidden = make_agreement(partnership=make_partnership(is_confidential=True))
    request = rf.get("/")
    request.user = make_user(role=Role.OFFICER, ministry=make_ministry())

    assert hidden not in PolicyAdmin(Agreement, AdminSite()).get_queryset(request)


def test_model_without_policy_is_not_offered() -> None:
    with pytest.raises(ImproperlyConfigured):
        visible(Session, make_user())


@pytest.mark.parametrize("term", ["%00", "a" * 3000, "'"])
def test_autocomplete_survives_strange_terms(client: Client, keeper: User, term: str) -> None:
    query = f"app_label=partnerships&model_name=agreement&field_name=partnership&term={term}"

    assert client.get(f"/verwaltung/autocomplete/?{query}").status_code in (200, 400)


def test_autocomplete_is_closed_to_ministries(client: Client) -> None:
    client.force_login(make_user(role=Role.OFFICER))
    query = "app_label=partnerships&model_name=agreement&field_name=partnership&term=a"

    assert client.get(f"/verwaltung/autocomplete/?{query}").status_code == 403


# Saving


def region_page(region: Region) -> str:
    return reverse("register:partnerships_region_change", args=[region.pk])


def test_save_raises_the_version_and_keeps_who_and_why(client: Client, keeper: User) -> None:
    region = make_region(name="Flandern")
    url = region_page(region)

    client.post(url, filled(client.get(url), name="Vlaanderen", _reason="Eigenname"))

    region.refresh_from_db()
    event = Region.pgh_event_model.objects.filter(pgh_obj=region).latest("pgh_id")
    assert (region.name, region.version) == ("Vlaanderen", 2)
    assert event.pgh_context["user"] == keeper.pk
    assert event.pgh_context["reason"] == "Eigenname"
    assert event.pgh_context["area"] == "register"
    assert not LogEntry.objects.exists()


def test_second_of_two_savers_is_told_what_changed(client: Client, keeper: User) -> None:
    region = make_region(name="Flandern")
    url = region_page(region)
    page = client.get(url)
    client.post(url, filled(page, name="Vlaanderen"))

    response = client.post(url, filled(page, name="Flandre"))

    text = response.content.decode()
    region.refresh_from_db()
    assert region.name == "Vlaanderen"
    assert "„Flandern“ → „Vlaanderen“" in text
    assert 'value="Flandre"' in text


def test_second_saver_may_save_after_having_been_told(client: Client, keeper: User) -> None:
    region = make_region(name="Flandern")
    url = region_page(region)
    page = client.get(url)
    client.post(url, filled(page, name="Vlaanderen"))
    told = client.post(url, filled(page, name="Flandre"))

    client.post(url, filled(told))

    region.refresh_from_db()
    assert region.name == "Flandre"


def test_days_are_read_as_in_every_form(rf: RequestFactory) -> None:
    """Two digits of a signature are of the past; a year that was left out comes back with one."""
    admin = PolicyAdmin(Agreement, AdminSite())
    request = rf.get("/")
    fields = {
        name: admin.formfield_for_dbfield(Agreement._meta.get_field(name), request)
        for name in ("signed_on", "valid_until")
    }
    again = fields["valid_until"].widget.value_from_datadict({"day": "31.12."}, {}, "day")

    assert fields["signed_on"].clean("Mi, 12.05.65") == date(1965, 5, 12)
    with pytest.raises(ValidationError, match="mit vier Ziffern"):
        fields["valid_until"].clean("12.05.65")
    with pytest.raises(ValidationError, match="Das Jahr fehlte"):
        fields["valid_until"].clean(again)
    assert str(again).startswith("31.12.20")


def test_month_of_a_day_says_how_exactly_it_is_known(client: Client, keeper: User) -> None:
    agreement = make_agreement(partnership=make_partnership(), signed_on=date(2010, 5, 12))
    url = reverse("register:partnerships_agreement_change", args=[agreement.pk])

    assert client.post(url, filled(client.get(url), signed_on="Q1/1965")).status_code == 200
    client.post(url, filled(client.get(url), signed_on="April 1965", _reason="Fundstelle"))

    agreement.refresh_from_db()
    assert (agreement.signed_on, agreement.signed_words) == (date(1965, 4, 1), "April 1965")


@pytest.mark.parametrize("version", ["", "0", "abc", "99", "99999999999999999999", "-1"])
def test_form_without_its_version_is_refused(client: Client, keeper: User, version: str) -> None:
    region = make_region(name="Flandern")
    url = region_page(region)

    client.post(url, filled(client.get(url), name="Vlaanderen", _version=version))

    region.refresh_from_db()
    assert region.name == "Flandern"


def test_undeclared_fields_of_a_post_change_nothing(client: Client, keeper: User) -> None:
    region = make_region(name="Flandern")
    url = region_page(region)

    forged = {"version": "99", "confirmed_on": "01.01.2026", "confirmed_by": str(keeper.pk)}
    client.post(url, filled(client.get(url), **forged))

    region.refresh_from_db()
    assert region.version == 2
    assert region.confirmed_on is None
    assert Region.objects.count() == 1


def test_copying_is_refused(client: Client, keeper: User) -> None:
    url = region_page(make_region(name="Flandern"))

    response = client.post(url, filled(client.get(url), slug="kopie", _saveasnew="1"))

    assert response.status_code == 400
    assert Region.objects.count() == 1


@pytest.mark.parametrize(
    ("target", "goes_there"),
    [
        ("/partnerschaften/", True),
        ("//evil.example/", False),
        ("https://evil.example/", False),
        ("/\\evil.example", False),
    ],
)
def test_way_back_stays_on_this_host(
    client: Client, keeper: User, target: str, goes_there: bool
) -> None:
    url = region_page(make_region())

    response = client.post(url, filled(client.get(url), _next=target))

    assert response.status_code == 302
    assert (response.headers["Location"] == target) is goes_there


# History


def test_history_shows_before_and_after_in_german(client: Client, keeper: User) -> None:
    house = make_ministry(abbreviation="SMX", name="Altes Ministerium")
    url = reverse("register:ministries_ministry_change", args=[house.pk])
    client.post(url, filled(client.get(url), name="Neues Ministerium", _reason="Umbenannt"))

    text = client.get(url.replace("/change/", "/history/")).content.decode()

    for expected in ("Altes Ministerium", "Neues Ministerium", "Umbenannt", "Demo Koordination"):
        assert expected in text


def test_history_of_nothing_is_not_there(client: Client, keeper: User) -> None:
    url = reverse("register:ministries_ministry_history", args=["9" * 20])

    assert client.get(url).status_code == 404
