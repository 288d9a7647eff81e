from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import path

from partnerships.history import urls as history_urls
from partnerships.house_facts import urls as fact_urls
from partnerships.imports import urls as import_urls
from partnerships.records.activities import urls as activity_urls
from partnerships.records.commitments import urls as commitment_urls
from partnerships.records.contacts import urls as contact_urls
from partnerships.records.documents import urls as document_urls
from partnerships.records.follow_ups import urls as follow_up_urls
from partnerships.records.gifts import urls as gift_urls
from partnerships.records.notes import urls as note_urls
from partnerships.records.shared import urls as record_urls
from partnerships.records.subject_records import urls as subject_record_urls
from partnerships.records.working_groups import urls as working_group_urls
from partnerships.register.agreements import views as agreements
from partnerships.register.confirmations import views as confirmations
from partnerships.register.partners import house_views as houses
from partnerships.register.partners import list_views as lists
from partnerships.register.partners import page_views as pages
from partnerships.register.partners import reversal_views as reversals
from partnerships.register.partners import standing_views as standing
from partnerships.reorganisation import views as reorganisation

app_name = "partnerships"

# /partnerschaften/<slug>/…
of_partnership: list[tuple[str, Callable[..., HttpResponseBase], str]] = [
    ("", pages.detail, "detail"),
    ("vereinbarungen/", agreements.of_partnership, "agreements"),
    ("status/", standing.StatusChange.as_view(), "status-change"),
    ("status/zuruecknehmen/", reversals.StatusTakeBack.as_view(), "status-take-back"),
    ("ruhen/", standing.DormancyComplete.as_view(), "dormancy-complete"),
    ("federfuehrung/", standing.LeadChange.as_view(), "lead-change"),
    ("federfuehrung/zuruecknehmen/", reversals.LeadTakeBack.as_view(), "lead-take-back"),
    ("federfuehrung/uebernehmen/", standing.LeadAcknowledge.as_view(), "lead-acknowledge"),
    ("pruefstand/", standing.ScrutinySet.as_view(), "scrutiny-set"),
    ("pruefstand/beenden/", standing.ScrutinyEnd.as_view(), "scrutiny-end"),
    ("bestaetigen/", confirmations.ConfirmAll.as_view(), "confirm-all"),
    ("bestaetigen/<slug:kind>/<int:pk>/", confirmations.confirm_fact, "confirm"),
    ("zuruecknehmen/<slug:kind>/<int:pk>/", confirmations.withdraw_fact, "confirm-withdraw"),
]

urlpatterns = [
    path("partnerschaften/", lists.PartnershipList.as_view(), name="list"),
    *(
        path(f"partnerschaften/<slug:slug>/{route}", view, name=name)
        for route, view, name in of_partnership
    ),
    *record_urls.urlpatterns,
    *history_urls.urlpatterns,
    *follow_up_urls.urlpatterns,
    *fact_urls.urlpatterns,
    path("ressorts/neuordnung/", reorganisation.choose, name="reorganisation-choose"),
    path(
        "ressorts/neuordnung/<slug:slug>/",
        reorganisation.Reorganisation.as_view(),
        name="reorganisation",
    ),
    # After the assistant, whose address would be a short name otherwise.
    path("ressorts/", houses.HouseList.as_view(), name="house-list"),
    path("ressorts/<slug:slug>/", houses.house, name="house"),
    path("vereinbarungen/", agreements.AgreementList.as_view(), name="agreements_list"),
    path("vereinbarungen/<int:pk>/", agreements.agreement, name="agreement"),
    path("regionen/", lists.RegionList.as_view(), name="regions"),
    *subject_record_urls.urlpatterns,
    *document_urls.urlpatterns,
    *contact_urls.urlpatterns,
    *note_urls.urlpatterns,
    *gift_urls.urlpatterns,
    *commitment_urls.urlpatterns,
    *working_group_urls.urlpatterns,
    *activity_urls.urlpatterns,
    *import_urls.urlpatterns,
]
