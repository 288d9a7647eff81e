from django.urls import path

from partnerships.records.working_groups import meeting_views as meetings
from partnerships.records.working_groups import views as working_groups

# /arbeitsgruppen/…
urlpatterns = [
    path("arbeitsgruppen/", working_groups.WorkingGroupList.as_view(), name="working-group-list"),
    path("arbeitsgruppen/<int:pk>/", working_groups.working_group, name="working-group"),
    path(
        "arbeitsgruppen/<int:pk>/bearbeiten/",
        working_groups.WorkingGroupEdit.as_view(),
        name="working-group-edit",
    ),
    path(
        "arbeitsgruppen/<int:pk>/sitzungen/neu/",
        meetings.MeetingAdd.as_view(),
        name="meeting-add",
    ),
    path(
        "arbeitsgruppen/sitzungen/<int:pk>/bearbeiten/",
        meetings.MeetingEdit.as_view(),
        name="meeting-edit",
    ),
    path(
        "arbeitsgruppen/sitzungen/<int:pk>/streichen/",
        meetings.MeetingRemove.as_view(),
        name="meeting-remove",
    ),
    path(
        "partnerschaften/<slug:slug>/arbeitsgruppen/",
        working_groups.of_partnership,
        name="working-groups",
    ),
    path(
        "partnerschaften/<slug:slug>/arbeitsgruppen/neu/",
        working_groups.WorkingGroupAdd.as_view(),
        name="working-group-add",
    ),
]
