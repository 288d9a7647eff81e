from django.urls import path

from dashboards.views.desk import desk, home
from dashboards.views.overview import overview
from dashboards.views.readings import EventReading, reading
from dashboards.views.revision import DisclosureList, revision
from dashboards.views.search import search
from dashboards.views.world_map import world_map

app_name = "dashboards"

urlpatterns = [
    path("", home, name="home"),
    path("zu-erledigen/", desk, name="desk"),
    path("uebersicht/", overview, name="overview"),
    path("uebersicht/karte/", world_map, name="map"),
    path("revision/", revision, name="revision"),
    path("revision/ausgaben/", DisclosureList.as_view(), name="disclosures"),
    path("revision/aenderung/<str:kind>/<int:pk>/", EventReading.as_view(), name="event"),
    path("revision/einsicht/<int:pk>/", reading, name="reading"),
    path("suche/", search, name="search"),
]
