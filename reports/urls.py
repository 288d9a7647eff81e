from django.urls import path

from reports.views.dossier import dossier

app_name = "reports"

urlpatterns = [
    path("partnerschaften/<slug:slug>/dossier/", dossier, name="dossier"),
]
