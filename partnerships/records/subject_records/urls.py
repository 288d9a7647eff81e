from django.urls import path

from partnerships.records.subject_records import views

# /sachstaende/…
urlpatterns = [
    path("partnerschaften/<slug:slug>/sachstaende/", views.subject_records, name="subject-records"),
    path(
        "partnerschaften/<slug:slug>/sachstaende/neu/",
        views.SubjectRecordAdd.as_view(),
        name="subject-record-add",
    ),
    path("sachstaende/", views.SubjectRecordList.as_view(), name="subject-record-list"),
    path(
        "sachstaende/<int:pk>/bearbeiten/",
        views.SubjectRecordEdit.as_view(),
        name="subject-record-edit",
    ),
    path(
        "sachstaende/<int:pk>/freigeben/",
        views.subject_record_release,
        name="subject-record-release",
    ),
    path(
        "sachstaende/<int:pk>/bestaetigen/",
        views.subject_record_confirm,
        name="subject-record-confirm",
    ),
]
