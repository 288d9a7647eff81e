"""Acts on a record of any kind; `<kind>` is a word of `kinds.py`."""

from django.urls import path

from partnerships.records.shared import views as records

ACTS = [
    ("archivieren/", records.Archive.as_view(), "record-archive"),
    ("zurueckholen/", records.Restore.as_view(), "record-restore"),
    ("abgeben/", records.Offer.as_view(), "record-offer"),
    ("uebernehmen/", records.Accept.as_view(), "record-accept"),
    ("angebot-zuruecknehmen/", records.WithdrawOffer.as_view(), "record-withdraw-offer"),
]

urlpatterns = [
    # /unterlagen/<kind>/<pk>/…
    *(
        path(f"unterlagen/<slug:kind>/<int:pk>/{route}", view, name=name)
        for route, view, name in ACTS
    ),
]
