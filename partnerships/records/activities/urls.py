"""Activities: /aktivitaeten/… and the tab of a partnership."""

from django.urls import path

from partnerships.records.activities import form_views as activity_forms
from partnerships.records.activities import part_views as activity_parts
from partnerships.records.activities import views as activities

# /aktivitaeten/<pk>/…
OF_ONE = [
    ("", activities.activity, "activity"),
    ("bearbeiten/", activity_forms.ActivityEdit.as_view(), "activity-edit"),
    ("stand/", activities.activity_move, "activity-move"),
    ("ergebnis/", activity_forms.ActivityReport.as_view(), "activity-report"),
    ("absagen/", activity_forms.ActivityCancel.as_view(), "activity-cancel"),
    ("<slug:part>/neu/", activity_parts.PartAdd.as_view(), "activity-part-add"),
    ("<slug:part>/<int:number>/", activity_parts.PartEdit.as_view(), "activity-part"),
    (
        "<slug:part>/<int:number>/entfernen/",
        activity_parts.PartRemove.as_view(),
        "activity-part-remove",
    ),
]

urlpatterns = [
    path("aktivitaeten/", activities.ActivityList.as_view(), name="activities_list"),
    path("aktivitaeten/neu/", activity_forms.ActivityCreate.as_view(), name="activity-create"),
    path("aktivitaeten/schnell/", activity_forms.ActivityQuick.as_view(), name="activity-quick"),
    *(path(f"aktivitaeten/<int:pk>/{route}", view, name=name) for route, view, name in OF_ONE),
    path("partnerschaften/<slug:slug>/aktivitaeten/", activities.of_partnership, name="activities"),
]
