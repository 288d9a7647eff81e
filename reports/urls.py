from django.urls import path

from reports.views.dossier import dossier
from reports.views.house_data import HouseData, house_file

app_name = "reports"

urlpatterns = [
    path("partnerschaften/<slug:slug>/dossier/", dossier, name="dossier"),
    path("alle-daten/", HouseData.as_view(), name="house-data"),
    path("alle-daten/<int:pk>/", house_file, name="house-file"),
]
