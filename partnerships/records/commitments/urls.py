from django.urls import path

from partnerships.records.commitments import views as commitments

# /zusagen/…
urlpatterns = [
    path("zusagen/", commitments.CommitmentList.as_view(), name="commitment-list"),
    path("zusagen/<int:pk>/", commitments.commitment, name="commitment"),
    path(
        "zusagen/<int:pk>/bearbeiten/",
        commitments.CommitmentEdit.as_view(),
        name="commitment-edit",
    ),
    path("zusagen/<int:pk>/erledigen/", commitments.settle, name="commitment-settle"),
    path("zusagen/<int:pk>/wieder-oeffnen/", commitments.reopen, name="commitment-reopen"),
    path("partnerschaften/<slug:slug>/zusagen/", commitments.of_partnership, name="commitments"),
    path(
        "partnerschaften/<slug:slug>/zusagen/neu/",
        commitments.CommitmentAdd.as_view(),
        name="commitment-add",
    ),
]
